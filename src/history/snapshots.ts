import type { DuckDBConnection } from "@duckdb/node-api";
import type { RelationColumn } from "../database/duckdb/read-relation.js";
import { type DuckDBSession, quoteLiteral } from "../database/duckdb/session.js";
import { HoldfastError, invalidArgument, optionText } from "../errors.js";
import { checkPath } from "../files/check-path.js";
import { isGzipPath } from "../files/gzip-path.js";
import { duckdbDoorOf } from "../formats/formats.js";
import type { LongWork } from "../progress.js";
import { formatDate } from "../table/dates.js";
import type { Table } from "../table/table.js";
import { checkHistory, checkHistorySchema, whileOpen } from "./check-history.js";
import type { ChurnDefinition } from "./churn/churn-definition.js";
import { explainingExpressions } from "./explain-expressions.js";
import type { History } from "./history.js";
import type { SnapshotQuery } from "./query/snapshot-query.js";
import { SNAPSHOT_COLUMNS } from "./snapshot-columns.js";
import { checkSnapshotOptions, type SnapshotOptions, snapshotPlan } from "./snapshot-options.js";
import { dayOf } from "./windows/day-problem.js";
import type { Windows } from "./windows/windows.js";

/** What was written, by cutoff. */
export interface SnapshotSummary {
  readonly rows: number;
  readonly cutoffs: readonly {
    /** Such as `2025-02-01`. */
    readonly at: string;
    readonly rows: number;
    /** Rows with the label 1; undefined without labels. */
    readonly churned: number | undefined;
  }[];
  /** Cutoffs without rows because the history ends before their prediction windows do. */
  readonly censored: readonly string[];
}

/** The description of a feature of a snapshot. */
export interface FeatureDescription {
  readonly name: string;
  readonly family: string;
  readonly description: string;
  readonly unit: string;
  readonly kind: "numeric" | "categorical";
}

/**
 * One row per subscriber and cutoff: `subscriber_id`, `cutoff`, the features, and `churn` (1 or 0). The features of a row
 * use only facts of days before its cutoff that were known before it. Rows are sorted by cutoff and subscriber. Subscribers
 * who churned, or whose risk ended otherwise, before the prediction window are left out.
 * @example await snapshots(history, { at: monthly("2025-01", "2025-06"), observe: 6, gap: 1, horizon: 3 })
 * @throws HoldfastError for options out of range, and when every cutoff is censored.
 */
export async function snapshots(history: History, options: SnapshotOptions & LongWork): Promise<Table> {
  checkHistory("snapshots", history);
  checkSnapshotOptions("snapshots", options);
  return whileOpen("snapshots", history, () => makeSnapshots("snapshots", history, options));
}

/**
 * The rows of {@link snapshots} for another public function.
 * @param knownBefore labels use only facts that were known before this day. Default: all facts.
 */
export async function makeSnapshots(
  functionName: string,
  history: History,
  options: SnapshotOptions & LongWork,
  knownBefore?: number,
): Promise<Table> {
  const { query } = await prepare(functionName, history, options, knownBefore);
  const { session } = history;
  const { runWatched } = await import("../database/duckdb/run-watched.js");
  const { readRelation } = await import("../database/duckdb/read-relation.js");
  const statement = `CREATE TEMP TABLE snapshots AS ${query.sql}`;
  return onSeparateConnection(session, async (connection) => {
    await explainingExpressions(functionName, session, query, () =>
      runWatched(connection, statement, "snapshots", options),
    );
    return readRelation(connection, "snapshots", columnsOf(query, options.churn !== false), options);
  });
}

/** Works on a separate connection, which has separate temporary tables: several snapshots can be made at once. */
async function onSeparateConnection<Result>(
  session: DuckDBSession,
  work: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const connection = await session.connectAgain();
  try {
    const result = await work(connection);
    if (session.isClosed) throw new Error("closed meanwhile");
    return result;
  } finally {
    connection.closeSync();
  }
}

/**
 * Writes {@link snapshots} to a Parquet, CSV or TSV file (text also `.gz`), whole or not at all, without holding them all in
 * memory: DuckDB uses the disk beyond the memory limit that the history was opened with.
 * @returns the numbers of rows and churners by cutoff.
 * @example await writeSnapshots(history, "snapshots.parquet", { at: monthly("2025-01", "2025-06") })
 * @throws HoldfastError as `snapshots` does, and when the file cannot be written.
 */
export async function writeSnapshots(
  history: History,
  path: string,
  options: SnapshotOptions & LongWork,
): Promise<SnapshotSummary> {
  checkHistory("writeSnapshots", history);
  if (typeof path === "object" && path !== null) {
    const hint = "the order is writeSnapshots(history, path, options)";
    invalidArgument("writeSnapshots", "path", "must be the path of a file", path, hint);
  }
  checkPath("writeSnapshots", "path", path);
  duckdbDoorOf("writeSnapshots", "path", path);
  checkSnapshotOptions("writeSnapshots", options);
  return whileOpen("writeSnapshots", history, () => copySnapshots(history, path, options));
}

