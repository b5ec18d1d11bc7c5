import { thinnedPoints, valuesAt } from "../../math/thinned-points.js";
import { calibrationCurveOf } from "../probability/calibration-curve.js";
import { gainCurveOf } from "../ranking/gain-curve.js";
import { liftCurveOf } from "../ranking/lift-curve.js";
import { precisionRecallCurveOf } from "../ranking/precision-recall-curve.js";
import { rocCurveOf } from "../ranking/roc-curve.js";
import { type CountedTally, countedTally } from "../sample/effective-rows.js";
import { countedRows, type MetricOptions, sampleProblems } from "../sample/input.js";
import type { Tally } from "../sample/tally.js";
import type { EvaluationCurves } from "./curves.js";

/**
 * The curves of `rocCurve`, `precisionRecallCurve`, `gainCurve`, `liftCurve` and `calibrationCurve` and a histogram, thinned to
 * what a picture needs: plain lists that go to JSON.
 *
 * A curve has at most 200 points, all of them points of the whole curve, the first and the last among them. Each point that is
 * left out is less than 0.2% of the curve's range above or below the line between its kept neighbours. A rough curve, for which
 * 200 points do not suffice, has the least deviation that they allow: ROC and gain curves (of a few hundred rows, whose steps
 * are large) are never off by more than 1.05%; precision and lift may be at their highest thresholds, where single rows make them jump.
 * The histogram has at most 50 bands from 0 to the largest probability, whose width is 1, 2 or 5 times a power of ten.
 * @example evaluationCurves(labels, probabilities).roc.truePositiveRate // 0, …, 1
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, probabilities outside [0, 1].
 */
export function evaluationCurves(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: MetricOptions = {},
): EvaluationCurves {
  sampleProblems("evaluationCurves", labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: true,
  }).throwIfAny();
  const { weights } = options;
  const tally = countedTally(labels, probabilities, weights);
  return evaluationCurvesOf(tally, countedRows(labels.length, weights));
}

/** {@link evaluationCurves} of a tally. @param rows what it counts for. */
export function evaluationCurvesOf(tally: CountedTally, rows: number): EvaluationCurves {
  const bins = Math.min(10, rows);
  const calibration = calibrationCurveOf(tally, bins, "mass", 0.95);
  return {
    roc: thinnedRoc(tally),
    precisionRecall: thinnedPrecisionRecall(tally),
    ...thinnedGainAndLift(tally),
    calibration: {
      meanProbability: Array.from(calibration.meanProbability),
      observedRate: Array.from(calibration.observedRate),
      low: Array.from(calibration.low),
      high: Array.from(calibration.high),
      weight: Array.from(calibration.weight),
    },
    histogram: histogramOf(tally),
  };
}

function thinnedRoc(tally: Tally): EvaluationCurves["roc"] {
  const { threshold, falsePositiveRate, truePositiveRate } = rocCurveOf(tally);
  const kept = thinnedPoints(falsePositiveRate, truePositiveRate);
  return {
    threshold: thresholdsAt(threshold, kept),
    falsePositiveRate: valuesAt(falsePositiveRate, kept),
    truePositiveRate: valuesAt(truePositiveRate, kept),
  };
}

function thinnedPrecisionRecall(tally: Tally): EvaluationCurves["precisionRecall"] {
  const { threshold, recall, precision } = precisionRecallCurveOf(tally);
  const kept = thinnedPoints(recall, precision);
  return {
    threshold: thresholdsAt(threshold, kept),
    recall: valuesAt(recall, kept),
    precision: valuesAt(precision, kept),
  };
}

function thinnedGainAndLift(tally: Tally): Pick<EvaluationCurves, "gain" | "lift"> {
  const gains = gainCurveOf(tally);
  const lifts = liftCurveOf(gains);
  const [ofGain, ofLift] = [thinnedPoints(gains.share, gains.gain), thinnedPoints(lifts.share, lifts.lift)];
  return {
    gain: { share: valuesAt(gains.share, ofGain), gain: valuesAt(gains.gain, ofGain) },
    lift: { share: valuesAt(lifts.share, ofLift), lift: valuesAt(lifts.lift, ofLift) },
  };
}

/** JSON has no infinity. */
function thresholdsAt(threshold: Float64Array, kept: readonly number[]): (number | null)[] {
  return kept.map((point) => (threshold[point] === Number.POSITIVE_INFINITY ? null : threshold[point]));
}

const MOST_BANDS = 50;

function histogramOf({ scores, positives, negatives }: Tally): EvaluationCurves["histogram"] {
  // A row of weight 0 is as if absent.
  const first = scores.findIndex((_, rank) => positives[rank] + negatives[rank] > 0);
  const perUnit = bandsPerUnit(scores[first]);
  const bands = Math.min(perUnit, bandOf(scores[first], perUnit) + 1);
  const churned = new Array<number>(bands).fill(0);
  const stayed = new Array<number>(bands).fill(0);
  for (let rank = first; rank < scores.length; rank++) {
    const band = Math.min(bandOf(scores[rank], perUnit), bands - 1);
    churned[band] += positives[rank];
    stayed[band] += negatives[rank];
  }
  return {
    from: churned.map((_, band) => band / perUnit),
    to: churned.map((_, band) => (band + 1) / perUnit),
    churned,
    stayed,
  };
}

/** The band with `band / perUnit ≤ probability < (band + 1) / perUnit`, whatever the product is rounded to. */
function bandOf(probability: number, perUnit: number): number {
  const band = Math.floor(probability * perUnit);
  if (probability < band / perUnit) return band - 1;
  return probability >= (band + 1) / perUnit ? band + 1 : band;
}

/** How many of the narrowest bands make 1: of a width of 1, 2 or 5 times a power of ten, at most 50 up to the largest probability. */
function bandsPerUnit(largest: number): number {
  let perUnit = MOST_BANDS;
  if (largest < 1e-6) return perUnit;
  // 50, 100, 200, 500, …
  for (let next = 0; ; next = (next + 1) % 3) {
    const finer = perUnit * [2, 2, 2.5][next];
    if (bandOf(largest, finer) + 1 > MOST_BANDS) return perUnit;
    perUnit = finer;
  }
}
