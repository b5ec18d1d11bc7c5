import { invalidArgument } from "../../errors.js";

export interface AdditiveOptions {
  /** Most rounds of boosting; early stopping usually ends before. Default 1000. */
  readonly rounds?: number;
  /** How much of each step is taken. Default 0.1. */
  readonly learningRate?: number;
  /** Bins of a numeric feature, 2 to 1000; missing values have one more. Default 128. */
  readonly maxBins?: number;
  /** Most pairs of features that may act together; found on residuals, kept where held-out loss falls. Default 10. */
  readonly pairs?: number;
  /** Rounds without a better held-out loss before boosting stops. Default 30. */
  readonly patience?: number;
  /** Numeric features, by name, whose rise may only raise (1) or only lower (−1) the margin. Default: none. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /** Groups of features, by name, that may form pairs; those in no group form one group more. Default: all may. */
  readonly interactions?: readonly (readonly string[])[];
}

export type AdditiveSettings = Required<AdditiveOptions>;

const DEFAULTS: AdditiveSettings = {
  rounds: 1000,
  learningRate: 0.1,
  maxBins: 128,
  pairs: 10,
  patience: 30,
  monotone: {},
  interactions: [],
};

/** The options with defaults filled in. @throws HoldfastError when one is out of range. */
export function additiveSettings(options: AdditiveOptions): AdditiveSettings {
  const settings = { ...DEFAULTS, ...options };
  const check = (isFine: boolean, argument: keyof AdditiveSettings, expected: string) => {
    if (!isFine) invalidArgument("additiveModel", argument, expected, settings[argument]);
  };
  const isWhole = (value: number, least: number, most = Number.MAX_SAFE_INTEGER) =>
    Number.isInteger(value) && value >= least && value <= most;
  const { rounds, learningRate, maxBins, pairs, patience, monotone } = settings;
  check(isWhole(rounds, 1), "rounds", "must be a whole number ≥ 1");
  check(learningRate > 0 && learningRate <= 1, "learningRate", "must be above 0 and at most 1");
  check(isWhole(maxBins, 2, 1000), "maxBins", "must be a whole number from 2 to 1000");
  check(isWhole(pairs, 0), "pairs", "must be a whole number ≥ 0");
  check(isWhole(patience, 1), "patience", "must be a whole number ≥ 1");
  for (const [name, sign] of Object.entries(monotone)) {
    if (sign !== 1 && sign !== -1)
      invalidArgument("additiveModel", `monotone[${JSON.stringify(name)}]`, "must be 1 or -1", sign);
  }
  return settings;
}
