import { argumentProblem, type Problems } from "../../errors.js";
import { computationsOf, type MetricName, metricNamed } from "../metrics.js";
import { countedRows } from "../sample/input.js";
import { rankScores } from "../sample/ranking.js";
import { separationOf } from "../sample/separation.js";
import { tallyRanking } from "../sample/tally.js";
import { bandedScores } from "./banded-scores.js";
import { bootstrapSample } from "./bootstrap-intervals.js";
import type { BootstrapOptions, MetricInterval } from "./bootstrap-options.js";

/** A sample whose bootstrap samples are measured on bands of scores. */
export interface BandedSample {
  readonly scores: Float64Array;
  /** Intervals of the bands, moved to the values of the scores themselves. */
  moved<Name extends MetricName>(intervals: Record<Name, MetricInterval>): Record<Name, MetricInterval>;
}

/** Fewer bands would move what intervals are made of. */
const LEAST_BANDS = 100;

/** Adds what is wrong with a number of bands. */
export function addBandsProblem(problems: Problems, functionName: string, bands: number | undefined): void {
  if (bands === undefined || (Number.isInteger(bands) && bands >= LEAST_BANDS)) return;
  const expected = `must be a whole number of at least ${LEAST_BANDS}`;
  problems.add(argumentProblem(functionName, "bands", expected, bands));
}

/** Undefined where there are no more distinct scores than bands, and where scores separate the classes perfectly. */
export function bandedSample(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  bands: number | undefined,
  options: BootstrapOptions,
): BandedSample | undefined {
  if (bands === undefined) return undefined;
  const { weights, level = 0.95 } = options;
  const ranking = rankScores(scores);
  const banded = bandedScores(ranking, weights, bands);
  const tally = tallyRanking(ranking, labels, weights);
  if (banded === undefined || separationOf(tally) !== null) return undefined;
  return {
    scores: banded,
    moved<Name extends MetricName>(intervals: Record<Name, MetricInterval>) {
      const asked = Object.keys(intervals) as Name[];
      const { names, measure } = computationsOf(asked, tally, countedRows(labels.length, weights));
      const values = new Float64Array(names.length);
      measure(tally.positives, tally.negatives, values, 0);
      const sample = { ...bootstrapSample(labels, scores, options), ranking, tally };
      const entries = asked.map((name) => {
        const { interval = { by: "percentiles" } } = metricNamed(name);
        // Needs no bootstrap samples, and so no bands.
        if (interval.by === "formula") return [name, interval.of(sample, level)];
        return [name, movedTo(values[names.indexOf(name)], intervals[name], metricNamed(name).range)];
      });
      return Object.fromEntries(entries) as Record<Name, MetricInterval>;
    },
  };
}

function movedTo(
  value: number,
  interval: MetricInterval,
  [least, most]: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): MetricInterval {
  const moved = (limit: number) => Math.min(most, Math.max(least, limit + (value - interval.value)));
  return { value, low: moved(interval.low), high: moved(interval.high) };
}
