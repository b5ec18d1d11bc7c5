import type { EncodedRows } from "./encoding.js";
import {
  categoricalInputs,
  layoutOf,
  type NetworkLayout,
  type NetworkShape,
  numericInputs,
  type Piece,
  positionsOf,
  windowSizeOf,
} from "./shape.js";

/** Added to the variance of a layer before dividing by its root. */
export const NORM_EPSILON = 1e-5;

/**
 * Margins of one row at a time from typed arrays: what the TensorFlow graph of the same weights computes. Keeps the
 * numbers between layers, so that no row allocates; one row at a time.
 */
export class ForwardPass {
  private readonly layout: NetworkLayout;
  private readonly entry: Float64Array;
  private readonly stream: Float64Array;
  private readonly normal: Float64Array;
  private readonly hidden: Float64Array;
  private readonly numerics: number;
  private readonly categoricals: number;

  constructor(private readonly shape: NetworkShape) {
    this.layout = layoutOf(shape);
    this.entry = new Float64Array(this.layout.entry.rows);
    this.stream = new Float64Array(shape.width);
    this.normal = new Float64Array(shape.width);
    this.hidden = new Float64Array(Math.max(shape.hidden, ...shape.sequences.map(({ filters }) => filters)));
    this.numerics = numericInputs(shape).length;
    this.categoricals = categoricalInputs(shape).length;
  }

  /** The margin of row `at` of encoded rows under some weights. */
  marginOf(weights: Float32Array, rows: EncodedRows, at: number): number {
    this.fillEntry(weights, rows, at);
    const { layout, entry, stream, normal, hidden } = this;
    dense(weights, layout.entry, layout.entryBias, entry, stream);
    for (const block of layout.blocks) {
      normalise(weights, block.gain, block.shift, stream, normal);
      dense(weights, block.up, block.upBias, normal, hidden);
      rectify(hidden, block.up.columns);
      addDense(weights, block.down, block.downBias, hidden, stream);
    }
    normalise(weights, layout.headGain, layout.headShift, stream, normal);
    rectify(normal, normal.length);
    let margin = weights[layout.headBias.offset];
    for (let i = 0; i < normal.length; i++) margin += normal[i] * weights[layout.head.offset + i];
    return margin;
  }

  private fillEntry(weights: Float32Array, rows: EncodedRows, at: number): void {
    const { layout, entry, shape } = this;
    let to = 0;
    for (let c = 0; c < rows.fixedWidth; c++) entry[to++] = rows.fixed[at * rows.fixedWidth + c];
    if (layout.frequencies !== undefined) {
      const { offset, columns } = layout.frequencies;
      const count = this.numerics * columns;
      for (let n = 0; n < this.numerics; n++) {
        const turn = 2 * Math.PI * rows.positions[at * this.numerics + n];
        for (let k = 0; k < columns; k++, to++) {
          const angle = turn * weights[offset + n * columns + k];
          entry[to] = Math.sin(angle);
          entry[to + count] = Math.cos(angle);
        }
      }
      to += count;
    }
    for (let c = 0; c < this.categoricals; c++) {
      const { offset, columns } = layout.embeddings[c];
      const start = offset + rows.codes[at * this.categoricals + c] * columns;
      for (let i = 0; i < columns; i++) entry[to++] = weights[start + i];
    }
    for (let s = 0; s < shape.sequences.length; s++)
      to = this.fillSequence(weights, rows.windows[s], s, at, to);
  }

  /** The mean over the months and the last month of every filter. */
  private fillSequence(
    weights: Float32Array,
    windows: Float32Array,
    s: number,
    at: number,
    to: number,
  ): number {
    const branch = this.shape.sequences[s];
    const { kernel, bias } = this.layout.convolutions[s];
    const { entry, hidden } = this;
    const positions = positionsOf(branch);
    const size = windowSizeOf(branch);
    const { filters } = branch;
    for (let i = 0; i < filters; i++) entry[to + i] = 0;
    for (let position = 0; position < positions; position++) {
      const from = (at * positions + position) * size;
      for (let i = 0; i < filters; i++) hidden[i] = weights[bias.offset + i];
      for (let j = 0; j < size; j++) {
        const value = windows[from + j];
        const row = kernel.offset + j * filters;
        for (let i = 0; i < filters; i++) hidden[i] += value * weights[row + i];
      }
      rectify(hidden, filters);
      for (let i = 0; i < filters; i++) entry[to + i] += hidden[i] / positions;
    }
    for (let i = 0; i < filters; i++) entry[to + filters + i] = hidden[i];
    return to + 2 * filters;
  }
}

function dense(
  weights: Float32Array,
  matrix: Piece,
  bias: Piece,
  from: Float64Array,
  into: Float64Array,
): void {
  into.fill(0);
  addDense(weights, matrix, bias, from, into);
}

function addDense(
  weights: Float32Array,
  matrix: Piece,
  bias: Piece,
  from: Float64Array,
  into: Float64Array,
): void {
  const { offset, rows, columns } = matrix;
  for (let i = 0; i < columns; i++) into[i] += weights[bias.offset + i];
  for (let j = 0; j < rows; j++) {
    const value = from[j];
    if (value === 0) continue;
    const row = offset + j * columns;
    for (let i = 0; i < columns; i++) into[i] += value * weights[row + i];
  }
}

/** Layer normalisation (Ba, Kiros & Hinton 2016). */
function normalise(
  weights: Float32Array,
  gain: Piece,
  shift: Piece,
  from: Float64Array,
  into: Float64Array,
): void {
  const size = from.length;
  let sum = 0;
  for (let i = 0; i < size; i++) sum += from[i];
  const mean = sum / size;
  let squares = 0;
  for (let i = 0; i < size; i++) squares += (from[i] - mean) ** 2;
  const scale = 1 / Math.sqrt(squares / size + NORM_EPSILON);
  for (let i = 0; i < size; i++)
    into[i] = (from[i] - mean) * scale * weights[gain.offset + i] + weights[shift.offset + i];
}

function rectify(values: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) if (values[i] < 0) values[i] = 0;
}
