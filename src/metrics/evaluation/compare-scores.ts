import type { OptionNames } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import { createRandom } from "../../random.js";
import { percentileInterval } from "../bootstrap/bootstrap-intervals.js";
import {
  addBootstrapProblems,
  BOOTSTRAP_OPTIONS,
  type BootstrapOptions,
} from "../bootstrap/bootstrap-options.js";
import { computationsOf, METRICS } from "../metrics.js";
import { compareRocAuc } from "../ranking/compare-roc-auc.js";
import { countedRows, sampleProblems } from "../sample/input.js";
import { rankScores } from "../sample/ranking.js";
import { massesOf, resampler } from "../sample/resample.js";
import { tallyRanking } from "../sample/tally.js";

/** Options of {@link compareScores}. */
export interface CompareOptions extends BootstrapOptions {
  /** What the two are called in the verdict. Default `"a"` and `"b"`. */
  readonly names?: readonly [string, string] | undefined;
}

const COMPARE_OPTIONS: OptionNames<CompareOptions> = { ...BOOTSTRAP_OPTIONS, names: "optional" };

/** One metric of both, and their difference with its interval. */
export interface PairedDifference {
  readonly a: number;
  readonly b: number;
  /** a − b. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Which of the two is better beyond chance: the interval of the difference excludes 0. Null when neither is. */
  readonly better: "a" | "b" | null;
}

/** Two sets of probabilities of the same rows, side by side; plain data, goes to JSON. */
export interface ScoreComparison {
  readonly rows: number;
  readonly positives: number;
  readonly names: readonly [string, string];
  /** By the paired test of DeLong, DeLong and Clarke-Pearson (1988), with its p-value. */
  readonly rocAuc: PairedDifference & { readonly pValue: number };
  /** By a paired bootstrap: both are measured on the same samples. */
  readonly metrics: Readonly<Record<PairedMetric, PairedDifference>>;
  /** One sentence that says who is better at what. */
  readonly verdict: string;
  readonly replicates: number;
  readonly level: number;
  readonly seed: number;
}

/** The metrics that are compared by a paired bootstrap. */
export type PairedMetric = Extract<(typeof METRICS)[number], { readonly comparison: number }>["name"];

const COMPARED = METRICS.flatMap((metric) => ("comparison" in metric ? [metric] : [])).sort(
  (a, b) => a.comparison - b.comparison,
);
const COMPARED_NAMES: readonly PairedMetric[] = COMPARED.map(({ name }) => name);

/**
 * Compares two sets of probabilities of the same rows: ROC AUC by DeLong's paired test, the others by a paired bootstrap
 * with percentile intervals of the difference a − b (rows of one group are drawn together; DeLong's test takes rows as
 * independent).
 * @example compareScores(labels, ofOldModel, ofNewModel, { names: ["old", "new"] }).verdict
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, a class of fewer than two rows,
 * probabilities outside [0, 1], options out of their ranges.
 */
