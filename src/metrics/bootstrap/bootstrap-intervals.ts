import type { OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { normalQuantile } from "../../math/normal-quantile.js";
import { METRICS, type MetricName, metricNamed } from "../metrics.js";
import { type MetricOptions, sampleProblems } from "../sample/input.js";
import {
  addBootstrapProblems,
  BOOTSTRAP_OPTIONS,
  type BootstrapOptions,
  type MetricInterval,
} from "./bootstrap-options.js";
import { type Replicates, replicatesOf } from "./bootstrap-replicates.js";
import type { BootstrapSample } from "./bootstrap-sample.js";
import { metricNameProblems } from "./metric-names.js";
import { separatedSample, widenedToLeastFavourable } from "./separated-sample.js";

/**
 * Metrics with bootstrap intervals (Efron and Tibshirani 1993). Rows are drawn with replacement and keep their weights,
 * the same samples for all metrics. Intervals are percentiles (Davison and Hinkley 1997,
 * section 5.3), except for three metrics that noise can only raise, and that a bootstrap sample raises once more: `ks`
 * and `hMeasure` have a normal interval around the value minus that bias, as wide as bias and deviation together, and
 * `expectedCalibrationError` has the interval of errors that could have led to the observed one, whose `low` is 0 where
 * a calibrated model could have had it too. Where the scores separate the classes perfectly, all bootstrap samples have
 * the same ranking: `rocAuc` and `gini` then have the score interval of Newcombe (2006, method 5), and every other
 * metric whose interval would be a point extends to its value at the least favourable masses: of each class the share
 * that n rows could all have missed (Clopper and Pearson 1934) is scored as the other class is. One score for all rows
 * is no estimate: a `rocAuc` of ½ remains a point, as an `hMeasure` of 0 does where all churners rank below all others.
 * A sample on which a calibration line does not exist is left out of that metric's interval; if none is left, low and
 * high are NaN.
 * @param metrics which metrics, by the names of their functions, with their default options; for other options see
 * {@link bootstrapMetric}
 * @example bootstrapIntervals(labels, probabilities, ["rocAuc", "logLoss"], { seed: 7 }).rocAuc.low
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite
 * (or outside [0, 1] where a metric takes probabilities), unknown metrics, options out of their ranges, a calibration
 * line that does not exist.
 */
export function bootstrapIntervals<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  options: BootstrapOptions = {},
): Record<Name, MetricInterval> {
  checkBootstrap("bootstrapIntervals", labels, scores, metrics, options);
  const intervals = intervalsOf(labels, scores, metrics, options);
  checkExistence("bootstrapIntervals", intervals);
  return intervals;
}

/** @throws HoldfastError with all problems of the arguments of a bootstrap. */
export function checkBootstrap(
  functionName: string,
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly MetricName[],
  options: BootstrapOptions,
  optionNames: OptionNames<MetricOptions> = BOOTSTRAP_OPTIONS,
): void {
  const nameProblems = metricNameProblems(functionName, metrics);
  const needsProbabilities =
    nameProblems.length === 0 &&
    METRICS.some(({ name, needs }) => needs === "probabilities" && metrics.includes(name));
  const problems = sampleProblems(functionName, labels, scores, options, {
    scoresAre: needsProbabilities ? "probabilities" : "scores",
    bothLabels: true,
    optionNames,
  });
  problems.add(...nameProblems);
  addBootstrapProblems(problems, functionName, labels.length, options);
  problems.throwIfAny();
}

/** @throws HoldfastError for a metric that the sample does not determine. */
export function checkExistence(
  functionName: string,
  found: Readonly<Record<string, MetricInterval | number>>,
): void {
  for (const [metric, each] of Object.entries(found)) {
    if (!Number.isNaN(typeof each === "number" ? each : each.value)) continue;
    const expected = `must overlap between the classes for ${metric}`;
    invalidArgument(functionName, "probabilities", expected, "equal or perfectly separated probabilities");
  }
}

