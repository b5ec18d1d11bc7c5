import {
  featureGroups,
  monotoneSigns,
  type OptionSchema,
  settingsOf,
  share,
  whole,
} from "../option-schema.js";

/** Options of {@link additiveModel}. */
export interface AdditiveOptions {
  /** Most rounds of boosting; early stopping usually ends before. Default 1000. */
  readonly rounds?: number;
  /** Learning rate: the share of each step that is taken. Default 0.1. */
  readonly learningRate?: number;
  /** Bins of a numeric feature, 2 to 1000; missing values have an additional bin. Default 128. */
  readonly maxBins?: number;
  /** Most pairs of features that may act together; found on residuals, kept where held-out loss falls. Default 10. */
  readonly pairs?: number;
  /** Rounds without a better held-out loss before boosting stops. Default 30. */
  readonly patience?: number;
  /** Numeric features, by name, whose rise may only raise (1) or only lower (−1) the margin. Default: none. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /**
   * Groups of features, by name, that may form pairs; features in no group form an additional group. Default: all may.
   */
  readonly interactions?: readonly (readonly string[])[];
}

export type AdditiveSettings = Required<AdditiveOptions>;

export const ADDITIVE_OPTIONS: OptionSchema<AdditiveSettings> = {
  rounds: whole(1000, 1),
  learningRate: share(0.1),
  maxBins: whole(128, 2, 1000),
  pairs: whole(10, 0),
  patience: whole(30, 1),
  monotone: monotoneSigns,
  interactions: featureGroups,
};

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function additiveSettings(options: AdditiveOptions): AdditiveSettings {
  return settingsOf("additiveModel", ADDITIVE_OPTIONS, options);
}
