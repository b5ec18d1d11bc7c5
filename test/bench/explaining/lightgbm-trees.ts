import type { Tree } from "../../../src/trees/tree.js";

/** A tree of LightGBM's `dump_model()`. */
export interface DumpedTree {
  readonly tree_structure: DumpedNode | DumpedLeaf;
}

interface DumpedLeaf {
  readonly leaf_value: number;
  /** Absent where a tree is one leaf. */
  readonly leaf_count?: number;
}

interface DumpedNode {
  readonly split_feature: number;
  /** A number, or codes: `"1||4"`. */
  readonly threshold: number | string;
  readonly decision_type: "<=" | "==";
  readonly default_left: boolean;
  readonly missing_type: "None" | "NaN" | "Zero";
  readonly left_child: DumpedNode | DumpedLeaf;
  readonly right_child: DumpedNode | DumpedLeaf;
}

/** A tree of LightGBM in our form. @throws Error for zeros as missing values, which our trees do not have. */
export function treeOf({ tree_structure }: DumpedTree): Tree {
  const feature: number[] = [];
  const threshold: (number | null)[] = [];
  const leftCodes: (number[] | null)[] = [];
  const missingLeft: boolean[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const leafValues: number[] = [];
  const leafRows: number[] = [];
  const visit = (node: DumpedNode | DumpedLeaf): number => {
    if ("leaf_value" in node) {
      leafValues.push(node.leaf_value);
      return ~(leafRows.push(node.leaf_count ?? 1) - 1);
    }
    if (node.missing_type === "Zero") throw new Error("zeros as missing values");
    const isCategorical = node.decision_type === "==";
    const n = feature.push(node.split_feature) - 1;
    threshold.push(isCategorical ? null : Number(node.threshold));
    leftCodes.push(isCategorical ? String(node.threshold).split("||").map(Number) : null);
    missingLeft.push(goesLeftMissing(node));
    left.push(0);
    right.push(0);
    left[n] = visit(node.left_child);
    right[n] = visit(node.right_child);
    return n;
  };
  visit(tree_structure);
  return { feature, threshold, leftCodes, missingLeft, left, right, leafValues, leafRows };
}

/** A missing code is in no set. Where training saw no missing number, one is taken for 0. */
function goesLeftMissing({ decision_type, missing_type, default_left, threshold }: DumpedNode): boolean {
  if (decision_type === "==") return false;
  return missing_type === "NaN" ? default_left : 0 <= Number(threshold);
}
