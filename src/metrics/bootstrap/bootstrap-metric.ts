import { argumentProblem, HoldfastError, invalidArgument } from "../../errors.js";
import { createRandom } from "../../random.js";
import type { Metric } from "../metric.js";
import { sampleProblems } from "../sample/input.js";
import { rankScores } from "../sample/ranking.js";
import { type Masses, massesOf, resampler } from "../sample/resample.js";
import { tallyRanking } from "../sample/tally.js";
import { percentileInterval } from "./bootstrap-intervals.js";
import {
  addBootstrapProblems,
  BOOTSTRAP_OPTIONS,
  type BootstrapOptions,
  type MetricInterval,
} from "./bootstrap-options.js";
import { separatedSample, widenedToLeastFavourable } from "./separated-sample.js";

/**
 * Any metric, with any options, with its percentile bootstrap interval. The metric receives a bootstrap sample as the
 * distinct scores, once per class, with weights that say how often each was drawn: it must respect weights.
 * @example bootstrapMetric(labels, scores, (l, s, options) => liftAt(l, s, 0.05, options), { seed: 7 })
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, one class only, scores that are not finite,
 * options out of their ranges; and whatever the metric throws on the sample itself. A bootstrap sample on which it
 * throws, or returns NaN, is left out; if none is left, low and high are NaN. Where scores separate the classes
 * perfectly and all bootstrap samples have one value, the interval extends as in {@link bootstrapIntervals}.
 */
export function bootstrapMetric(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  metric: Metric,
  options: BootstrapOptions = {},
): MetricInterval {
  const problems = sampleProblems("bootstrapMetric", labels, scores, options, {
    scoresAre: "scores",
    bothLabels: true,
    optionNames: BOOTSTRAP_OPTIONS,
  });
  const {
    weights,
    groups,
    stratified = false,
    drawnShare,
    replicates = 1000,
    level = 0.95,
    seed = 0,
  } = options;
  addBootstrapProblems(problems, "bootstrapMetric", labels.length, options);
  if (typeof metric !== "function") {
    const hint = `metrics by name are for bootstrapIntervals(labels, scores, ["rocAuc"])`;
    problems.add(
      argumentProblem("bootstrapMetric", "metric", "must be a function such as rocAuc", metric, hint),
    );
  }
  problems.throwIfAny();

  const value: unknown = metric(labels, scores, { weights });
  if (typeof value !== "number") {
    const hint = "of a metric of several numbers take one: (...sample) => empc(...sample).value";
    invalidArgument("bootstrapMetric", "metric", "must return a number", value, hint);
  }
  const ranking = rankScores(scores);
  const masses = massesOf(ranking);
  const resample = resampler({ rankings: [ranking], labels, weights, groups, stratified, drawnShare });
  const ranks = ranking.scores.length;
  const twice = new Float64Array(2 * ranks);
  twice.set(ranking.scores);
  twice.set(ranking.scores, ranks);
  const classes = new Uint8Array(2 * ranks).fill(1, 0, ranks);
  const drawn = new Float64Array(replicates);
  const multiplicities = new Float64Array(2 * ranks);
  const valueAt = ({ positives, negatives }: Masses) => {
    multiplicities.set(positives);
    multiplicities.set(negatives, ranks);
    return valueOrNaN(() => metric(classes, twice, { weights: multiplicities }));
  };
  for (let replicate = 0; replicate < replicates; replicate++) {
    resample(createRandom(seed, "bootstrap", replicate), [masses]);
    drawn[replicate] = valueAt(masses);
  }
  const interval = percentileInterval(
    value,
    drawn.filter((each) => !Number.isNaN(each)),
    level,
  );
  const sample = { labels, scores, weights, groups, stratified, seed };
  const separated = separatedSample(sample, tallyRanking(ranking, labels, weights), level);
  if (separated === undefined) return interval;
  return widenedToLeastFavourable(interval, valueAt(separated.leastFavourable));
}

/** A random sample may be one on which a metric is not defined. */
function valueOrNaN(compute: () => number): number {
  try {
    return compute();
  } catch (error) {
    if (error instanceof HoldfastError) return Number.NaN;
    throw error;
  }
}
