import type { CategoricalFeature, Vectors } from "../../vectors/vectors.js";

/** Features of more levels are left out. */
const MOST_LEVELS = 30;
/** Rows that are looked at, taken evenly. */
const MOST_ROWS = 20_000;
/** Levels of fewer of these rows say nothing about the range of a number. */
const LEAST_ROWS = 30;
/** The share of rows at either end that a range leaves out. */
const TAIL = 0.01;

/** The range that a number has in the training rows of one category: positions and a code, 98% of the rows. */
export type RangeWithin = readonly [
  number: number,
  categorical: number,
  code: number,
  low: number,
  high: number,
];

/**
 * The ranges of numbers that can be acted on within each category, where they are narrower than over all rows.
 * @param isActionable by position.
 */
export function rangesWithin(
  { rowCount, features }: Vectors,
  isActionable: (position: number) => boolean,
): RangeWithin[] {
  const step = Math.max(1, Math.floor(rowCount / MOST_ROWS));
  const categorical = features.flatMap((feature, position) =>
    feature.kind === "categorical" && feature.levels.length <= MOST_LEVELS ? [{ feature, position }] : [],
  );
  return features.flatMap((feature, number) => {
    if (feature.kind !== "numeric" || !isActionable(number)) return [];
    const all = rangeOf(Array.from(sampled(feature.values, step)));
    if (all === undefined) return [];
    return categorical.flatMap(({ feature: other, position }) =>
      valuesByLevel(other, feature.values, step).flatMap((values, code): RangeWithin[] => {
        const range = rangeOf(values);
        if (range === undefined || (range[0] <= all[0] && range[1] >= all[1])) return [];
        return [[number, position, code, ...range]];
      }),
    );
  });
}

function sampled(values: Float64Array, step: number): Float64Array {
  return step === 1 ? values : values.filter((_, row) => row % step === 0);
}

function valuesByLevel(
  { codes, levels }: CategoricalFeature,
  numbers: Float64Array,
  step: number,
): number[][] {
  const values = levels.map((): number[] => []);
  for (let row = 0; row < codes.length; row += step) values[codes[row]]?.push(numbers[row]);
  return values;
}

function rangeOf(values: readonly number[]): [number, number] | undefined {
  const rising = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  if (rising.length < LEAST_ROWS) return undefined;
  const last = rising.length - 1;
  return [rising[Math.floor(TAIL * last)], rising[Math.ceil((1 - TAIL) * last)]];
}
