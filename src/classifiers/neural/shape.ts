import type { NumericEmbedding } from "./options.js";

/** How one feature enters the network: a number by quantile edges, a category by an embedding vector. */
export type NeuralInput =
  | { readonly kind: "numeric"; readonly edges: readonly number[] }
  | { readonly kind: "categorical"; readonly codes: number; readonly size: number };

/**
 * Measures with a value per month: features by their position, oldest first, and the edges of all their months
 * together.
 */
export interface SequenceChannel {
  readonly features: readonly number[];
  readonly edges: readonly number[];
}

/** A convolution over monthly columns in a neural network. */
export interface SequenceBranch {
  readonly kernel: number;
  readonly filters: number;
  readonly channels: readonly SequenceChannel[];
}

/** Everything about a network except its weights. */
export interface NetworkShape {
  readonly numericEmbedding: NumericEmbedding;
  readonly frequencies: number;
  /** Whether numbers go on beyond the training range; absent: they are held at its edge. */
  readonly extrapolate?: boolean;
  /** One a feature. */
  readonly inputs: readonly NeuralInput[];
  readonly sequences: readonly SequenceBranch[];
  readonly width: number;
  readonly hidden: number;
  readonly blocks: number;
}

/** The role of weights; determines their initial values and whether they decay. */
export type PieceKind = "matrix" | "embedding" | "frequency" | "gain" | "bias";

/** A matrix among the weights, row by row from `offset` on. */
export interface Piece {
  readonly kind: PieceKind;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

export interface BlockLayout {
  readonly gain: Piece;
  readonly shift: Piece;
  readonly up: Piece;
  readonly upBias: Piece;
  readonly down: Piece;
  readonly downBias: Piece;
}

/** Offsets of the weights of a network in one vector. */
export interface NetworkLayout {
  readonly size: number;
  /** By rising offset. */
  readonly pieces: readonly Piece[];
  /** Numeric features × frequencies; undefined unless numbers enter periodically. */
  readonly frequencies: Piece | undefined;
  readonly embeddings: readonly Piece[];
  readonly convolutions: readonly { readonly kernel: Piece; readonly bias: Piece }[];
  readonly entry: Piece;
  readonly entryBias: Piece;
  readonly blocks: readonly BlockLayout[];
  readonly headGain: Piece;
  readonly headShift: Piece;
  readonly head: Piece;
  readonly headBias: Piece;
}

/** Columns that a number fills before any weight: its bins, or its position; and whether it is missing. */
export function fixedColumnsOf(
  input: Extract<NeuralInput, { kind: "numeric" }>,
  embedding: NumericEmbedding,
): number {
  return (embedding === "piecewise-linear" ? input.edges.length - 1 : 1) + 1;
}

export function numericInputs(shape: NetworkShape) {
  return shape.inputs.filter((input) => input.kind === "numeric");
}

export function categoricalInputs(shape: NetworkShape) {
  return shape.inputs.filter((input) => input.kind === "categorical");
}

/** The number of positions at which a window of the kernel can begin. */
export function positionsOf({ channels, kernel }: SequenceBranch): number {
  return channels[0].features.length - kernel + 1;
}

/** Numbers of one window: position and missing flag of every channel and month in it. */
export function windowSizeOf({ channels, kernel }: SequenceBranch): number {
  return 2 * channels.length * kernel;
}

export function layoutOf(shape: NetworkShape): NetworkLayout {
  const pieces: Piece[] = [];
  let size = 0;
  const take = (kind: PieceKind, rows: number, columns: number): Piece => {
    const piece = { kind, offset: size, rows, columns };
    size += rows * columns;
    pieces.push(piece);
    return piece;
  };
  const { numericEmbedding, sequences, width, hidden } = shape;
  const numerics = numericInputs(shape);
  const isPeriodic = numericEmbedding === "periodic" && numerics.length > 0;
  const frequencies = isPeriodic ? take("frequency", numerics.length, shape.frequencies) : undefined;
  const embeddings = categoricalInputs(shape).map(({ codes, size }) => take("embedding", codes, size));
  const convolutions = sequences.map((branch) => ({
    kernel: take("matrix", windowSizeOf(branch), branch.filters),
    bias: take("bias", 1, branch.filters),
  }));
  const entryWidth =
    numerics.reduce((sum, input) => sum + fixedColumnsOf(input, numericEmbedding), 0) +
    (frequencies === undefined ? 0 : 2 * frequencies.rows * frequencies.columns) +
    embeddings.reduce((sum, { columns }) => sum + columns, 0) +
    sequences.reduce((sum, { filters }) => sum + 2 * filters, 0);
  const entry = take("matrix", entryWidth, width);
  const entryBias = take("bias", 1, width);
  const blocks = Array.from({ length: shape.blocks }, () => ({
    gain: take("gain", 1, width),
    shift: take("bias", 1, width),
    up: take("matrix", width, hidden),
    upBias: take("bias", 1, hidden),
    down: take("matrix", hidden, width),
    downBias: take("bias", 1, width),
  }));
  const headGain = take("gain", 1, width);
  const headShift = take("bias", 1, width);
  const head = take("matrix", width, 1);
  const headBias = take("bias", 1, 1);
  const rest = { entry, entryBias, blocks, headGain, headShift, head, headBias };
  return { frequencies, embeddings, convolutions, ...rest, pieces, size };
}
