import { wilsonInterval } from "../../../math/wilson-interval.js";
import { percent } from "../../../printing/numbers.js";
import type { Context } from "./context.js";

const SIGNIFICANCE = 0.05;

/**
 * Whether probabilities can be taken at their word, in a sentence: whether the mean lies in the interval of the churn rate, whether the
 * slope of the calibration line may be 1, and the test of Spiegelhalter.
 */
export function calibrationSentence({ report, say }: Context): string {
  const { evaluation, scores } = report;
  if (evaluation === null || evaluation.calibration === null) return "";
  const { baseRate, rows, metrics, calibration } = evaluation;
  const figures = { mean: percent(scores.meanProbability), rate: percent(baseRate) };
  const { low, high } = wilsonInterval(baseRate, rows, evaluation.level);
  if (scores.meanProbability > high)
    return say("Its probabilities are too high: {mean} were expected to leave, {rate} left.", figures);
  if (scores.meanProbability < low)
    return say("Its probabilities are too low: {mean} were expected to leave, {rate} left.", figures);
  const slope = metrics.calibrationSlope;
  if (slope !== null && slope.low > 1)
    return say(
      "Its probabilities are right on average ({mean} were expected to leave, {rate} left), but too moderate: where it is high still more leave, where it is low still fewer.",
      figures,
    );
  if (slope !== null && slope.high < 1)
    return say(
      "Its probabilities are right on average ({mean} were expected to leave, {rate} left), but too extreme: where it is high fewer leave than it says, where it is low more.",
      figures,
    );
  if (calibration.spiegelhalter !== null && calibration.spiegelhalter.pValue < SIGNIFICANCE)
    return say(
      "Its probabilities are right on average ({mean} were expected to leave, {rate} left), but not everywhere.",
      figures,
    );
  return say(
    "Its probabilities can be taken at their word: {mean} were expected to leave, {rate} left.",
    figures,
  );
}