export function compareScores(
  labels: ArrayLike<number>,
  probabilitiesA: ArrayLike<number>,
  probabilitiesB: ArrayLike<number>,
  options: CompareOptions = {},
): ScoreComparison {
  const problems = new Problems();
  for (const [scoresName, probabilities] of [
    ["probabilitiesA", probabilitiesA],
    ["probabilitiesB", probabilitiesB],
  ] as const) {
    sampleProblems("compareScores", labels, probabilities, options, {
      scoresAre: "probabilities",
      scoresName,
      bothLabels: true,
      optionNames: COMPARE_OPTIONS,
    }).moveTo(problems);
  }
  const { weights, groups, stratified = false, drawnShare, names = ["a", "b"] } = options;
  const { replicates = 1000, level = 0.95, seed = 0 } = options;
  addBootstrapProblems(problems, "compareScores", labels.length, options);
  if (!(Array.isArray(names) && names.length === 2 && names.every((name) => typeof name === "string"))) {
    const expected = 'must be two texts such as ["old", "new"]';
    problems.add(argumentProblem("compareScores", "names", expected, names));
  }
  problems.throwIfAny();

  const auc = compareRocAuc(labels, probabilitiesA, probabilitiesB, { weights, level });
  const rankings = [rankScores(probabilitiesA), rankScores(probabilitiesB)];
  const sides = rankings.map((ranking) => preparedSide(ranking, labels, weights));
  const resample = resampler({ rankings, labels, weights, groups, stratified, drawnShare });
  const masses = rankings.map(massesOf);
  const drawn = COMPARED.map(() => new Float64Array(replicates));
  for (let replicate = 0; replicate < replicates; replicate++) {
    resample(createRandom(seed, "bootstrap", replicate), masses);
    const [a, b] = sides.map(({ measure }, side) => measure(masses[side].positives, masses[side].negatives));
    for (let m = 0; m < COMPARED.length; m++) drawn[m][replicate] = a[m] - b[m];
  }
  const metrics = Object.fromEntries(
    COMPARED.map(({ name, better }, m) => {
      const [a, b] = [sides[0].own[m], sides[1].own[m]];
      const { low, high } = percentileInterval(a - b, drawn[m], level);
      return [name, paired(a, b, low, high, better === "lower")];
    }),
  ) as Record<PairedMetric, PairedDifference>;
  const rocAuc = {
    ...paired(auc.a, auc.b, auc.low, auc.high, false),
    pValue: auc.pValue,
  };
  let positives = 0;
  for (let row = 0; row < labels.length; row++) positives += labels[row];
  return {
    rows: labels.length,
    positives,
    names,
    rocAuc,
    metrics,
    verdict: verdictOf(names, rocAuc, metrics.logLoss),
    replicates,
    level,
    seed,
  };
}

/** The metrics of one of the two, on the sample itself and on any bootstrap sample of it. */
function preparedSide(
  ranking: ReturnType<typeof rankScores>,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
) {
  const tally = tallyRanking(ranking, labels, weights);
  const computed = computationsOf(COMPARED_NAMES, tally, countedRows(labels.length, weights));
  const places = COMPARED_NAMES.map((name) => computed.names.indexOf(name));
  const values = new Float64Array(computed.names.length);
  const measure = (positives: Float64Array, negatives: Float64Array): number[] => {
    computed.measure(positives, negatives, values, 0);
    return places.map((place) => values[place]);
  };
  return { measure, own: measure(tally.positives, tally.negatives) };
}

function paired(a: number, b: number, low: number, high: number, isLessBetter: boolean): PairedDifference {
  const isHigher = low > 0;
  const better = isHigher || high < 0 ? (isHigher === isLessBetter ? "b" : "a") : null;
  return { a, b, difference: a - b, low, high, better };
}

function verdictOf(
  names: readonly [string, string],
  auc: PairedDifference & { readonly pValue: number },
  logLoss: PairedDifference,
): string {
  const nameOf = (side: "a" | "b") => names[side === "a" ? 0 : 1];
  const four = (value: number) => value.toFixed(4);
  const ranking = `ROC AUC ${four(auc.a)} against ${four(auc.b)}, p ${auc.pValue < 0.001 ? "< 0.001" : `= ${auc.pValue.toFixed(3)}`}`;
  const probabilities = `log loss ${four(logLoss.a)} against ${four(logLoss.b)}`;
  const [ranks, predicts] = [auc.better, logLoss.better];
  const between = `${names[0]} and ${names[1]}`;
  if (ranks === null && predicts === null) {
    return `Between ${between} there is no difference beyond chance (${ranking}; ${probabilities}).`;
  }
  if (ranks !== null && ranks === predicts) {
    return `${nameOf(ranks)} is better: it ranks better (${ranking}) and its probabilities are better (${probabilities}).`;
  }
  const parts = [
    ranks === null ? `${between} rank alike (${ranking})` : `${nameOf(ranks)} ranks better (${ranking})`,
    predicts === null
      ? `their probabilities are as good as each other's (${probabilities})`
      : `the probabilities of ${nameOf(predicts)} are better (${probabilities})`,
  ];
  return `${parts.join(", ")}.`;
}
