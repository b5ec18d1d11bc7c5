import { meanSimple } from "simple-statistics";
import { count, invalidArgument } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { type Folds, foldsFor } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import { checkTrainingRows } from "../check-rows.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { countRange } from "../count-range.js";
import { outOfFoldMarginsOf } from "../margins.js";
import { weightsOfFolds } from "../other-folds.js";
import { boostTogether } from "./boost-together.js";
import type { FittedAdditive } from "./fitted-additive.js";
import type { AdditiveSettings } from "./options.js";
import { type AdditiveData, AdditiveRun } from "./run.js";
import { prepareTerms } from "./terms.js";

const NAME = "additive";
/** Folds that determine the number of rounds of `fit` when it is not given. */
const FOLDS_FOR_ROUNDS = 5;

/** The models of all folds, and how long each was boosted. */
interface FoldResults {
  readonly models: readonly FittedAdditive[];
  readonly pairNames: ReadonlySet<string>;
  readonly rounds: readonly number[];
  readonly pairRounds: readonly number[];
}

/** The work behind `additiveModel()`. */
export function additiveTrainer(
  settings: AdditiveSettings,
  roundsAreGiven: boolean,
): Classifier<FittedAdditive> {
  function dataOf(vectors: Vectors, labels: Uint8Array, { weights }: FitOptions): AdditiveData {
    checkTrainingRows("additiveModel", vectors.rowCount, labels, weights);
    const { rowCount } = vectors;
    const derivatives = { gradients: new Float64Array(rowCount), hessians: new Float64Array(rowCount) };
    return { prepared: prepareTerms(vectors, settings, weights), settings, labels, weights, derivatives };
  }

  async function crossFitRuns(
    vectors: Vectors,
    labels: Uint8Array,
    folds: Folds,
    fit: FitOptions,
  ): Promise<FoldResults> {
    const data = dataOf(vectors, labels, fit);
    const pulse = new Pulse(fit);
    const total = 2 * settings.rounds;
    const weights = weightsOfFolds(folds, fit.weights);
    const runs = Array.from(weights, (weight, fold) => ({
      run: new AdditiveRun(data, (row) => folds.of[row] === fold),
      weight,
    }));
    const boosted = (done: number, detail: string) => pulse.report({ phase: NAME, done, total, detail });
    const rounds = await boostTogether(
      runs.map(({ run, weight }) => ({ booster: run.shapeBooster(), weight })),
      settings,
      pulse,
      (round) => boosted(round, `${count(round, "round")} of ${count(folds.count, "fold")}`),
    );
    const pairBoosters = [];
    for (const { run, weight } of runs) {
      pairBoosters.push({ booster: run.pairBooster(), weight });
      await pulse.beat();
    }
    const pairRounds = await boostTogether(pairBoosters, settings, pulse, (round) =>
      boosted(settings.rounds + round, `${count(round, "round")} of pairs of ${count(folds.count, "fold")}`),
    );
    pulse.report({ phase: NAME, done: total, total });
    const results = runs.map(({ run }, fold) => run.result(pairRounds[fold] > 0));
    const pairNames = new Set(results.flatMap((result) => result.pairNames));
    return { models: results.map(({ model }) => model), pairNames, rounds, pairRounds };
  }

  return {
    name: NAME,
    async crossFit(vectors, labels, folds, fit = {}): Promise<CrossFit> {
      const { models, pairNames, rounds } = await crossFitRuns(vectors, labels, folds, fit);
      const summary = `${countRange(rounds, "round")} a fold, ${count(pairNames.size, "pair")}`;
      return { models, outOfFoldMargins: outOfFoldMarginsOf(models, vectors, folds), summary };
    },
    async fit(vectors, labels, fit = {}): Promise<FittedAdditive> {
      let { rounds } = settings;
      let pairRounds = settings.pairs > 0 ? settings.rounds : 0;
      if (!roundsAreGiven) {
        const folds = foldsFor(
          { function: "additiveModel", argument: "labels" },
          labels,
          FOLDS_FOR_ROUNDS,
          fit.seed ?? 0,
        );
        const crossFitted = await crossFitRuns(vectors, labels, folds, fit);
        rounds = rounded(crossFitted.rounds);
        pairRounds = rounded(crossFitted.pairRounds);
      }
      const data = dataOf(vectors, labels, fit);
      if (!labels.includes(1) || !labels.includes(0))
        invalidArgument("additiveModel", "labels", "must hold both classes", labels[0]);
      const run = new AdditiveRun(data, undefined);
      const phase = `${NAME}, all rows`;
      const pulse = new Pulse(fit);
      const total = Math.max(1, rounds + pairRounds);
      const shapes = run.shapeBooster();
      let done = 0;
      for (; done < rounds; done++) {
        pulse.report({ phase, done, total });
        await shapes.round(pulse);
      }
      const pairs = pairRounds > 0 ? run.pairBooster() : undefined;
      for (; pairs !== undefined && done < total; done++) {
        pulse.report({ phase, done, total });
        await pairs.round(pulse);
      }
      pulse.report({ phase, done: total, total });
      return run.result(pairs !== undefined).model;
    },
  };
}

/** The mean, as a whole number. */
function rounded(values: readonly number[]): number {
  return Math.round(meanSimple(values));
}
