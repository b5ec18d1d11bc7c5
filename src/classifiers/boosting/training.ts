import { count } from "../../errors.js";
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
import type { Vectors } from "../../vectors/vectors.js";
import type { FitOptions } from "../classifier.js";
import { runFolds, weightsOfFolds } from "../other-folds.js";
import { type Boosted, boost } from "./boost.js";
import type { BoostingSettings } from "./options.js";

/** What is trained: its name in progress and errors, and its settings. */
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

/** Trees of one fold. */
export type KeptTrees = Pick<Boosted, "baseMargin" | "trees">;

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
  if (positions.length === 0)
    return { boosted: await crossBoostNatively(training, input, folds), manyLevels: null };
  if (manyLevels !== "statistics") {
    const variant = manyLevels === "auto" ? ", native categories" : "";
    const native = await crossBoostNatively(training, input, folds, variant);
    if (manyLevels === "native") return { boosted: native, manyLevels };
    return betterByFold(native, await crossBoostEncoded(training, input, folds, positions));
  }
  return { boosted: await crossBoostEncoded(training, input, folds, positions), manyLevels };
}

/** Trees of a fold, and the mean loss of the other folds at as many trees of theirs. */
interface FoldTrees extends KeptTrees {
  readonly lossOfOthers: number;
}

function betterByFold(native: readonly FoldTrees[], encoded: readonly FoldTrees[]): CrossBoosted {
  const isEncoded = native.map((trees, fold) => encoded[fold].lossOfOthers < trees.lossOfOthers);
  const isMostly = 2 * isEncoded.filter(Boolean).length > isEncoded.length;
  return {
    boosted: native.map((trees, fold) => (isEncoded[fold] ? encoded[fold] : trees)),
    manyLevels: isMostly ? "statistics" : "native",
  };
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
  variant = "",
): Promise<FoldTrees[]> {
  return withBins(training, input, (data) => {
    const runs = new FoldRuns(`${training.name}${variant}`, training.settings, input, folds);
    return runs.make((fold, leastRounds) => runs.boostFold(fold, data, leastRounds));
  });
}

/** Statistics are of the rows outside the fold, so every fold has separate bins. */
async function crossBoostEncoded(
  training: Training,
  input: TrainingInput,
  folds: Folds,
  positions: readonly number[],
): Promise<FoldTrees[]> {
  const { vectors, labels, fit } = input;
  const runs = new FoldRuns(`${training.name}, statistics of categories`, training.settings, input, folds);
  return runs.make((fold, leastRounds) => {
    const isTraining = (row: number) => folds.of[row] !== fold;
    const rows = { labels, weights: fit.weights, isTraining, seed: fit.seed ?? 0 };
    const encoded = encodeCategories(vectors, positions, rows);
    return withBins(training, { ...input, vectors: encoded.vectors }, async (data) =>
      decoded(await runs.boostFold(fold, data, leastRounds), encoded),
    );
  });
}

function decoded(boosted: Boosted, { ofCode }: EncodedVectors): Boosted {
  return { ...boosted, trees: boosted.trees.map((tree) => decodeTree(tree, ofCode)) };
}

/** The runs of all folds, reported as one phase. */
class FoldRuns {
  private readonly pulse: Pulse;
  private readonly total: number;
  /** Folds that were reported; one that is boosted again is not. */
  private reported = 0;

  constructor(
    private readonly phase: string,
    private readonly settings: BoostingSettings,
    private readonly input: TrainingInput,
    private readonly folds: Folds,
  ) {
    this.pulse = new Pulse(input.fit);
    this.total = settings.rounds * folds.count;
  }

  /** @param boostFold makes the run of a fold. */
  async make(boostFold: (fold: number, leastRounds: number) => Promise<Boosted>): Promise<FoldTrees[]> {
    const { phase, total, folds, pulse, input } = this;
    const weights = weightsOfFolds(folds, input.fit.weights);
    const runs = await runFolds(folds.count, async (fold, leastRounds) => {
      const boosted = await boostFold(fold, leastRounds);
      this.reported = Math.max(this.reported, fold + 1);
      const curve = { losses: boosted.heldOutLosses, weight: weights[fold] };
      return { boosted, curve, stepsMade: boosted.trees.length };
    });
    pulse.report({ phase, done: total, total });
    return runs.map(({ run: { boosted }, kept }) => ({
      baseMargin: boosted.baseMargin,
      trees: boosted.trees.slice(0, kept.steps),
      lossOfOthers: kept.loss,
    }));
  }

  boostFold(fold: number, data: BinnedData, leastRounds: number): Promise<Boosted> {
    const { settings, phase, total, folds, pulse } = this;
    const { labels, fit } = this.input;
    const rows = { labels, weights: fit.weights, folds: folds.of };
    const run = { data, rows, heldOutFold: fold, settings, seed: fit.seed ?? 0, run: fold, leastRounds };
    return boost(run, pulse, (round) => {
      if (fold < this.reported) return;
      const detail = `fold ${fold + 1} of ${folds.count}, ${count(round, "tree")}`;
      pulse.report({ phase, done: fold * settings.rounds + round, total, detail });
    });
  }
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
