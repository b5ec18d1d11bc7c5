/** Types of DuckDB whose values a double holds exactly. */
export const SMALL_NUMBERS = /^(?:TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT|UINTEGER|FLOAT|DOUBLE)$/;
/** Types whose values may be beyond what a double holds. */
export const LARGE_INTEGERS = /^(?:BIGINT|UBIGINT|HUGEINT|UHUGEINT|DECIMAL\(\d+,0\))$/;
/** Types that are read as their text. */
export const TEXTS = /^(?:VARCHAR|UUID|TIME|TIME WITH TIME ZONE|TIME_NS|INTERVAL|ENUM\(.*\))$/;

export function isDayType(type: string): boolean {
  return type === "DATE" || type.startsWith("TIMESTAMP");
}

/** SQL for a day or a time as days since 1970-01-01 UTC, NULL for a missing one, infinite for `infinity`. */
export function daysSql(type: string, identifier: string): string {
  const microseconds = `epoch_us(${type === "TIMESTAMP_NS" ? `${identifier}::TIMESTAMP` : identifier})`;
  const days = `${microseconds}::DOUBLE / 86400000000::DOUBLE`;
  if (type === "TIMESTAMP_NS") return days;
  return `CASE WHEN isfinite(${identifier}) THEN ${days} WHEN ${identifier} IS NOT NULL THEN 'inf'::DOUBLE END`;
}

/** SQL for a boolean as 1 or 0, and −1 for a missing one. */
export function truthSql(identifier: string): string {
  return `CASE WHEN ${identifier} THEN 1 WHEN NOT ${identifier} THEN 0 ELSE -1 END::INTEGER`;
}
