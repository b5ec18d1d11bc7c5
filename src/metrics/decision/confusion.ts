import type { OptionNames } from "../../arguments.js";
import { argumentProblem } from "../../errors.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";

/** Counts (weights, where given) of rows by label and decision, and the rates made of them; null where 0 / 0. */
export interface Confusion {
  /** A row is decided positive when its score is at least this. */
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** Of the rows decided positive, the share of churners. */
  readonly precision: number | null;
  /** Of the churners, the share decided positive. */
  readonly recall: number | null;
  /** Of the others, the share decided negative. */
  readonly specificity: number | null;
  /** The harmonic mean of precision and recall. */
  readonly f1: number | null;
  readonly accuracy: number;
  /** Where `beta` is given: that beta, and {@link fScoreAt} it. */
  readonly beta?: number;
  readonly fScore?: number | null;
}

/** Options of {@link fScoreAt}. */
export interface FScoreOptions extends MetricOptions {
  /** How many times as much recall counts as precision: finite, not negative. Default 1. */
  readonly beta?: number | undefined;
}

const F_SCORE_OPTIONS: OptionNames<FScoreOptions> = { ...METRIC_OPTIONS, beta: "optional" };

/**
 * The confusion matrix when rows with `score ≥ threshold` are decided positive.
 * @example confusionAt([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.8) // precision 0.5, recall 0.5
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, scores or a threshold not finite, a beta
 * that is negative or not finite.
 */
export function confusionAt(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  options: FScoreOptions = {},
): Confusion {
  const decisions = decide("confusionAt", labels, scores, threshold, options, F_SCORE_OPTIONS);
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = decisions;
  const correct = truePositives + trueNegatives;
  return {
    threshold,
    ...decisions,
    precision: precisionOf(decisions),
    recall: recallOf(decisions),
    specificity: ratio(trueNegatives, trueNegatives + falsePositives),
    f1: fScoreOf(decisions, 1),
    accuracy: correct / (correct + falsePositives + falseNegatives),
    ...(options.beta === undefined ? {} : { beta: options.beta, fScore: fScoreOf(decisions, options.beta) }),
  };
}

/**
 * Of the rows with `score ≥ threshold`, the share of churners; null where there is no such row.
 * @example precisionAt([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.7) // 0.666…
 * @throws HoldfastError as {@link confusionAt}.
 */
export function precisionAt(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  options: MetricOptions = {},
): number | null {
  return precisionOf(decide("precisionAt", labels, scores, threshold, options));
}

/**
 * Of the churners, the share with `score ≥ threshold`; null where there is no churner.
 * @example recallAt([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.7) // 1
 * @throws HoldfastError as {@link confusionAt}.
 */
export function recallAt(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  options: MetricOptions = {},
): number | null {
  return recallOf(decide("recallAt", labels, scores, threshold, options));
}

/**
 * The F score when rows with `score ≥ threshold` are decided positive (van Rijsbergen 1979): the weighted harmonic mean
 * of precision and recall, (1 + β²) · TP / ((1 + β²) · TP + β² · FN + FP); null where nothing is positive either way.
 * @example fScoreAt([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.7, { beta: 2 }) // 0.909…
 * @throws HoldfastError as {@link confusionAt}.
 */
export function fScoreAt(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  options: FScoreOptions = {},
): number | null {
  return fScoreOf(decide("fScoreAt", labels, scores, threshold, options, F_SCORE_OPTIONS), options.beta ?? 1);
}

type Decisions = Pick<Confusion, "truePositives" | "falsePositives" | "trueNegatives" | "falseNegatives">;

/** Checks the input and counts. */
function decide(
  name: string,
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  threshold: number,
  options: FScoreOptions,
  optionNames: OptionNames<MetricOptions> = METRIC_OPTIONS,
): Decisions {
  const rules = { scoresAre: "scores", bothLabels: false, optionNames } as const;
  const problems = sampleProblems(name, labels, scores, options, rules);
  const { weights, beta = 1 } = options;
  if (!Number.isFinite(threshold)) {
    const hint = typeof threshold === "number" ? undefined : `write ${name}(labels, scores, 0.5)`;
    problems.add(argumentProblem(name, "threshold", "must be finite", threshold, hint));
  }
  if (!(Number.isFinite(beta) && beta >= 0)) {
    problems.add(argumentProblem(name, "beta", "must be finite and not negative", beta));
  }
  problems.throwIfAny();

  let truePositives = 0;
  let falsePositives = 0;
  let trueNegatives = 0;
  let falseNegatives = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (scores[i] >= threshold) {
      if (labels[i] === 1) truePositives += weight;
      else falsePositives += weight;
    } else if (labels[i] === 1) falseNegatives += weight;
    else trueNegatives += weight;
  }
  return { truePositives, falsePositives, trueNegatives, falseNegatives };
}

function precisionOf({ truePositives, falsePositives }: Decisions): number | null {
  return ratio(truePositives, truePositives + falsePositives);
}

function recallOf({ truePositives, falseNegatives }: Decisions): number | null {
  return ratio(truePositives, truePositives + falseNegatives);
}

function fScoreOf({ truePositives, falsePositives, falseNegatives }: Decisions, beta: number): number | null {
  const hits = (1 + beta * beta) * truePositives;
  return ratio(hits, hits + beta * beta * falseNegatives + falsePositives);
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
