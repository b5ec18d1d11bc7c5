import { isGzipPath } from "../../files/gzip-path.js";
import type { DuckDBDoor, FileDoor, Format, ReadOptions, StreamDoor } from "../format.js";

/** Text whose delimiter (comma, semicolon, tab or bar) is found in the header line. Written with commas. */
export const csv = delimited({
  name: "csv",
  label: "CSV",
  extensions: [".csv", ".txt"],
  delimiter: undefined,
});

/** Text with tabs between fields. */
export const tsv = delimited({
  name: "tsv",
  label: "TSV",
  extensions: [".tsv"],
  delimiter: "\t",
  // How engines of the Hadoop family write into pipes and read from them.
  inPipes: { nullText: "\\N", quotes: false },
});

interface DelimitedFormat<Name extends string> extends Pick<Format, "label" | "extensions" | "inPipes"> {
  readonly name: Name;
  /** Undefined: found in the header line when reading, a comma when writing. */
  readonly delimiter: string | undefined;
}

function delimited<const Name extends string>({ delimiter, ...about }: DelimitedFormat<Name>) {
  const written = delimiter ?? ",";
  const writerOf = async (names: readonly string[], options = {}) => {
    const { DelimitedWriter } = await import("./writer.js");
    return new DelimitedWriter(names, written, options);
  };
  /** The options with the format's own delimiter as the usual one. @throws HoldfastError for an invalid delimiter. */
  const reading = async <Options extends Pick<ReadOptions, "delimiter">>(
    options: Options,
    functionName: string | undefined,
  ) => {
    const { checkDelimiter } = await import("./read.js");
    checkDelimiter(options.delimiter, functionName);
    return { ...options, usualDelimiter: delimiter };
  };
  const files: FileDoor = {
    async readTable(path, place, options) {
      const { readDelimited } = await import("./read.js");
      return readDelimited(path, place, await reading(options, place.function));
    },
    async openChunks(path, place, options) {
      const { delimitedChunks } = await import("./chunks.js");
      return delimitedChunks(path, place, await reading(options, place.function));
    },
    async columnNames(path, place, options) {
      const { delimitedNames } = await import("./names.js");
      return delimitedNames(path, place, await reading(options, place.function));
    },
    async linesOf(path, place, rows, options) {
      const { linesOfRows } = await import("./lines-of.js");
      return linesOfRows(path, place, rows, await reading(options, place.function));
    },
    async rows(path, place, options) {
      const { DelimitedRows } = await import("./rows.js");
      return new DelimitedRows(path, await reading(options, place.function));
    },
    async writeTable(table, path, isGzip, work) {
      const { writeText } = await import("../text/write.js");
      const names = table.columns.map(({ name }) => name);
      await writeText(table, path, await writerOf(names, { csvSafe: work.csvSafe }), isGzip, work);
    },
    async sink(path, columns, options) {
      const { textFileSink } = await import("../text/sink.js");
      const names = columns.map(({ name }) => name);
      return textFileSink(path, await writerOf(names, options), isGzipPath(path), options);
    },
  };
  const streams: StreamDoor = {
    async rows(bytes, place, options) {
      const { DelimitedRows } = await import("./rows.js");
      return new DelimitedRows(place.file, { ...(await reading(options, place.function)), bytes });
    },
    async sink(stream, name, columns, options) {
      const { textStreamSink } = await import("../text/sink.js");
      const names = columns.map((column) => column.name);
      return textStreamSink(stream, name, await writerOf(names, options));
    },
  };
  const sqlDelimiter = written === "\t" ? "'\\t'" : `'${written}'`;
  const duckdb: DuckDBDoor = {
    copyOptions: (compressed) =>
      `FORMAT csv, HEADER, DELIMITER ${sqlDelimiter}, COMPRESSION ${compressed ? "gzip" : "none"}`,
    copied: (target, compressed) => {
      const compression = compressed ? "gzip" : "none";
      return `read_csv(${target}, header = true, all_varchar = true, delim = ${sqlDelimiter}, compression = '${compression}')`;
    },
  };
  return { ...about, isText: true, files, streams, duckdb } as const satisfies Format;
}
