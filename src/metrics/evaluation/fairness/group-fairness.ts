import { holmAdjusted } from "../../../math/holm.js";
import { wilsonInterval } from "../../../math/wilson-interval.js";
import { excessPValue, LEAST_OF_CLASS } from "../calibration-test.js";
import type { Segmentation } from "../segmentation.js";
import { checkFairness, clustersOf } from "./check-fairness.js";
import { clusterVariances } from "./cluster-variance.js";
import { FAIRNESS_OPTIONS, type FairnessOptions } from "./fairness-options.js";
import { type GroupParity, parityOf } from "./parity.js";
import {
  type DecidedSample,
  RATES,
  type Rate,
  type SegmentSums,
  segmentSums,
  totalOf,
} from "./segment-sums.js";
import { sharePValue } from "./share-test.js";

export type { FairnessOptions } from "./fairness-options.js";
export type { GroupParity } from "./parity.js";

/** A rate with its Wilson interval. */
export interface RateInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A rate of a segment compared with that of all other rows. */
export interface ComparedRate extends RateInterval {
  /** The rate of the segment less that of all other rows; null where there are none. */
  readonly difference: number | null;
  /** P-value of the test that they are equal, adjusted for all tests (Holm 1979); null with too few rows. */
  readonly pValue: number | null;
}

/** In what a segment may be treated differently from others. */
export type FairnessMeasure = "flagged" | "truePositiveRate" | "falsePositiveRate" | "calibration";

/** How the rows of one segment are treated. Whole weights count as that many rows. */
export interface SegmentTreatment {
  /** Null for the rows where it is missing. */
  readonly segment: string | null;
  readonly rows: number;
  /** Null without labels. */
  readonly churners: number | null;
  /** The share of rows decided positive (selection rate). */
  readonly flagged: ComparedRate;
  /** Of churners, the share flagged; null without churners or labels. */
  readonly truePositiveRate: ComparedRate | null;
  /** Of others, the share flagged; null without others or labels. */
  readonly falsePositiveRate: ComparedRate | null;
  /** Of rows flagged, the share of churners; null where none is flagged, and without labels. */
  readonly precision: RateInterval | null;
  readonly meanProbability: number;
  /** Null without labels. */
  readonly observedRate: RateInterval | null;
  /** P-value of the test that the mean probability is the observed rate, adjusted likewise; null with too few rows. */
  readonly calibrationPValue: number | null;
  /** What differs beyond chance: from all other rows, or mean probability and observed rate from each other. */
  readonly differs: readonly FairnessMeasure[];
}

/** How the segments of one column are treated: those that differ first, by rising p-value, then others in the order given. */
export interface ColumnFairness extends GroupParity {
  readonly by: string;
  readonly segments: readonly SegmentTreatment[];
}

/**
 * How decisions and probabilities treat the segments of columns such as region or age band: shares flagged, true and false
 * positive rates, precision and calibration of each, what of it differs beyond chance from all other rows, and demographic
 * parity and equalized odds of each column (Hardt, Price and Srebro 2016) as fairlearn computes them.
 *
 * A difference of rates is tested by the z test of two proportions with pooled variance, or by Fisher's exact test where fewer
 * than five rows are expected in a cell; calibration as `evaluateSegments` tests it, with at least ten expected churners and
 * others. Rows of one group are a cluster: the variance is that observed between clusters, where it is larger, and there is no
 * exact test. All p-values together are adjusted by Holm (1979). A rate that is the share of fewer than ten rows is not tested.
 * @param labels 1 churned, 0 stayed; null where they are not known: then only shares flagged and mean probabilities are given.
 * @param probabilities of churn, one per row.
 * @param decisions true (or 1) for each row that is flagged, such as those of the highest tier.
 * @param segmentations what rows are cut by; rows of code −1 (missing) are a segment.
 * @example groupFairness(labels, probabilities, tiers.map((tier) => tier === "high"), [region])[0].demographicParityDifference
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, probabilities outside [0, 1], decisions other than
 * true, false, 0 and 1, codes without a segment, options out of their ranges.
 */
export function groupFairness(
  labels: ArrayLike<number> | null,
  probabilities: ArrayLike<number>,
  decisions: ArrayLike<number | boolean>,
  segmentations: readonly Segmentation[],
  options: FairnessOptions = {},
): ColumnFairness[] {
  checkFairness(labels, probabilities, decisions, segmentations, options, FAIRNESS_OPTIONS);
  const { weights, groups, level = 0.95, leastRows = 30 } = options;
  const clusters = groups === undefined ? undefined : clustersOf(groups);
  const sample = { labels: labels ?? undefined, probabilities, decisions, weights, clusters };
  const columns = segmentations.map((segmentation) => measuredColumn(sample, segmentation, level));
  const adjusted = holmAdjusted(columns.flatMap((column) => column.segments.flatMap((each) => each.pValues)));
  let next = 0;
  return columns.map(({ by, segments, sums }) => {
    const treated = segments.map(({ treatment, pValues }) => {
      const own = adjusted.slice(next, next + pValues.length);
      next += pValues.length;
      return withPValues(treatment, own, 1 - level);
    });
    const rates = Object.fromEntries(RATES.map((rate) => [rate, ratesOf(sums, rate)]));
    const compared = rates as Record<Rate, ReturnType<typeof ratesOf>>;
    return { by, segments: differingFirst(treated), ...parityOf(compared, leastRows) };
  });
}

/** A segment before p-values are adjusted: those of the three rates and of calibration. */
interface Measured {
  readonly treatment: SegmentTreatment;
  readonly pValues: readonly (number | null)[];
}

