import { invalidArgument } from "../../errors.js";
import {
  notNegative,
  type OptionSchema,
  oneOf,
  rule,
  settingsOf,
  share,
  trueOrFalse,
  whole,
} from "../option-schema.js";

/** How a neural network reads a number. */
export type NumericEmbedding = "piecewise-linear" | "periodic";

/** Options of {@link neuralNetwork}. */
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
   * Monthly columns for a separate branch, a convolution over the months: one list per measure, oldest month first;
   * lists of the same length share a convolution. `"auto"` finds columns whose names differ only in a month: `data_m3,
   * data_m2, data_m1` (or `data_lag_3 …`; months ago) and `data_2025_01, data_2025_02 …`, three months or more.
   * Default: none.
   */
  readonly sequences?: "auto" | readonly (readonly string[])[];
  /** Months per window of the convolution. Default 3. */
  readonly kernel?: number;
  /** Filters of the convolution. Default 16. */
  readonly filters?: number;
  /** Share of a block's hidden units silenced in training, in [0, 1). Default 0.2. */
  readonly dropout?: number;
  /** Learning rate of AdamW. Default 0.002. */
  readonly learningRate?: number;
  /**
   * Weight decay of AdamW, on weight matrices and embeddings, decoupled from the learning rate's schedule. Default
   * 0.02.
   */
  readonly weightDecay?: number;
  /** Rows per step. Default 256. */
  readonly batchRows?: number;
  /** Most passes over the rows; early stopping usually ends before. Default 60. */
  readonly epochs?: number;
  /** Passes without a better held-out loss after which training stops. Default 8. */
  readonly patience?: number;
  /** Decay per step of the running mean of the weights, which is what is kept; in [0, 1). Default 0.99. */
  readonly averaging?: number;
  /**
   * Whether the first and the last bin of a number go on beyond the least and the greatest training value. Default false:
   * a number outside counts as the nearest that training saw, as in trees.
   */
  readonly extrapolate?: boolean;
}

export type NeuralSettings = Required<NeuralOptions>;

const SHARE_BELOW_1 = "must be from 0 to below 1";
const isBelow1 = (given: number) => Number.isFinite(given) && given >= 0 && given < 1;

export const NEURAL_OPTIONS: OptionSchema<NeuralSettings> = {
  members: whole(2, 1, 32),
  width: whole(64, 1, 1024),
  hidden: whole(128, 1, 4096),
  blocks: whole(2, 0, 16),
  numericEmbedding: oneOf<NumericEmbedding>("piecewise-linear", "periodic"),
  bins: whole(12, 1, 64),
  frequencies: whole(8, 1, 64),
  sequences: rule<NeuralSettings["sequences"]>(
    [],
    'must be "auto" or lists of column names',
    (given) => given === "auto" || (Array.isArray(given) && given.every((names) => Array.isArray(names))),
  ),
  kernel: whole(3, 1, 64),
  filters: whole(16, 1, 256),
  dropout: rule(0.2, SHARE_BELOW_1, isBelow1),
  learningRate: share(0.002),
  weightDecay: notNegative(0.02),
  batchRows: whole(256, 1, 65_536),
  epochs: whole(60, 1, 10_000),
  patience: whole(8, 1, 10_000),
  averaging: rule(0.99, SHARE_BELOW_1, isBelow1),
  extrapolate: trueOrFalse,
};

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function neuralSettings(options: NeuralOptions): NeuralSettings {
  const settings = settingsOf("neuralNetwork", NEURAL_OPTIONS, options);
  const { weightDecay, learningRate } = settings;
  if (weightDecay * learningRate >= 1)
    invalidArgument("neuralNetwork", "weightDecay", "must be below 1 / learningRate", weightDecay);
  return settings;
}
