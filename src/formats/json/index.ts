import { HoldfastError } from "../../errors.js";
import { isGzipPath } from "../../files/gzip-path.js";
import type { FileDoor, Format, StreamDoor } from "../format.js";
import type { JsonLayout } from "./layout.js";

/** An array of flat objects. */
export const json = {
  name: "json",
  label: "JSON",
  extensions: [".json"],
  isText: true,
  files: filesOf("json"),
} as const satisfies Format;

/** One flat object per line. */
export const ndjson = {
  name: "ndjson",
  label: "NDJSON",
  extensions: [".ndjson", ".jsonl"],
  isText: true,
  files: filesOf("ndjson"),
  streams: linesAsTheyCome(),
} as const satisfies Format;

function filesOf(layout: JsonLayout): FileDoor {
  const files: FileDoor = {
    async readTable(path, place, options) {
      const { readJson } = await import("./read.js");
      return readJson(path, layout, place, options);
    },
    // Read in full, then cut: memory grows with the file.
    async openChunks(path, place, options) {
      const { cutTable } = await import("../cut-table.js");
      return cutTable(await files.readTable(path, place, options), place, options);
    },
    async columnNames(path, place, options) {
      try {
        return (await files.readTable(path, place, options)).columns.map(({ name }) => name);
      } catch (error) {
        if (error instanceof HoldfastError && error.code === "data.empty") return [];
        throw error;
      }
    },
    async rows(path, _, { encoding }) {
      const { JsonRows } = await import("./rows.js");
      return new JsonRows(path, layout, { encoding });
    },
    async writeTable(table, path, isGzip, work) {
      const { writeText } = await import("../text/write.js");
      const names = table.columns.map(({ name }) => name);
      await writeText(table, path, await writerOf(names, layout), isGzip, work);
    },
    async sink(path, columns, options) {
      const { textFileSink } = await import("../text/sink.js");
      const names = columns.map(({ name }) => name);
      return textFileSink(path, await writerOf(names, layout), isGzipPath(path), options);
    },
  };
  return files;
}

function linesAsTheyCome(): StreamDoor {
  return {
    async rows(bytes, { file }, { encoding }) {
      const { JsonRows } = await import("./rows.js");
      return new JsonRows(file, "ndjson", { encoding, bytes });
    },
    async sink(stream, name, columns) {
      const { textStreamSink } = await import("../text/sink.js");
      const names = columns.map((column) => column.name);
      return textStreamSink(stream, name, await writerOf(names, "ndjson"));
    },
  };
}

async function writerOf(names: readonly string[], layout: JsonLayout) {
  const { JsonWriter } = await import("./writer.js");
  return new JsonWriter(names, layout === "json");
}
