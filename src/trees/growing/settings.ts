/** What is minimised: log loss of a class, half the squared error of a value, Poisson deviance of a count. */
export type ObjectiveName = "logLoss" | "squaredError" | "poisson";

/** The settings by which a tree grows on gradients of an objective. */
export interface GrowingSettings {
  readonly objective: ObjectiveName;
  /** The share of each leaf's step that is taken. */
  readonly learningRate: number;
  /** Leaves of a tree, 2 to 255. */
  readonly maxLeaves: number;
  /** Levels below the root; may be infinite. */
  readonly maxDepth: number;
  /** Least sum of hessians in a leaf. */
  readonly minChildWeight: number;
  /** Least rows in a leaf. */
  readonly minChildRows: number;
  /** Penalties on leaf values. */
  readonly l1: number;
  readonly l2: number;
  /** Categories are ordered by their gradient shrunk to the node's mean with this weight. */
  readonly categoricalSmoothing: number;
  /** L2 penalty added where a split divides more than four categories. */
  readonly categoricalL2: number;
  /** Least rows between two candidate divisions of ordered categories. */
  readonly minCategoryGroupRows: number;
  /** Numeric features, by name, whose rise may only raise (1) or only lower (−1) the margin. */
  readonly monotone: Readonly<Record<string, 1 | -1>>;
  /**
   * Groups of features, by name, that may occur on one path; features in no group form an additional group. Empty: no
   * limit.
   */
  readonly interactions: readonly (readonly string[])[];
}
