import type { OptionNames } from "../../arguments.js";
import { holmAdjusted } from "../../math/holm.js";
import { normalCdf } from "../../math/normal-cdf.js";
import { wilsonInterval } from "../../math/wilson-interval.js";
import type { RocAucInterval } from "../ranking/roc-auc-interval.js";
import { squaredWeight } from "../sample/effective-rows.js";
import { addGroupProblems } from "../sample/groups.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { addLevelProblem } from "../sample/level.js";
import { type Masses, massesOf } from "../sample/resample.js";
import { excessPValue, LEAST_OF_CLASS } from "./calibration-test.js";
import {
  aucOf,
  type Part,
  partOf,
  partOfAll,
  type RankedSample,
  rankedSample,
  rowsOfSegments,
  type SegmentRows,
  without,
} from "./segment-parts.js";
import { addSegmentationProblems, type Segmentation } from "./segmentation.js";

export type { Segmentation } from "./segmentation.js";

/** Options of {@link evaluateSegments}. */
export interface SegmentOptions extends MetricOptions {
  /** Rows of one number count as one cluster in the test of calibration: snapshots of one subscriber. */
  readonly groups?: ArrayLike<number> | undefined;
  /**
   * Level of the intervals, in (0, 1); 1 − level is the probability of any false alarm among all tests together.
   * Default 0.95.
   */
  readonly level?: number | undefined;
}

const SEGMENT_OPTIONS: OptionNames<SegmentOptions> = {
  ...METRIC_OPTIONS,
  groups: "optional",
  level: "optional",
};

/** How well probabilities predict labels in one segment. Whole weights count as that many rows. */
export interface SegmentEvaluation {
  readonly by: string;
  /** Null for the rows where it is missing. */
  readonly segment: string | null;
  readonly rows: number;
  readonly positives: number;
  readonly meanProbability: number;
  /** With its Wilson interval. */
  readonly observedRate: { readonly value: number; readonly low: number; readonly high: number };
  /** Within the segment, with DeLong's interval; null with fewer than two rows of either label. */
  readonly rocAuc: { readonly value: number; readonly low: number; readonly high: number } | null;
  /**
   * P-value of the test that the mean probability is the rate, adjusted for all tests (Holm 1979); null with too few
   * rows.
   */
  readonly calibrationPValue: number | null;
  /**
   * P-value of the one-sided test that it is ranked as well as all other rows, adjusted likewise; null with too few
   * rows.
   */
  readonly rankingPValue: number | null;
  /** Mean probability and rate differ beyond chance. */
  readonly isMiscalibrated: boolean;
  /** Ranked worse than all other rows beyond chance. */
  readonly isRankedWorse: boolean;
}

/**
 * How well probabilities predict labels in each segment: first the segments that are significantly off, by falling
 * significance; then the others in the order given. Two tests each: whether the mean probability is the observed rate
 * (the sum of label − probability over its deviation), and whether the segment is ranked worse than all other rows
 * (DeLong's areas of independent rows); all p-values together are adjusted by Holm (1979).
 * @example evaluateSegments(labels, probabilities, [{ name: "tariff", codes: [0, 1, 1, 0], segments: ["S", "L"] }])
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, probabilities outside
 * [0, 1], codes without a segment, a level outside (0, 1).
 */
export function evaluateSegments(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  segmentations: readonly Segmentation[],
  options: SegmentOptions = {},
): SegmentEvaluation[] {
  checkSegments(labels, probabilities, segmentations, options);
  if (segmentations.length === 0) return [];
  const { weights, groups, level = 0.95 } = options;
  const sample = preparedSample(labels, probabilities, { weights, groups });
  const measured = segmentations.flatMap((segmentation) =>
    rowsOfSegments(segmentation, sample).map((part) => ({
      by: segmentation.name,
      segment: part.segment,
      ...measureRows(sample, part, level),
    })),
  );
  const adjusted = holmAdjusted(
    measured.flatMap(({ calibrationPValue, rankingPValue }) => [calibrationPValue, rankingPValue]),
  );
  const evaluated = measured.map((each, i): SegmentEvaluation => {
    const [calibrationPValue, rankingPValue] = [adjusted[2 * i], adjusted[2 * i + 1]];
    return {
      ...each,
      calibrationPValue,
      rankingPValue,
      isMiscalibrated: calibrationPValue !== null && calibrationPValue < 1 - level,
      isRankedWorse: rankingPValue !== null && rankingPValue < 1 - level,
    };
  });
  const isOff = (each: SegmentEvaluation) => each.isMiscalibrated || each.isRankedWorse;
  const pValueOf = (each: SegmentEvaluation) =>
    Math.min(each.calibrationPValue ?? 1, each.rankingPValue ?? 1);
  return [
    ...evaluated.filter(isOff).sort((a, b) => pValueOf(a) - pValueOf(b)),
    ...evaluated.filter((each) => !isOff(each)),
  ];
}

