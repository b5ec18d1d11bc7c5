import type { Format } from "../format.js";

/** A compressed columnar format, read and written by DuckDB. */
export const parquet = {
  name: "parquet",
  label: "Parquet",
  extensions: [".parquet"],
  isText: false,
  files: {
    async readTable(path, place, options) {
      const { readParquet } = await import("./read.js");
      return readParquet(path, place, options);
    },
    async openChunks(path, place, options) {
      const { parquetChunks } = await import("./chunks.js");
      return parquetChunks(path, place, options);
    },
    async columnNames(path, place) {
      const { checkParquetFile, parquetNames } = await import("./source.js");
      await checkParquetFile(path, place);
      return parquetNames(path, place);
    },
    async rows(path) {
      const { ParquetRows } = await import("./rows.js");
      return new ParquetRows(path);
    },
    async writeTable(table, path, _, work) {
      const { writeParquet } = await import("./write.js");
      await writeParquet(table, path, work);
    },
    async sink(path, columns, options) {
      const { parquetSink } = await import("./sink.js");
      return parquetSink(path, columns, { leavesFolder: options.isPart });
    },
  },
  duckdb: {
    copyOptions: () => "FORMAT parquet, COMPRESSION zstd",
    copied: (target) => `read_parquet(${target})`,
    async relation(path, files, functionName) {
      const { checkParquetFile, parquetFilesSource } = await import("./source.js");
      for (const file of files) await checkParquetFile(file, { function: functionName, file });
      return parquetFilesSource(path, files);
    },
  },
} as const satisfies Format;
