import { checkOptions, type OptionNames } from "../../arguments.js";
import { quoteIdentifier } from "../../database/duckdb/session.js";
import { invalidArgument, optionText } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import type { FactsInView } from "../query/facts-in-view.js";
import type { FeatureFamily, WrittenExpression } from "../query/feature.js";
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
  readonly table: Exclude<FactTableName, "subscribers" | "managers" | "prices">;
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
  contacts: "1 = 1",
  activity: "1 = 1",
  answers: "1 = 1",
  tariffs: "valid_to IS NULL OR valid_to >= observe_from",
  memberships: "valid_to IS NULL OR valid_to >= observe_from",
  services: "valid_to IS NULL OR valid_to >= observe_from",
};

const TABLES = Object.keys(OBSERVED) as readonly FeaturesFromOptions["table"][];

const OPTIONS: OptionNames<FeaturesFromOptions> = {
  name: "required",
  table: "required",
  features: "required",
  where: "optional",
};

const FEATURE_OPTIONS: OptionNames<FeatureExpression> = {
  name: "required",
  sql: "required",
  description: "required",
  unit: "required",
  kind: "optional",
};

/**
 * A family of features in a few lines of SQL: aggregates over the facts of one table that were known before the cutoff.
 * The expressions may use the columns of the standard table, `months_ago` (usage, billing; 1 is the last month) or
 * `days_ago` (the others; 1 is the day before the cutoff), `cutoff` and `observe_from`. No expression can see facts of the
 * cutoff or later. A column of yours with one of these names is reached by another name that it is mapped to.
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
 * @throws HoldfastError for options that are missing or wrong; where it is used, for SQL that the database does not take.
 */
export function featuresFrom(options: FeaturesFromOptions): FeatureFamily {
  checkFamily(options);
  const { name, table, features, where } = options;
  return {
    name,
    needs: [table],
    plan(view) {
      checkNames(options, view);
      const columns = features.map(({ name: feature, sql }) => `${sql} AS ${quoteIdentifier(feature)}`);
      const seen = factsByName(view, table);
      const relation = view.relation(
        `features_${table}`,
        [
          `SELECT ${["subscriber_id", "cutoff", ...columns].join(",\n  ")}`,
          `FROM ${seen}`,
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
        written: { relation, expressions: writtenExpressions(options, seen, namesIn(view, table)) },
      };
    },
  };
}

/** The SQL after FROM: the facts in view, under the names that the caller gave to their columns. */
function factsByName(view: FactsInView, table: FeaturesFromOptions["table"]): string {
  const seen = view.seen(table);
  const columns = ownColumns(view, table).filter((name) => !isOfLibrary(name));
  if (columns.every((name) => view.column(table, name) === name)) return seen;
  const named = columns.map((name) => {
    const own = view.column(table, name);
    return own === name ? own : `${own} AS ${quoteIdentifier(name)}`;
  });
  const ofLibrary = OF_LIBRARY.filter((name) => name !== (isMonthly(table) ? "days_ago" : "months_ago"));
  return `(SELECT ${[...ofLibrary, ...named].join(", ")} FROM ${seen}) facts`;
}

/** Names in {@link FactsInView.seen} that are the library's, besides those of standard columns. */
const OF_LIBRARY = ["cutoff", "observe_from", "months_ago", "days_ago"];

function isOfLibrary(name: string): boolean {
  return OF_LIBRARY.includes(name.toLowerCase());
}

function isMonthly(table: FeaturesFromOptions["table"]): boolean {
  return table === "usage" || table === "billing";
}

function ownColumns(view: FactsInView, table: FeaturesFromOptions["table"]): string[] {
  return view.columns(table).flatMap(({ name }) => (name === "known_at" ? [] : [name]));
}

/** @throws HoldfastError for an expression with a name that is both the library's and a column's of the caller. */
function checkNames({ table, features, where }: FeaturesFromOptions, view: FactsInView): void {
  const taken = ownColumns(view, table).filter(isOfLibrary);
  const texts = [
    ...features.map(({ sql }, i): [string, string] => [`features[${i}].sql`, sql]),
    ...(where === undefined ? [] : [["where", where] as [string, string]]),
  ];
  for (const name of taken) {
    const word = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, "iu");
    for (const [argument, sql] of texts) {
      if (!word.test(sql)) continue;
      const expected = `must not use ${name}, which is a column of ${table} and a name of the library`;
      const hint = `map the column to another name when the history is opened: ${optionText("columns", { [`own_${name}`]: name })}`;
      invalidArgument("featuresFrom", argument, expected, sql, hint);
    }
  }
}

/** Each expression, and the condition, in a query that uses no other. */
function writtenExpressions(
  { table, features, where }: FeaturesFromOptions,
  seen: string,
  names: readonly string[],
): WrittenExpression[] {
  const conditionStart = `SELECT 1 FROM ${seen}\nWHERE `;
  const selectStart = "SELECT ";
  const ofFeatures = features.map(({ name: feature, sql }): WrittenExpression => {
    const rest = ` AS ${quoteIdentifier(feature)}\nFROM ${seen}\nWHERE ${OBSERVED[table]}\nGROUP BY subscriber_id, cutoff`;
    return { table, feature, sql, names, query: `${selectStart}${sql}${rest}`, from: selectStart.length };
  });
  return [
    ...(where === undefined
      ? []
      : [{ table, sql: where, names, query: `${conditionStart}${where}`, from: conditionStart.length }]),
    ...ofFeatures,
  ];
}

/** The names that expressions may use. */
function namesIn(view: FactsInView, table: FeaturesFromOptions["table"]): string[] {
  const own = ownColumns(view, table).filter((name) => !isOfLibrary(name));
  return [...own, isMonthly(table) ? "months_ago" : "days_ago", "cutoff", "observe_from"];
}

function checkFamily(options: FeaturesFromOptions): void {
  checkOptions("featuresFrom", options, OPTIONS);
  const { name, table, features, where } = options;
  const refuse = (argument: string, expected: string, received: unknown, hint?: string): never =>
    invalidArgument("featuresFrom", argument, expected, received, hint);
  if (typeof name !== "string" || name === "") refuse("name", "must be the name of the family", name);
  if (!TABLES.includes(table)) {
    const hint = typeof table === "string" ? didYouMean(table, TABLES) : undefined;
    refuse("table", `must be one of ${TABLES.join(", ")}`, table, hint);
  }
  if (!Array.isArray(features) || features.length === 0) {
    const hint = "write features: [{ name, sql, description, unit }]";
    refuse("features", "must be a list of at least one expression", features, hint);
  }
  features.forEach((feature, i) => {
    const place = `features[${i}]`;
    checkOptions("featuresFrom", feature ?? null, FEATURE_OPTIONS, place);
    for (const part of ["name", "sql", "description", "unit"] as const) {
      const text = feature[part];
      const mayBeEmpty = part === "description" || part === "unit";
      if (typeof text !== "string" || (text.trim() === "" && !mayBeEmpty)) {
        refuse(`${place}.${part}`, "must be a text", text);
      }
    }
    const { kind = "numeric" } = feature;
    if (kind !== "numeric" && kind !== "categorical") {
      refuse(`${place}.kind`, 'must be "numeric" or "categorical"', kind);
    }
  });
  if (where !== undefined && (typeof where !== "string" || where.trim() === "")) {
    refuse("where", "must be a condition in SQL", where);
  }
}
