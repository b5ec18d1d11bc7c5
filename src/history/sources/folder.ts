import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { HoldfastError, Problems } from "../../errors.js";
import { EXTENSIONS } from "../../formats/formats.js";
import { FACT_TABLE_NAMES, type FactTableName } from "../standard-tables.js";
import { type HistorySources, OPENED_BY } from "./fact-source.js";

const ENDINGS = EXTENSIONS.map(
  ({ extension, mayBeGzip }) => `\\${extension}${mayBeGzip ? "(?:\\.gz)?" : ""}`,
);
const FACT_FILE = new RegExp(`^([a-z]+)(?:${ENDINGS.join("|")})$`, "i");

/** The files of a folder that have the names of standard tables, and the names of the others. */
export async function sourcesInFolder(
  folder: string,
): Promise<{ sources: HistorySources; ignoredFiles: string[] }> {
  const found = new Map<FactTableName, string>();
  const ignoredFiles: string[] = [];
  const problems = new Problems();
  for (const file of await filesIn(folder)) {
    const name = FACT_FILE.exec(file)?.[1];
    const table = FACT_TABLE_NAMES.find((each) => each === name);
    const other = table && found.get(table);
    if (table === undefined) ignoredFiles.push(file);
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
    throw new HoldfastError({
      code: "data.unreadable",
      path: { function: OPENED_BY, file: folder },
      expected: "must be a folder that can be read",
      received: undefined,
      hint: error instanceof Error ? error.message : String(error),
    });
  }
}
