import type { Random } from "../random.js";

/** One of the keys, with probability proportional to its weight; takes one random number. */
export function weightedChoice<Key extends string>(
  weights: Readonly<Record<Key, number>>,
  random: Random,
): Key {
  const keys = Object.keys(weights) as Key[];
  let rest = random.next() * keys.reduce((sum, key) => sum + weights[key], 0);
  for (const key of keys) {
    rest -= weights[key];
    if (rest < 0) return key;
  }
  return keys[keys.length - 1];
}

/** A Poisson count by inversion, so that it takes exactly one random number whatever the rate. */
export function poissonCount(rate: number, random: Random): number {
  const uniform = random.next();
  let probability = Math.exp(-rate);
  let cumulated = probability;
  let count = 0;
  while (uniform >= cumulated && count < 20) {
    count++;
    probability *= rate / count;
    cumulated += probability;
  }
  return count;
}
