import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { NeuralSettings } from "./options.js";
import {
  categoricalInputs,
  fixedColumnsOf,
  type NetworkShape,
  type NeuralInput,
  numericInputs,
  positionsOf,
  type SequenceBranch,
  windowSizeOf,
} from "./shape.js";

/** Larger numbers are clipped to this, so that their differences stay finite. */
const FARTHEST = 1e100;

/** Shares of bins that go on end here, so that 32-bit sums of them stay finite. */
const FARTHEST_SHARE = 1e6;

/** How features enter, learnt from the rows that the network is trained on. */
export function fitInputs(vectors: Vectors, rows: Int32Array, bins: number): NeuralInput[] {
  return vectors.features.map((feature) => {
    if (feature.kind === "numeric") return { kind: "numeric", edges: edgesOf([feature.values], rows, bins) };
    const codes = feature.levels.length + 2;
    return { kind: "categorical", codes, size: embeddingSize(codes) };
  });
}

/** Rows of one code share a vector of about 1.6 · codes^0.56 numbers, as in fast.ai's tabular learner, 32 at most. */
function embeddingSize(codes: number): number {
  return Math.max(1, Math.min(32, Math.round(1.6 * codes ** 0.56)));
}

/** Branches of measures that have the same number of months. */
export function fitSequences(
  vectors: Vectors,
  rows: Int32Array,
  sequences: readonly (readonly number[])[],
  { bins, kernel, filters }: NeuralSettings,
): SequenceBranch[] {
  const lengths = [...new Set(sequences.map(({ length }) => length))];
  return lengths.map((length) => ({
    kernel: Math.min(kernel, length),
    filters,
    channels: sequences
      .filter((features) => features.length === length)
      .map((features) => {
        const columns = features.map((position) => {
          const feature = vectors.features[position];
          return feature.kind === "numeric" ? feature.values : new Float64Array(vectors.rowCount);
        });
        return { features, edges: edgesOf(columns, rows, bins) };
      }),
  }));
}

/** Ascending quantiles of the values that are not missing; at least two edges. */
function edgesOf(columns: readonly Float64Array[], rows: Int32Array, bins: number): number[] {
  const present = new Float64Array(columns.length * rows.length);
  let count = 0;
  for (const values of columns) {
    for (const row of rows) if (!Number.isNaN(values[row])) present[count++] = clamped(values[row]);
  }
  const sorted = present.subarray(0, count).sort();
  if (count === 0) return [0, 1];
  const quantiles = Array.from(
    { length: bins + 1 },
    (_, bin) => sorted[Math.round((bin / bins) * (count - 1))],
  );
  const edges = [...new Set(quantiles)];
  return edges.length > 1 ? edges : [edges[0], edges[0] + Math.max(1, Math.abs(edges[0]))];
}

function clamped(value: number): number {
  return Math.min(Math.max(value, -FARTHEST), FARTHEST);
}

/** Rows as the network reads them, before any weight. */
export interface EncodedRows {
  readonly rowCount: number;
  /** Per row, of every numeric feature: the filled share of each bin, or its position; then 1 if it is missing. */
  readonly fixed: Float32Array;
  readonly fixedWidth: number;
  /** Per row, of every numeric feature: its position among the training rows, in [−1, 1]; missing 0. */
  readonly positions: Float32Array;
  /** Per row, of every categorical feature; missing is the last code. */
  readonly codes: Int32Array;
  /** Of every branch: per row and position, the window there. */
  readonly windows: readonly Float32Array[];
}

export function emptyRows(shape: NetworkShape, rowCount: number): EncodedRows {
  const numerics = numericInputs(shape);
  const fixedWidth = numerics.reduce((sum, input) => sum + fixedColumnsOf(input, shape.numericEmbedding), 0);
  return {
    rowCount,
    fixed: new Float32Array(rowCount * fixedWidth),
    fixedWidth,
    positions: new Float32Array(rowCount * numerics.length),
    codes: new Int32Array(rowCount * categoricalInputs(shape).length),
    windows: shape.sequences.map(
      (branch) => new Float32Array(rowCount * positionsOf(branch) * windowSizeOf(branch)),
    ),
  };
}

/** Writes one row, whose numbers start at `from` in `row`, into place `at` of encoded rows. */
export function encodeRow(
  shape: NetworkShape,
  row: RowVector,
  from: number,
  into: EncodedRows,
  at: number,
): void {
  const { inputs, numericEmbedding, sequences, extrapolate = false } = shape;
  let column = at * into.fixedWidth;
  let number = (at * into.positions.length) / into.rowCount;
  let code = (at * into.codes.length) / into.rowCount;
  for (let f = 0; f < inputs.length; f++) {
    const input = inputs[f];
    const value = row[from + f];
    if (input.kind === "categorical") {
      into.codes[code++] = Number.isNaN(value) ? input.codes - 1 : Math.min(value, input.codes - 2);
      continue;
    }
    const position = Number.isNaN(value) ? 0 : positionOf(input.edges, value, extrapolate);
    into.positions[number++] = position;
    if (numericEmbedding === "piecewise-linear") {
      column = fillBins(input.edges, value, into.fixed, column, extrapolate);
    } else into.fixed[column++] = position;
    into.fixed[column++] = Number.isNaN(value) ? 1 : 0;
  }
  for (let s = 0; s < sequences.length; s++) {
    const start = (at * into.windows[s].length) / into.rowCount;
    encodeWindows(sequences[s], row, from, into.windows[s], start, extrapolate);
  }
}

/**
 * The shares of bins that a value fills: 1 in bins below it, a part of the bin it is in, 0 above; all 0 where it is
 * missing. Beyond the edges the first share stays 0 and the last 1, unless they go on.
 */
function fillBins(
  edges: readonly number[],
  value: number,
  into: Float32Array,
  at: number,
  goesOn: boolean,
): number {
  const known = Number.isNaN(value) ? edges[0] : clamped(value);
  for (let bin = 1; bin < edges.length; bin++) {
    const share = (known - edges[bin - 1]) / (edges[bin] - edges[bin - 1]);
    const least = goesOn && bin === 1 ? -FARTHEST_SHARE : 0;
    const most = goesOn && bin === edges.length - 1 ? FARTHEST_SHARE : 1;
    into[at++] = Math.min(Math.max(share, least), most);
  }
  return at;
}

/** The position of a value among the quantiles, from −1 at the first edge to 1 at the last, where it may go on. */
function positionOf(edges: readonly number[], value: number, goesOn: boolean): number {
  const known = clamped(value);
  const bins = edges.length - 1;
  for (let bin = 0; bin < bins; bin++) {
    if (known >= edges[bin + 1] && !(goesOn && bin === bins - 1)) continue;
    const share = (known - edges[bin]) / (edges[bin + 1] - edges[bin]);
    const held = goesOn ? Math.min(Math.max(share, -FARTHEST_SHARE), FARTHEST_SHARE) : Math.max(0, share);
    return (2 * (bin + held)) / bins - 1;
  }
  return 1;
}

function encodeWindows(
  branch: SequenceBranch,
  row: RowVector,
  from: number,
  into: Float32Array,
  start: number,
  goesOn: boolean,
): void {
  const { channels, kernel } = branch;
  const positions = positionsOf(branch);
  let at = start;
  for (let position = 0; position < positions; position++) {
    for (let month = position; month < position + kernel; month++) {
      for (const { features, edges } of channels) {
        const value = row[from + features[month]];
        const isMissing = Number.isNaN(value);
        into[at++] = isMissing ? 0 : positionOf(edges, value, goesOn);
        into[at++] = isMissing ? 1 : 0;
      }
    }
  }
}
