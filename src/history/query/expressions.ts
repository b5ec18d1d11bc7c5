/** Pieces of SQL that DuckDB, PostgreSQL and Spark compute to the same last bit: + − × ÷, square roots and comparisons. */

/** Mean length of a month in days, of the Gregorian calendar. */
export const MONTH_DAYS = 30.436875;

/** A number as a double, so that division is never integer division. */
export function double(sql: string): string {
  return `CAST(${sql} AS double precision)`;
}

/** a / b, NULL where b is 0. */
export function ratio(a: string, b: string): string {
  return `${double(a)} / nullif(${double(b)}, 0)`;
}

/** Days as months of mean length. */
export function inMonths(days: string): string {
  return `${double(days)} / ${double(String(MONTH_DAYS))}`;
}

/**
 * Completed calendar months from a day to the cutoff: one more on the same day of each later month, or on the last day of
 * one that is too short.
 * @param cutoff the name of a relation with `cutoff_month` and `cutoff_day`.
 */
export function completedMonths(day: string, cutoff: string): string {
  const part = (name: string) => `CAST(extract(${name} FROM (DATE '1970-01-01' + ${day})) AS integer)`;
  const months = `(${cutoff}.cutoff_month - (${part("year")} - 1970) * 12 - ${part("month")} + 1)`;
  return `${months} - CASE WHEN ${part("day")} > ${cutoff}.cutoff_day THEN 1 ELSE 0 END`;
}

/** The number of values that are not NULL. */
export function countOf(values: readonly string[]): string {
  if (values.length === 0) return "0";
  return `(${values.map((value) => `CASE WHEN ${value} IS NULL THEN 0 ELSE 1 END`).join(" + ")})`;
}

/**
 * Sum of the values that are not NULL, from first to last; 0 if all are NULL.
 * @param isWhole a condition under which none is NULL: a cheaper expression is used then, with the same result to the bit.
 */
export function sumOf(values: readonly string[], isWhole: string): string {
  if (values.length === 0) return "0";
  return `CASE WHEN ${isWhole} THEN ${values.join(" + ")} ELSE ${sumOfPresent(values)} END`;
}

/** Mean of the values that are not NULL; NULL if all are. `isWhole` as in {@link sumOf}. */
export function meanOf(values: readonly string[], isWhole: string): string {
  const present = `${sumOfPresent(values)} / nullif(${double(countOf(values))}, 0)`;
  if (values.length === 0) return present;
  return `CASE WHEN ${isWhole} THEN (${values.join(" + ")}) / ${values.length} ELSE ${present} END`;
}

/**
 * A robust slope per month over the last six months, the newest first: the median of the slopes between months three
 * apart, so that one unusual month does not change it much (Theil 1950, incomplete method); of fewer than three slopes
 * their mean. NULL where there is no such pair. `isWhole` as in {@link sumOf}.
 */
export function robustSlope(months: readonly string[], isWhole: string): string {
  const slopes = [0, 1, 2]
    .filter((k) => k + 3 < months.length)
    .map((k) => `((${months[k]} - ${months[k + 3]}) / 3)`);
  if (slopes.length < 3) return meanOf(slopes, isWhole);
  const [a, b, c] = slopes;
  const median = `greatest(least(${a}, ${b}), least(greatest(${a}, ${b}), ${c}))`;
  const isThere = slopes.map((slope) => `${slope} IS NOT NULL`).join(" AND ");
  const present = `${sumOfPresent(slopes)} / nullif(${double(countOf(slopes))}, 0)`;
  return `CASE WHEN ${isWhole} THEN ${median} WHEN ${isThere} THEN ${median} ELSE ${present} END`;
}

/** Standard deviation of the values that are not NULL, divisor n; NULL with fewer than two. `isWhole` as in {@link sumOf}. */
export function deviationOf(values: readonly string[], mean: string, count: string, isWhole: string): string {
  const squares = values.map((value) => `(${value} - ${mean}) * (${value} - ${mean})`);
  return `CASE WHEN ${count} > 1 THEN sqrt((${sumOf(squares, isWhole)}) / ${double(count)}) END`;
}

function sumOfPresent(values: readonly string[]): string {
  return values.length === 0 ? "0" : `(${values.map((value) => `coalesce(${value}, 0)`).join(" + ")})`;
}

/** Money or any other amount as a whole number of ten-thousandths: sums of these do not depend on their order. */
export function tenThousandths(value: string): string {
  return `CAST(floor(${value} * 10000 + 0.5) AS bigint)`;
}

/** `CASE` over rising upper bounds, each exclusive; NULL stays NULL. */
export function bandOf(
  value: string,
  bands: readonly (readonly [below: number | string, label: string])[],
  last: string,
): string {
  const branches = bands.map(([below, label]) => `WHEN ${value} < ${below} THEN '${label}'`).join(" ");
  return `CASE WHEN ${value} IS NULL THEN NULL ${branches} ELSE '${last}' END`;
}
