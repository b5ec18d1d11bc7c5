import type { Problems } from "../errors.js";
import { createRandom } from "../random.js";
import { argumentProblem, countedRows, type MetricOptions, sampleProblems } from "./input.js";
import { type MetricName, metricFamilies } from "./metric-families.js";
import { rankScores } from "./ranking.js";
import { resampler } from "./resample.js";
import { tallyRanking } from "./tally.js";

/** A metric with its uncertainty. */
export interface MetricInterval {
  /** Of the sample itself. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions extends MetricOptions {
  /** How many bootstrap samples. Default 1000. */
  readonly replicates?: number | undefined;
  /** Level of the intervals, in (0, 1). Default 0.95. */
  readonly level?: number | undefined;
  /** Same data, options and seed, same intervals. A whole number, default 0. */
  readonly seed?: number | undefined;
  /** Which rows belong together, a number each: a subscriber in several snapshots is drawn as a whole. */
  readonly groups?: ArrayLike<number> | undefined;
  /**
   * Whether every bootstrap sample holds as many churners as the data. Default false: that number is chance too, and
   * holding it makes the intervals of log loss, Brier score and calibration too short.
   */
  readonly stratified?: boolean | undefined;
}

/**
 * Metrics with percentile bootstrap intervals (Efron and Tibshirani 1993). Rows are drawn with replacement and keep
 * their weights, the same samples for all metrics; percentiles are of the R-7 kind. What is a largest or an absolute
 * difference (`ks`, `expectedCalibrationError`) rises with noise, in a bootstrap sample once more: such an interval
 * lies too high and may not even hold the value. A sample on which a calibration line does not exist is left out of
 * that metric's interval; if none is left, low and high are NaN.
 * @param metrics which metrics, by the names of their functions, with their default options
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
  const name = "bootstrapIntervals";
  const isAskedFor = (metric: MetricName) => (metrics as readonly MetricName[]).includes(metric);
  const families = metricFamilies.filter((family) => family.names.some(isAskedFor));
  const problems = sampleProblems(name, labels, scores, options.weights, {
    scoresAre: families.some((family) => family.needsProbabilities) ? "probabilities" : "scores",
    bothLabels: true,
  });
  const known = metricFamilies.flatMap((family) => family.names);
  for (const metric of metrics) {
    if (known.includes(metric)) continue;
    problems.add(argumentProblem(name, "metrics", `must be among ${known.join(", ")}`, metric));
  }
  addBootstrapProblems(problems, name, labels.length, options);
  problems.throwIfAny();

  const intervals = intervalsOf(labels, scores, metrics, options);
  for (const metric of metrics) {
    if (!Number.isNaN(intervals[metric].value)) continue;
    const expected = `must overlap between the classes for ${metric}`;
    problems.add(
      argumentProblem(name, "probabilities", expected, "equal or perfectly separated probabilities"),
    );
  }
  problems.throwIfAny();
  return intervals;
}

/** Adds what is wrong with the options of a bootstrap. */
export function addBootstrapProblems(
  problems: Problems,
  functionName: string,
  rows: number,
  { replicates = 1, level = 0.95, seed = 0, groups }: BootstrapOptions,
): void {
  const add = (argument: string, expected: string, received: unknown) =>
    problems.add(argumentProblem(functionName, argument, expected, received));
  if (!(Number.isInteger(replicates) && replicates >= 1)) {
    add("replicates", "must be a whole number of at least 1", replicates);
  }
  if (!(level > 0 && level < 1)) add("level", "must be between 0 and 1", level);
  if (!Number.isSafeInteger(seed)) add("seed", "must be a whole number", seed);
  if (groups === undefined) return;
  if (groups.length !== rows) add("groups", `must have the length of labels, ${rows}`, groups.length);
  for (let i = 0; i < groups.length; i++) {
    if (!Number.isFinite(groups[i])) add(`groups[${i}]`, "must be finite", groups[i]);
  }
}

/** {@link bootstrapIntervals} of input that is known to be sound; `value` is NaN where the data do not determine it. */
export function intervalsOf<Name extends MetricName>(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metrics: readonly Name[],
  { weights, groups, stratified = false, replicates = 1000, level = 0.95, seed = 0 }: BootstrapOptions,
): Record<Name, MetricInterval> {
  const ranking = rankScores(scores);
  const tally = tallyRanking(ranking, labels, weights);
  const resample = resampler({ ranking, labels, weights, groups, stratified });
  const rows = countedRows(labels.length, weights);
  const asked = new Set<MetricName>(metrics);
  const families = metricFamilies.filter((family) => family.names.some((metric) => asked.has(metric)));
  const names = families.flatMap((family) => family.names);
  const prepared = families.map((family) => ({
    at: names.indexOf(family.names[0]),
    values: family.prepare(tally, rows),
  }));

  const own = new Float64Array(names.length);
  for (const { values, at } of prepared) values(tally.positives, tally.negatives, own, at);

  const positives = new Float64Array(ranking.scores.length);
  const negatives = new Float64Array(ranking.scores.length);
  const drawn = new Float64Array(replicates * names.length);
  for (let replicate = 0; replicate < replicates; replicate++) {
    resample(createRandom(seed, "bootstrap", replicate), positives, negatives);
    const at = replicate * names.length;
    for (const family of prepared) family.values(positives, negatives, drawn, at + family.at);
  }

  const intervalOf = (metric: MetricName): MetricInterval => {
    const column = names.indexOf(metric);
    const values = drawn.filter((value, i) => i % names.length === column && !Number.isNaN(value)).sort();
    const tail = (1 - level) / 2;
    return { value: own[column], low: quantile(values, tail), high: quantile(values, 1 - tail) };
  };
  return Object.fromEntries(metrics.map((metric) => [metric, intervalOf(metric)])) as Record<
    Name,
    MetricInterval
  >;
}

/** The R-7 quantile of rising values; NaN of none. */
function quantile(values: Float64Array, share: number): number {
  const place = (values.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, values.length - 1);
  return values.length === 0 ? Number.NaN : values[below] + (place - below) * (values[above] - values[below]);
}
