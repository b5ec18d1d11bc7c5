import { createRandom } from "../../random.js";

/** A shop or agent that activates subscribers. */
export interface Dealer {
  /** `D01` … `D60`. */
  readonly id: string;
  /** Whether the dealer activates batches of unused cards for the activation bonus. */
  readonly activatesInBulk: boolean;
  /** Added to the log-odds of leaving of its subscribers. */
  readonly hazardEffect: number;
}

const DEALERS = 60;
const BULK_DEALERS = 4;
/** Share of dealers who sell unsuitable tariffs. */
const POOR_SHARE = 0.1;
const POOR_EFFECT = 0.4;

/** The dealers of an operator; the same number of them whatever its size. */
export function drawDealers(seed: number): readonly Dealer[] {
  const random = createRandom(seed, "dealers");
  const bulk = new Set<number>();
  while (bulk.size < BULK_DEALERS) bulk.add(random.integer(DEALERS));
  return Array.from({ length: DEALERS }, (_, i) => ({
    id: `D${String(i + 1).padStart(2, "0")}`,
    activatesInBulk: bulk.has(i),
    hazardEffect: random.next() < POOR_SHARE ? POOR_EFFECT : 0,
  }));
}

/** Months between the batches of a bulk dealer, when the bonus is settled. */
export const BATCH_INTERVAL = 3;

/** The day of the month, from 0, on which a dealer activates the batch of a month. */
export function batchDay(seed: number, dealer: Dealer, month: number): number {
  return createRandom(seed, "batch", dealer.id, month).integer(28);
}
