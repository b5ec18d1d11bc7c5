import { quoteIdentifier } from "../../database/duckdb/session.js";
import { firstDayOf } from "../../table/calendar.js";
import type { CountedChurn } from "../counting/counted-churn.js";
import { ownColumn } from "../counting/own-columns.js";
import type { FactsQuery } from "../query/facts-query.js";
import { dayOfMonth, firstWholeMonth, monthOfDay } from "../query/sql-calendar.js";
import {
  type CutEntry,
  meanRevenue,
  recentRevenue,
  type SideRelation,
  type SteadySettings,
} from "./cut-list.js";

/** One row for each subscriber who was at risk at the beginning of some months or left in them, with the values to cut by. */
export interface Frame {
  /** The table: `subscriber_id`, `in_base`, `times_left`, `left_reason`, `revenue` (NULL without bills), and a column for each entry. */
  readonly name: string;
  /** The quoted column of an entry. */
  columnOf(entry: string): string;
}

/** What a frame is of. */
interface FrameOf {
  /** The months [first, last]. */
  readonly firstMonth: number;
  readonly lastMonth: number;
  readonly entries: readonly CutEntry[];
  readonly settings: SteadySettings;
}

/** Makes the frame of the months; a frame of the same name is replaced. */
export async function makeFrame(
  query: FactsQuery,
  counted: CountedChurn,
  { name, ...of }: FrameOf & { readonly name: string },
): Promise<Frame> {
  const settings = { ...of.settings, baseMonth: of.firstMonth };
  const hasBills = query.has("billing");
  await makeMembers(query, counted, of, true);
  const revenue = `${hasBills ? meanRevenue(settings) : "NULL::DOUBLE"} AS revenue`;
  const kept = ["members.subscriber_id", ...COUNTED, "members.left_reason", revenue];
  const select = frameSelect(of, kept, hasBills ? [recentRevenue(settings)] : []);
  await query.run(`CREATE OR REPLACE TEMP TABLE ${name} AS\n${select}`, "cuts");
  return { name, columnOf };
}

/** Base and leavers of one value of an entry. */
export interface EntryCount {
  readonly value: string | null;
  readonly base: number;
  readonly left: number;
}

/** The counts of some months by each entry, without keeping a frame. */
export async function countByEntries(
  query: FactsQuery,
  counted: CountedChurn,
  of: FrameOf,
): Promise<EntryCount[][]> {
  const { entries } = of;
  await makeMembers(
    query,
    counted,
    of,
    entries.some(({ table }) => table === "usage" || table === "billing"),
  );
  const columns = entries.map(({ name }) => columnOf(name));
  // Of each row only the column is meant that it is grouped by: its bit is 0.
  const rows = await query.rows<Record<string, string | number | null>>(
    [
      `SELECT ${columns.join(", ")}, grouping(${columns.join(", ")}) AS others, sum(in_base) AS base, sum(times_left) AS "left"`,
      `FROM (\n${frameSelect(of, COUNTED, [])}\n)`,
      `GROUP BY GROUPING SETS (${columns.map((column) => `(${column})`).join(", ")})`,
      `ORDER BY base DESC, "left" DESC, ${columns.join(", ")}`,
    ].join("\n"),
  );
  const all = 2 ** entries.length - 1;
  return entries.map(({ name }, i) => {
    const own = all - 2 ** (entries.length - 1 - i);
    return rows
      .filter(({ others }) => others === own)
      .map((row) => ({
        value: row[`cut ${name}`] as string | null,
        base: Number(row.base),
        left: Number(row.left),
      }));
  });
}

/** The relations `members` and `later_members` of some months. @param hasMonths whether means of months are asked for. */
async function makeMembers(
  query: FactsQuery,
  counted: CountedChurn,
  of: FrameOf,
  hasMonths: boolean,
): Promise<void> {
  await query.run(membersSql(counted, of, hasMonths), "cuts");
  const later = "SELECT subscriber_id, as_of, as_of_month FROM members WHERE in_base = 0";
  await query.run(`CREATE OR REPLACE TEMP TABLE later_members AS ${later}`, "cuts");
}

const COUNTED = ["members.in_base", "members.times_left"];

/** SQL for members with the values to cut by. @param kept further columns. @param sides relations that these need. */
function frameSelect(
  { firstMonth, entries, settings }: FrameOf,
  kept: readonly string[],
  sides: readonly SideRelation[],
): string {
  const of = { ...settings, baseMonth: firstMonth };
  const named = new Map(sides.map((side) => [side.name, side]));
  for (const entry of entries) {
    const side = entry.side?.(of);
    if (side !== undefined) named.set(side.name, side);
  }
  const relations = [...named.values()];
  const columns = entries.map((entry) => `${entry.value(of)} AS ${columnOf(entry.name)}`);
  const joins = relations.map(
    ({ name }) =>
      `LEFT JOIN ${name} ON ${name}.subscriber_id = members.subscriber_id AND ${name}.in_base = members.in_base`,
  );
  const definitions = relations.map(({ name, sql }) => `${name} AS (\n${sql}\n)`).join(",\n");
  return [
    ...(relations.length === 0 ? [] : [`WITH ${definitions}`]),
    `SELECT ${[...kept, ...columns].join(",\n  ")}`,
    "FROM members",
    ...joins,
  ].join("\n");
}

function columnOf(entry: string): string {
  return quoteIdentifier(`cut ${entry}`);
}

/** Columns of members that every frame needs. */
const OF_MEMBERS = ["subscriber_id", "activated_on", "in_base", "times_left", "left_reason", "as_of"];

function membersSql(
  counted: CountedChurn,
  { firstMonth, lastMonth, entries }: FrameOf,
  hasMonths: boolean,
): string {
  // Only for means of months.
  const activation = hasMonths
    ? `${monthOfDay("m.activated_on")} AS activation_month, ${firstWholeMonth("m.activated_on")} AS first_whole_month, `
    : "";
  const own = entries.flatMap(({ table, column }) =>
    table === "subscribers" && column !== undefined ? [ownColumn(column)] : [],
  );
  const columns = [...new Set([...OF_MEMBERS, ...own])].map((name) => `m.${name}`).join(", ");
  const from = firstDayOf(firstMonth);
  const isLastOfMonth = `${dayOfMonth("m.as_of + 1")} = 1`;
  const ofOthers = (sql: string, ofBase: number) =>
    `CASE WHEN m.as_of = ${from} THEN ${ofBase} ELSE ${sql} END`;
  const month = ofOthers(monthOfDay("m.as_of"), firstMonth);
  // The last of a month is as far as any day of a longer one.
  const day = ofOthers(`CASE WHEN ${isLastOfMonth} THEN 31 ELSE ${dayOfMonth("m.as_of")} END`, 1);
  return [
    `CREATE OR REPLACE TEMP ${counted.isRead ? "VIEW" : "TABLE"} members AS`,
    `SELECT ${columns}, ${activation}${month} AS as_of_month, ${month} AS cutoff_month, ${day} AS cutoff_day`,
    `FROM (\n${counted.membersOf(firstMonth, lastMonth)}\n) m`,
  ].join("\n");
}
