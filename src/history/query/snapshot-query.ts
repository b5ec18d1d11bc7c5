import { quoteIdentifier } from "../../database/duckdb/session.js";
import { firstDayOf } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import { SNAPSHOT_COLUMNS } from "../snapshot-columns.js";
import type { HistorySchema } from "../standard-tables.js";
import type { Windows } from "../windows/windows.js";
import { checkedFeatures } from "./checked-features.js";
import { completedMonths, double } from "./expressions.js";
import type { FamilyPlan, Feature, FeatureFamily, Join, WrittenExpression } from "./feature.js";
import { type Label, LabelView } from "./label-view.js";
import { monthBit } from "./measure-layout.js";
import { type Relation, withRelations } from "./relation.js";
import type { SnapshotPlan } from "./snapshot-plan.js";
import { SnapshotView } from "./snapshot-view.js";

/** A statement, and what its columns mean. */
export interface SnapshotQuery {
  readonly relations: readonly Relation[];
  /** Names of the relations about all subscribers. */
  readonly populationNames: readonly string[];
  /** The features in the order of their columns, between `subscriber_id`, `cutoff` and `churn`. */
  readonly features: readonly (Feature & { readonly family: string })[];
  readonly sql: string;
  /** What the caller wrote in SQL, each with the relations that its query needs. */
  readonly written: readonly WrittenInFamily[];
}

/** An expression that the caller wrote, in its family. */
export interface WrittenInFamily extends WrittenExpression {
  readonly family: string;
  /** `WITH …`, with the relations that the expression's query needs. */
  readonly relations: string;
}

/** Writes the SQL statement whose rows are the snapshots of a history. */
export function snapshotQuery(schema: HistorySchema, plan: SnapshotPlan): SnapshotQuery {
  const scope = plan.subscriber === undefined ? undefined : "scope";
  const { windows, population, functionName } = plan;
  const view = new SnapshotView(schema, { windows, scope, population, functionName });
  view.relation("cutoffs", cutoffsSql(plan.windows));
  view.relation("cutoff_months", cutoffMonthsSql(plan.windows));
  if (plan.subscriber !== undefined) view.relation("scope", scopeSql(schema, plan.subscriber));
  const attributes = view
    .columns("subscribers")
    .filter(({ name }) => !NOT_OF_ACTIVE.has(name))
    .map(({ name }) => view.column("subscribers", name));
  view.relation("active", activeSql(view.seen("subscribers"), attributes, plan.subscriber));

  const planned = plan.families.map((family) => ({ family, plan: family.plan(view) }));
  const features = checkedFeatures(
    planned.flatMap(({ family, plan: { features } }) =>
      features.map((feature) => ({ ...feature, family: family.name })),
    ),
    functionName,
  );
  const label = plan.churn && new LabelView(schema, view, plan).label(plan.churn);
  const first = firstStage(
    planned.map((each) => each.plan).filter((each) => !isWide(each)),
    label,
  );
  view.relations.push({ name: "first_features", sql: first.sql, isMaterialized: true });
  const columns = [
    `active.${SNAPSHOT_COLUMNS.id}`,
    `CAST(active.cutoff_date AS date) AS ${SNAPSHOT_COLUMNS.cutoff}`,
    ...features.map(({ name, sql, kind }) => {
      return `${first.columnOf.get(sql) ?? typed(sql, kind)} AS ${quoteIdentifier(name)}`;
    }),
    ...(label === undefined ? [] : [`active.${SNAPSHOT_COLUMNS.label}`]),
  ];
  const body = [
    `SELECT ${columns.join(",\n  ")}`,
    "FROM first_features active",
    ...leftJoins(planned.map((each) => each.plan).filter(isWide)),
    ...(plan.isUnordered === true ? [] : ["ORDER BY cutoff, subscriber_id"]),
  ].join("\n");
  const relations = view.relations;
  return {
    relations,
    populationNames: view.populationNames,
    features,
    sql: `${withRelations(relations)}\n${body}`,
    written: writtenIn(planned, relations),
  };
}

/** Relations of an expression are those before that of its family, without those that hold other expressions. */
function writtenIn(
  planned: readonly { readonly family: FeatureFamily; readonly plan: FamilyPlan }[],
  relations: readonly Relation[],
): WrittenInFamily[] {
  const ofCaller = new Set(planned.flatMap(({ plan: { written } }) => written?.relation ?? []));
  return planned.flatMap(({ family, plan: { written } }) => {
    if (written === undefined) return [];
    const place = relations.findIndex(({ name }) => name === written.relation);
    const before = relations.slice(0, place).filter(({ name }) => !ofCaller.has(name));
    const needed = withRelations(before);
    return written.expressions.map((each) => ({ ...each, family: family.name, relations: needed }));
  });
}

/**
 * The label, and the features of families that join no relation by month. They are computed first and stored, because
 * DuckDB is slow at joining many relations when each has no match for some rows and all columns are carried along.
 */
