import { Pulse } from "../../progress.js";
import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { FitOptions } from "../classifier.js";
import { binVectors } from "./bin-vectors.js";
import type { BinnedData } from "./binned-data.js";
import { type Boosted, boost } from "./boost.js";
import { checkRows } from "./labels.js";
import type { BoostingSettings } from "./options.js";
import { loadPlanes } from "./planes.js";
import { memberCountFor } from "./threads.js";
import { binChunks, type TrainingChunks } from "./training-chunks.js";

/** What is trained: the name that progress and errors give it, and its settings. */
export interface Training {
  readonly name: string;
  readonly functionName: string;
  readonly settings: BoostingSettings;
}

/** Training rows: features, and labels (0 and 1, values or counts). */
export interface TrainingInput {
  readonly vectors: Vectors;
  readonly labels: ArrayLike<number>;
  readonly fit: FitOptions;
}

export interface CrossBoosted {
  readonly boosted: readonly Boosted[];
  readonly outOfFoldMargins: Float64Array;
}

/** Trains once per fold, stopping early on its rows; all folds share one binning. */
export async function crossBoost(
  training: Training,
  input: TrainingInput,
  folds: Folds,
): Promise<CrossBoosted> {
  return withBins(training, input, (data) => crossBoostBinned(training, input, folds, data));
}

/**
 * Trains on all rows.
 * @param folds when given, decide the number of trees: as many as cross-fitting keeps on average.
 */
export async function boostAll(
  training: Training,
  input: TrainingInput,
  folds: Folds | undefined,
): Promise<Boosted> {
  return withBins(training, input, async (data) => {
    const { name, settings } = training;
    const { labels, fit } = input;
    let { rounds } = settings;
    if (folds !== undefined) {
      const { boosted } = await crossBoostBinned(training, input, folds, data);
      const trees = boosted.reduce((sum, each) => sum + each.trees.length, 0);
      rounds = Math.max(1, Math.round(trees / boosted.length));
    }
    const pulse = new Pulse(fit);
    const phase = `${name}, all rows`;
    const run = {
      data,
      rows: { labels, weights: fit.weights, folds: undefined },
      heldOutFold: -1,
      settings: { ...settings, rounds },
      seed: fit.seed ?? 0,
      run: -1,
    };
    const boosted = await boost(run, pulse, (done) => pulse.report({ phase, done, total: rounds }));
    pulse.report({ phase, done: rounds, total: rounds });
    return boosted;
  });
}

async function crossBoostBinned(
  { name, settings }: Training,
  { labels, fit }: TrainingInput,
  folds: Folds,
  data: BinnedData,
): Promise<CrossBoosted> {
  const pulse = new Pulse(fit);
  const total = settings.rounds * folds.count;
  const rows = { labels, weights: fit.weights, folds: folds.of };
  const outOfFoldMargins = new Float64Array(labels.length);
  const boosted: Boosted[] = [];
  for (let fold = 0; fold < folds.count; fold++) {
    const onRound = (round: number) => {
      const detail = `fold ${fold + 1} of ${folds.count}, ${round} trees`;
      pulse.report({ phase: name, done: fold * settings.rounds + round, total, detail });
    };
    const run = { data, rows, heldOutFold: fold, settings, seed: fit.seed ?? 0, run: fold };
    boosted.push(await boost(run, pulse, onRound, outOfFoldMargins));
  }
  pulse.report({ phase: name, done: total, total });
  return { boosted, outOfFoldMargins };
}

/** Trains on rows that arrive in chunks, exactly `settings.rounds` trees. */
export async function boostChunks(
  { name, functionName, settings }: Training,
  source: TrainingChunks,
  fit: FitOptions,
): Promise<Boosted> {
  await loadPlanes();
  const pulse = new Pulse(fit);
  const { data, labels, weights } = await binChunks(
    source,
    binningOptions(settings, source.rowCount, await featureCountOf(source), fit),
    pulse,
  );
  try {
    checkRows(functionName, settings.objective, source.rowCount, labels, weights);
    const { rounds } = settings;
    const rows = { labels, weights, folds: undefined };
    const run = { data, rows, heldOutFold: -1, settings, seed: fit.seed ?? 0, run: -1 };
    const boosted = await boost(run, pulse, (done) => pulse.report({ phase: name, done, total: rounds }));
    pulse.report({ phase: name, done: rounds, total: rounds });
    return boosted;
  } finally {
    await data.close();
  }
}

async function featureCountOf(source: TrainingChunks): Promise<number> {
  for await (const { vectors } of source.chunks()) return vectors.features.length;
  return 0;
}

function binningOptions(settings: BoostingSettings, rowCount: number, featureCount: number, fit: FitOptions) {
  return {
    maxBins: settings.maxBins,
    // A leaf takes minChildRows rows at least, so bins with fewer hardly tell anything.
    leastRows: Math.min(3, settings.minChildRows),
    seed: fit.seed ?? 0,
    hasWeights: fit.weights !== undefined,
    memberCount: memberCountFor(rowCount, featureCount, fit.threads),
  };
}

/** Bins the vectors, works on the bins, gives them back. */
async function withBins<Value>(
  { functionName, settings }: Training,
  { vectors, labels, fit }: TrainingInput,
  work: (data: BinnedData) => Promise<Value>,
): Promise<Value> {
  checkRows(functionName, settings.objective, vectors.rowCount, labels, fit.weights);
  await loadPlanes();
  const options = binningOptions(settings, vectors.rowCount, vectors.features.length, fit);
  const data = await binVectors(vectors, options, new Pulse(fit));
  try {
    return await work(data);
  } finally {
    await data.close();
  }
}
