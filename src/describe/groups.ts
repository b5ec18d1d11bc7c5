import { wilsonInterval } from "../math/wilson-interval.js";
import type { ChurnGroup } from "./description.js";

/** Rows of one value or band, by label. */
export interface CountedGroup {
  readonly name: string;
  readonly is: ChurnGroup["is"];
  readonly churned: number;
  readonly stayed: number;
}

/** Groups that have rows, with their churn rates. */
export function churnGroups(groups: readonly CountedGroup[]): ChurnGroup[] {
  return groups.flatMap(({ name, is, churned, stayed }) => {
    const rows = churned + stayed;
    if (rows === 0) return [];
    const rate = churned / rows;
    return [{ name, is, rows, churned, rate, ...wilsonInterval(rate, rows, 0.95) }];
  });
}

/**
 * The information value of groups: Σ (p − q) · ln(p / q), where p and q are the shares of all churners and of all others that a
 * group holds (the J-divergence of Kullback 1959; the weight of evidence of scorecards, Siddiqi 2006). Where a group has no
 * churner or no other, half a row is added to all counts. Null for fewer than two groups.
 */
export function informationValue(groups: readonly CountedGroup[]): number | null {
  const filled = groups.filter(({ churned, stayed }) => churned + stayed > 0);
  if (filled.length < 2) return null;
  const more = filled.some(({ churned, stayed }) => churned === 0 || stayed === 0) ? 0.5 : 0;
  const all = { churned: 0, stayed: 0 };
  for (const { churned, stayed } of filled) {
    all.churned += churned + more;
    all.stayed += stayed + more;
  }
  let value = 0;
  for (const { churned, stayed } of filled) {
    const [p, q] = [(churned + more) / all.churned, (stayed + more) / all.stayed];
    value += (p - q) * Math.log(p / q);
  }
  return value;
}

/** A statistic with its degrees of freedom, and the rows of each label that it is of. */
export interface ChiSquare {
  readonly statistic: number;
  readonly degrees: number;
  readonly churners: number;
  readonly others: number;
}

/** Pearson's chi-square of groups by label, without correction. */
export function chiSquareOf(groups: readonly CountedGroup[]): ChiSquare {
  const filled = groups.filter(({ churned, stayed }) => churned + stayed > 0);
  let [churners, others] = [0, 0];
  for (const { churned, stayed } of filled) {
    churners += churned;
    others += stayed;
  }
  let statistic = 0;
  for (const { churned, stayed } of filled) {
    const share = (churned + stayed) / (churners + others);
    statistic += (churned - share * churners) ** 2 / (share * churners);
    statistic += (stayed - share * others) ** 2 / (share * others);
  }
  return { statistic, degrees: filled.length - 1, churners, others };
}
