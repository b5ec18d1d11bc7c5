import type { Pulse } from "../../progress.js";
import { createRandom } from "../../random.js";
import type { Vectors } from "../../vectors/vectors.js";
import { BinnedData } from "./binned-data.js";
import { factsOf, planBins, SAMPLED_ROWS } from "./binned-feature.js";

export interface BinningOptions {
  readonly maxBins: number;
  /** A bin with fewer rows is joined with the next. */
  readonly leastRows: number;
  readonly seed: number;
  /** Members of the training team. */
  readonly memberCount: number;
  readonly hasWeights: boolean;
}

/** Bins vectors that are in memory. */
export async function binVectors(
  vectors: Vectors,
  options: BinningOptions,
  pulse: Pulse,
): Promise<BinnedData> {
  const rows = sampledRows(vectors.rowCount, options.seed);
  await pulse.beat();
  const { features, columnCount } = planBins(factsOf(vectors, rows), options.maxBins, options.leastRows);
  const data = await BinnedData.allocate(vectors.rowCount, features, columnCount, options);
  try {
    await data.fill(vectors, pulse);
    return data;
  } catch (error) {
    await data.close();
    throw error;
  }
}

/** One row at random out of each of {@link SAMPLED_ROWS} stretches, or undefined: all of them. */
export function sampledRows(rowCount: number, seed: number): Int32Array | undefined {
  if (rowCount <= SAMPLED_ROWS) return undefined;
  const random = createRandom(seed, "boosting cut points");
  const step = rowCount / SAMPLED_ROWS;
  return Int32Array.from({ length: SAMPLED_ROWS }, (_, i) => Math.floor((i + random.next()) * step));
}