/** {@link bootstrapIntervals} of input that is known to be valid; `value` is NaN where the data do not determine it. */
export function intervalsOf<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  options: DrawingOptions,
): Record<Name, MetricInterval> {
  const { replicates = 1000 } = options;
  const sample = bootstrapSample(labels, scores, options);
  const drawing = replicatesOf(sample, metrics);
  const drawn = new Float64Array(replicates * drawing.names.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    drawing.draw(replicate, drawn, replicate * drawing.names.length);
  }
  return intervalsFrom(sample, drawing, drawn, metrics, options.level);
}

/** Options, and how samples are drawn. */
export type DrawingOptions = BootstrapOptions & Pick<BootstrapSample, "byCounts">;

/** What the options say the bootstrap samples are drawn from. */
export function bootstrapSample(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { weights, groups, stratified = false, drawnShare, seed = 0, byCounts }: DrawingOptions,
): BootstrapSample {
  return { labels, scores, weights, groups, stratified, drawnShare, seed, byCounts };
}

/** The intervals of metrics from all values that were drawn, bootstrap sample by bootstrap sample. */
export function intervalsFrom<Name extends MetricName>(
  sample: BootstrapSample,
  { names, own, ranking, tally, measure }: Omit<Replicates, "draw">,
  drawn: Float64Array,
  metrics: readonly Name[],
  level = 0.95,
): Record<Name, MetricInterval> {
  const intervalOf = (metric: Name): MetricInterval => {
    const { interval = { by: "percentiles" } } = metricNamed(metric);
    if (interval.by === "formula") return interval.of({ ...sample, ranking, tally }, level);
    const column = names.indexOf(metric);
    const values = drawn.filter((value, i) => i % names.length === column && !Number.isNaN(value));
    return interval.by === "percentiles"
      ? percentileInterval(own[column], values, level)
      : lessBias(own[column], values, level, interval.ratio);
  };
  const separated = separatedSample(sample, tally, level);
  const leastFavourable = new Float64Array(names.length);
  if (separated !== undefined) {
    const { positives, negatives } = separated.leastFavourable;
    measure(positives, negatives, leastFavourable, 0);
  }
  const entries = metrics.map((metric): [Name, MetricInterval] => {
    const interval = intervalOf(metric);
    if (separated === undefined) return [metric, interval];
    const { separatedInterval } = metricNamed(metric);
    return [
      metric,
      separatedInterval === undefined
        ? widenedToLeastFavourable(interval, leastFavourable[names.indexOf(metric)])
        : { value: interval.value, ...separatedInterval(separated.separation, separated.rows, level) },
    ];
  });
  return Object.fromEntries(entries) as Record<Name, MetricInterval>;
}

/** The percentile interval that holds the middle `level` of the drawn values. */
export function percentileInterval(value: number, drawn: Float64Array, level: number): MetricInterval {
  const rising = drawn.slice().sort();
  const tail = (1 - level) / 2;
  return { value, low: quantile(rising, tail), high: quantile(rising, 1 - tail) };
}

/** A normal interval around the value minus its bias, clipped to [0, 1] and widened to contain the value. */
function lessBias(value: number, drawn: Float64Array, level: number, ratio: number): MetricInterval {
  let total = 0;
  for (const each of drawn) total += each;
  const mean = total / drawn.length;
  let squares = 0;
  for (const each of drawn) squares += (each - mean) ** 2;
  const bias = ratio * (mean - value);
  // The bias is not known for certain: its size counts as uncertainty too.
  const half = normalQuantile(0.5 + level / 2) * Math.hypot(Math.sqrt(squares / drawn.length), bias);
  return {
    value,
    low: Math.max(0, Math.min(value, value - bias - half)),
    high: Math.min(1, Math.max(value, value - bias + half)),
  };
}

/**
 * The quantile of ascending values at position (n + 1)·share, as bootstrap intervals need it; NaN where there are
 * none. Own code: quantileSorted of simple-statistics is R-7, by which intervals are too narrow.
 */
function quantile(values: Float64Array, share: number): number {
  const place = Math.min(Math.max((values.length + 1) * share - 1, 0), values.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, values.length - 1);
  return values.length === 0 ? Number.NaN : values[below] + (place - below) * (values[above] - values[below]);
}
