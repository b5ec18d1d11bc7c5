import type { ChangeSplit } from "../statistics/split-change.js";

/**
 * Splits of one change by several cuts with the same `change`, to the last digit: those of {@link splitChange} are rounded to a power of two
 * that depends on the cut. The coarsest of these is taken for all, and what it leaves is added to the largest effect of each cut, so
 * that effects still sum to the change without any rounding error.
 */
export function ofOneChange<Value>(splits: readonly ChangeSplit<Value>[]): ChangeSplit<Value>[] {
  const unit = Math.max(...splits.map(unitOf));
  return splits.map((split) => {
    const { before, after, change, segments } = split;
    if (before === null || after === null || change === null || segments.length === 0) return split;
    // + 0: no minus zero.
    const same = Math.round((after - before) / unit) * unit + 0;
    const rest = same - change;
    if (rest === 0) return split;
    const [largest, ...others] = segments;
    const isMix = Math.abs(largest.mix) > Math.abs(largest.rate);
    const mix = isMix ? largest.mix + rest : largest.mix;
    const rate = isMix ? largest.rate : largest.rate + rest;
    const corrected = [{ ...largest, mix, rate, total: mix + rate }, ...others];
    const sum = (of: "mix" | "rate") => corrected.reduce((total, segment) => total + segment[of], 0);
    return { ...split, change: same, mix: sum("mix"), rate: sum("rate"), segments: corrected };
  });
}

/** A power of two of which all figures of a split are multiples, at least the one that they are rounded to. */
function unitOf<Value>({ before, after, segments }: ChangeSplit<Value>): number {
  const size = segments.reduce(
    (sum, { mix, rate }) => sum + Math.abs(mix) + Math.abs(rate),
    (before ?? 0) + (after ?? 0),
  );
  return size > 0 ? 2 ** (Math.ceil(Math.log2(size)) - 51) : 1;
}
