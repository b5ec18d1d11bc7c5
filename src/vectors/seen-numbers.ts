/** What training saw in a column of numbers or dates, as its input keeps it. */
export interface SeenNumbers {
  readonly missingSeen: boolean;
  readonly range?: readonly [low: number, high: number];
  readonly isFlag?: true;
}

/** Whether values are missing, their range, and whether they are flags: 0 and 1, both of them, and nothing else. */
export function seenIn(values: Float64Array, areDates: boolean): SeenNumbers {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let missingSeen = false;
  let areFlags = !areDates;
  for (const value of values) {
    if (Number.isNaN(value)) {
      missingSeen = true;
      continue;
    }
    if (value < low) low = value;
    if (value > high) high = value;
    if (value !== 0 && value !== 1) areFlags = false;
  }
  if (low > high) return { missingSeen };
  return {
    missingSeen,
    // Adding 0 makes 0 of −0, which JSON does not keep.
    range: [low + 0, high + 0],
    ...(areFlags && low < high ? { isFlag: true } : {}),
  };
}
