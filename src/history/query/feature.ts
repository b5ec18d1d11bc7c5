import type { FactsInView } from "./facts-in-view.js";

/** What a feature is counted in: `"months"`, `"money per month"`, `"share"`, `"minutes"` … */
export type FeatureUnit = string;

/** One column of a snapshot, of one value per subscriber and cutoff. */
export interface Feature {
  readonly name: string;
  /** Over `active` and the relations that its family joins. NULL is missing. */
  readonly sql: string;
  /** For a person, continues "because of": `"change of minutes in the last 3 months against the 3 before"`. */
  readonly description: string;
  readonly unit: FeatureUnit;
  readonly kind: "numeric" | "categorical";
}

/** A relation with at most one row for each row of `active`. */
export interface Join {
  readonly relation: string;
  /** Over `active`, the relations joined before it, and its own columns. Default: equal `subscriber_id` and `cutoff`. */
  readonly on?: string;
}

/** What a family adds to the statement. */
export interface FamilyPlan {
  /** Left-joined to `active` in this order; a relation that stands there already is not joined again. */
  readonly joins: readonly Join[];
  readonly features: readonly Feature[];
}

/** Features that belong together. */
export interface FeatureFamily {
  readonly name: string;
  /** Tables without which the family has nothing to say. */
  readonly needs: readonly string[];
  /** @internal Writes the family's relations and features for a history; features whose columns it lacks are left out. */
  plan(view: FactsInView): FamilyPlan;
}

/** A feature that is a number. */
export function numeric(name: string, unit: FeatureUnit, sql: string, description: string): Feature {
  return { name, unit, sql, description, kind: "numeric" };
}

/** A feature that is one of some texts. */
export function categorical(name: string, sql: string, description: string): Feature {
  return { name, unit: "category", sql, description, kind: "categorical" };
}
