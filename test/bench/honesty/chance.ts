import { createRandom, type Random } from "../../../src/random.js";

type Row = Record<string, string | number>;

/** A Gaussian, whole numbers from 0 to 49, four levels of text. */
const KINDS: readonly ((random: Random) => string | number)[] = [
  (random) => random.normal(),
  (random) => random.integer(50),
  (random) => "uvwx"[random.integer(4)],
];

/** Rows whose label `churn` is independent of all features, which are of the three kinds in turns. */
export function chanceRows(
  rows: number,
  features: number,
  rate: number,
  ...keys: (number | string)[]
): Row[] {
  const random = createRandom(18, "chance", rows, features, rate, ...keys);
  return Array.from({ length: rows }, () => {
    const row: Row = {};
    for (let f = 0; f < features; f++) row[`f${f}`] = KINDS[f % KINDS.length](random);
    row.churn = random.next() < rate ? 1 : 0;
    return row;
  });
}
