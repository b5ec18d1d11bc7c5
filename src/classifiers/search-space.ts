/** A value from a uniform number in [0, 1). */
export type Dimension = (u: number) => number | string;

/** The few options of a family that matter, and the values that tuning tries. */
export type SearchSpace = Readonly<Record<string, Dimension>>;

export const linear =
  (least: number, most: number): Dimension =>
  (u) =>
    rounded(least + u * (most - least));

/** Evenly on a logarithmic scale. */
export const logarithmic =
  (least: number, most: number): Dimension =>
  (u) =>
    rounded(least * (most / least) ** u);

export const wholeNumber =
  (least: number, most: number): Dimension =>
  (u) =>
    least + Math.floor(u * (most - least + 1));

export const wholeLogarithmic =
  (least: number, most: number): Dimension =>
  (u) =>
    Math.round(least * (most / least) ** u);

export const choice =
  (...values: readonly (number | string)[]): Dimension =>
  (u) =>
    values[Math.floor(u * values.length)];

/** Three digits are precise enough, and easier to read. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
