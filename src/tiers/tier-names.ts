/** What tiers are called that the data drew, by how many there are; one when they can't be told apart. */
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

/** Whether there are names for so many tiers, two or more. */
export function isTierCount(count: unknown): count is number {
  return Number.isInteger(count) && (count as number) >= 2 && (count as number) <= NAMES.length;
}
