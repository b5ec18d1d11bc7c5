import type { Tally } from "./tally.js";

/** `"right"`: every churner has a higher score than every other row; `"wrong"`: a lower one. */
export type Separation = "right" | "wrong";

/** Whether the scores separate the classes perfectly; null where they overlap or share a score. */
export function separationOf({
  positives,
  negatives,
}: Pick<Tally, "positives" | "negatives">): Separation | null {
  const isThere = (mass: number) => mass > 0;
  // Scores fall: a smaller place is a higher score.
  if (positives.findLastIndex(isThere) < negatives.findIndex(isThere)) return "right";
  return negatives.findLastIndex(isThere) < positives.findIndex(isThere) ? "wrong" : null;
}
