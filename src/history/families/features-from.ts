import { quoteIdentifier } from "../../database/duckdb/session.js";
import type { FeatureFamily } from "../query/feature.js";
import type { FactTableName } from "../standard-tables.js";

/** A feature in SQL. */
export interface FeatureExpression {
  readonly name: string;
  /** An aggregate over the facts of one subscriber, such as `"sum(roaming_mb) / nullif(sum(data_mb), 0)"`. */
  readonly sql: string;
  /** For people: it is shown among the reasons of a score. */
  readonly description: string;
  /** The unit, such as `"share"`. */
  readonly unit: string;
  /** Default `"numeric"`; `"categorical"` for a text. */
  readonly kind?: "numeric" | "categorical" | undefined;
}

/** Your own family of features. */
export interface FeaturesFromOptions {
  readonly name: string;
  /** The table whose facts the expressions aggregate. */
  readonly table: Exclude<FactTableName, "subscribers">;
  readonly features: readonly FeatureExpression[];
  /** A condition in SQL for the facts that count. Default: those of the observation window. */
  readonly where?: string | undefined;
}

/** Conditions for facts of the observation window. Of facts of a day or month no others are visible. */
const OBSERVED: Readonly<Record<FeaturesFromOptions["table"], string>> = {
  usage: "1 = 1",
  billing: "1 = 1",
  payments: "1 = 1",
  events: "1 = 1",
  tariffs: "valid_to IS NULL OR valid_to >= observe_from",
  memberships: "valid_to IS NULL OR valid_to >= observe_from",
  services: "valid_to IS NULL OR valid_to >= observe_from",
};

/**
 * A family of features in a few lines of SQL: aggregates over the facts of one table that were known before the cutoff.
 * The expressions may use the columns of the standard table, `months_ago` (usage, billing; 1 is the last month) or
 * `days_ago` (the others; 1 is the day before the cutoff), `cutoff` and `observe_from`. No expression can see facts of the
 * cutoff or later.
 *
 * A sum of fractions may differ in its last bit from run to run, because their order does; sums of whole numbers do not.
 * @example
 * featuresFrom({
 *   name: "roaming",
 *   table: "usage",
 *   features: [
 *     { name: "roaming_share", sql: "sum(roaming_mb) / nullif(sum(data_mb), 0)", description: "share of data used abroad", unit: "share" },
 *   ],
 * })
 */
export function featuresFrom({ name, table, features, where }: FeaturesFromOptions): FeatureFamily {
  return {
    name,
    needs: [table],
    plan(view) {
      const columns = features.map(({ name: feature, sql }) => `${sql} AS ${quoteIdentifier(feature)}`);
      const relation = view.relation(
        `features_${table}`,
        [
          `SELECT ${["subscriber_id", "cutoff", ...columns].join(",\n  ")}`,
          `FROM ${view.seen(table)}`,
          `WHERE ${where ?? OBSERVED[table]}`,
          "GROUP BY subscriber_id, cutoff",
        ].join("\n"),
      );
      return {
        joins: [{ relation }],
        features: features.map(({ sql: _, kind = "numeric", ...feature }) => ({
          ...feature,
          kind,
          sql: `${relation}.${quoteIdentifier(feature.name)}`,
        })),
      };
    },
  };
}
