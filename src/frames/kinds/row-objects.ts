import { rowsAsTable } from "../../table/rows.js";
import type { FrameKind } from "../frame-kind.js";

/** A list of row objects. */
export const rowObjects: FrameKind = {
  name: "row objects",
  recognizes: Array.isArray,
  read(rows, { exclude = [], columnNames: _, ...options }) {
    return rowsAsTable("tableFrom", rows as readonly Record<string, unknown>[], options, exclude, true);
  },
};
