import { Pulse } from "../../progress.js";
import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import { binVectors } from "../boosting/bin-vectors.js";
import type { BinnedData } from "../boosting/binned-data.js";
import { memberCountFor } from "../boosting/threads.js";
import { checkTrainingRows } from "../check-rows.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { FittedForest, forestMargin } from "./fitted-forest.js";
import { type GrownForest, growForest } from "./grow-forest.js";
import type { ForestSettings } from "./options.js";

/** The work behind `randomForest()` and `extraTrees()`. */
export function forestTrainer(name: string, settings: ForestSettings): Classifier {
  const { kind, functionName } = settings;

  async function growOnAll(
    vectors: Vectors,
    labels: Uint8Array,
    options: FitOptions = {},
  ): Promise<FittedForest> {
    checkTrainingRows(functionName, vectors.rowCount, labels, options.weights);
    return withBins(settings, vectors, options, async (data) => {
      const pulse = new Pulse(options);
      const total = settings.trees;
      const rows = { labels, weights: options.weights, folds: undefined };
      const run = { data, rows, heldOutFold: -1, settings, trees: total, seed: options.seed ?? 0 };
      const grown = await growForest(run, pulse, (done) => pulse.report({ phase: name, done, total }));
      pulse.report({ phase: name, done: total, total });
      const { baseRate, trees } = grown;
      return new FittedForest({ family: "forest", kind, baseRate, trees }, unseenMargins(grown));
    });
  }

  /** A forest per fold, with as many trees together as `trees` says. */
  async function crossFit(
    vectors: Vectors,
    labels: Uint8Array,
    folds: Folds,
    options: FitOptions,
  ): Promise<CrossFit> {
    checkTrainingRows(functionName, vectors.rowCount, labels, options.weights);
    const trees = Math.ceil(settings.trees / folds.count);
    return withBins(settings, vectors, options, async (data) => {
      const pulse = new Pulse(options);
      const total = trees * folds.count;
      const outOfFoldMargins = new Float64Array(vectors.rowCount);
      const models: FittedForest[] = [];
      for (let fold = 0; fold < folds.count; fold++) {
        const rows = { labels, weights: options.weights, folds: folds.of };
        const run = { data, rows, heldOutFold: fold, settings, trees, seed: options.seed ?? 0 };
        const grown = await growForest(run, pulse, (tree) =>
          pulse.report({
            phase: name,
            done: fold * trees + tree,
            total,
            detail: `fold ${fold + 1} of ${folds.count}`,
          }),
        );
        const margins = unseenMargins(grown);
        for (let row = 0; row < margins.length; row++)
          if (folds.of[row] === fold) outOfFoldMargins[row] = margins[row];
        models.push(
          new FittedForest({ family: "forest", kind, baseRate: grown.baseRate, trees: grown.trees }),
        );
      }
      pulse.report({ phase: name, done: total, total });
      return { models, outOfFoldMargins, summary: `${trees} trees a fold` };
    });
  }

  return {
    name,
    fit: growOnAll,
    async crossFit(vectors, labels, folds, options = {}) {
      const mayBag =
        settings.margins === "out-of-bag" && settings.rowFraction < 1 && !options.rowsBelongTogether;
      if (!mayBag) return crossFit(vectors, labels, folds, options);
      const forest = await growOnAll(vectors, labels, options);
      const outOfFoldMargins = forest.outOfBagMargins as Float64Array;
      return { models: [forest], outOfFoldMargins, summary: `${settings.trees} trees, out of bag` };
    },
  };
}

function unseenMargins({ baseRate, unseenSum, unseenTrees }: GrownForest): Float64Array {
  return unseenSum.map((sum, row) => forestMargin(baseRate, sum, unseenTrees[row]));
}

async function withBins<Value>(
  settings: ForestSettings,
  vectors: Vectors,
  options: FitOptions,
  work: (data: BinnedData) => Promise<Value>,
): Promise<Value> {
  const binning = {
    maxBins: settings.maxBins,
    leastRows: Math.min(3, settings.minChildRows),
    seed: options.seed ?? 0,
    hasWeights: options.weights !== undefined,
    memberCount: memberCountFor(vectors.rowCount, vectors.features.length, options.threads),
  };
  const data = await binVectors(vectors, binning, new Pulse(options));
  try {
    return await work(data);
  } finally {
    await data.close();
  }
}
