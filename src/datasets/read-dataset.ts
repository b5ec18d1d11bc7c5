import { Readable } from "node:stream";
import { readBytes } from "../files/byte-stream.js";
import { type ReadTableOptions, readTable } from "../formats/read-table.js";
import type { LongWork } from "../progress.js";
import { createTable, type Table } from "../table/table.js";
import type { Dataset, DelimitedReading, FixedWidthReading } from "./dataset.js";
import type { FoundCopy } from "./places.js";

/** Reads the files of a data set into one table, with the kinds of its schema. */
export async function readDataset(
  functionName: string,
  dataset: Dataset,
  { paths }: FoundCopy,
  work: LongWork,
): Promise<Table> {
  const { reading } = dataset;
  const { onProgress, signal } = work;
  if (reading.form === "delimited") return readDelimited(dataset, reading, paths, { onProgress, signal });
  if (reading.form === "fixed width") return readFixedWidth(functionName, dataset, reading, paths[0], signal);
  throw new Error(`a ${reading.form} is no table`);
}

async function readDelimited(
  dataset: Dataset,
  { delimiter, missing, labelsInSecondFile: labels }: DelimitedReading,
  [path, labelsPath]: readonly string[],
  work: LongWork,
): Promise<Table> {
  // What training leaves out may be missing: such columns are often removed from copies.
  const columns = Object.fromEntries(
    dataset.columns
      .filter(({ name }) => name !== labels && !dataset.exclude.includes(name))
      .map(({ name, kind }) => [name, kind] as const),
  );
  const table = await readTable(path, {
    format: delimiter === "\t" ? "tsv" : "csv",
    delimiter,
    columns,
    ...(missing === undefined ? {} : { missing }),
    ...work,
  });
  if (labels === undefined) return table;
  const lines = Readable.from(withHeader(labels, textOf("", labelsPath)));
  const options: ReadTableOptions = { columns: { [labels]: "categorical" }, signal: work.signal };
  const second = await readTable({ stream: lines, format: "csv" }, options);
  return createTable([...table.columns, ...second.columns], path);
}

/** Blanks between the columns, and before the first, become commas; a header comes first. */
async function readFixedWidth(
  functionName: string,
  { columns }: Dataset,
  { dateFormat }: FixedWidthReading,
  path: string,
  signal: AbortSignal | undefined,
): Promise<Table> {
  const header = columns.map(({ name }) => name).join(",");
  const lines = (await wholeText(textOf(functionName, path)))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.replace(/ +/gu, ","));
  const stream = Readable.from([`${[header, ...lines].join("\n")}\n`]);
  const kinds = Object.fromEntries(
    columns.map(({ name, kind }) => [name, kind === "date" ? { kind, dateFormat } : kind] as const),
  );
  const table = await readTable({ stream, format: "csv" }, { columns: kinds, signal });
  return createTable(table.columns, path);
}

async function* withHeader(header: string, text: AsyncIterable<string>): AsyncGenerator<string> {
  yield `${header}\n`;
  yield* text;
}

/** The text of a file, uncompressed where it is gzip. */
async function* textOf(functionName: string, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const bytes of readBytes(path, { function: functionName, file: path })) {
    yield decoder.decode(bytes, { stream: true });
  }
}

async function wholeText(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}
