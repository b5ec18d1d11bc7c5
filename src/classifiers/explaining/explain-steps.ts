import { copyRows, type Vectors } from "../../vectors/vectors.js";
import type { Explainer } from "../explainer.js";

/** Contributions of some rows, row-major. */
export interface Explained {
  readonly values: Float64Array;
  /** The squared standard errors, where values are sampled. */
  readonly variances: Float64Array | undefined;
}

/** How long a step should take, in milliseconds: between steps timers and signals are let through. */
const STEP_MILLISECONDS = 20;
const MOST_ROWS = 4096;

/** An empty result for rows. */
export function explainedOf(rowCount: number, width: number, isSampled: boolean): Explained {
  return {
    values: new Float64Array(rowCount * width),
    variances: isSampled ? new Float64Array(rowCount * width) : undefined,
  };
}

/**
 * Explains rows `from … to − 1` in small steps, with the same bits whatever their size.
 * @param into the first of its rows is `from`.
 * @returns at each step, how many rows are done.
 */
export function* explainSteps(
  explainer: Explainer,
  vectors: Vectors,
  from: number,
  to: number,
  { values, variances }: Explained,
): Generator<number, void, undefined> {
  const width = vectors.features.length;
  let size = 8;
  for (let row = from; row < to; ) {
    const end = Math.min(row + size, to);
    const start = performance.now();
    const rows = new Float64Array((end - row) * width);
    copyRows(vectors, row, end, rows);
    const part = (of: Float64Array) => of.subarray((row - from) * width, (end - from) * width);
    explainer.add(rows, end - row, 1, part(values), variances && part(variances));
    const faster = STEP_MILLISECONDS / Math.max(performance.now() - start, 0.1);
    size = Math.max(1, Math.min(Math.round((end - row) * faster), 4 * size, MOST_ROWS));
    row = end;
    yield row - from;
  }
}
