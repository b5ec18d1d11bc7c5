import { type FrameKind, hasMethods } from "../frame-kind.js";
import { columnsOfBytes } from "./arrow-bytes.js";

/** A `DataFrame` of Polars for Node. It is read as Arrow, which has all of its types: needs `apache-arrow`. */
export const polars: FrameKind = {
  name: "Polars DataFrame",
  // A frame answers for its columns too; one that is named as these methods is a frame nevertheless.
  recognizes: (source) =>
    Object.prototype.toString.call(source) === "[object DataFrame]" || hasMethods(source, "writeIPC", "lazy"),
  async read(source, { source: file }) {
    const frame = source as { writeIPC(): Uint8Array };
    return columnsOfBytes(frame.writeIPC(), file);
  },
};

/** Whether it is a query of Polars that has not run. */
export function isLazyFrame(source: object): boolean {
  return hasMethods(source, "collect", "collectSync", "describePlan");
}
