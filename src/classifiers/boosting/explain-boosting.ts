import type { MakeExplainer } from "../explainer.js";
import { explainedTrees } from "../explaining/explained-trees.js";
import type { FittedBoosting } from "./fitted-boosting.js";

export const explainBoosting: MakeExplainer = (model, width, background) => {
  const { baseMargin, trees } = (model as FittedBoosting).toJSON();
  const explained = explainedTrees(trees, background);
  return {
    baseValue: baseMargin + explained.expected,
    add: (rows, rowCount, weight, into) => explained.add(rows, rowCount, width, weight, into),
  };
};
