/** The names of tiers that are drawn from the data, by their number; one tier when no difference is found. */
const NAMES: readonly (readonly string[])[] = [
  ["all"],
  ["high", "low"],
  ["high", "medium", "low"],
  ["very high", "high", "medium", "low"],
  ["very high", "high", "medium", "low", "very low"],
];

export function tierNames(count: number): readonly string[] {
  return NAMES[count - 1];
}

/** Whether there are names for this number of tiers, two or more. */
export function isTierCount(count: unknown): count is number {
  return Number.isInteger(count) && (count as number) >= 2 && (count as number) <= NAMES.length;
}
