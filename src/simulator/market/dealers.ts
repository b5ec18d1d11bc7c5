import { createRandom, type Random } from "../../random.js";

/** How a dealer sells: well; unsuitable tariffs to customers who soon regret it; or cards for the activation bonus. */
export type DealerKind = "honest" | "poor" | "bulk";

/** How the cards of a bulk dealer live. */
export interface BulkCards {
  /** Share of the dealer's single subscribers. */
  readonly share: number;
  /** Use as a share of that of other subscribers. */
  readonly use: number;
  /** Months of life, from 1, in which most of the cards end: [from, to]. */
  readonly ends: readonly [number, number];
  /** Whether they are activated in batches, on one day of a quarter. */
  readonly isInBatches: boolean;
}

/** A shop or agent that activates subscribers. */
export interface Dealer {
  /** `D01` … `D60`. */
  readonly id: string;
  readonly kind: DealerKind;
  /** Of a bulk dealer. */
  readonly bulk: BulkCards | undefined;
  /** Added to the log-odds of leaving of its subscribers in their first year, and half of it later. */
  readonly hazardEffect: number;
}

/** Share of the other dealers who sell unsuitable tariffs. */
const POOR_SHARE = 0.25;
const USUAL_SPREAD = 0.15;
const ENDS = [
  [4, 6],
  [5, 9],
  [7, 12],
] as const;

/** The dealers of an operator; the same for any number of subscribers. */
export function drawDealers({
  seed,
  dealers,
  bulkDealers,
}: {
  readonly seed: number;
  readonly dealers: number;
  readonly bulkDealers: number;
}): readonly Dealer[] {
  const random = createRandom(seed, "dealers");
  const bulk = new Set<number>();
  while (bulk.size < bulkDealers) bulk.add(random.integer(dealers));
  const digits = Math.max(2, String(dealers).length);
  return Array.from({ length: dealers }, (_, i) => {
    const own = createRandom(seed, "dealer", i);
    const id = `D${String(i + 1).padStart(digits, "0")}`;
    const isPoor = own.next() < POOR_SHARE;
    const hazardEffect = isPoor ? 0.4 + 0.9 * own.next() : USUAL_SPREAD * own.normal();
    if (!bulk.has(i)) return { id, kind: isPoor ? "poor" : "honest", bulk: undefined, hazardEffect };
    return { id, kind: "bulk", bulk: drawBulkCards(own), hazardEffect: USUAL_SPREAD * own.normal() };
  });
}

function drawBulkCards(random: Random): BulkCards {
  return {
    share: 0.1 + 0.5 * random.next(),
    use: 0.03 + 0.47 * random.next(),
    ends: ENDS[random.integer(ENDS.length)],
    isInBatches: random.next() < 0.5,
  };
}

/** Months between the batches of a bulk dealer, when the bonus is settled. */
export const BATCH_INTERVAL = 3;

/** The day of the month, from 0, on which a dealer activates the batch of a month. */
export function batchDay(seed: number, dealer: Dealer, month: number): number {
  return createRandom(seed, "batch", dealer.id, month).integer(28);
}
