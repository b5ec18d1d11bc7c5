import { Pulse } from "../../progress.js";
import { binVectors } from "../../trees/binning/bin-vectors.js";
import type { BinnedData } from "../../trees/binning/binned-data.js";
import {
  decodeTree,
  type EncodedVectors,
  encodeCategories,
  featuresOfManyLevels,
} from "../../trees/binning/encoded-categories.js";
import { memberCountFor } from "../../trees/binning/threads.js";
import { binChunks, type TrainingChunks } from "../../trees/binning/training-chunks.js";
import { checkRows } from "../../trees/growing/labels.js";
import { loadPlanes } from "../../trees/scoring/planes.js";
import type { Folds } from "../../vectors/folds.js";
import type { FitOptions } from "../classifier.js";
import { type Boosted, boost } from "./boost.js";
import {
  type BoostFold,
  type FoldBoosts,
  FoldRuns,
  type KeptTrees,
  type Training,
  type TrainingInput,
} from "./fold-runs.js";
import type { BoostingSettings } from "./options.js";

export interface CrossBoosted {
  /** One per fold. */
  readonly boosted: readonly KeptTrees[];
  /** How categories of many levels were treated in most folds; null where there are none. */
  readonly manyLevels: ManyLevels | null;
}

type ManyLevels = Exclude<BoostingSettings["manyLevels"], "auto">;

/**
 * Trains once per fold. How many trees a fold keeps, and how its categories of many levels are treated, is decided by the
 * held-out rows of the other folds.
 */
export async function crossBoost(
  training: Training,
  input: TrainingInput,
  folds: Folds,
): Promise<CrossBoosted> {
  const { manyLevels, nativeLevels } = training.settings;
  const positions = featuresOfManyLevels(input.vectors, nativeLevels);
  const isAuto = positions.length > 0 && manyLevels === "auto";
  const native =
    positions.length > 0 && manyLevels === "statistics"
      ? undefined
      : await crossBoostNatively(training, input, folds, isAuto ? ", native categories" : "");
  const encoded =
    positions.length > 0 && manyLevels !== "native"
      ? await crossBoostEncoded(training, input, folds, positions)
      : undefined;
  const all = Array.from({ length: folds.count }, (_, fold) => fold);
  const isEncoded = (fold: number) =>
    encoded !== undefined &&
    !(native !== undefined && native.lossOfOthers(fold) <= encoded.lossOfOthers(fold));
  const encodedFolds = all.filter(isEncoded);
  const kept = [
    ...((await native?.keptTrees(all.filter((fold) => !isEncoded(fold)))) ?? []),
    ...((await encoded?.keptTrees(encodedFolds)) ?? []),
  ];
  const boosted = kept.sort((one, other) => one.fold - other.fold);
  if (positions.length === 0) return { boosted, manyLevels: null };
  return { boosted, manyLevels: 2 * encodedFolds.length > folds.count ? "statistics" : "native" };
}

/**
 * Trains on all rows.
 * @param folds when given, determine the number of trees (the mean number that cross-fitting keeps) and how categories
 * of many levels are treated.
 */
export async function boostAll(
  training: Training,
  input: TrainingInput,
  folds: Folds | undefined,
): Promise<Boosted> {
  const { name, settings } = training;
  const { vectors, labels, fit } = input;
  let { rounds, manyLevels } = settings;
  if (folds !== undefined) {
    const crossBoosted = await crossBoost(training, input, folds);
    const trees = crossBoosted.boosted.reduce((sum, each) => sum + each.trees.length, 0);
    rounds = Math.max(1, Math.round(trees / folds.count));
    manyLevels = crossBoosted.manyLevels ?? manyLevels;
  }
  const positions = manyLevels === "statistics" ? featuresOfManyLevels(vectors, settings.nativeLevels) : [];
  const rows = { labels, weights: fit.weights, isTraining: () => true, seed: fit.seed ?? 0 };
  const encoded = encodeCategories(vectors, positions, rows);
  return withBins(training, { ...input, vectors: encoded.vectors }, async (data) => {
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
    return decoded(boosted, encoded);
  });
}

/** All folds share one binning. */
async function crossBoostNatively(
  training: Training,
  input: TrainingInput,
  folds: Folds,
  variant: string,
): Promise<FoldBoosts> {
  const runs = new FoldRuns(`${training.name}${variant}`, training.settings, input, folds);
  return withBins(training, input, (data) =>
    runs.make(
      (fold, leastRounds) => runs.boostFold(fold, data, leastRounds),
      // These bins are given back by then: of two treatments only one has bins at a time.
      (goOn) =>
        withBins(training, input, (again) =>
          goOn((fold, leastRounds, start) => runs.boostFold(fold, again, leastRounds, start)),
        ),
    ),
  );
}

/** Statistics are of the rows outside the fold, so every fold has separate bins. */
async function crossBoostEncoded(
  training: Training,
  input: TrainingInput,
  folds: Folds,
  positions: readonly number[],
): Promise<FoldBoosts> {
  const { vectors, labels, fit } = input;
  const runs = new FoldRuns(`${training.name}, statistics of categories`, training.settings, input, folds);
  const boostFold: BoostFold = (fold, leastRounds, start) => {
    const isTraining = (row: number) => folds.of[row] !== fold;
    const rows = { labels, weights: fit.weights, isTraining, seed: fit.seed ?? 0 };
    const encoded = encodeCategories(vectors, positions, rows);
    return withBins(training, { ...input, vectors: encoded.vectors }, async (data) =>
      decoded(await runs.boostFold(fold, data, leastRounds, start), encoded),
    );
  };
  return runs.make(boostFold, (goOn) => goOn(boostFold));
}

function decoded(boosted: Boosted, { ofCode }: EncodedVectors): Boosted {
  return { ...boosted, trees: boosted.trees.map((tree) => decodeTree(tree, ofCode)) };
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
    checkRows(functionName, settings.objective, labels.length, labels, weights);
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
    // A leaf has at least minChildRows rows, so bins with fewer give hardly any information.
    leastRows: Math.min(3, settings.minChildRows),
    seed: fit.seed ?? 0,
    hasWeights: fit.weights !== undefined,
    memberCount: memberCountFor(rowCount, featureCount, fit.threads),
  };
}

/** Bins the vectors, runs the work on the bins, releases them. */
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
