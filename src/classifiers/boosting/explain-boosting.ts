import { InterventionalTrees } from "../../trees/explaining/interventional.js";
import { PathDependentTrees } from "../../trees/explaining/path-dependent.js";
import type { Tree } from "../../trees/tree.js";
import { type BackgroundRows, type MakeExplainer, unexplained } from "../explainer.js";
import type { FittedBoosting } from "./fitted-boosting.js";

/** The contributions of trees: over their training rows, or over background rows. */
export function explainedTrees(trees: readonly Tree[], background: BackgroundRows | undefined) {
  if (background !== undefined) return new InterventionalTrees(trees, background.rows, background.width);
  if (trees.some(({ leafRows }) => leafRows === undefined)) {
    throw unexplained("the training rows of its leaves");
  }
  return new PathDependentTrees(trees);
}

export const explainBoosting: MakeExplainer = (model, width, background) => {
  const { baseMargin, trees } = (model as FittedBoosting).toJSON();
  const explained = explainedTrees(trees, background);
  return {
    baseValue: baseMargin + explained.expected,
    add: (rows, rowCount, weight, into) => explained.add(rows, rowCount, width, weight, into),
  };
};
