import { logit } from "simple-statistics";
import type { Pulse } from "../../progress.js";
import { createRandom } from "../../random.js";
import type { BinnedData } from "../../trees/binning/binned-data.js";
import { constraintsOf } from "../../trees/growing/constraints.js";
import { TreeGrower } from "../../trees/growing/grower.js";
import { labelFacts, noiseOfWeights } from "../../trees/growing/labels.js";
import { exactWeights, withLeafRows } from "../../trees/growing/leaf-row-sums.js";
import type { GrownTree, Leaf } from "../../trees/growing/leaf-rows.js";
import { scalesFor } from "../../trees/growing/scales.js";
import type { GrowingSettings } from "../../trees/growing/settings.js";
import { SplitSearch } from "../../trees/growing/split-search.js";
import { type RowFacts, TrainingRows } from "../../trees/growing/training-rows.js";
import type { Tree } from "../../trees/tree.js";
import { extraTreesSearch, randomForestSearch } from "./node-search.js";
import type { ForestSettings } from "./options.js";

export interface ForestRun {
  readonly data: BinnedData;
  readonly rows: RowFacts;
  /** The fold whose rows no tree is grown on; −1: none. */
  readonly heldOutFold: number;
  readonly settings: ForestSettings;
  readonly trees: number;
  readonly seed: number;
}

export interface GrownForest {
  readonly baseRate: number;
  readonly trees: readonly Tree[];
  /** Of every row, over the trees that did not draw it: the sum of leaf values, and how many trees. */
  readonly unseenSum: Float64Array;
  readonly unseenTrees: Int32Array;
}

/** More margin units than any leaf adds. */
const HEADROOM = 2 ** 30;

/**
 * Grows trees that each see a sample of the rows. With gradients computed once, at the base rate, the engine's gain
 * is the reduction of squared error, and so of Gini impurity; its L2 penalty is the smoothing of the leaves.
 */
export async function growForest(
  { data, rows, heldOutFold, settings, trees: treeCount, seed }: ForestRun,
  pulse: Pulse,
  onTree: (tree: number) => void,
): Promise<GrownForest> {
  const facts = labelFacts(rows, heldOutFold);
  const { weightedLabels, totalWeight } = facts;
  // Half a row of each class keeps it away from 0 and 1.
  const baseRate = (weightedLabels + 0.5) / (totalWeight + 1);
  const baseMargin = logit(baseRate);
  const curvature = baseRate * (1 - baseRate);
  const growing = growingSettings(settings, curvature);
  const scales = scalesFor("logLoss", facts, baseMargin);
  const constraints = constraintsOf(data.features, growing);
  const search = new SplitSearch(data, growing, constraints);
  search.setScales(scales);
  search.setNoise(noiseOfWeights(facts));
  const grower = new TreeGrower(data, growing, constraints, scales, search);
  const training = new TrainingRows(data, rows, heldOutFold, "logLoss", scales);
  await training.begin(Math.round(baseMargin / scales.marginUnit));
  await training.takeGradients();
  const perSplit = Math.min(
    data.features.length,
    settings.columnsPerSplit ?? Math.ceil(Math.sqrt(data.features.length)),
  );
  const leafWeights = exactWeights(rows.weights);
  const unseenSum = new Float64Array(data.rowCount);
  const unseenTrees = new Int32Array(data.rowCount);
  const trees: Tree[] = [];
  for (let tree = 0; tree < treeCount; tree++) {
    await pulse.beat();
    onTree(tree);
    const random = createRandom(seed, "forest", heldOutFold, tree);
    const drawn = await training.draw(settings.rowFraction, random.integer(2 ** 32));
    const find =
      settings.kind === "random-forest"
        ? randomForestSearch(search, data.features.length, perSplit, random)
        : extraTreesSearch(search, data.features, growing, perSplit, random);
    const grown = await grower.grow(drawn.drawn, find, HEADROOM, pulse);
    const trainedOn = [grown.leaves];
    for (const list of [drawn.undrawn, drawn.heldOut]) {
      if (list.isEmpty) continue;
      const reached = await list.follow(grown.steps);
      addLeaves(data, reached, grown, unseenSum, unseenTrees);
      if (list === drawn.undrawn) trainedOn.push(reached);
    }
    trees.push(withLeafRows(data, grown.tree, trainedOn, leafWeights));
  }
  return { baseRate, trees, unseenSum, unseenTrees };
}

/** A leaf's step is then its smoothed share of churners minus the base rate. */
function growingSettings(settings: ForestSettings, curvature: number): GrowingSettings {
  const { maxLeaves, maxDepth, minChildRows, leafSmoothing } = settings;
  return {
    objective: "logLoss",
    learningRate: curvature,
    maxLeaves,
    maxDepth,
    minChildRows,
    minChildWeight: 0,
    l1: 0,
    l2: leafSmoothing * curvature,
    categoricalSmoothing: 10,
    categoricalL2: 0,
    minCategoryGroupRows: 50,
    monotone: {},
    interactions: [],
  };
}

/** Adds the leaf values of a tree to the rows that reached its leaves. */
function addLeaves(
  data: BinnedData,
  reached: readonly Leaf[],
  { tree }: GrownTree,
  sum: Float64Array,
  trees: Int32Array,
): void {
  reached.forEach(({ begins, counts }, l) => {
    const value = tree.leafValues[l];
    data.shards.forEach(({ layout, memory: { words } }, k) => {
      const from = layout.order / 4 + begins[k];
      for (let i = from; i < from + counts[k]; i++) {
        const row = words[layout.ids / 4 + words[i]];
        sum[row] += value;
        trees[row]++;
      }
    });
  });
}
