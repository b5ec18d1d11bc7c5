import type { FileDoor, Format, StreamDoor } from "../format.js";

const files: FileDoor = {
  async readTable(path, place, options) {
    const { readArrow } = await import("./read.js");
    return readArrow(path, place, options);
  },
  // Read in full, then cut: memory grows with the file.
  async openChunks(path, place, options) {
    const { cutTable } = await import("../cut-table.js");
    return cutTable(await files.readTable(path, place, options), place, options);
  },
  async columnNames(path, place) {
    const { arrowNames } = await import("./read.js");
    return arrowNames(path, place);
  },
  async rows(path) {
    const { ArrowRows } = await import("./rows.js");
    return new ArrowRows(path, { path });
  },
  async writeTable(table, path, _, work) {
    const { writeArrow } = await import("./sink.js");
    await writeArrow(table, path, work);
  },
  async sink(path, columns, options) {
    const { arrowFileSink } = await import("./sink.js");
    return arrowFileSink(path, columns, { leavesFolder: options.isPart });
  },
};

const streams: StreamDoor = {
  async rows(bytes, { file }) {
    const { ArrowRows } = await import("./rows.js");
    return new ArrowRows(file, { bytes });
  },
  async sink(stream, _, columns) {
    const { arrowStreamSink } = await import("./sink.js");
    return arrowStreamSink(stream, columns);
  },
};

// The types of both are named, because their own would ask a user's compiler for those of `apache-arrow`.
/** Arrow's IPC formats: files (version 2 of Feather is the same), and streams. Needs `apache-arrow`. */
export const arrow = {
  name: "arrow",
  label: "Arrow",
  extensions: [".arrow", ".feather", ".ipc"],
  isText: false,
  files,
  streams,
} as const satisfies Format;
