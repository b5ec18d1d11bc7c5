import { readFile } from "node:fs/promises";
import { z } from "zod";
import { HoldfastError, invalidArgument } from "../../errors.js";
import type { NamedColumn } from "../../history/sources/fact-source.js";
import type { FileNames } from "../../history/sources/folder.js";
import { FACT_TABLE_NAMES, type FactTableName } from "../../history/standard-tables.js";
import { didYouMean } from "../../nearest-name.js";

/** The operator's own column names of a table: standard name → own name, or own name and how its cells are written. */
type ColumnNames = Readonly<Record<string, string | NamedColumn>>;

/** What all `--map` of a command say together. */
export interface MapSpec {
  /** The file of each table that has another name. */
  readonly files: FileNames;
  /** The columns of each table that have other names. */
  readonly columns: { readonly [name in FactTableName]?: ColumnNames };
}

/** What is in an object, the history checks. */
const ownColumn = z.union([
  z.string(),
  z.custom<NamedColumn>((value) => typeof value === "object" && value !== null),
]);
const columnMaps = z.partialRecord(z.enum(FACT_TABLE_NAMES), z.record(z.string(), ownColumn));

/**
 * Reads `--map`: each is `TABLE=FILE`, the file of a table, or a JSON file of column names by table.
 * @throws HoldfastError for an unknown table, one that is mapped twice, and a JSON file that cannot be read or holds
 * something else.
 */
export async function readMaps(maps: readonly string[]): Promise<MapSpec> {
  const files: Partial<Record<FactTableName, string>> = {};
  const columns: Partial<Record<FactTableName, ColumnNames>> = {};
  for (const text of maps) {
    const at = text.search(/[=＝]/u);
    if (at < 0) {
      for (const [table, names] of Object.entries(await readColumnMap(text))) {
        columns[table as FactTableName] = { ...columns[table as FactTableName], ...names };
      }
      continue;
    }
    const table = tableOf(text.slice(0, at).trim(), text);
    const file = text.slice(at + 1).trim();
    if (file === "") invalidArgument("holdfast snapshots", "--map", "must name a file behind the =", text);
    if (files[table] !== undefined) {
      invalidArgument("holdfast snapshots", "--map", `must name one file of ${table}`, [files[table], file]);
    }
    files[table] = file;
  }
  return { files, columns };
}

function tableOf(name: string, text: string): FactTableName {
  const table = FACT_TABLE_NAMES.find((each) => each === name);
  const expected = `must read like TABLE=FILE with a table of ${FACT_TABLE_NAMES.join(", ")}`;
  return (
    table ??
    invalidArgument("holdfast snapshots", "--map", expected, text, didYouMean(name, FACT_TABLE_NAMES))
  );
}

async function readColumnMap(path: string): Promise<z.infer<typeof columnMaps>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    const expected = "must be a JSON file that can be read, or TABLE=FILE such as subscribers=customers.csv";
    throw mapProblem("data.unreadable", path, expected);
  }
  try {
    const json: unknown = JSON.parse(text);
    const unknown = Object.keys(Object(json)).find((name) => !FACT_TABLE_NAMES.some((each) => each === name));
    if (unknown !== undefined) {
      const expected = `must name tables of ${FACT_TABLE_NAMES.join(", ")}, not ${JSON.stringify(unknown)}`;
      throw mapProblem("data.malformed", path, expected, didYouMean(unknown, FACT_TABLE_NAMES));
    }
    return columnMaps.parse(json);
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw mapProblem("data.malformed", path, 'must be JSON such as { "usage": { "month": "账期" } }', detail);
  }
}

function mapProblem(
  code: "data.unreadable" | "data.malformed",
  file: string,
  expected: string,
  hint?: string,
): HoldfastError {
  return new HoldfastError({
    code,
    path: { file, argument: "--map" },
    expected,
    received: undefined,
    ...(hint === undefined ? {} : { hint }),
  });
}
