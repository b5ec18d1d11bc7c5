import type { GivenCells } from "../../table/given/given-cells.js";
import { shortestOf } from "../../table/given/shortest-float.js";
import { isDayType, isLocalTime, isNumberType, TEXTS } from "./types.js";

const MICROSECONDS_PER_DAY = 86_400_000_000;

/** What is read of the values of DuckDB's client that are objects. */
interface DuckDBValue {
  readonly days?: number;
  readonly seconds?: bigint;
  readonly millis?: bigint;
  readonly micros?: bigint;
  readonly nanos?: bigint;
  readonly value?: bigint;
  readonly scale?: number;
}

/** A column of a result in memory, as a query of the same type is read. @param values what DuckDB's client gives: null, numbers, objects. */
export function duckDBCells(type: string, values: readonly unknown[]): GivenCells {
  if (isDayType(type)) {
    const days = Float64Array.from(values, (value) =>
      value === null || value === undefined ? Number.NaN : daysOf(value),
    );
    return { holds: "days", days, isLocal: isLocalTime(type) };
  }
  if (type === "FLOAT")
    return {
      holds: "cells",
      cells: values.map((value) => (typeof value === "number" ? shortestOf(value) : null)),
    };
  if (type.startsWith("DECIMAL(")) return { holds: "cells", cells: values.map(decimalOf) };
  if (isNumberType(type) || type === "BOOLEAN") return { holds: "cells", cells: values };
  if (type === "NULL" || type === "SQLNULL") return { holds: "cells", cells: values };
  if (!TEXTS.test(type)) return { holds: "nothing", type };
  return { holds: "cells", cells: values.map((value) => (value === null ? null : String(value))) };
}

/** What DuckDB has in the place of infinite days and microseconds. */
const LAST_DAY = 2 ** 31 - 1;
const LAST_MICROSECOND = 2n ** 63n - 1n;

function daysOf(value: DuckDBValue): number {
  const { days, seconds, millis, micros, nanos } = value;
  if (days !== undefined) return Math.abs(days) === LAST_DAY ? Math.sign(days) * Infinity : days;
  if (micros !== undefined) {
    if (micros === LAST_MICROSECOND) return Infinity;
    if (micros === -LAST_MICROSECOND) return -Infinity;
    return Number(micros) / MICROSECONDS_PER_DAY;
  }
  if (seconds !== undefined) return (Number(seconds) * 1e6) / MICROSECONDS_PER_DAY;
  if (millis !== undefined) return (Number(millis) * 1000) / MICROSECONDS_PER_DAY;
  return Number((nanos ?? 0n) / 1000n) / MICROSECONDS_PER_DAY;
}

/** The double that the text of a decimal means; a whole number keeps all of its digits. */
function decimalOf(value: unknown): number | bigint | null {
  if (value === null || value === undefined) return null;
  const { value: unscaled = 0n, scale = 0 }: DuckDBValue = value;
  return scale === 0 ? unscaled : Number(`${unscaled}e-${scale}`);
}
