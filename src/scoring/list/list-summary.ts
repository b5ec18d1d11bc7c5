import { counted, whole } from "../../printing/numbers.js";
import type { DrawnList } from "./draw-list.js";

/** A tier of a list, as it was filled. */
export interface ListTier {
  readonly tier: string;
  /** How many rows it has room for; null for the last tier, which takes the rest. */
  readonly capacity: number | null;
  /** Exactly its capacity, as long as there are rows. */
  readonly rows: number;
  /** Probability (or expected loss) of its last row; null where it has no rows, and for the last tier. */
  readonly from: number | null;
  /** Rows of that same probability (or loss) in lower tiers: value, id and place decided between them. */
  readonly tied: number;
}

/** The tiers of a batch that was ranked as one list. */
export interface ListSummary {
  /** What rows were ranked by: `expectedLoss` where the model's tiers go by it. */
  readonly by: "probability" | "expectedLoss";
  /** The first one first. */
  readonly tiers: readonly ListTier[];
}

export function listSummary({ by, tiers }: DrawnList): ListSummary {
  return {
    by,
    tiers: tiers.map(({ tier, capacity, rows, last, tied }) => ({
      tier,
      capacity,
      rows,
      from: last?.amount ?? null,
      tied,
    })),
  };
}

/** What the user should notice: tiers that are not full, and ties that something else than the probability decided. */
export function listNotes({ by, tiers }: ListSummary): string[] {
  const amount = by === "probability" ? "probability" : "expected loss";
  return tiers.flatMap(({ tier, capacity, rows, tied }) => [
    ...(capacity === null || rows >= capacity
      ? []
      : [`tier ${tier} is not full: ${counted(rows, "row")} of ${whole(capacity)}, there are no more`]),
    ...(tied === 0
      ? []
      : [
          `tier ${tier} ends within a tie: ${counted(tied, "more row has", "more rows have")} the same ${amount} as its last; value, id and place decided`,
        ]),
  ]);
}
