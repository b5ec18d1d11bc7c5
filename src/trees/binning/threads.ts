import { availableParallelism } from "node:os";
import { invalidArgument } from "../../errors.js";
import { canShareMemory, MOST_MEMORY_BYTES } from "../../kernel/memory.js";

/** Values (rows × features) below which a second thread costs more than it saves. */
const VALUES_WORTH_A_THREAD = 2_000_000;
/** Memory of a row in addition to its bins, and of a bin in both layouts. */
const BYTES_PER_ROW = 36;
const BYTES_PER_VALUE = 2;
/** What a shard may fill of the 4 GiB that it can address; histograms need the rest. */
const SHARE_FOR_ROWS = 0.85;

/**
 * How many members train together: one per thread, more where the rows would not fit the memory of that many.
 * @param threads as requested; default: one per processor, fewer on small data.
 * @throws HoldfastError when `threads` is no whole number ≥ 1.
 */
export function memberCountFor(rowCount: number, featureCount: number, threads?: number): number {
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
    invalidArgument("fit", "threads", "must be a whole number ≥ 1", threads);
  }
  if (!canShareMemory()) return 1;
  const worthwhile = Math.max(1, Math.floor((rowCount * featureCount) / VALUES_WORTH_A_THREAD));
  const bytes = rowCount * (BYTES_PER_ROW + BYTES_PER_VALUE * featureCount);
  const shards = Math.ceil(bytes / (MOST_MEMORY_BYTES * SHARE_FOR_ROWS));
  return Math.max(shards, threads ?? Math.min(availableParallelism(), worthwhile));
}
