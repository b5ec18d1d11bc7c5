import { chiSquareTail } from "./chi-square-tail.js";

/** A cell of fewer expected rows is added to others (Cochran 1954). */
const LEAST_EXPECTED = 5;

/**
 * P-value of the chi-square test that two samples have the same distribution over bins (Pearson 1900). Bins in which fewer than
 * five rows are expected in either sample are taken together, with the next smallest where that is not enough.
 * Own code: chiSquaredGoodnessOfFit of simple-statistics compares counts with a distribution, by a table of critical values.
 * @param pairs rows of both samples in each bin, 0 or more; fractions are allowed.
 * @returns null where fewer than two bins are left, and for an empty sample.
 */
export function homogeneityPValue(pairs: readonly (readonly [number, number])[]): number | null {
  const first = pairs.reduce((sum, [count]) => sum + count, 0);
  const second = pairs.reduce((sum, [, count]) => sum + count, 0);
  const all = first + second;
  // Of the smaller sample.
  const expected = ([a, b]: readonly [number, number]) => ((a + b) / all) * Math.min(first, second);
  const rising = [...pairs].sort((a, b) => expected(a) - expected(b));
  const cells: (readonly [number, number])[] = [];
  let open: readonly [number, number] = [0, 0];
  for (const [a, b] of rising) {
    open = [open[0] + a, open[1] + b];
    if (expected(open) < LEAST_EXPECTED) continue;
    cells.push(open);
    open = [0, 0];
  }
  if (cells.length < 2) return null;
  let statistic = 0;
  for (const [a, b] of cells) {
    const share = (a + b) / all;
    statistic += (a - share * first) ** 2 / (share * first) + (b - share * second) ** 2 / (share * second);
  }
  return chiSquareTail(statistic, cells.length - 1);
}
