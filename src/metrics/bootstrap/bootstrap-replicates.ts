import { createRandom } from "../../random.js";
import { type MetricName, metricFamilies } from "../metric-families.js";
import { countedRows } from "../sample/input.js";
import { type Ranking, rankScores } from "../sample/ranking.js";
import { massesOf, resampler } from "../sample/resample.js";
import { type Tally, tallyRanking } from "../sample/tally.js";

/** What bootstrap samples are drawn from; all that decides them. */
export interface BootstrapSample {
  readonly labels: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  readonly weights?: ArrayLike<number> | undefined;
  readonly groups?: ArrayLike<number> | undefined;
  readonly stratified: boolean;
  readonly seed: number;
}

/** Metrics of a sample and of its bootstrap samples. */
export interface Replicates {
  /** The metrics that are computed, in the order of their values: those asked for and those that come with them. */
  readonly names: readonly MetricName[];
  readonly ranking: Ranking;
  readonly tally: Tally;
  /** Of the sample itself, by `names`; NaN where the data do not determine one. */
  readonly own: Float64Array;
  /** Writes the values of the bootstrap sample of that number into `into`, from index `at`. */
  draw(replicate: number, into: Float64Array, at: number): void;
}

/** Sorts the sample once, so that each bootstrap sample is one pass. Which sample a number means, the seed alone decides. */
export function replicatesOf(sample: BootstrapSample, metrics: readonly MetricName[]): Replicates {
  const { labels, scores, weights, groups, stratified, seed } = sample;
  const ranking = rankScores(scores);
  const tally = tallyRanking(ranking, labels, weights);
  const resample = resampler({ rankings: [ranking], labels, weights, groups, stratified });
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
  const masses = massesOf(ranking);
  return {
    names,
    ranking,
    tally,
    own,
    draw(replicate, into, at) {
      resample(createRandom(seed, "bootstrap", replicate), [masses]);
      for (const family of prepared) family.values(masses.positives, masses.negatives, into, at + family.at);
    },
  };
}
