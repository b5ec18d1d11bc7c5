import { argumentProblem, Problems } from "../../errors.js";
import { addCellProblems, type RateCell } from "./cells.js";

/** A segment of one period: a value of what splits the subscribers, and their counts. */
export interface SegmentCell<Value = string> extends RateCell {
  readonly value: Value;
}

/** What a segment adds to the change of the total rate. */
export interface SegmentChange<Value = string> {
  readonly value: Value;
  readonly before: RateCell;
  readonly after: RateCell;
  /** left / base; null without a base. */
  readonly rateBefore: number | null;
  readonly rateAfter: number | null;
  /** Its share of the base. */
  readonly shareBefore: number;
  readonly shareAfter: number;
  /** Because its share of the base changed, and its rate is not that of all. */
  readonly mix: number;
  /** Because its rate changed. */
  readonly rate: number;
  /** mix + rate. */
  readonly total: number;
}

/** The change of a total rate between two periods, split by segment. All is null without a base in either period. */
export interface ChangeSplit<Value = string> {
  /** The rate of all segments together. */
  readonly before: number | null;
  readonly after: number | null;
  /** after − before. */
  readonly change: number | null;
  /** The sums over all segments. */
  readonly mix: number | null;
  readonly rate: number | null;
  /** By size of `total`, the largest change first; none where a period has no base. */
  readonly segments: readonly SegmentChange<Value>[];
}

/**
 * How much of the change of a rate is due to the mix of segments, and how much to their rates (Kitagawa 1955). With the shares w of the
 * base and the rates r of a segment before (0) and after (1), and R, the mean of both total rates:
 * mix = (w₁ − w₀) · ((r₀ + r₁) / 2 − R), rate = (w₀ + w₁) / 2 · (r₁ − r₀). Neither period is the standard of the other.
 *
 * - A segment without a base in one period has its rate of the other there: all it adds is mix.
 * - Where some left of a segment without a base (they joined later), their share left / base of all is part of `rate`.
 *
 * Figures are rounded to a multiple of a power of two, about 1e-15 of the rates, and what this leaves is added to the largest
 * effect: mix + rate = total, and the sums over segments are `mix`, `rate` and `change`, in any order without any rounding error.
 * `change` is that of the two rates to the same digit.
 * @param before segments, each value once.
 * @param after the same; a value that is in one list only has no subscribers in the other.
 * @throws HoldfastError for counts that are no whole numbers from 0 up, and for values that occur twice.
 * @example
 * splitChange(
 *   [{ value: "prepaid", base: 500, left: 20 }, { value: "postpaid", base: 500, left: 5 }],
 *   [{ value: "prepaid", base: 700, left: 28 }, { value: "postpaid", base: 300, left: 3 }],
 * ); // change 0.006, of which mix 0.006 and rate 0
 */
export function splitChange<Value = string>(
  before: readonly SegmentCell<Value>[],
  after: readonly SegmentCell<Value>[],
): ChangeSplit<Value> {
  check({ before, after });
  const pairs = paired(before, after);
  const all = { before: sumOf(before), after: sumOf(after) };
  const [rateBefore, rateAfter] = [rateOf(all.before), rateOf(all.after)];
  if (rateBefore === null || rateAfter === null) {
    return { before: rateBefore, after: rateAfter, change: null, mix: null, rate: null, segments: [] };
  }
  const middle = (rateBefore + rateAfter) / 2;
  const exact = pairs.map((pair) => effectsOf(pair, all.before.base, all.after.base, middle));
  const size = exact.reduce(
    (sum, { mix, rate }) => sum + Math.abs(mix) + Math.abs(rate),
    rateBefore + rateAfter,
  );
  const round = roundingTo(size);
  const change = round(rateAfter - rateBefore);
  const rounded = exact.map((segment) => ({
    ...segment,
    mix: round(segment.mix),
    rate: round(segment.rate),
  }));
  const rest = change - rounded.reduce((sum, { mix, rate }) => sum + mix + rate, 0);
  const segments = withRest(rounded, rest)
    .map((segment) => ({ ...segment, total: segment.mix + segment.rate }))
    .sort((a, b) => Math.abs(b.total) - Math.abs(a.total));
  const mix = segments.reduce((sum, segment) => sum + segment.mix, 0);
  const rate = segments.reduce((sum, segment) => sum + segment.rate, 0);
  return { before: rateBefore, after: rateAfter, change, mix, rate, segments };
}

