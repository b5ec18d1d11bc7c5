import { Pulse } from "../../progress.js";
import { type Folds, stratifiedFolds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { binVectors } from "./bin-vectors.js";
import type { BinnedData } from "./binned-data.js";
import { type Boosted, boost } from "./boost.js";
import { FittedBoosting } from "./fitted-boosting.js";
import { checkRows } from "./labels.js";
import type { BoostingSettings } from "./options.js";
import { memberCountFor } from "./threads.js";

const FUNCTION = "gradientBoosting";
/** Folds that say how many trees `fit` should make when it is not told. */
const FOLDS_FOR_ROUNDS = 5;

/** The work behind `gradientBoosting()`. @param roundsAreGiven whether `fit` makes exactly `settings.rounds` trees. */
export function boostingTrainer(
  name: string,
  settings: BoostingSettings,
  roundsAreGiven: boolean,
): Classifier {
  /** Bins the vectors, works on the bins, gives them back. */
  async function withBins<Value>(
    vectors: Vectors,
    labels: Uint8Array,
    fit: FitOptions,
    work: (data: BinnedData) => Promise<Value>,
  ): Promise<Value> {
    checkRows(FUNCTION, settings.objective, vectors.rowCount, labels, fit.weights);
    const options = {
      maxBins: settings.maxBins,
      leastRows: Math.min(3, settings.minChildRows),
      seed: fit.seed ?? 0,
      hasWeights: fit.weights !== undefined,
      memberCount: memberCountFor(vectors.rowCount, vectors.features.length, fit.threads),
    };
    const data = await binVectors(vectors, options, new Pulse(fit));
    try {
      return await work(data);
    } finally {
      await data.close();
    }
  }

  async function crossFitBinned(
    data: BinnedData,
    labels: Uint8Array,
    folds: Folds,
    fit: FitOptions,
    outOfFoldMargins: Float64Array,
  ): Promise<Boosted[]> {
    const pulse = new Pulse(fit);
    const total = settings.rounds * folds.count;
    const rows = { labels, weights: fit.weights, folds: folds.of };
    const boosted: Boosted[] = [];
    for (let fold = 0; fold < folds.count; fold++) {
      const onRound = (round: number) => {
        const detail = `fold ${fold + 1} of ${folds.count}, ${round} trees`;
        pulse.report({ phase: name, done: fold * settings.rounds + round, total, detail });
      };
      const run = { data, rows, heldOutFold: fold, settings, seed: fit.seed ?? 0, run: fold };
      boosted.push(await boost(run, pulse, onRound, outOfFoldMargins));
    }
    pulse.report({ phase: name, done: total, total });
    return boosted;
  }

  async function roundsFor(data: BinnedData, labels: Uint8Array, fit: FitOptions): Promise<number> {
    const folds = stratifiedFolds(labels, FOLDS_FOR_ROUNDS, fit.seed ?? 0);
    const boosted = await crossFitBinned(data, labels, folds, fit, new Float64Array(labels.length));
    const trees = boosted.reduce((sum, each) => sum + each.trees.length, 0);
    return Math.max(1, Math.round(trees / boosted.length));
  }

  return {
    name,
    crossFit: (vectors, labels, folds, fit = {}): Promise<CrossFit> =>
      withBins(vectors, labels, fit, async (data) => {
        const outOfFoldMargins = new Float64Array(vectors.rowCount);
        const boosted = await crossFitBinned(data, labels, folds, fit, outOfFoldMargins);
        const counts = boosted.map(({ trees }) => trees.length);
        const summary = `${Math.min(...counts)} to ${Math.max(...counts)} trees a fold`;
        return { models: boosted.map(fittedOf), outOfFoldMargins, summary };
      }),

    fit: (vectors, labels, fit = {}) =>
      withBins(vectors, labels, fit, async (data) => {
        const rounds = roundsAreGiven ? settings.rounds : await roundsFor(data, labels, fit);
        const pulse = new Pulse(fit);
        const phase = `${name}, all rows`;
        const run = {
          data,
          rows: { labels, weights: fit.weights, folds: undefined },
          heldOutFold: -1,
          settings: { ...settings, rounds },
          seed: fit.seed ?? 0,
          run: -1,
        };
        const boosted = await boost(run, pulse, (done) => pulse.report({ phase, done, total: rounds }));
        pulse.report({ phase, done: rounds, total: rounds });
        return fittedOf(boosted);
      }),
  };
}

function fittedOf({ baseMargin, trees }: Boosted): FittedBoosting {
  return new FittedBoosting({ family: "boosting", baseMargin, trees });
}
