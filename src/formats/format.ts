import { basename } from "node:path";
import { invalidArgument } from "../errors.js";

/** The file formats that tables are read from and written to. */
export type TableFormat = "csv" | "tsv" | "parquet" | "json" | "ndjson";

const BY_EXTENSION: Readonly<Record<string, TableFormat>> = {
  ".csv": "csv",
  ".tsv": "tsv",
  ".txt": "csv",
  ".parquet": "parquet",
  ".json": "json",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
};

export const TABLE_FORMATS: readonly TableFormat[] = ["csv", "tsv", "parquet", "json", "ndjson"];

/** @throws HoldfastError for a format that is none. */
export function checkFormat(functionName: string, argument: string, format: TableFormat | undefined): void {
  if (format === undefined || TABLE_FORMATS.includes(format)) return;
  invalidArgument(functionName, argument, `must be one of ${TABLE_FORMATS.join(", ")}`, format);
}

/** The format that a path's extension names; the text formats also with `.gz` behind. @throws HoldfastError when unknown. */
export function formatOf(functionName: string, argument: string, path: string): TableFormat {
  const match = /(\.[^.]+?)(\.gz)?$/i.exec(basename(path));
  const format = BY_EXTENSION[match?.[1].toLowerCase() ?? ""];
  if (format === undefined || (format === "parquet" && match?.[2] !== undefined)) {
    const known = Object.keys(BY_EXTENSION).join(", ");
    const expected = `must end in one of ${known} (all but .parquet also with .gz)`;
    return invalidArgument(functionName, argument, expected, path, "or give the format");
  }
  return format;
}

/** Whether a path asks for gzip. */
export function isGzipPath(path: string): boolean {
  return path.toLowerCase().endsWith(".gz");
}
