import { invalidArgument } from "../../errors.js";

export type NumericEmbedding = "piecewise-linear" | "periodic";

export interface NeuralOptions {
  /** Networks trained from other starts, whose margins are averaged. Default 2. */
  readonly members?: number;
  /** Units of the residual stream. Default 64. */
  readonly width?: number;
  /** Units inside a residual block. Default 128. */
  readonly hidden?: number;
  /** Residual blocks. Default 2. */
  readonly blocks?: number;
  /**
   * How numbers enter: as shares of quantile bins filled (`"piecewise-linear"`, default) or as sines and cosines of learnt
   * frequencies of their quantile (`"periodic"`) (Gorishniy et al. 2022).
   */
  readonly numericEmbedding?: NumericEmbedding;
  /** Quantile bins of a number, 1 to 64. Default 12. */
  readonly bins?: number;
  /** Frequencies of a number's periodic embedding. Default 8. */
  readonly frequencies?: number;
  /**
   * Monthly columns for a branch of their own, a convolution over the months: one list a measure, oldest month first; lists
   * of one length are seen together. `"auto"` finds columns named alike but for a month: `data_m3, data_m2, data_m1` (or
   * `data_lag_3 …`; months ago) and `data_2025_01, data_2025_02 …` of three months or more. Default: none.
   */
  readonly sequences?: "auto" | readonly (readonly string[])[];
  /** Months that the convolution sees at once. Default 3. */
  readonly kernel?: number;
  /** Filters of the convolution. Default 16. */
  readonly filters?: number;
  /** Share of a block's hidden units silenced in training, in [0, 1). Default 0.2. */
  readonly dropout?: number;
  /** Of AdamW. Default 0.002. */
  readonly learningRate?: number;
  /** Of AdamW, on weight matrices and embeddings, decoupled from the learning rate's schedule. Default 0.02. */
  readonly weightDecay?: number;
  /** Rows of a step. Default 256. */
  readonly batchRows?: number;
  /** Most passes over the rows; held-out rows choose when to stop. Default 60. */
  readonly epochs?: number;
  /** Passes without a better held-out loss after which training stops. Default 8. */
  readonly patience?: number;
  /** Decay per step of the running mean of the weights, which is what is kept; in [0, 1). Default 0.99. */
  readonly averaging?: number;
}

export type NeuralSettings = Required<Omit<NeuralOptions, "sequences">> & {
  readonly sequences: "auto" | readonly (readonly string[])[];
};

const DEFAULTS: NeuralSettings = {
  members: 2,
  width: 64,
  hidden: 128,
  blocks: 2,
  numericEmbedding: "piecewise-linear",
  bins: 12,
  frequencies: 8,
  sequences: [],
  kernel: 3,
  filters: 16,
  dropout: 0.2,
  learningRate: 0.002,
  weightDecay: 0.02,
  batchRows: 256,
  epochs: 60,
  patience: 8,
  averaging: 0.99,
};

/** Whole numbers and how far they may go. */
const WHOLE: readonly [keyof NeuralOptions, number, number][] = [
  ["members", 1, 32],
  ["width", 1, 1024],
  ["hidden", 1, 4096],
  ["blocks", 0, 16],
  ["bins", 1, 64],
  ["frequencies", 1, 64],
  ["kernel", 1, 64],
  ["filters", 1, 256],
  ["batchRows", 1, 65_536],
  ["epochs", 1, 10_000],
  ["patience", 1, 10_000],
];

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function neuralSettings(options: NeuralOptions): NeuralSettings {
  const settings: NeuralSettings = { ...DEFAULTS, ...options };
  const check = (isFine: boolean, argument: keyof NeuralOptions, expected: string) => {
    if (!isFine) invalidArgument("neuralNetwork", argument, expected, settings[argument]);
  };
  for (const [argument, least, most] of WHOLE) {
    const value = settings[argument] as number;
    const isFine = Number.isInteger(value) && value >= least && value <= most;
    check(isFine, argument, `must be a whole number from ${least} to ${most}`);
  }
  for (const argument of ["dropout", "averaging"] as const)
    check(settings[argument] >= 0 && settings[argument] < 1, argument, "must be from 0 to below 1");
  const { learningRate, weightDecay, numericEmbedding, sequences } = settings;
  check(learningRate > 0 && learningRate <= 1, "learningRate", "must be above 0 and at most 1");
  check(
    weightDecay >= 0 && weightDecay * learningRate < 1,
    "weightDecay",
    "must be ≥ 0 and below 1 / learningRate",
  );
  check(
    numericEmbedding === "piecewise-linear" || numericEmbedding === "periodic",
    "numericEmbedding",
    'must be "piecewise-linear" or "periodic"',
  );
  check(
    sequences === "auto" || (Array.isArray(sequences) && sequences.every((names) => Array.isArray(names))),
    "sequences",
    'must be "auto" or lists of column names',
  );
  return settings;
}
