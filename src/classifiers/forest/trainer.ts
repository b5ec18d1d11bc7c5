import { count } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { binVectors } from "../../trees/binning/bin-vectors.js";
import {
  decodeTree,
  encodeCategories,
  featuresOfManyLevels,
} from "../../trees/binning/encoded-categories.js";
import { memberCountFor } from "../../trees/binning/threads.js";
import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import { checkTrainingRows } from "../check-rows.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { FittedForest, forestMargin } from "./fitted-forest.js";
import { type GrownForest, growForest } from "./grow-forest.js";
import type { ForestSettings } from "./options.js";

/** Categories of more levels are ordered by their mean label: splitting them natively overfits noise. */
const NATIVE_LEVELS = 16;

/** The work behind `randomForest()` and `extraTrees()`. */
export function forestTrainer(name: string, settings: ForestSettings): Classifier<FittedForest> {
  const { kind, functionName } = settings;

  async function growOnAll(
    vectors: Vectors,
    labels: Uint8Array,
    options: FitOptions = {},
  ): Promise<FittedForest> {
    checkTrainingRows(functionName, vectors.rowCount, labels, options.weights);
    const pulse = new Pulse(options);
    const total = settings.trees;
    const grown = await growWithout({ vectors, labels, options, settings }, undefined, -1, total, (done) =>
      pulse.report({ phase: name, done, total }),
    );
    pulse.report({ phase: name, done: total, total });
    const { baseRate, trees } = grown;
    return new FittedForest({ family: "forest", kind, baseRate, trees }, unseenMargins(grown));
  }

  /** A forest per fold, with `trees` trees in total. */
  async function crossFit(
    vectors: Vectors,
    labels: Uint8Array,
    folds: Folds,
    options: FitOptions,
  ): Promise<CrossFit> {
    checkTrainingRows(functionName, vectors.rowCount, labels, options.weights);
    const trees = Math.ceil(settings.trees / folds.count);
    const pulse = new Pulse(options);
    const total = trees * folds.count;
    const outOfFoldMargins = new Float64Array(vectors.rowCount);
    const models: FittedForest[] = [];
    for (let fold = 0; fold < folds.count; fold++) {
      const detail = `fold ${fold + 1} of ${folds.count}`;
      const grown = await growWithout({ vectors, labels, options, settings }, folds, fold, trees, (tree) =>
        pulse.report({ phase: name, done: fold * trees + tree, total, detail }),
      );
      const margins = unseenMargins(grown);
      for (let row = 0; row < margins.length; row++)
        if (folds.of[row] === fold) outOfFoldMargins[row] = margins[row];
      models.push(new FittedForest({ family: "forest", kind, baseRate: grown.baseRate, trees: grown.trees }));
    }
    pulse.report({ phase: name, done: total, total });
    return { models, outOfFoldMargins, summary: `${count(trees, "tree")} a fold` };
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
      return { models: [forest], outOfFoldMargins, summary: `${count(settings.trees, "tree")}, out of bag` };
    },
  };
}

function unseenMargins({ baseRate, unseenSum, unseenTrees }: GrownForest): Float64Array {
  return unseenSum.map((sum, row) => forestMargin(baseRate, sum, unseenTrees[row]));
}

interface ForestInput {
  readonly vectors: Vectors;
  readonly labels: Uint8Array;
  readonly options: FitOptions;
  readonly settings: ForestSettings;
}

/** Grows a forest on all rows but those of a fold (−1: on all). Categories of many levels enter by their statistics. */
async function growWithout(
  { vectors, labels, options, settings }: ForestInput,
  folds: Folds | undefined,
  fold: number,
  trees: number,
  onTree: (tree: number) => void,
): Promise<GrownForest> {
  const { weights, seed = 0 } = options;
  const positions = featuresOfManyLevels(vectors, NATIVE_LEVELS);
  const isTraining = (row: number) => folds?.of[row] !== fold;
  const encoded = encodeCategories(vectors, positions, { labels, weights, isTraining, seed });
  const binning = {
    maxBins: settings.maxBins,
    leastRows: Math.min(3, settings.minChildRows),
    seed,
    hasWeights: weights !== undefined,
    memberCount: memberCountFor(vectors.rowCount, vectors.features.length, options.threads),
  };
  const pulse = new Pulse(options);
  const data = await binVectors(encoded.vectors, binning, pulse);
  try {
    const rows = { labels, weights, folds: folds?.of };
    const grown = await growForest({ data, rows, heldOutFold: fold, settings, trees, seed }, pulse, onTree);
    return { ...grown, trees: grown.trees.map((tree) => decodeTree(tree, encoded.ofCode)) };
  } finally {
    await data.close();
  }
}
