import type { FactsInView } from "./facts-in-view.js";

/** The unit of a feature: `"months"`, `"money per month"`, `"share"`, `"minutes"` … */
export type FeatureUnit = string;

/** One column of a snapshot, with one value per subscriber and cutoff. */
export interface Feature {
  readonly name: string;
  /** Over `active` and the relations that its family joins. NULL is missing. */
  readonly sql: string;
  /** For people, continues "because of": `"change of minutes in the last 3 months against the 3 before"`. */
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

/** An expression that the caller wrote, for the error where the database does not take it. */
export interface WrittenExpression {
  /** The table whose facts it is about. */
  readonly table: string;
  /** The feature that it is of; undefined for a condition of all features. */
  readonly feature?: string;
  readonly sql: string;
  /** Names that it may use. */
  readonly names: readonly string[];
  /** A query that uses no other expression of the caller, and how many of its characters come before this one. */
  readonly query: string;
  readonly from: number;
}

/** What a family adds to the statement. */
export interface FamilyPlan {
  /** Left-joined to `active` in this order; a relation that is already joined is not joined again. */
  readonly joins: readonly Join[];
  readonly features: readonly Feature[];
  /** What the caller wrote in SQL, and the relation that it is in. */
  readonly written?: { readonly relation: string; readonly expressions: readonly WrittenExpression[] };
}

/** Features that belong together. */
export interface FeatureFamily {
  readonly name: string;
  /** Tables without which the family has no features. */
  readonly needs: readonly string[];
  /** @internal Writes the family's relations and features for a history; features whose columns it does not have are left out. */
  plan(view: FactsInView): FamilyPlan;
}

/** A feature that is a number. */
export function numeric(name: string, unit: FeatureUnit, sql: string, description: string): Feature {
  return { name, unit, sql, description, kind: "numeric" };
}

/** A feature that is a category, as text. */
export function categorical(name: string, sql: string, description: string): Feature {
  return { name, unit: "category", sql, description, kind: "categorical" };
}
