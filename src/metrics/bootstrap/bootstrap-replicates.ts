import { createRandom } from "../../random.js";
import type { ComputedValues } from "../metric.js";
import { computationsOf, type MetricName } from "../metrics.js";
import { countedRows } from "../sample/input.js";
import { type Ranking, rankScores } from "../sample/ranking.js";
import { massesOf, resampler } from "../sample/resample.js";
import { type Tally, tallyRanking } from "../sample/tally.js";
import type { BootstrapSample } from "./bootstrap-sample.js";

/** Metrics of a sample and of its bootstrap samples. */
export interface Replicates {
  /** The metrics that are computed, in the order of their values: those asked for and those that come with them. */
  readonly names: readonly MetricName[];
  readonly ranking: Ranking;
  readonly tally: Tally;
  /** Of the sample itself, by `names`; NaN where the data do not determine one. */
  readonly own: Float64Array;
  /** Writes the values at any other masses of the scores of the tally. */
  readonly measure: ComputedValues;
  /** Writes the values of the bootstrap sample of that number into `into`, from index `at`. */
  draw(replicate: number, into: Float64Array, at: number): void;
}

/**
 * Sorts the sample once, so that each bootstrap sample is one pass. The seed alone decides which sample a number refers
 * to.
 */
export function replicatesOf(sample: BootstrapSample, metrics: readonly MetricName[]): Replicates {
  const { labels, scores, weights, groups, stratified, drawnShare, seed, byCounts } = sample;
  const ranking = rankScores(scores);
  const tally = tallyRanking(ranking, labels, weights);
  const resample = resampler({
    rankings: [ranking],
    labels,
    weights,
    groups,
    stratified,
    drawnShare,
    byCounts,
  });
  const { names, measure } = computationsOf(metrics, tally, countedRows(labels.length, weights));
  const own = new Float64Array(names.length);
  measure(tally.positives, tally.negatives, own, 0);
  const masses = massesOf(ranking);
  return {
    names,
    ranking,
    tally,
    own,
    measure,
    draw(replicate, into, at) {
      resample(createRandom(seed, "bootstrap", replicate), [masses]);
      measure(masses.positives, masses.negatives, into, at);
    },
  };
}
