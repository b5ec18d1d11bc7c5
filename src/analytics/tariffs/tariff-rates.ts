import { fisherExact } from "../../math/fisher-exact.js";
import { wilsonInterval } from "../../math/wilson-interval.js";
import { benjaminiHochberg } from "../statistics/benjamini-hochberg.js";

/** Subscribers of a tariff before a period, and how many of them left within it. */
export interface TariffCount {
  /** Null: subscribers without a tariff. */
  readonly tariff: string | null;
  readonly base: number;
  readonly left: number;
}

/** Whether more or fewer left than of the other tariffs, beyond chance and by enough to matter. */
export type ChurnLevel = "low" | "usual" | "high";

/** The churn rate of a tariff, compared with all other tariffs together. */
export interface TariffRate extends TariffCount {
  /** `left` / `base` with its 95% interval (Wilson 1927); null without a base. */
  readonly rate: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** The rate in multiples of that of all other tariffs; null where one of them has no base, or none of the others left. */
  readonly ratio: number | null;
  /** Of Fisher's exact test against all other tariffs, two-sided; null where there is nothing to compare with. */
  readonly pValue: number | null;
  /** Adjusted for the number of tariffs (Benjamini and Hochberg 1995). */
  readonly adjustedPValue: number | null;
  /** Null where there is nothing to compare with. */
  readonly churn: ChurnLevel | null;
}

/** A rate that differs from the others by chance in one of twenty findings is high or low. */
const LEVEL = 0.05;
/** And it is so many times that of the others: among a million subscribers any difference is beyond chance. */
const LEAST_RATIO = 1.2;
const INTERVAL = 0.95;

/**
 * Churn rates of tariffs from counts: which are high or low beyond chance, all tariffs taken together. High is an adjusted p-value of at most
 * 0.05 and at least 1.2 times the rate of all other tariffs, low at most 1/1.2 times.
 * @param counts `left` of `base`, whole numbers, `left` ≤ `base`.
 * @example tariffRates([{ tariff: "basic", base: 234_416, left: 41_363 }, { tariff: "plus", base: 281_343, left: 24_288 }])[0].rate?.value // 0.1765
 */
export function tariffRates(counts: readonly TariffCount[]): TariffRate[] {
  const all = { base: sumOf(counts, "base"), left: sumOf(counts, "left") };
  const pValues = counts.map(({ base, left }) =>
    base === 0 || base === all.base ? null : fisherExact(left, base, all.left, all.base),
  );
  const adjusted = benjaminiHochberg(pValues);
  return counts.map(({ tariff, base, left }, place) => {
    const others = { base: all.base - base, left: all.left - left };
    const isComparable = base > 0 && others.base > 0;
    const [own, rest] = [left / base, others.left / others.base];
    const isBeyondChance = (adjusted[place] ?? 1) <= LEVEL;
    const isHigh = isBeyondChance && own >= LEAST_RATIO * rest;
    const isLow = isBeyondChance && own * LEAST_RATIO <= rest;
    return {
      tariff,
      base,
      left,
      rate: base === 0 ? null : { value: own, ...wilsonInterval(own, base, INTERVAL) },
      ratio: isComparable && rest > 0 ? own / rest : null,
      pValue: pValues[place],
      adjustedPValue: adjusted[place],
      churn: isComparable ? (isHigh ? "high" : isLow ? "low" : "usual") : null,
    };
  });
}

function sumOf(counts: readonly TariffCount[], name: "base" | "left"): number {
  return counts.reduce((sum, count) => sum + count[name], 0);
}
