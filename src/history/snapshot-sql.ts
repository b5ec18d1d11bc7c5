import { checkOptions, type OptionNames } from "../arguments.js";
import { quoteIdentifier } from "../database/duckdb/session.js";
import { nameLengthProblems } from "../database/postgres/name-length.js";
import { HoldfastError, invalidArgument } from "../errors.js";
import { didYouMean } from "../nearest-name.js";
import { checkSchema } from "./check-history.js";
import { inDialect, quotedNames, SQL_DIALECTS, type SqlDialect } from "./query/dialect.js";
import { type SnapshotOptions, snapshotPlan } from "./snapshot-options.js";
import {
  FACT_TABLE_NAMES,
  type FactColumn,
  type FactTableName,
  type HistorySchema,
  standardTable,
} from "./standard-tables.js";
import { dayOf } from "./windows/day-problem.js";
import { noDaysOf } from "./windows/plausible-days.js";

/** Options of {@link snapshotSql}. */
export interface SnapshotSqlOptions extends Omit<SnapshotOptions, "censored"> {
  /** The engine that will run the statements: `"duckdb"`, `"postgresql"` or `"spark"`. */
  readonly dialect: SqlDialect;
}

const OPTIONS: OptionNames<SnapshotSqlOptions> = {
  dialect: "required",
  at: "required",
  observe: "optional",
  gap: "optional",
  horizon: "optional",
  features: "optional",
  churn: "optional",
  followedUntil: "optional",
};

/** The SQL of the snapshots of a history. */
export interface SnapshotSql {
  /**
   * Statements that create a view of each standard table with its days and months as whole numbers (`usage_facts` of
   * `usage` …). The tables must have their standard names and columns; days may be dates or timestamps, months dates.
   */
  readonly views: readonly string[];
  /** The statement whose rows are the snapshots, over those views. */
  readonly query: string;
}

/**
 * The SQL that makes the snapshots, to be run where the history is: set-based, over whole numbers of days and months, in
 * the SQL that DuckDB, PostgreSQL and Spark have in common. The rows are those of {@link snapshots}, to the last bit; text
 * is sorted by the rules of the database.
 *
 * The facts are not checked, and `followedUntil` has no default: give it where windows may end later. Timestamps with a time
 * zone fall on the days of the database's own time zone: set it to the operator's. Of tariffs that begin on the same day the
 * one with the latest time counts, else the one with the greatest name, because tables of a database have no order.
 * @example
 * const { views, query } = await snapshotSql(history.schema, { dialect: "postgresql", at: "2025-06" });
 * @throws HoldfastError for options out of range, an unknown dialect, and with names that PostgreSQL would cut.
 */
export async function snapshotSql(schema: HistorySchema, options: SnapshotSqlOptions): Promise<SnapshotSql> {
  checkSchema("snapshotSql", schema);
  checkOptions("snapshotSql", options, OPTIONS);
  const { dialect } = options;
  if (!SQL_DIALECTS.includes(dialect)) {
    const hint = typeof dialect === "string" ? didYouMean(dialect, SQL_DIALECTS) : undefined;
    invalidArgument("snapshotSql", "dialect", `must be one of ${SQL_DIALECTS.join(", ")}`, dialect, hint);
  }
  const { snapshotQuery } = await import("./query/snapshot-query.js");
  const plan = snapshotPlan("snapshotSql", schema, options);
  const { followedUntil: day } = options;
  const followedUntil = day === undefined ? undefined : dayOf("snapshotSql", "followedUntil", day);
  const { sql } = snapshotQuery(schema, { ...plan, followedUntil });
  if (dialect === "postgresql") {
    const path = (column: string) => ({ function: "snapshotSql", column });
    const problems = quotedNames(sql).flatMap((name) => nameLengthProblems(name, path(name)));
    if (problems.length > 0) throw new HoldfastError(problems);
  }
  const views = FACT_TABLE_NAMES.flatMap((name) => {
    const columns = schema[name];
    return columns === undefined ? [] : [viewOf(name, standardTable(name).relation, columns, dialect)];
  });
  return { views: views.map((view) => inDialect(view, dialect)), query: inDialect(sql, dialect) };
}

function viewOf(
  table: FactTableName,
  relation: string,
  columns: readonly FactColumn[],
  dialect: SqlDialect,
): string {
  const values = columns.map((column) => [quoteIdentifier(column.name), columnSql(table, column, dialect)]);
  const named = values.map(([name, sql]) => `${sql} AS ${name}`);
  const create = `CREATE OR REPLACE VIEW ${relation} AS`;
  if (table !== "tariffs") return `${create}\nSELECT ${named.join(",\n  ")}\nFROM ${table}`;
  // Of tariffs that begin on the same day and were known as early, the last one corrects the others.
  const sqlOf = new Map(values.map(([name, sql]) => [name, sql]));
  const [from, to, known] = ["valid_from", "valid_to", "known_at"].map((name) =>
    sqlOf.get(quoteIdentifier(name)),
  );
  const place = `row_number() OVER (PARTITION BY subscriber_id, ${from}, coalesce(${known}, ${from}) ORDER BY valid_from DESC, tariff DESC)`;
  return [
    create,
    `SELECT ${values.map(([name]) => name).join(", ")}`,
    `FROM (SELECT ${[...named, `${place} AS place`].join(",\n  ")}`,
    `FROM ${table} WHERE ${to} IS NULL OR ${to} > ${from}) AS numbered`,
    "WHERE place = 1",
  ].join("\n");
}

/** A column in normal form; NULL where the source has none, and for a day that stands for none. */
function columnSql(table: FactTableName, column: FactColumn, dialect: SqlDialect): string {
  const { name, kind, isAbsent } = column;
  if (isAbsent) return `CAST(NULL AS ${kind === "text" ? "text" : "integer"})`;
  const value = normalForm(quoteIdentifier(name), kind, dialect);
  return noDaysOf(standardTable(table), column)?.without(`(${value})`) ?? value;
}

function normalForm(column: string, kind: FactColumn["kind"], dialect: SqlDialect): string {
  if (kind === "text") return `CAST(${column} AS text)`;
  if (kind === "number") return `CAST(${column} AS double precision)`;
  if (kind === "month") {
    const part = (name: string) => `extract(${name} FROM ${column})`;
    return `CAST((${part("year")} - 1970) * 12 + ${part("month")} - 1 AS integer)`;
  }
  if (dialect === "spark") return `datediff(CAST(${column} AS date), DATE '1970-01-01')`;
  return `CAST(CAST(${column} AS date) - DATE '1970-01-01' AS integer)`;
}
