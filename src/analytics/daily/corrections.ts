import { formatDate } from "../../table/dates.js";
import type { Statements } from "./daily-file.js";
import type { DailyCorrection, DailyMeasure } from "./daily-types.js";
import { amountOf } from "./day-rows.js";
import { AMOUNT } from "./figures-sql.js";

const MEASURES: readonly DailyMeasure[] = ["joins", "leaves", "base", "payments", "amount"];

/**
 * SQL of the figures that differ: day, region, measure, before, after. A region without a row on a day has no joins, leaves,
 * base and payments there.
 * @param was relation of the figures before
 * @param is relation of the figures now
 * @param from the first day that is compared
 * @param to the last day that is compared
 */
export function correctionsSql(was: string, is: string, from: number, to: number): string {
  const each = MEASURES.map(
    (measure) => `{
      measure: '${measure}',
      before: ${sideSql("w", "n", measure)},
      after: ${sideSql("n", "w", measure)}
    }`,
  );
  const within = `WHERE day BETWEEN ${from} AND ${to}`;
  return `
    SELECT day, region, change.measure AS measure, change.before AS before, change.after AS after
    FROM (
      SELECT coalesce(n.day, w.day) AS day, coalesce(n.region, w.region) AS region, unnest([${each.join(", ")}]) AS change
      FROM (SELECT * FROM ${was} ${within}) w FULL JOIN (SELECT * FROM ${is} ${within}) n
        ON n.day = w.day AND n.region IS NOT DISTINCT FROM w.region
    )
    WHERE change.before IS DISTINCT FROM change.after`;
}

/** A measure of one side; 0 where the region has no row there, and the other side knows the measure. */
function sideSql(side: string, other: string, measure: string): string {
  const nothing = `CASE WHEN ${other}.${measure} IS NOT NULL THEN 0 END`;
  return `CASE WHEN ${side}.day IS NULL THEN ${nothing} ELSE ${side}.${measure} END::${AMOUNT}`;
}

interface CorrectionRow {
  readonly run_day?: number;
  readonly day: number;
  readonly region: string | null;
  readonly measure: DailyMeasure;
  readonly before: number | null;
  readonly after: number | null;
}

/** A correction with the run that made it. */
export interface RecordedCorrection extends DailyCorrection {
  /** The day of the run that found it. */
  readonly runDay: string;
}

/** The corrections of a relation with the columns of {@link correctionsSql}, by day and name. */
export async function readCorrections(
  query: Pick<Statements, "rows">,
  relation: string,
): Promise<DailyCorrection[]> {
  const rows = await query.rows<Required<CorrectionRow>>(`
    SELECT 0 AS run_day, day, region, measure, (before * 10000)::DOUBLE AS before, (after * 10000)::DOUBLE AS after
    FROM ${relation} ORDER BY day, region NULLS LAST, list_position(${listSql()}, measure)`);
  return rows.map(correctionOf);
}

/** The same of a relation that also has `run_day`, by run. */
export async function readRecorded(
  query: Pick<Statements, "rows">,
  relation: string,
): Promise<RecordedCorrection[]> {
  const rows = await query.rows<Required<CorrectionRow>>(`
    SELECT run_day, day, region, measure, (before * 10000)::DOUBLE AS before, (after * 10000)::DOUBLE AS after
    FROM ${relation} ORDER BY run_day, day, region NULLS LAST, list_position(${listSql()}, measure)`);
  return rows.map((row) => ({ runDay: formatDate(row.run_day), ...correctionOf(row) }));
}

function listSql(): string {
  return `[${MEASURES.map((measure) => `'${measure}'`).join(", ")}]`;
}

function correctionOf({ day, region, measure, before, after }: CorrectionRow): DailyCorrection {
  const value = (each: number | null) => (each === null ? null : amountOf(each));
  return { day: formatDate(day), region, measure, before: value(before), after: value(after) };
}
