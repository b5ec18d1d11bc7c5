/** Pieces of SQL that DuckDB, PostgreSQL and Spark compute to the same last bit: + − × ÷, square roots and comparisons. */

/** Mean length of a month in days, of the Gregorian calendar. */
export const MONTH_DAYS = 30.436875;

/** A number as a double, so that division never is that of whole numbers. */
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

/** How many of the values are there. */
export function countOf(values: readonly string[]): string {
  if (values.length === 0) return "0";
  return `(${values.map((value) => `CASE WHEN ${value} IS NULL THEN 0 ELSE 1 END`).join(" + ")})`;
}

/** Sum of the values that are there, from first to last, 0 if none is. */
export function sumOf(values: readonly string[]): string {
  if (values.length === 0) return "0";
  return `(${values.map((value) => `coalesce(${value}, 0)`).join(" + ")})`;
}

/** Mean of the values that are there, NULL if none is. */
export function meanOf(values: readonly string[]): string {
  return `${sumOf(values)} / nullif(${double(countOf(values))}, 0)`;
}

/** The middle of three values, the mean of two, or the only one that is there. */
export function medianOfThree(a: string, b: string, c: string): string {
  const both = (x: string, y: string) => `(${x} + ${y}) / 2`;
  return [
    "CASE",
    `WHEN ${a} IS NULL THEN CASE WHEN ${b} IS NULL THEN ${c} WHEN ${c} IS NULL THEN ${b} ELSE ${both(b, c)} END`,
    `WHEN ${b} IS NULL THEN CASE WHEN ${c} IS NULL THEN ${a} ELSE ${both(a, c)} END`,
    `WHEN ${c} IS NULL THEN ${both(a, b)}`,
    `ELSE greatest(least(${a}, ${b}), least(greatest(${a}, ${b}), ${c})) END`,
  ].join(" ");
}

/**
 * A robust slope per month over the last six months, the newest first: the median of the slopes between months three
 * apart, so that one odd month does not move it (Theil 1950, incomplete method). NULL where no such pair is there.
 */
export function robustSlope(months: readonly string[]): string {
  const [a, b, c] = [0, 1, 2].map((k) =>
    k + 3 < months.length ? `((${months[k]} - ${months[k + 3]}) / 3)` : double("NULL"),
  );
  return medianOfThree(a, b, c);
}

/** Standard deviation of the values that are there, divisor n; NULL with fewer than two. */
export function deviationOf(values: readonly string[], mean: string, count: string): string {
  const squares = values
    .map((value) => `coalesce((${value} - ${mean}) * (${value} - ${mean}), 0)`)
    .join(" + ");
  return `CASE WHEN ${count} > 1 THEN sqrt((${squares}) / ${double(count)}) END`;
}

/** Money or any other amount as a whole number of ten-thousandths: sums of these do not depend on their order. */
export function tenThousandths(value: string): string {
  return `CAST(floor(${value} * 10000 + 0.5) AS bigint)`;
}

/** `CASE` over rising upper bounds, each exclusive; NULL stays NULL. */
export function bandOf(
  value: string,
  bands: readonly (readonly [below: number, label: string])[],
  last: string,
): string {
  const branches = bands.map(([below, label]) => `WHEN ${value} < ${below} THEN '${label}'`).join(" ");
  return `CASE WHEN ${value} IS NULL THEN NULL ${branches} ELSE '${last}' END`;
}
