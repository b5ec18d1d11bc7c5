import { argumentProblem } from "../../errors.js";
import { type LogisticLine, type LogisticLineFit, logisticLineOver } from "../../math/logistic-line.js";
import { type MetricOptions, sampleProblems } from "../sample/input.js";
import { type Tally, tallySample } from "../sample/tally.js";
import { clipProbability } from "./log-loss.js";

/**
 * Slope and intercept of the unpenalised logistic regression of the label on the log-odds of the probability
 * (Cox 1958), fitted together by Newton's method to machine precision; probabilities clipped to [1e-15, 1 − 1e-15].
 * Perfect calibration is slope 1 with intercept 0. A slope below 1 means that probabilities are too extreme, above 1
 * not extreme enough; with slope 1, an intercept below 0 means that they are too high.
 * @example calibrationSlopeAndIntercept([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) // { slope: 1.105…, intercept: -0.928… }
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, probabilities outside
 * [0, 1], and where no finite maximum exists: one threshold on the probability separates the classes, or all
 * probabilities are equal.
 */
export function calibrationSlopeAndIntercept(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions = {},
): LogisticLine {
  return checkedLine("calibrationSlopeAndIntercept", labels, probabilities, options);
}

/**
 * The slope of {@link calibrationSlopeAndIntercept}.
 * @throws HoldfastError as there.
 */
export function calibrationSlope(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  return checkedLine("calibrationSlope", labels, probabilities, options).slope;
}

/**
 * The intercept of {@link calibrationSlopeAndIntercept}, fitted together with the slope (for a slope fixed at 1
 * see `calibrationInTheLarge`).
 * @throws HoldfastError as there.
 */
export function calibrationIntercept(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions = {},
): number {
  return checkedLine("calibrationIntercept", labels, probabilities, options).intercept;
}

function checkedLine(
  name: string,
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions,
): LogisticLine {
  const problems = sampleProblems(name, labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: true,
  });
  problems.throwIfAny();
  const fit = calibrationLineOver(tallySample(labels, probabilities, options.weights));
  if (fit.line === undefined) {
    problems.add(
      argumentProblem(
        name,
        "probabilities",
        "must overlap between the classes",
        "probabilities that are all equal or that one threshold separates by label",
        "the likelihood has no finite maximum then",
      ),
    );
  }
  problems.throwIfAny();
  return fit.line as LogisticLine;
}

/** Prepares {@link calibrationSlopeAndIntercept} for the probabilities of a tally. */
export function calibrationLineOver({ scores, positives, negatives }: Tally): LogisticLineFit {
  return logisticLineOver(clippedLogOdds(scores), positives, negatives);
}

/** The log-odds of probabilities clipped to [1e-15, 1 − 1e-15]. */
export function clippedLogOdds(probabilities: Float64Array): Float64Array {
  return probabilities.map((value) => {
    const probability = clipProbability(value);
    return Math.log(probability) - Math.log1p(-probability);
  });
}
