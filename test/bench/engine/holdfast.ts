import { boost } from "../../../src/classifiers/boosting/boost.js";
import { FittedBoosting } from "../../../src/classifiers/boosting/fitted-boosting.js";
import { type BoostingOptions, boostingSettings } from "../../../src/classifiers/boosting/options.js";
import { Pulse } from "../../../src/progress.js";
import { binVectors } from "../../../src/trees/binning/bin-vectors.js";
import type { BinnedData } from "../../../src/trees/binning/binned-data.js";
import { loadPlanes } from "../../../src/trees/scoring/planes.js";
import type { Vectors } from "../../../src/vectors/vectors.js";

/** What the engine and its peers train with: LightGBM's defaults, where it has one of the same meaning. */
export function engineOptions(rounds: number): BoostingOptions {
  return {
    rounds,
    learningRate: 0.1,
    maxLeaves: 31,
    maxBins: 255,
    minChildRows: 20,
    l2: 0,
    rowFraction: 1,
    categoricalSmoothing: 10,
    categoricalL2: 10,
    minCategoryGroupRows: 100,
  };
}

/** LightGBM's `min_data_in_bin`. */
export const LEAST_ROWS_IN_BIN = 3;

/** Bins for one run of training, without weights. */
export function bin(vectors: Vectors, threads: number): Promise<BinnedData> {
  const { maxBins } = boostingSettings(engineOptions(1));
  const options = { maxBins, leastRows: LEAST_ROWS_IN_BIN, seed: 0, memberCount: threads, hasWeights: false };
  return binVectors(vectors, options, new Pulse());
}

export async function train(data: BinnedData, labels: Uint8Array, rounds: number): Promise<FittedBoosting> {
  const settings = boostingSettings(engineOptions(rounds));
  const rows = { labels, weights: undefined, folds: undefined };
  const run = { data, rows, heldOutFold: -1, settings, seed: 0, run: -1 };
  await loadPlanes();
  const { baseMargin, trees } = await boost(run, new Pulse(), () => {});
  return new FittedBoosting({ family: "boosting", baseMargin, trees });
}

export async function score(model: FittedBoosting, vectors: Vectors, threads: number): Promise<Float64Array> {
  return threads === 1 ? model.margin(vectors) : await model.marginInParallel(vectors, { threads });
}
