import type { Windows } from "../windows/windows.js";
import { meanOf } from "./expressions.js";

/** The columns of a monthly measure in a relation by month. */
export interface MeasureLayout {
  /** The column of the facts. */
  readonly fact: string;
  /** The months before the cutoff, the last first. */
  readonly months: readonly string[];
  readonly count: string;
  readonly used: string;
  readonly recency: string;
  readonly mean: string;
}

/** The columns of a measure. @param fact its column in the relation of the facts, such as `measure_1`. */
export function layoutOf(fact: string, observedMonths: number): MeasureLayout {
  const column = (suffix: string) => `${fact}_${suffix}`;
  return {
    fact,
    months: Array.from({ length: observedMonths }, (_, k) => column(String(k + 1))),
    count: column("count"),
    used: column("used"),
    recency: column("recency"),
    mean: column("mean"),
  };
}

/** One row per subscriber and cutoff with facts, one column per measure and month. */
export function monthsSql(seen: string, measures: readonly MeasureLayout[], observedMonths: number): string {
  const columns = measures.flatMap(({ fact, months, count, used, recency }) => [
    ...months.map((month, k) => `max(CASE WHEN months_ago = ${k + 1} THEN ${fact} END) AS ${month}`),
    `count(${fact}) AS ${count}`,
    `count(CASE WHEN ${fact} > 0 THEN 1 END) AS ${used}`,
    `min(CASE WHEN ${fact} > 0 THEN months_ago END) AS ${recency}`,
  ]);
  const rows = rowBits(observedMonths).map(({ name, from, to }) =>
    to >= observedMonths && from === 1
      ? `bit_or(month_bit) AS ${name}`
      : `bit_or(CASE WHEN months_ago BETWEEN ${from} AND ${to} THEN month_bit ELSE 0 END) AS ${name}`,
  );
  return [
    `SELECT ${["subscriber_id", "cutoff", ...rows, ...columns].join(",\n  ")}`,
    `FROM ${seen}`,
    "GROUP BY subscriber_id, cutoff",
  ].join("\n");
}

/** Months whose bits fit into one integer. */
const BITS = 30;

/** The bit of a month in the column that says in which months before the cutoff there is a row. */
export function monthBit(monthsAgo: number): number {
  return 2 ** ((monthsAgo - 1) % BITS);
}

/** The columns of these bits, and the months that each is of. */
function rowBits(observedMonths: number): { name: string; from: number; to: number }[] {
  return Array.from({ length: Math.ceil(observedMonths / BITS) }, (_, i) => {
    return { name: `row_bits_${i + 1}`, from: i * BITS + 1, to: (i + 1) * BITS };
  });
}

/** The same with the mean of each measure: a sum over the months in fixed order, so that every engine gets the same bits. */
export function byMonthSql(laidOut: string, measures: readonly MeasureLayout[]): string {
  const means = measures.map(
    ({ months, count, mean }) => `${meanOf(months, `${count} = ${months.length}`)} AS ${mean}`,
  );
  return `SELECT *,\n  ${means.join(",\n  ")}\nFROM ${laidOut}`;
}

/** The months of a table in the windows, and the days on which rows of theirs became known; long ago where that is not said. */
export function knownDaysSql(facts: string, hasKnownAt: boolean, windows: readonly Windows[]): string {
  // Constant bounds: whole row groups of files can be skipped.
  const first = Math.min(...windows.map(({ observeFromMonth }) => observeFromMonth));
  const last = Math.max(...windows.map(({ cutoffMonth }) => cutoffMonth));
  const known = hasKnownAt ? `coalesce(f.known_at, ${LONG_AGO})` : LONG_AGO;
  return [
    `SELECT f.month, ${known} AS known_at`,
    `FROM ${facts} f WHERE f.month >= ${first} AND f.month < ${last}`,
    `GROUP BY f.month, ${hasKnownAt ? known : "f.month"}`,
  ].join("\n");
}

/** The months before each cutoff of which a table has rows that were known by then, and the latest of them in days after its month. */
export function lateMonthsSql(knownDays: string): string {
  return [
    "SELECT c.cutoff, c.months_ago, c.first_day, c.last_day, max(k.known_at - c.last_day) AS late",
    `FROM cutoff_months c JOIN ${knownDays} k ON k.month = c.month AND k.known_at < c.cutoff`,
    "GROUP BY c.cutoff, c.months_ago, c.first_day, c.last_day",
  ].join("\n");
}

/**
 * Of these, the months whose rows are all there, of any subscriber: those that ended more days before the cutoff than rows of
 * the table came late.
 */
export function knownMonthsSql(lateMonths: string): string {
  return [
    "SELECT m.cutoff, m.months_ago, m.first_day",
    `FROM ${lateMonths} m JOIN (SELECT cutoff, max(late) AS late FROM ${lateMonths} GROUP BY cutoff) l ON l.cutoff = m.cutoff`,
    "WHERE m.last_day + greatest(l.late, 0) < m.cutoff",
  ].join("\n");
}

/** One row per cutoff: the first day of each month that {@link knownMonthsSql} has, NULL for the others. */
export function zeroMonthsSql(knownMonths: string, observedMonths: number): string {
  const columns = Array.from(
    { length: observedMonths },
    (_, k) => `max(CASE WHEN months_ago = ${k + 1} THEN first_day END) AS zero_${k + 1}`,
  );
  return `SELECT cutoff,\n  ${columns.join(",\n  ")}\nFROM ${knownMonths}\nGROUP BY cutoff`;
}

/**
 * The months of every subscriber: 0 in a month that began with or after the activation, of which the table has rows, but
 * none of the subscriber.
 * @param subscribers a relation with `subscriber_id`, `cutoff` and `activated_on`.
 */
export function filledMonthsSql(
  subscribers: string,
  laidOut: string,
  zeroMonths: string,
  measures: readonly MeasureLayout[],
  observedMonths: number,
): string {
  const conditions = Array.from({ length: observedMonths }, (_, k) => {
    const bits = `coalesce(m.row_bits_${Math.floor(k / BITS) + 1}, 0)`;
    return `(${bits} & ${monthBit(k + 1)}) = 0 AND z.zero_${k + 1} >= s.activated_on AS is_zero_${k + 1}`;
  });
  const ofMeasures = measures.flatMap(({ months, count, used, recency }) => [
    ...months,
    count,
    used,
    recency,
  ]);
  // Each condition is computed once, for all measures.
  const joined = [
    `SELECT ${["s.subscriber_id", "s.cutoff", ...conditions, ...ofMeasures.map((name) => `m.${name}`)].join(",\n  ")}`,
    `FROM ${subscribers} s`,
    `LEFT JOIN ${laidOut} m ON m.subscriber_id = s.subscriber_id AND m.cutoff = s.cutoff`,
    `LEFT JOIN ${zeroMonths} z ON z.cutoff = s.cutoff`,
  ].join("\n");
  const zeros = conditions.map((_, k) => `CASE WHEN is_zero_${k + 1} THEN 1 ELSE 0 END`);
  const columns = measures.flatMap(({ months, count, used, recency }) => [
    ...months.map((month, k) => `CASE WHEN is_zero_${k + 1} THEN 0 ELSE ${month} END AS ${month}`),
    `coalesce(${count}, 0) + ${["0", ...zeros].join(" + ")} AS ${count}`,
    used,
    recency,
  ]);
  return `SELECT subscriber_id, cutoff,\n  ${columns.join(",\n  ")}\nFROM (${joined}) joined`;
}

/** A day before all others. */
const LONG_AGO = "-100000000";
