import { quoteIdentifier } from "../../database/duckdb/session.js";
import { optionText, type Problem, type ProblemPath } from "../../errors.js";
import type { FactDatabase } from "./fact-database.js";

/**
 * Whether times with an offset look like days that were written at midnight of another zone: all at one time of the day, or
 * two where clocks are put forward, which is not midnight in UTC.
 * @param timesOfDay the distinct times of the day, in seconds UTC. @param distinct how many distinct times there are.
 */
export function areForeignMidnights(timesOfDay: readonly number[], distinct: number): boolean {
  const areFew = timesOfDay.length === 1 || timesOfDay.length === 2;
  return areFew && distinct >= 3 && timesOfDay.every((seconds) => seconds !== 0 && seconds % 900 === 0);
}

/** The problem of such a column. @param zone the zone in which they are midnight, where it is known. */
export function midnightProblem(path: ProblemPath, zone?: string): Problem {
  const where =
    zone === undefined ? "one time of the day, as midnights of another time zone are" : `midnight in ${zone}`;
  return {
    code: "argument.missing",
    path,
    expected: `must have a time zone: all of its times are ${where}, and may lie on another day in UTC`,
    received: undefined,
    hint: `name the operator's: ${optionText("timeZone", zone ?? "Asia/Shanghai")}, or ${optionText("timeZone", "UTC")}`,
  };
}

/** Whether a column of instants looks so. The first rows are enough to see whether all look the same. */
export async function hasForeignMidnights(
  database: FactDatabase,
  relation: string,
  column: string,
  place: ProblemPath,
): Promise<boolean> {
  const instant = quoteIdentifier(column);
  const some = `SELECT epoch_us(${instant}) AS t FROM ${relation} WHERE isfinite(${instant}) LIMIT 100000`;
  const [[distinct, first, last, count]] = await database.rows(
    `SELECT count(DISTINCT t)::DOUBLE, min(s)::DOUBLE, max(s)::DOUBLE, count(DISTINCT s)::DOUBLE
     FROM (SELECT t, (t % 86400000000 + 86400000000) % 86400000000 / 1000000.0 AS s FROM (${some}))`,
    place,
  );
  if (Number(distinct) === 0 || Number(count) > 2) return false;
  return areForeignMidnights([...new Set([Number(first), Number(last)])], Number(distinct));
}
