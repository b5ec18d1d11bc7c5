import { quoteIdentifier } from "../../database/duckdb/session.js";
import { meanOf } from "./expressions.js";

/** The columns of a monthly measure in a relation by month, quoted. */
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

/**
 * The columns of a measure.
 * @param index its position among the measures of its table, used in place of a name that a database might cut or fold.
 */
export function layoutOf(name: string, index: number, observedMonths: number): MeasureLayout {
  const stem = /^[a-z][a-z0-9_]{0,30}$/.test(name) ? name : `measure${index + 1}`;
  const column = (suffix: string) => quoteIdentifier(`${stem}_${suffix}`);
  return {
    fact: quoteIdentifier(name),
    months: Array.from({ length: observedMonths }, (_, k) => column(String(k + 1))),
    count: column("count"),
    used: column("used"),
    recency: column("recency"),
    mean: column("mean"),
  };
}

/** One row per subscriber and cutoff, one column per measure and month. */
export function monthsSql(seen: string, measures: readonly MeasureLayout[]): string {
  const columns = measures.flatMap(({ fact, months, count, used, recency }) => [
    ...months.map((month, k) => `max(CASE WHEN months_ago = ${k + 1} THEN ${fact} END) AS ${month}`),
    `count(${fact}) AS ${count}`,
    `count(CASE WHEN ${fact} > 0 THEN 1 END) AS ${used}`,
    `min(CASE WHEN ${fact} > 0 THEN months_ago END) AS ${recency}`,
  ]);
  return [
    `SELECT ${["subscriber_id", "cutoff", ...columns].join(",\n  ")}`,
    `FROM ${seen}`,
    "GROUP BY subscriber_id, cutoff",
  ].join("\n");
}

/** The same with the mean of each measure: a sum over the months in fixed order, so that every engine gets the same bits. */
export function byMonthSql(laidOut: string, measures: readonly MeasureLayout[]): string {
  const means = measures.map(
    ({ months, count, mean }) => `${meanOf(months, `${count} = ${months.length}`)} AS ${mean}`,
  );
  return `SELECT *,\n  ${means.join(",\n  ")}\nFROM ${laidOut}`;
}
