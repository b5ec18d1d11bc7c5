import { slopeBetween } from "../../math/slope-between.js";
import type { MakeExplainer } from "../explainer.js";
import { explainedTrees } from "../explaining/explained-trees.js";
import { type FittedForest, forestMargin } from "./fitted-forest.js";

/**
 * A forest adds up probabilities, and its margin is their log-odds: contributions to the probability times the slope of
 * the log-odds between the base and the row. On the straight way from one to the other that is what Aumann & Shapley (1974)
 * give to each.
 */
export const explainForest: MakeExplainer = (model, width, background) => {
  const { baseRate, trees } = (model as FittedForest).toJSON();
  const explained = explainedTrees(trees, background);
  const count = trees.length;
  const marginAt = (sum: number) => forestMargin(baseRate, sum, count);
  const baseValue = marginAt(explained.expected);
  let sums = new Float64Array(0);
  return {
    baseValue,
    add(rows, rowCount, weight, into) {
      const size = rowCount * width;
      if (sums.length < size) sums = new Float64Array(size);
      else sums.fill(0, 0, size);
      explained.add(rows, rowCount, width, 1, sums);
      for (let from = 0; from < size; from += width) {
        let sum = 0;
        for (let f = from; f < from + width; f++) sum += sums[f];
        const scale = weight * slopeBetween(marginAt, explained.expected, sum);
        for (let f = from; f < from + width; f++) into[f] += scale * sums[f];
      }
    },
  };
};
