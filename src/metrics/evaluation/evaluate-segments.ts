import type { OptionNames } from "../../arguments.js";
import { holmAdjusted } from "../../math/holm.js";
import { normalCdf } from "../../math/normal-cdf.js";
import { wilsonInterval } from "../../math/wilson-interval.js";
import { type RocAucInterval, rocAucIntervalOf } from "../ranking/roc-auc-interval.js";
import { areWhole, squaredWeight } from "../sample/effective-rows.js";
import { addGroupProblems } from "../sample/groups.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../sample/input.js";
import { addLevelProblem } from "../sample/level.js";
import { type Ranking, rankScores } from "../sample/ranking.js";
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

/** Fewer churners or others than this, expected or observed, are too few for a normal test. */
const LEAST_OF_CLASS = 10;

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
  const { weights, groups, level = 0.95 } = options;
  const sample = preparedSample(labels, probabilities, { weights, groups });
  const measured = segmentations.flatMap((segmentation) =>
    rowsOfSegments(segmentation, options.weights).map(({ segment, rows }) => ({
      by: segmentation.name,
      segment,
      ...measureRows(sample, rows, level),
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

/** The rows of each segment that has any, the missing last; rows of weight 0 are as if absent. */
function rowsOfSegments(
  { codes, segments }: Segmentation,
  weights: ArrayLike<number> | undefined,
): { segment: string | null; rows: number[] }[] {
  const rowsOf: number[][] = Array.from({ length: segments.length + 1 }, () => []);
  for (let row = 0; row < codes.length; row++) {
    if (weights?.[row] === 0) continue;
    rowsOf[codes[row] === -1 ? segments.length : codes[row]].push(row);
  }
  return rowsOf
    .map((rows, code) => ({ segment: code < segments.length ? segments[code] : null, rows }))
    .filter(({ rows }) => rows.length > 0);
}

interface Sample {
  readonly labels: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
  readonly groups?: ArrayLike<number> | undefined;
}

interface CountedSample extends Sample {
  /** Whether weights count as rows. */
  readonly isWhole: boolean;
  readonly ranking: Ranking;
  readonly all: Part;
}

type Measured = Omit<SegmentEvaluation, "by" | "segment" | "isMiscalibrated" | "isRankedWorse">;

function measureRows(sample: CountedSample, rows: readonly number[], level: number): Measured {
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
  const own = partOf(sample, rows);
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
        : rankingTest(auc, aucOf(without(sample.all, own), level)),
  };
}

/**
 * Two-sided p-value of Σ w(y − p) by its variance under correct probabilities, Σ w²p(1 − p), or that observed between
 * groups.
 */
function calibrationTest(
  { labels, probabilities, weights, groups, isWhole }: CountedSample,
  rows: readonly number[],
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
  if (variance === 0) return excess === 0 ? 1 : 0;
  return 2 * normalCdf(-Math.abs(excess) / Math.sqrt(variance));
}

/** One-sided p-value of the segment being ranked as well as the other rows, which are independent of it. */
function rankingTest(own: RocAucInterval, others: RocAucInterval | undefined): number | null {
  if (others === undefined) return null;
  const deviation = Math.sqrt(own.variance + others.variance);
  return deviation === 0 ? null : normalCdf((own.value - others.value) / deviation);
}

function aucOf({ positives, negatives, mass, squares }: Part, level: number): RocAucInterval | undefined {
  const rows = { positives: mass[1] ** 2 / squares[1], negatives: mass[0] ** 2 / squares[0] };
  // For two rows of equal weight rounding may give a unit of the last place below 2; for none it is NaN.
  if (!(Math.min(rows.positives, rows.negatives) >= 2 - 1e-9)) return undefined;
  return rocAucIntervalOf(positives, negatives, rows, level);
}

/** Some of the rows: their weights at the scores of the ranking of all rows, so that no part needs sorting again. */
interface Part {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  /** By label. */
  readonly mass: readonly [number, number];
  readonly squares: readonly [number, number];
}

function partOf(
  { ranking, labels, weights, isWhole }: Pick<CountedSample, "ranking" | "labels" | "weights" | "isWhole">,
  rows: Iterable<number>,
): Part {
  const masses = [new Float64Array(ranking.scores.length), new Float64Array(ranking.scores.length)];
  const mass: [number, number] = [0, 0];
  const squares: [number, number] = [0, 0];
  for (const row of rows) {
    const weight = weights === undefined ? 1 : weights[row];
    masses[labels[row]][ranking.rankOfRow[row]] += weight;
    mass[labels[row]] += weight;
    squares[labels[row]] += squaredWeight(weights, row, isWhole);
  }
  return { positives: masses[1], negatives: masses[0], mass, squares };
}

/** The other rows. Where weights are fractions, a remainder that is only rounding is 0. */
function without(all: Part, part: Part): Part {
  const less = (a: Float64Array, b: Float64Array) =>
    a.map((value, i) => (value - b[i] > 1e-12 * value ? value - b[i] : 0));
  const lessByLabel = (a: Part["mass"], b: Part["mass"]) => [a[0] - b[0], a[1] - b[1]] as const;
  return {
    positives: less(all.positives, part.positives),
    negatives: less(all.negatives, part.negatives),
    mass: lessByLabel(all.mass, part.mass),
    squares: lessByLabel(all.squares, part.squares),
  };
}

function preparedSample(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { weights, groups }: SegmentOptions,
): CountedSample {
  const ranking = rankScores(probabilities);
  const isWhole = areWhole(weights, labels.length);
  const all = partOf({ ranking, labels, weights, isWhole }, ranking.order);
  return { labels, probabilities, weights, groups, isWhole, ranking, all };
}