interface Pair<Value> {
  readonly value: Value;
  readonly before: RateCell;
  readonly after: RateCell;
}

function effectsOf<Value>(pair: Pair<Value>, baseBefore: number, baseAfter: number, middle: number) {
  const { before, after } = pair;
  const [shareBefore, shareAfter] = [before.base / baseBefore, after.base / baseAfter];
  const [rateBefore, rateAfter] = [rateOf(before), rateOf(after)];
  const first = rateBefore ?? rateAfter ?? 0;
  const second = rateAfter ?? first;
  const added =
    (rateAfter === null ? after.left / baseAfter : 0) - (rateBefore === null ? before.left / baseBefore : 0);
  return {
    ...pair,
    rateBefore,
    rateAfter,
    shareBefore,
    shareAfter,
    mix: (shareAfter - shareBefore) * ((first + second) / 2 - middle),
    rate: ((shareBefore + shareAfter) / 2) * (second - first) + added,
  };
}

/** Adds the last digits that roundings left to the largest effect, where they matter least. */
function withRest<Segment extends { readonly mix: number; readonly rate: number }>(
  segments: readonly Segment[],
  rest: number,
): readonly Segment[] {
  const sizeOf = ({ mix, rate }: Segment) => Math.max(Math.abs(mix), Math.abs(rate));
  const largest = segments.reduce((most, segment) => (sizeOf(segment) > sizeOf(most) ? segment : most));
  const isMix = Math.abs(largest.mix) > Math.abs(largest.rate);
  const corrected = isMix ? { mix: largest.mix + rest } : { rate: largest.rate + rest };
  return segments.map((segment) => (segment === largest ? { ...segment, ...corrected } : segment));
}

/** Rounds to a multiple of a power of two so small, that all sums of less than `size` are exact. */
function roundingTo(size: number): (value: number) => number {
  const unit = size > 0 ? 2 ** (Math.ceil(Math.log2(size)) - 52) : 1;
  // + 0: no minus zero.
  return (value) => Math.round(value / unit) * unit + 0;
}

function paired<Value>(
  before: readonly SegmentCell<Value>[],
  after: readonly SegmentCell<Value>[],
): Pair<Value>[] {
  const pairs = new Map<Value, Pair<Value>>();
  const none = { base: 0, left: 0 };
  for (const { value, base, left } of before)
    pairs.set(value, { value, before: { base, left }, after: none });
  for (const { value, base, left } of after) {
    pairs.set(value, { value, before: pairs.get(value)?.before ?? none, after: { base, left } });
  }
  return [...pairs.values()];
}

function sumOf(cells: readonly RateCell[]): RateCell {
  return cells.reduce((sum, { base, left }) => ({ base: sum.base + base, left: sum.left + left }), {
    base: 0,
    left: 0,
  });
}

function rateOf({ base, left }: RateCell): number | null {
  return base > 0 ? left / base : null;
}

function check(periods: Readonly<Record<"before" | "after", readonly SegmentCell<unknown>[]>>): void {
  const problems = new Problems();
  for (const [argument, cells] of Object.entries(periods)) {
    addCellProblems(problems, "splitChange", argument, cells);
    const seen = new Set<unknown>();
    for (const [place, cell] of Array.isArray(cells) ? cells.entries() : []) {
      const value = cell?.value;
      if (seen.has(value)) {
        const expected = "must occur once";
        problems.add(argumentProblem("splitChange", `${argument}[${place}].value`, expected, value));
      }
      seen.add(value);
    }
  }
  problems.throwIfAny();
}
