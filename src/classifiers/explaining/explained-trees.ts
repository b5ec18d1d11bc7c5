import { InterventionalTrees } from "../../trees/explaining/interventional.js";
import { PathDependentTrees } from "../../trees/explaining/path-dependent.js";
import type { Tree } from "../../trees/tree.js";
import { type BackgroundRows, unexplained } from "../explainer.js";

/**
 * The contributions of trees: over their training rows, or over background rows.
 * @throws HoldfastError `model.unexplained` where there are neither.
 */
export function explainedTrees(trees: readonly Tree[], background: BackgroundRows | undefined) {
  if (background !== undefined) return new InterventionalTrees(trees, background.rows, background.width);
  if (trees.some(({ leafRows }) => leafRows === undefined)) {
    throw unexplained("the training rows of its leaves");
  }
  return new PathDependentTrees(trees);
}
