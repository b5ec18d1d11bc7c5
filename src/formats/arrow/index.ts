import type { Format } from "../format.js";

/** Arrow's IPC stream format. Needs `apache-arrow`. */
export const arrow = {
  name: "arrow",
  label: "Arrow",
  extensions: [],
  isText: false,
  streams: {
    async rows(bytes, { file }) {
      const { ArrowRows } = await import("./rows.js");
      return new ArrowRows(file, bytes);
    },
    async sink(stream, _, columns) {
      const { arrowStreamSink } = await import("./sink.js");
      return arrowStreamSink(stream, columns);
    },
  },
} as const satisfies Format;
