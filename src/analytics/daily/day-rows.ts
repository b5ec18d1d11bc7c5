import { formatDate } from "../../table/dates.js";
import type { Statements } from "./daily-file.js";
import type { DayFigures, HeadOfficeDay, RegionDay } from "./daily-types.js";

/** The figures of a region on a day, as they stand in the file. */
export interface DayRow {
  readonly region: string | null;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly joins: number;
  readonly leaves: number;
  readonly base: number;
  readonly payments: number | null;
  /** In ten-thousandths: whole numbers, which add exactly. */
  readonly amount: number | null;
}

const TEN_THOUSAND = 10_000;

/** The rows of days [from, to] of a relation with the columns of `figuresSql`, by day and name; those without a region last. */
export async function dayRows(
  query: Pick<Statements, "rows">,
  relation: string,
  from: number,
  to: number,
): Promise<DayRow[]> {
  return query.rows<DayRow>(`
    SELECT region, day::INTEGER AS day, joins, leaves, base, payments, (amount * ${TEN_THOUSAND})::DOUBLE AS amount
    FROM ${relation} WHERE day BETWEEN ${from} AND ${to} ORDER BY day, region NULLS LAST`);
}

/** The sums over all regions. */
export function headOfficeRows(rows: readonly DayRow[]): DayRow[] {
  const days = new Map<number, DayRow>();
  for (const row of rows) {
    const sum = days.get(row.day);
    days.set(row.day, sum === undefined ? { ...row, region: null } : added(sum, row));
  }
  return [...days.values()];
}

function added(sum: DayRow, row: DayRow): DayRow {
  const either = (a: number | null, b: number | null) => (a === null ? b : a + (b ?? 0));
  return {
    region: null,
    day: sum.day,
    joins: sum.joins + row.joins,
    leaves: sum.leaves + row.leaves,
    base: sum.base + row.base,
    payments: either(sum.payments, row.payments),
    amount: either(sum.amount, row.amount),
  };
}

export function regionDayOf(row: DayRow): RegionDay {
  return { region: row.region, ...figuresOf(row) };
}

export function headOfficeDayOf(row: DayRow): HeadOfficeDay {
  return { day: formatDate(row.day), ...figuresOf(row) };
}

function figuresOf({ joins, leaves, base, payments, amount }: DayRow): DayFigures {
  const paid = payments === null ? null : { count: payments, amount: amountOf(amount ?? 0) };
  return { joins, leaves, base, payments: paid };
}

/** Of ten-thousandths. */
export function amountOf(tenThousandths: number): number {
  return tenThousandths / TEN_THOUSAND;
}
