import type { Feature, Vectors } from "../../vectors/vectors.js";

/** Features of more levels are left out: most of their pairs are rare. */
const MOST_LEVELS = 30;
/** Pairs that as many rows should have if the two features had nothing to do with each other. */
const LEAST_EXPECTED = 10;

/** A category of a feature and one of another that no training row has together: positions and codes. */
export type CategoriesApart = readonly [first: number, code: number, second: number, other: number];

/**
 * Pairs of categories that never occurred together though they would have by chance, of features that can be acted on with all others.
 * @param isActionable by position.
 */
export function categoriesApart(
  { rowCount, features }: Vectors,
  isActionable: (position: number) => boolean,
): CategoriesApart[] {
  const positions = features.flatMap((feature, position) =>
    feature.kind === "categorical" && feature.levels.length <= MOST_LEVELS ? [position] : [],
  );
  return positions.filter(isActionable).flatMap((first) =>
    positions
      // Of two that can be acted on once.
      .filter((second) => second !== first && !(isActionable(second) && second < first))
      .flatMap((second) =>
        neverTogether(features[first], features[second], rowCount).map(
          ([code, other]): CategoriesApart => [first, code, second, other],
        ),
      ),
  );
}

function neverTogether(a: Feature, b: Feature, rowCount: number): [number, number][] {
  if (a.kind === "numeric" || b.kind === "numeric") return [];
  const width = b.levels.length;
  const together = new Int32Array(a.levels.length * width);
  const ofA = new Int32Array(a.levels.length);
  const ofB = new Int32Array(width);
  for (let row = 0; row < rowCount; row++) {
    const [one, other] = [a.codes[row], b.codes[row]];
    const [hasOne, hasOther] = [one >= 0 && one < ofA.length, other >= 0 && other < width];
    if (hasOne) ofA[one]++;
    if (hasOther) ofB[other]++;
    if (hasOne && hasOther) together[one * width + other]++;
  }
  return Array.from(together.entries()).flatMap(([cell, count]) => {
    const one = Math.floor(cell / width);
    const other = cell % width;
    const expected = (ofA[one] * ofB[other]) / rowCount;
    return count === 0 && expected >= LEAST_EXPECTED ? [[one, other]] : [];
  });
}
