/** Types of DuckDB whose values a double holds exactly. */
export const SMALL_NUMBERS = /^(?:TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT|UINTEGER|FLOAT|DOUBLE)$/;
/** Types whose values may be beyond what a double holds. */
export const LARGE_INTEGERS = /^(?:BIGINT|UBIGINT|HUGEINT|UHUGEINT|BIGNUM|DECIMAL\(\d+,0\))$/;
/** Types that are read as their text. */
export const TEXTS = /^(?:VARCHAR|JSON|UUID|TIME|TIME WITH TIME ZONE|TIME_NS|INTERVAL|ENUM\(.*\))$/;
/** Of these numbers the direct cast is not the nearest double, or not that of their text: 0.1 of 32 bits is 0.1. */
const NUMBERS_BY_TEXT = /^(?:FLOAT|HUGEINT|UHUGEINT|BIGNUM|DECIMAL\(.*\))$/;

export function isDayType(type: string): boolean {
  return type === "DATE" || type.startsWith("TIMESTAMP");
}

/** Whether it is a time of day at no known place. */
export function isLocalTime(type: string): boolean {
  return type.startsWith("TIMESTAMP") && type !== "TIMESTAMP WITH TIME ZONE";
}

export function isNumberType(type: string): boolean {
  return SMALL_NUMBERS.test(type) || LARGE_INTEGERS.test(type) || type.startsWith("DECIMAL(");
}

/** SQL for a number as the double that its text means, NULL for a missing one. */
export function numberSql(type: string, identifier: string): string {
  return NUMBERS_BY_TEXT.test(type) ? `${identifier}::VARCHAR::DOUBLE` : `${identifier}::DOUBLE`;
}

/** SQL for a whole number or a decimal as its shortest text: a decimal of 13.50 is 13.5. */
export function exactTextSql(type: string, identifier: string): string {
  const text = `${identifier}::VARCHAR`;
  return type.startsWith("DECIMAL(") && !LARGE_INTEGERS.test(type) ? `rtrim(rtrim(${text}, '0'), '.')` : text;
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
