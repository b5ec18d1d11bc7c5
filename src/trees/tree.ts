/**
 * One tree, as grown and as stored. Arrays run over the inner nodes, the root first; a child ≥ 0 is an inner node,
 * a child < 0 is the leaf `~child`. A tree of one leaf has no inner nodes.
 *
 * A row goes left when its value is at most the threshold, or its category's code is in the left set; a missing
 * value goes where `missingLeft` says.
 */
export interface Tree {
  readonly feature: readonly number[];
  /** Numeric nodes: the threshold. Categorical nodes: null. */
  readonly threshold: readonly (number | null)[];
  /** Categorical nodes: the codes that go left, rising. Numeric nodes: null. */
  readonly leftCodes: readonly (readonly number[] | null)[];
  readonly missingLeft: readonly boolean[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly leafValues: readonly number[];
  /**
   * Training rows in each leaf, above 0; sums of their weights where rows have weights. Absent in models of format version 1
   * and in imported ones, whose contributions need background rows.
   */
  readonly leafRows?: readonly number[];
}