function checkSegments(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  segmentations: readonly Segmentation[],
  options: SegmentOptions,
): void {
  const name = "evaluateSegments";
  const problems = sampleProblems(name, labels, probabilities, options, {
    scoresAre: "probabilities",
    bothLabels: true,
    optionNames: SEGMENT_OPTIONS,
  });
  const { groups, level = 0.95 } = options;
  addLevelProblem(problems, name, level);
  if (groups !== undefined) addGroupProblems(problems, name, labels.length, groups);
  addSegmentationProblems(problems, name, labels.length, segmentations);
  problems.throwIfAny();
}

interface CountedSample extends RankedSample {
  readonly probabilities: ArrayLike<number>;
  readonly groups?: ArrayLike<number> | undefined;
  readonly all: Part;
  /** Room for the masses of all rows but a segment's. */
  readonly others: Masses;
}

type Measured = Omit<SegmentEvaluation, "by" | "segment" | "isMiscalibrated" | "isRankedWorse">;

function measureRows(sample: CountedSample, part: SegmentRows, level: number): Measured {
  const { rows } = part;
  const { labels, probabilities, weights } = sample;
  let count = 0;
  let positives = 0;
  let expected = 0;
  let squares = 0;
  for (const row of rows) {
    const weight = weights === undefined ? 1 : weights[row];
    count += weight;
    squares += squaredWeight(weights, row, sample.isWhole);
    positives += weight * labels[row];
    expected += weight * probabilities[row];
  }
  const rate = positives / count;
  const own = partOf(sample, part);
  const auc = aucOf(own, level);
  return {
    rows: count,
    positives,
    meanProbability: expected / count,
    observedRate: { value: rate, ...wilsonInterval(rate, (count * count) / squares, level) },
    rocAuc: auc === undefined ? null : { value: auc.value, low: auc.low, high: auc.high },
    calibrationPValue:
      Math.min(expected, count - expected) < LEAST_OF_CLASS ? null : calibrationTest(sample, rows),
    rankingPValue:
      auc === undefined || Math.min(positives, count - positives) < LEAST_OF_CLASS
        ? null
        : rankingTest(auc, aucOf(without(sample.all, own, sample.others), level)),
  };
}

/**
 * Two-sided p-value of Σ w(y − p) by its variance under correct probabilities, Σ w²p(1 − p), or that observed between
 * groups.
 */
function calibrationTest(
  { labels, probabilities, weights, groups, isWhole }: CountedSample,
  rows: Uint32Array,
): number {
  let excess = 0;
  let variance = 0;
  const ofGroups = new Map<number, number>();
  for (const row of rows) {
    const weight = weights === undefined ? 1 : weights[row];
    const p = probabilities[row];
    const difference = weight * (labels[row] - p);
    excess += difference;
    variance += squaredWeight(weights, row, isWhole) * p * (1 - p);
    if (groups !== undefined) ofGroups.set(groups[row], (ofGroups.get(groups[row]) ?? 0) + difference);
  }
  if (groups !== undefined) {
    let squares = 0;
    for (const difference of ofGroups.values()) squares += difference * difference;
    variance = Math.max(variance, squares);
  }
  return excessPValue(excess, variance);
}

/** One-sided p-value of the segment being ranked as well as the other rows, which are independent of it. */
function rankingTest(own: RocAucInterval, others: RocAucInterval | undefined): number | null {
  if (others === undefined) return null;
  const deviation = Math.sqrt(own.variance + others.variance);
  return deviation === 0 ? null : normalCdf((own.value - others.value) / deviation);
}

function preparedSample(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights, groups }: SegmentOptions,
): CountedSample {
  const ranked = rankedSample(labels, probabilities, weights);
  return {
    ...ranked,
    probabilities,
    groups,
    all: partOfAll(ranked),
    others: massesOf(ranked.ranking),
  };
}
