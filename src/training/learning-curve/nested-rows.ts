import { createRandom, shuffle } from "../../random.js";

/**
 * Random subsets of the rows, stratified by label: each holds all rows of those before it, and rows of one group
 * together. Groups with a churner and the others are shuffled separately; share s holds the first round(s × number) of both.
 * @param shares rising, in (0, 1].
 * @param groups a number per row, counted from 0 without gaps; default: every row is a separate group.
 * @returns for each share its rows, in ascending order.
 */
export function nestedRows(
  labels: Uint8Array,
  shares: readonly number[],
  seed: number,
  groups: Int32Array = Int32Array.from(labels.keys()),
): Int32Array[] {
  const enters = entersAt(labels, groups, seed);
  return shares.map((share) => Int32Array.from(groups.keys()).filter((row) => enters[groups[row]] < share));
}

/** For each group the share from which on it is included. */
function entersAt(labels: Uint8Array, groups: Int32Array, seed: number): Float64Array {
  const churned = new Uint8Array(groups.reduce((most, group) => Math.max(most, group), -1) + 1);
  for (let row = 0; row < labels.length; row++) if (labels[row] === 1) churned[groups[row]] = 1;
  const random = createRandom(seed, "learning curve");
  const enters = new Float64Array(churned.length);
  for (const stratum of [1, 0]) {
    const members = Int32Array.from(churned.keys()).filter((group) => churned[group] === stratum);
    shuffle(members, random);
    members.forEach((group, place) => {
      enters[group] = (place + 0.5) / members.length;
    });
  }
  return enters;
}
