import { type OptionNames, optionProblems } from "../../arguments.js";
import { argumentProblem } from "../../errors.js";
import { addBetaProblems, type BetaParameters, expectedExcess } from "../../math/beta-distribution.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { sum, tallySample } from "../sample/tally.js";
import { rocConvexHull } from "./convex-hull.js";

/** Options of {@link hMeasure}. */
export interface HMeasureOptions extends MetricOptions {
  /**
   * Which costs are how likely: c, the cost of contacting a customer who stays as a share of that cost plus the cost of
   * missing a churner, follows Beta(alpha, beta), both from 0.01 to 10,000. Default Beta(2, 1 / π₁) with π₁ the churn
   * rate: its mode is π₁, where the classes weigh the same (Hand and Anagnostopoulos 2014; the default of their R package
   * hmeasure). Beta(2, 2) is the severity of Hand (2009).
   */
  readonly severity?: BetaParameters | undefined;
}

const SEVERITY: OptionNames<BetaParameters> = { alpha: "required", beta: "required" };
const H_MEASURE_OPTIONS: OptionNames<HMeasureOptions> = {
  ...METRIC_OPTIONS,
  severity: "optional",
};

/**
 * The H-measure of Hand (2009): 1 − L / L₀, where L is the expected loss when for each cost c the best threshold is
 * taken, ∫ min over t of [c π₀ (others at or above t) + (1 − c) π₁ (churners below t)] dBeta(c), and L₀ the same when only
 * all or none can be taken. In [0, 1]; 0 is chance, 1 a perfect ranking. Rows of equal score are taken together; exact,
 * on the ROC convex hull.
 * @example hMeasure([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // 0.5
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite,
 * severity out of its range.
 */
export function hMeasure(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: HMeasureOptions = {},
): number {
  const problems = sampleProblems("hMeasure", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
    optionNames: H_MEASURE_OPTIONS,
  });
  const { weights, severity } = options;
  if (typeof severity === "object" && severity !== null) {
    const wrong = optionProblems("hMeasure", severity, SEVERITY, "severity");
    problems.add(...wrong);
    if (wrong.length === 0) addBetaProblems(problems, "hMeasure", severity, "severity.");
  } else if (severity !== undefined) {
    const expected = "must be an object such as { alpha: 2, beta: 2 }";
    problems.add(argumentProblem("hMeasure", "severity", expected, severity));
  }
  problems.throwIfAny();
  const { positives, negatives } = tallySample(labels, scores, weights);
  return hMeasureOf(positives, negatives, severity);
}

/** {@link hMeasure} of the weights of churners and others at falling scores. */
export function hMeasureOf(
  positives: Float64Array,
  negatives: Float64Array,
  severity: BetaParameters | undefined,
): number {
  const edges = rocConvexHull(positives, negatives);
  const positiveTotal = sum(positives);
  const total = positiveTotal + sum(negatives);
  const rate = positiveTotal / total;
  const { alpha, beta } = severity ?? { alpha: 2, beta: 1 / rate };

  // Contacting a run of customers pays while c is below its churn rate, that is while 1 − c, a Beta(beta, alpha), is above
  // the share of those who stay: it saves its mass times the excess.
  const excess = (shareOfOthers: number) => expectedExcess({ alpha: beta, beta: alpha }, shareOfOthers);
  let saved = 0;
  for (let i = 0; i < edges.positives.length; i++) {
    const mass = edges.positives[i] + edges.negatives[i];
    saved += (mass / total) * excess(edges.negatives[i] / mass);
  }
  const savedByChance = excess(1 - rate);
  const savedByTruth = rate * excess(0);
  // Rounding must not take it below 0 (chance) or above 1 (perfect).
  return Math.min(Math.max((saved - savedByChance) / (savedByTruth - savedByChance), 0), 1);
}
