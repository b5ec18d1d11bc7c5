import type { FrameKind } from "./frame-kind.js";
import { arquero } from "./kinds/arquero.js";
import { arrowBytes } from "./kinds/arrow-bytes.js";
import { arrowTable } from "./kinds/arrow-table.js";
import { columnArrays } from "./kinds/column-arrays.js";
import { danfo } from "./kinds/danfo.js";
import { duckdbResult } from "./kinds/duckdb-result.js";
import { holdfastTable } from "./kinds/holdfast-table.js";
import { matrix } from "./kinds/matrix.js";
import { polars } from "./kinds/polars.js";
import { rowObjects } from "./kinds/row-objects.js";
import { tensor } from "./kinds/tensor.js";

/** All kinds of frames; the first that recognizes a source reads it. */
export const FRAMES: readonly FrameKind[] = [
  matrix,
  rowObjects,
  holdfastTable,
  danfo,
  polars,
  arrowTable,
  arrowBytes,
  arquero,
  duckdbResult,
  tensor,
  // An object of arrays is what is left.
  columnArrays,
];
