import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { HoldfastError, optionText, Problems } from "../../errors.js";
import { EXTENSIONS } from "../../formats/formats.js";
import { didYouMean, listOfNames } from "../../nearest-name.js";
import { FACT_TABLE_NAMES, type FactTableName } from "../standard-tables.js";
import { type HistorySources, OPENED_BY } from "./fact-source.js";

const ENDINGS = EXTENSIONS.map(
  ({ extension, mayBeGzip }) => `\\${extension}${mayBeGzip ? "(?:\\.gz)?" : ""}`,
);
const FACT_FILE = new RegExp(`^([a-z]+)(?:${ENDINGS.join("|")})$`, "i");

/** Files of a history's folder by table, where their names are not those of the tables. */
export type FileNames = { readonly [name in FactTableName]?: string };

/**
 * The files of a folder that are named like the standard tables, and the names of the others.
 * @param named files, or patterns of files, of tables whose files have other names; relative to the folder.
 * @throws HoldfastError for a folder that cannot be read or holds no file of the subscribers, two files of one table,
 * and a named file that does not exist.
 */
export async function sourcesInFolder(
  folder: string,
  named: FileNames = {},
): Promise<{ sources: HistorySources; ignoredFiles: string[] }> {
  const files = await filesIn(folder);
  const problems = new Problems();
  const found = new Map<FactTableName, string>();
  for (const [table, file] of Object.entries(named) as [FactTableName, string][]) {
    found.set(table, file);
    // What a pattern matches is seen when it is read.
    if (existsSync(join(folder, file)) || /[*?[]/.test(file)) continue;
    const hint = didYouMean(file, files);
    problems.add({
      code: "data.unreadable",
      path: { function: OPENED_BY, file: join(folder, file), argument: table },
      expected: `must exist; the files of ${folder} are ${listOfNames(files)}`,
      received: undefined,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const namedFiles = new Set(Object.values(named));
  const ignoredFiles: string[] = [];
  for (const file of files) {
    const name = FACT_FILE.exec(file)?.[1];
    const table = FACT_TABLE_NAMES.find((each) => each === name);
    const other = table && found.get(table);
    if (namedFiles.has(file)) continue;
    if (table === undefined || named[table] !== undefined) ignoredFiles.push(file);
    else if (other === undefined) found.set(table, file);
    else {
      problems.add({
        code: "data.malformed",
        path: { function: OPENED_BY, file: folder },
        expected: `must hold one file of ${table}`,
        received: [other, file],
      });
    }
  }
  const subscribers = found.get("subscribers");
  if (subscribers === undefined) {
    problems.add({
      code: "data.unreadable",
      path: { function: OPENED_BY, file: folder },
      expected:
        "must hold the subscribers, such as subscribers.csv, subscribers.csv.gz or subscribers.parquet",
      received: ignoredFiles,
    });
  }
  problems.throwIfAny();
  const paths = Object.fromEntries([...found].map(([table, file]) => [table, join(folder, file)]));
  return { sources: { ...paths, subscribers: join(folder, subscribers ?? "") }, ignoredFiles };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    const reasons: Record<string, string> = {
      ENOENT: "must exist, there is no such folder",
      ENOTDIR: "must be a folder, it is a file",
      EACCES: "must be readable, permission is denied",
    };
    const { code = "", message } = error as NodeJS.ErrnoException;
    const hint =
      code === "ENOTDIR" ? `pass it as the source of a table: ${optionText("subscribers", folder)}` : message;
    throw new HoldfastError({
      code: "data.unreadable",
      path: { function: OPENED_BY, file: folder },
      expected: reasons[code] ?? "must be a folder that can be read",
      received: undefined,
      ...(code in reasons && code !== "ENOTDIR" ? {} : { hint }),
    });
  }
}