async function copySnapshots(
  history: History,
  path: string,
  options: SnapshotOptions & LongWork,
): Promise<SnapshotSummary> {
  const { query, censored } = await prepare("writeSnapshots", history, options);
  const { session } = history;
  const duckdb = duckdbDoorOf("writeSnapshots", "path", path);
  const isGzip = isGzipPath(path);
  const { runWatched } = await import("../database/duckdb/run-watched.js");
  const { writeWhole } = await import("../files/whole-file.js");
  let summary: SnapshotSummary | undefined;
  await writeWhole(path, async (temporary) => {
    const target = quoteLiteral(temporary);
    const statement = `COPY (\n${query.sql}\n) TO ${target} (${duckdb.copyOptions(isGzip)})`;
    const churned = options.churn === false ? "NULL" : "sum(churn::INTEGER)::DOUBLE";
    const counts = `SELECT cutoff::VARCHAR, count(*)::DOUBLE, ${churned} FROM ${duckdb.copied(target, isGzip)} GROUP BY cutoff ORDER BY cutoff`;
    const rows = await onSeparateConnection(session, async (connection) => {
      await explainingExpressions("writeSnapshots", session, query, () =>
        runWatched(connection, statement, "snapshots", options),
      );
      return connection.runAndReadAll(counts);
    });
    const cutoffs = rows.getRows().map(([at, count, sum]) => ({
      at: String(at),
      rows: Number(count),
      churned: sum === null ? undefined : Number(sum),
    }));
    summary = { rows: cutoffs.reduce((total, { rows: count }) => total + count, 0), cutoffs, censored };
  });
  if (summary === undefined) throw new Error("nothing was written");
  return summary;
}

/**
 * The features of {@link snapshots} with the same options, in the order of their columns.
 * @example (await describeFeatures(history, { at: "2025-06" })).map(({ name, unit }) => `${name} (${unit})`)
 * @throws HoldfastError for options out of range.
 */
export async function describeFeatures(
  history: Pick<History, "schema">,
  options: SnapshotOptions,
): Promise<FeatureDescription[]> {
  checkHistorySchema("describeFeatures", history);
  checkSnapshotOptions("describeFeatures", options);
  const { snapshotQuery } = await import("./query/snapshot-query.js");
  const plan = snapshotPlan("describeFeatures", history.schema, options);
  return snapshotQuery(history.schema, plan).features.map(({ sql: _, ...description }) => description);
}

async function prepare(
  functionName: string,
  history: History,
  options: SnapshotOptions,
  knownBefore?: number,
): Promise<{ query: SnapshotQuery; censored: readonly string[] }> {
  const { snapshotQuery } = await import("./query/snapshot-query.js");
  const plan = snapshotPlan(functionName, history.schema, options);
  if (plan.churn === undefined) return { query: snapshotQuery(history.schema, plan), censored: [] };
  const followedUntil = await followedDay(functionName, history, plan.churn, options.followedUntil);
  const isFollowed = ({ labelTo }: Windows) => labelTo <= followedUntil;
  const windows = options.censored === "kept" ? plan.windows : plan.windows.filter(isFollowed);
  const censored = plan.windows
    .filter((each) => !windows.includes(each))
    .map(({ cutoff }) => formatDate(cutoff));
  if (windows.length === 0) throw allCensored(functionName, plan.windows, followedUntil);
  return { query: snapshotQuery(history.schema, { ...plan, windows, followedUntil, knownBefore }), censored };
}

/** The first day that the labels of a definition can't use, as given or found in the history. */
export async function followedDay(
  functionName: string,
  history: History,
  { silentMonthsOf }: ChurnDefinition,
  given: string | undefined,
): Promise<number> {
  if (given === undefined) {
    return (await import("./followed-until.js")).followedUntilOf(history, silentMonthsOf);
  }
  return dayOf(functionName, "followedUntil", given, "must be a day such as 2026-01-01");
}

function allCensored(
  functionName: string,
  windows: readonly Windows[],
  followedUntil: number,
): HoldfastError {
  const [{ cutoff, labelTo }] = windows;
  return new HoldfastError({
    code: "argument.invalid",
    path: { function: functionName, argument: "at" },
    expected: `must be early enough for its prediction window to end by ${formatDate(followedUntil)}, where the history ends`,
    received: formatDate(cutoff),
    hint: `the window of ${formatDate(cutoff)} ends at ${formatDate(labelTo)}; for rows to score, ask for no label: ${optionText("churn", false)}`,
  });
}

function columnsOf({ features }: SnapshotQuery, isLabelled: boolean): RelationColumn[] {
  return [
    { name: SNAPSHOT_COLUMNS.id, kind: "text" },
    { name: SNAPSHOT_COLUMNS.cutoff, kind: "date" },
    ...features.map(({ name, kind }) => ({ name, kind })),
    ...(isLabelled ? [{ name: SNAPSHOT_COLUMNS.label, kind: "numeric" as const }] : []),
  ];
}
