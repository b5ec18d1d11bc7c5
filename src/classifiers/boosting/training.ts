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

export interface CrossBoosted {
  readonly boosted: readonly Boosted[];
  readonly outOfFoldMargins: Float64Array;
  /** How categories of many levels were treated; null where there are none. */
  readonly manyLevels: ManyLevels | null;
}

type ManyLevels = Exclude<BoostingSettings["manyLevels"], "auto">;

/** Trains once per fold, stopping early on its rows. */
export async function crossBoost(
  training: Training,
  input: TrainingInput,
  folds: Folds,
): Promise<CrossBoosted> {
  const { manyLevels, nativeLevels } = training.settings;
  const positions = featuresOfManyLevels(input.vectors, nativeLevels);
  if (positions.length === 0)
    return { ...(await crossBoostNatively(training, input, folds)), manyLevels: null };
  const native =
    manyLevels === "statistics"
      ? undefined
      : await crossBoostNatively(training, input, folds, manyLevels === "auto" ? ", native categories" : "");
  if (native !== undefined && manyLevels === "native") return { ...native, manyLevels };
  const encoded = await crossBoostEncoded(training, input, folds, positions);
  if (native === undefined || meanHeldOutLoss(encoded) < meanHeldOutLoss(native))
    return { ...encoded, manyLevels: "statistics" };
  return { ...native, manyLevels: "native" };
}

function meanHeldOutLoss({ boosted }: Pick<CrossBoosted, "boosted">): number {
  const least = boosted.map(({ heldOutLosses }) =>
    heldOutLosses.reduce((low, loss) => Math.min(low, loss), Number.POSITIVE_INFINITY),
  );
  return least.reduce((sum, loss) => sum + loss, 0) / boosted.length;
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
): Promise<Omit<CrossBoosted, "manyLevels">> {
  return withBins(training, input, async (data) => {
    const runs = new FoldRuns(`${training.name}${variant}`, training.settings, input, folds);
    for (let fold = 0; fold < folds.count; fold++) await runs.boostFold(fold, data);
    return runs.finish();
  });
}

/** Statistics are of the rows outside the fold, so every fold has separate bins. */
async function crossBoostEncoded(
  training: Training,
  input: TrainingInput,
  folds: Folds,
  positions: readonly number[],
): Promise<Omit<CrossBoosted, "manyLevels">> {
  const { vectors, labels, fit } = input;
  const runs = new FoldRuns(`${training.name}, statistics of categories`, training.settings, input, folds);
  for (let fold = 0; fold < folds.count; fold++) {
    const isTraining = (row: number) => folds.of[row] !== fold;
    const rows = { labels, weights: fit.weights, isTraining, seed: fit.seed ?? 0 };
    const encoded = encodeCategories(vectors, positions, rows);
    await withBins(training, { ...input, vectors: encoded.vectors }, (data) =>
      runs.boostFold(fold, data, encoded),
    );
  }
  return runs.finish();
}

function decoded(boosted: Boosted, { ofCode }: EncodedVectors): Boosted {
  return { ...boosted, trees: boosted.trees.map((tree) => decodeTree(tree, ofCode)) };
}

/** The runs of all folds, reported as one phase. */
class FoldRuns {
  private readonly boosted: Boosted[] = [];
  private readonly outOfFoldMargins: Float64Array;
  private readonly pulse: Pulse;
  private readonly total: number;

  constructor(
    private readonly phase: string,
    private readonly settings: BoostingSettings,
    private readonly input: TrainingInput,
    private readonly folds: Folds,
  ) {
    this.outOfFoldMargins = new Float64Array(input.labels.length);
    this.pulse = new Pulse(input.fit);
    this.total = settings.rounds * folds.count;
  }

  async boostFold(fold: number, data: BinnedData, encoded?: EncodedVectors): Promise<void> {
    const { settings, phase, total, folds, pulse } = this;
    const { labels, fit } = this.input;
    const rows = { labels, weights: fit.weights, folds: folds.of };
    const run = { data, rows, heldOutFold: fold, settings, seed: fit.seed ?? 0, run: fold };
    const onRound = (round: number) => {
      const detail = `fold ${fold + 1} of ${folds.count}, ${count(round, "tree")}`;
      pulse.report({ phase, done: fold * settings.rounds + round, total, detail });
    };
    const boosted = await boost(run, pulse, onRound, this.outOfFoldMargins);
    this.boosted.push(encoded === undefined ? boosted : decoded(boosted, encoded));
  }

  finish(): Omit<CrossBoosted, "manyLevels"> {
    const { phase, total, boosted, outOfFoldMargins } = this;
    this.pulse.report({ phase, done: total, total });
    return { boosted, outOfFoldMargins };
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
