import type { Column } from "../../table/table.js";

/** SQL for days since 1970-01-01 as DATE, or as TIMESTAMP (UTC) if any has a time of day. @param days SQL of a number. */
export function storedDate(days: string, hasTimes: boolean): string {
  return hasTimes
    ? `make_timestamp(round(${days} * 86400000000)::BIGINT)`
    : `DATE '1970-01-01' + ${days}::INTEGER`;
}

/** Whether any of the dates of a column has a time of day. */
export function hasTimesOfDay(column: Column): boolean {
  if (column.kind !== "numeric" || column.isDate !== true) return false;
  return column.values.some((value) => !Number.isNaN(value) && !Number.isInteger(value));
}
