import { cellsOfRows } from "../../table/given/cells-of-rows.js";
import type { FrameKind } from "../frame-kind.js";

/** What is read of a frame of danfojs. A column hides the member that has its name, so that `values` may be a column. */
interface DanfoFrame {
  readonly $columns: readonly string[];
  /** Its rows. */
  readonly values: unknown;
  /** Its rows too. */
  readonly $data?: unknown;
}

/** A `DataFrame` of danfojs, in Node or in the browser. */
export const danfo: FrameKind = {
  name: "danfojs DataFrame",
  recognizes: (source) => {
    const { $isSeries, $columns, $dtypes, values } = source as Readonly<Record<string, unknown>>;
    return $isSeries === false && Array.isArray($columns) && Array.isArray($dtypes) && values !== undefined;
  },
  read(source) {
    const { $columns: names, values, $data } = source as DanfoFrame;
    const rows = (Array.isArray(values) ? values : $data) as readonly (readonly unknown[])[];
    const cells = cellsOfRows(rows, names.length);
    return {
      names: names.map(String),
      lengths: names.map(() => rows.length),
      cellsOf: (column) => cells[column],
    };
  },
};