function firstStage(
  plans: readonly FamilyPlan[],
  label: Label | undefined,
): { sql: string; columnOf: ReadonlyMap<string, string> } {
  const features = new Map(
    plans.flatMap((each) => each.features).map(({ sql, kind }) => [sql, typed(sql, kind)]),
  );
  const columns = [...features.values()].map((sql, i) => `${sql} AS feature_${i + 1}`);
  const sql = [
    `SELECT ${["active.*", ...columns, ...(label?.columns ?? [])].join(",\n  ")}`,
    "FROM active",
    ...(label === undefined ? [] : [`JOIN ${joined(label)}`]),
    ...leftJoins(plans),
    ...(label === undefined ? [] : [`WHERE ${label.isAtRisk}`]),
  ].join("\n");
  return { sql, columnOf: new Map([...features.keys()].map((each, i) => [each, `active.feature_${i + 1}`])) };
}

function isWide({ joins }: FamilyPlan): boolean {
  return joins.some(({ relation }) => relation.endsWith("_by_month"));
}

function leftJoins(plans: readonly FamilyPlan[]): string[] {
  const joins = new Map(plans.flatMap((each) => each.joins).map((join) => [join.relation, join]));
  return [...joins.values()].map((join) => `LEFT JOIN ${joined(join)}`);
}

function typed(sql: string, kind: Feature["kind"]): string {
  return kind === "numeric" ? double(sql) : sql;
}

/** Columns of subscribers that `active` selects anyway, or that must not be visible. */
const NOT_OF_ACTIVE: ReadonlySet<string> = new Set(["subscriber_id", "ended_on", "end_reason", "known_at"]);

function joined({ relation, on }: Join): string {
  const both = ["subscriber_id", "cutoff"]
    .map((name) => `${relation}.${name} = active.${name}`)
    .join(" AND ");
  return `${relation} ON ${on ?? both}`;
}

function activeSql(seen: string, attributes: readonly string[], subscriber: string | undefined): string {
  const columns = attributes.map((name) => `s.${quoteIdentifier(name)}`);
  return [
    `SELECT s.subscriber_id, c.*, ${completedMonths("s.activated_on", "c")} AS months_completed, ${columns.join(", ")}`,
    `FROM ${seen} s JOIN cutoffs c ON s.cutoff = c.cutoff`,
    `WHERE s.ended_on IS NULL${subscriber === undefined ? "" : ` AND s.subscriber_id = ${subscriber}`}`,
  ].join("\n");
}

/** The cutoffs and their windows as a relation. */
export function cutoffsSql(windows: readonly Windows[]): string {
  const rows = windows.map(
    (w) =>
      `(${w.cutoff}, '${formatDate(w.cutoff)}', ${w.cutoffMonth}, ${dayOfMonth(w)}, ${w.observeFrom}, ${w.labelFrom}, ${w.labelTo})`,
  );
  const names = "cutoff, cutoff_date, cutoff_month, cutoff_day, observe_from, label_from, label_to";
  return `SELECT ${names}\nFROM (VALUES ${rows.join(",\n  ")}) AS given(${names})`;
}

/** The day of the month, and 31 for the last of any month: what began on a later day of a longer month is a whole month old. */
function dayOfMonth({ cutoff, cutoffMonth }: Windows): number {
  return cutoff + 1 === firstDayOf(cutoffMonth + 1) ? 31 : cutoff - firstDayOf(cutoffMonth) + 1;
}

function cutoffMonthsSql(windows: readonly Windows[]): string {
  const rows = windows.flatMap(({ cutoff, observeFrom, cutoffMonth, observeFromMonth }) =>
    Array.from({ length: cutoffMonth - observeFromMonth }, (_, k) => {
      const month = cutoffMonth - 1 - k;
      return `(${cutoff}, ${observeFrom}, ${month}, ${k + 1}, ${monthBit(k + 1)}, ${firstDayOf(month)}, ${firstDayOf(month + 1) - 1})`;
    }),
  );
  const names = "cutoff, observe_from, month, months_ago, month_bit, first_day, last_day";
  if (rows.length === 0) {
    return `SELECT ${names}\nFROM (VALUES (0, 0, 0, 0, 0, 0, 0)) AS given(${names})\nWHERE 1 = 0`;
  }
  return `SELECT ${names}\nFROM (VALUES ${rows.join(",\n  ")}) AS given(${names})`;
}

/** The subscriber, and all present and former members of their groups. */
function scopeSql(schema: HistorySchema, subscriber: string): string {
  const self = `SELECT ${subscriber} AS subscriber_id`;
  if (schema.memberships === undefined) return self;
  return [
    self,
    "UNION",
    "SELECT other.subscriber_id",
    "FROM membership_facts own JOIN membership_facts other ON other.group_id = own.group_id",
    `WHERE own.subscriber_id = ${subscriber}`,
  ].join("\n");
}
