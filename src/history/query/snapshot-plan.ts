import type { ChurnDefinition } from "../churn/churn-definition.js";
import type { Windows } from "../windows/windows.js";
import type { FeatureFamily } from "./feature.js";
import type { PopulationFigures } from "./population.js";

/** All that decides the rows and columns of snapshots. */
export interface SnapshotPlan {
  readonly windows: readonly Windows[];
  readonly families: readonly FeatureFamily[];
  /** Without it, snapshots have no label: all who are active at the cutoff, to be scored. */
  readonly churn?: ChurnDefinition | undefined;
  /** The first day that the history does not tell of; labels of windows that end later are NULL. */
  readonly followedUntil?: number | undefined;
  /** The one subscriber whose row is asked for: a literal or parameter in SQL. */
  readonly subscriber?: string | undefined;
  readonly population?: PopulationFigures | undefined;
}
