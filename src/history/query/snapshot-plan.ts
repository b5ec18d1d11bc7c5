import type { ChurnDefinition } from "../churn/churn-definition.js";
import type { Windows } from "../windows/windows.js";
import type { FeatureFamily } from "./feature.js";
import type { PopulationFigures } from "./population.js";

/** All that determines the rows and columns of snapshots. */
export interface SnapshotPlan {
  /** The public function that errors name. */
  readonly functionName?: string | undefined;
  readonly windows: readonly Windows[];
  readonly families: readonly FeatureFamily[];
  /** Without it, snapshots have no label, and a row for every subscriber who is active at the cutoff, to be scored. */
  readonly churn?: ChurnDefinition | undefined;
  /** The first day that the history does not cover; labels of windows that end later are NULL. */
  readonly followedUntil?: number | undefined;
  /** Labels use only facts that were known before this day. Default: all facts. */
  readonly knownBefore?: number | undefined;
  /** The only subscriber whose row is needed: a literal or parameter in SQL. Default: all. */
  readonly subscriber?: string | undefined;
  readonly population?: PopulationFigures | undefined;
  /** Whether the rows need no order. Default false: by cutoff and subscriber. */
  readonly isUnordered?: boolean | undefined;
}
