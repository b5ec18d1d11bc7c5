import { z } from "zod";
import { count } from "../errors.js";
import type { Misplaced, Report } from "../file-form.js";
import type { InputColumn } from "../vectors/vectorizer.js";
import type { Tree } from "./tree.js";

/** Types and ranges of a tree in a model file. */
export const treeSchema = z.strictObject({
  feature: z.array(z.int().min(0)),
  threshold: z.array(z.number().nullable()),
  leftCodes: z.array(z.array(z.int().min(0).max(254)).nullable()),
  missingLeft: z.array(z.boolean()),
  left: z.array(z.int()),
  right: z.array(z.int()),
  leafValues: z.array(z.number()).min(1),
  leafRows: z.array(z.number().positive()).optional(),
});

/** Reports the first problem of each tree: features that do not exist, children that form a cycle. */
export function checkTrees(
  trees: readonly Tree[],
  features: readonly InputColumn[],
  at: string,
  report: Report,
): void {
  trees.forEach((tree, t) => {
    const problem = problemOfTree(tree, features, `${at}.${t}`);
    if (problem !== undefined) report(problem.at, problem.expected);
  });
}

/** The first problem of a tree, or undefined. */
function problemOfTree(tree: Tree, inputs: readonly InputColumn[], at: string): Misplaced | undefined {
  const nodes = tree.feature.length;
  const nodeArrays = [tree.threshold, tree.leftCodes, tree.missingLeft, tree.left, tree.right];
  if (nodeArrays.some(({ length }) => length !== nodes)) {
    return { at, expected: `must have ${count(nodes, "entry", "entries")} in every node array` };
  }
  if (tree.leafValues.length !== nodes + 1) {
    return { at: `${at}.leafValues`, expected: `must be ${count(nodes + 1, "number")}` };
  }
  if (tree.leafRows !== undefined && tree.leafRows.length !== nodes + 1) {
    return { at: `${at}.leafRows`, expected: `must be ${count(nodes + 1, "number")}, one per leaf` };
  }
  const reached = new Set<number>();
  for (let node = 0; node < nodes; node++) {
    const input = inputs[tree.feature[node]];
    if (input === undefined)
      return { at: `${at}.feature.${node}`, expected: `must be below ${inputs.length}` };
    const isCategorical = input.kind === "categorical";
    if (
      (tree.threshold[node] === null) !== isCategorical ||
      (tree.leftCodes[node] === null) === isCategorical
    ) {
      const expected = `must fit the ${input.kind} input ${JSON.stringify(input.name)}`;
      return { at: `${at}.threshold.${node}`, expected };
    }
    for (const child of [tree.left[node], tree.right[node]]) {
      // With every child after its parent there is no cycle; with one parent each, the number of paths can't multiply.
      // Not ~child, which wraps numbers beyond 32 bits.
      const isValid = child >= 0 ? child > node && child < nodes : -1 - child <= nodes;
      if (!isValid || reached.has(child)) {
        return {
          at: `${at}.left.${node}`,
          expected: "must point to a later node or leaf that no other node points to",
        };
      }
      reached.add(child);
    }
  }
  return undefined;
}
