import { defaultAcceptances, empcOf } from "./decision/empc.js";
import { defaultCampaign } from "./decision/profit.js";
import { brierScoreOf } from "./probability/brier-score.js";
import { calibrationLineOver } from "./probability/calibration-line.js";
import { defaultBins, massBinnedErrorOf } from "./probability/expected-calibration-error.js";
import { logLossOver } from "./probability/log-loss.js";
import { averagePrecisionOf } from "./ranking/average-precision.js";
import { hMeasureOf } from "./ranking/h-measure.js";
import { ksOf } from "./ranking/kolmogorov-smirnov.js";
import { liftOf } from "./ranking/lift.js";
import { rocAucOf } from "./ranking/roc-auc.js";
import type { Tally } from "./sample/tally.js";

/** The metrics that are one number and need no argument, so that they can be asked for by name. */
export type MetricName =
  | "rocAuc"
  | "gini"
  | "averagePrecision"
  | "logLoss"
  | "brierScore"
  | "expectedCalibrationError"
  | "calibrationSlope"
  | "calibrationIntercept"
  | "ks"
  | "hMeasure"
  | "empc"
  | "empcFraction"
  | "topDecileLift";

/** Writes the values of a family into `into`, from index `at`; NaN where the weights do not determine one. */
type FamilyValues = (
  positives: Float64Array,
  negatives: Float64Array,
  into: Float64Array,
  at: number,
) => void;

/** Metrics that come out of one computation. */
interface MetricFamily {
  readonly names: readonly MetricName[];
  readonly needsProbabilities: boolean;
  /** Does once, for the scores of a ranked tally, what does not depend on weights. `rows` is what the sample counts for. */
  prepare(tally: Tally, rows: number): FamilyValues;
}

export const metricFamilies: readonly MetricFamily[] = [
  single("rocAuc", false, () => rocAucOf),
  single("gini", false, () => (positives, negatives) => 2 * rocAucOf(positives, negatives) - 1),
  single("averagePrecision", false, () => averagePrecisionOf),
  single("logLoss", true, ({ scores }) => logLossOver(scores)),
  single("brierScore", true, ({ scores }) => {
    return (positives, negatives) => brierScoreOf(scores, positives, negatives);
  }),
  single("expectedCalibrationError", true, ({ scores, isWhole }, rows) => {
    return (positives, negatives) =>
      massBinnedErrorOf(scores, positives, negatives, defaultBins(rows), isWhole);
  }),
  {
    names: ["calibrationSlope", "calibrationIntercept"],
    needsProbabilities: true,
    prepare(tally) {
      const fit = calibrationLineOver(tally);
      return (positives, negatives, into, at) => {
        const isTallyItself = positives === tally.positives && negatives === tally.negatives;
        const line = isTallyItself ? fit.line : fit.refit(positives, negatives);
        into[at] = line?.slope ?? Number.NaN;
        into[at + 1] = line?.intercept ?? Number.NaN;
      };
    },
  },
  single("ks", false, () => ksOf),
  single("hMeasure", false, () => (positives, negatives) => hMeasureOf(positives, negatives, undefined)),
  {
    names: ["empc", "empcFraction"],
    needsProbabilities: false,
    prepare() {
      return (positives, negatives, into, at) => {
        const { value, fraction } = empcOf(positives, negatives, defaultCampaign, defaultAcceptances);
        into[at] = value;
        into[at + 1] = fraction;
      };
    },
  },
  single("topDecileLift", false, ({ isWhole }) => {
    return (positives, negatives) => liftOf(positives, negatives, 0.1, isWhole);
  }),
];

function single(
  name: MetricName,
  needsProbabilities: boolean,
  prepare: (tally: Tally, rows: number) => (positives: Float64Array, negatives: Float64Array) => number,
): MetricFamily {
  return {
    names: [name],
    needsProbabilities,
    prepare(tally, rows) {
      const compute = prepare(tally, rows);
      return (positives, negatives, into, at) => {
        into[at] = compute(positives, negatives);
      };
    },
  };
}
