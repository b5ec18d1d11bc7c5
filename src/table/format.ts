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