function measuredColumn(sample: DecidedSample, segmentation: Segmentation, level: number) {
  const sums = segmentSums(sample, segmentation);
  const totals = Object.fromEntries(RATES.map((rate) => [rate, totalOf(sums.rates[rate])])) as Totals;
  const overall = Object.fromEntries(
    RATES.map((rate) => [rate, totals[rate].mass > 0 ? totals[rate].hits / totals[rate].mass : 0]),
  ) as Record<Rate, number>;
  const shareOf = (rate: Rate, at: number) =>
    totals[rate].mass > 0 ? sums.rates[rate].mass[at] / totals[rate].mass : 0;
  const variances =
    sample.clusters === undefined
      ? undefined
      : clusterVariances(sample, sample.clusters, segmentation, overall, shareOf);
  const segments: Measured[] = [];
  for (let at = 0; at <= segmentation.segments.length; at++) {
    if (sums.rates.flagged.mass[at] === 0) continue;
    const segment = at < segmentation.segments.length ? segmentation.segments[at] : null;
    const pValues = RATES.map((rate) =>
      sharePValue(partOf(sums, rate, at), totals[rate], sums.isWhole, variances?.rates[rate][at]),
    );
    const hasLabels = sample.labels !== undefined;
    const treatment = treatmentOf(segment, sums, totals, at, level, hasLabels);
    segments.push({
      treatment,
      pValues: [...pValues, hasLabels ? calibrationOf(sums, at, variances?.calibration[at] ?? 0) : null],
    });
  }
  return { by: segmentation.name, segments, sums };
}

type Totals = Record<Rate, ReturnType<typeof totalOf>>;

function partOf({ rates }: SegmentSums, rate: Rate, at: number) {
  const { mass, squares, hits } = rates[rate];
  return { mass: mass[at], squares: squares[at], hits: hits[at] };
}

function calibrationOf(sums: SegmentSums, at: number, clustered: number): number | null {
  const { mass } = sums.rates.flagged;
  const expected = sums.expected[at];
  if (Math.min(expected, mass[at] - expected) < LEAST_OF_CLASS) return null;
  const churners = sums.rates.truePositiveRate.mass[at];
  return excessPValue(churners - expected, Math.max(sums.variance[at], clustered));
}

function treatmentOf(
  segment: string | null,
  sums: SegmentSums,
  totals: Totals,
  at: number,
  level: number,
  hasLabels: boolean,
): SegmentTreatment {
  const compared = (rate: Rate): ComparedRate | null => {
    const part = partOf(sums, rate, at);
    if (part.mass === 0) return null;
    const value = Math.min(1, part.hits / part.mass);
    const others = totals[rate].mass - part.mass;
    const difference =
      others <= 1e-12 * totals[rate].mass ? null : value - (totals[rate].hits - part.hits) / others;
    return { ...interval(value, part, level), difference, pValue: null };
  };
  const { mass, squares } = partOf(sums, "flagged", at);
  const [churned, flagged] = [partOf(sums, "truePositiveRate", at), partOf(sums, "flagged", at)];
  const ofFlagged = { mass: flagged.hits, squares: sums.flaggedSquares[at] };
  return {
    segment,
    rows: mass,
    churners: hasLabels ? churned.mass : null,
    flagged: compared("flagged") as ComparedRate,
    truePositiveRate: compared("truePositiveRate"),
    falsePositiveRate: compared("falsePositiveRate"),
    precision:
      hasLabels && flagged.hits > 0
        ? interval(Math.min(1, churned.hits / flagged.hits), ofFlagged, level)
        : null,
    meanProbability: sums.expected[at] / mass,
    observedRate: hasLabels ? interval(Math.min(1, churned.mass / mass), { mass, squares }, level) : null,
    calibrationPValue: null,
    differs: [],
  };
}

function interval(
  value: number,
  { mass, squares }: { readonly mass: number; readonly squares: number },
  level: number,
): RateInterval {
  return { value, ...wilsonInterval(value, (mass * mass) / squares, level) };
}

/** @param pValues adjusted, of the three rates and of calibration. */
function withPValues(
  treatment: SegmentTreatment,
  pValues: readonly (number | null)[],
  significance: number,
): SegmentTreatment {
  const [flagged, truePositiveRate, falsePositiveRate, calibrationPValue] = pValues;
  const compared = (rate: ComparedRate | null, pValue: number | null) => rate && { ...rate, pValue };
  const measures = [...RATES, "calibration"] as const;
  return {
    ...treatment,
    flagged: { ...treatment.flagged, pValue: flagged },
    truePositiveRate: compared(treatment.truePositiveRate, truePositiveRate),
    falsePositiveRate: compared(treatment.falsePositiveRate, falsePositiveRate),
    calibrationPValue,
    differs: measures.filter((_, i) => (pValues[i] ?? 1) < significance),
  };
}

function differingFirst(segments: readonly SegmentTreatment[]): SegmentTreatment[] {
  const pValueOf = ({ flagged, truePositiveRate, falsePositiveRate, calibrationPValue }: SegmentTreatment) =>
    Math.min(
      flagged.pValue ?? 1,
      truePositiveRate?.pValue ?? 1,
      falsePositiveRate?.pValue ?? 1,
      calibrationPValue ?? 1,
    );
  const [differing, others] = [true, false].map((differ) =>
    segments.filter(({ differs }) => differs.length > 0 === differ),
  );
  return [...differing.sort((a, b) => pValueOf(a) - pValueOf(b)), ...others];
}

/** The rate of each segment that has any of its rows. */
function ratesOf({ rates }: SegmentSums, rate: Rate) {
  const { mass, squares, hits } = rates[rate];
  return Array.from(mass, (of, at) => ({ value: hits[at] / of, of: (of * of) / squares[at] })).filter(
    (_, at) => mass[at] > 0,
  );
}
