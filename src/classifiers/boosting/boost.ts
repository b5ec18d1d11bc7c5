import { invalidArgument } from "../../errors.js";
import type { Pulse } from "../../progress.js";
import { createRandom, shuffle } from "../../random.js";
import type { BinnedData } from "../../trees/binning/binned-data.js";
import { constraintsOf } from "../../trees/growing/constraints.js";
import { bestSplitOf, TreeGrower } from "../../trees/growing/grower.js";
import { bestConstant, labelFacts, noiseOfWeights, trainingFunction } from "../../trees/growing/labels.js";
import { exactWeights, withLeafRows } from "../../trees/growing/leaf-row-sums.js";
import type { GrownTree, Leaf, LeafRows } from "../../trees/growing/leaf-rows.js";
import { sortByLeaf } from "../../trees/growing/row-order.js";
import { scalesFor } from "../../trees/growing/scales.js";
import { SplitSearch } from "../../trees/growing/split-search.js";
import { type DrawnRows, type RowFacts, TrainingRows } from "../../trees/growing/training-rows.js";
import type { Tree } from "../../trees/tree.js";
import type { BoostingSettings } from "./options.js";

export interface BoostingRun {
  readonly data: BinnedData;
  readonly rows: RowFacts;
  /** The held-out fold for early stopping; −1: none, all rounds are made. */
  readonly heldOutFold: number;
  readonly settings: BoostingSettings;
  readonly seed: number;
  /** Keeps the random streams of several runs with one seed apart. */
  readonly run: number;
  /** Trees to grow before early stopping may end the run. Default 0. */
  readonly leastRounds?: number;
  /** A run that ended early, to go on with: the same trees as if it had not ended. Default: begin. */
  readonly start?: BoostingStart | undefined;
}

/** Where a run goes on. */
export interface BoostingStart {
  /** The number of trees so far. */
  readonly rounds: number;
  /** Of all rows, by these trees. */
  readonly margins: Float64Array;
  readonly heldOutLosses: readonly number[];
}

export interface Boosted {
  readonly baseMargin: number;
  /** All that this run grew, also those after the least held-out loss. */
  readonly trees: readonly Tree[];
  /** Mean held-out loss before the first tree and after each; empty when no row is held out. */
  readonly heldOutLosses: readonly number[];
}

/** Values (rows × columns) from which on it pays to keep rows in the order of leaves: fewer fit in the cache. */
const SORTED_FROM = 2 ** 21;
/** Trees between two sorts: the best of 4 to 20 and of growing gaps on a million rows; a sort costs half a tree. */
const SORTED_EVERY = 8;
/** Units of a margin that fit 32 bits. */
const MOST_UNITS = 2 ** 31 - 1;

/**
 * Gradient boosting with second-order leaf values (Friedman 2001; Chen & Guestrin 2016, eq. 5).
 * Stops when the held-out loss has not fallen for `patience` trees; how many are kept is for the caller to say.
 */
export async function boost(
  { data, rows, heldOutFold, settings, seed, run, leastRounds = 0, start }: BoostingRun,
  pulse: Pulse,
  onRound: (round: number) => void,
): Promise<Boosted> {
  const { objective, rounds, patience, rowFraction } = settings;
  const facts = labelFacts(rows, heldOutFold);
  if (heldOutFold >= 0 && facts.heldOutWeight === 0) {
    const expected = `must not all be 0 in fold ${heldOutFold}, which is used for early stopping`;
    invalidArgument(trainingFunction(objective), "weights", expected, 0);
  }
  const baseMargin = settings.baseMargin ?? bestConstant(objective, facts);
  const scales = scalesFor(objective, facts, baseMargin);
  const { marginUnit } = scales;
  const baseUnits = Math.round(baseMargin / marginUnit);
  const constraints = constraintsOf(data.features, settings);
  const search = new SplitSearch(data, settings, constraints);
  const grower = new TreeGrower(data, settings, constraints, scales, search);
  const training = new TrainingRows(data, rows, heldOutFold, objective, scales);
  await training.begin(start === undefined ? baseUnits : (id) => Math.round(start.margins[id] / marginUnit));

  const leafWeights = exactWeights(rows.weights);
  const trees: Tree[] = [];
  const losses: number[] = [...(start?.heldOutLosses ?? [])];
  let best = bestOf(losses);
  const largest = async () => Math.max(await training.largestMargin(1), await training.largestMargin(-1));
  let headroom = MOST_UNITS - (start === undefined ? Math.abs(baseUnits) : await largest());
  const isStopping = heldOutFold >= 0;
  const isLarge = data.rowCount * data.columnCount > SORTED_FROM;
  const heldOutLoss = async (drawn: DrawnRows) => (await training.loss(drawn.heldOut)) / facts.heldOutWeight;
  search.setScales(scales);
  search.setNoise(noiseOfWeights(facts));

  for (let round = start?.rounds ?? 0; round < rounds; round++) {
    await pulse.beat();
    onRound(round);
    const drawn = await training.draw(rowFraction, randomWord(seed, "boosting rows", run, round));
    if (round === 0 && isStopping) {
      best = { loss: await heldOutLoss(drawn), rounds: 0 };
      losses.push(best.loss);
    }
    if (objective === "squaredError") {
      const residual = (await training.loss(drawn.drawn)) + (await training.loss(drawn.undrawn));
      search.setNoise((noiseOfWeights(facts) * 2 * residual) / facts.totalWeight);
    }
    if (objective === "poisson") {
      const highest = (await training.largestMargin(1)) * marginUnit;
      training.scales = scalesFor(objective, facts, baseMargin, highest);
      search.setScales(training.scales);
    }
    await training.takeGradients();
    const features = drawFeatures(data.features.length, settings.columnFraction, seed, run, round);
    const grown = await grower.grow(drawn.drawn, bestSplitOf(search, features), headroom, pulse);
    await drawn.drawn.addToMargins(grown.leaves, grown.units);
    const undrawnLeaves = await route(drawn.undrawn, grown);
    const heldOutLeaves = await route(drawn.heldOut, grown);
    trees.push(withLeafRows(data, grown.tree, [grown.leaves, undrawnLeaves], leafWeights));
    headroom -= Math.max(...grown.units.map(Math.abs));
    if (headroom < MOST_UNITS / 4) {
      headroom = MOST_UNITS - (await largest());
    }
    if (isStopping) {
      const loss = await heldOutLoss(drawn);
      losses.push(loss);
      if (loss < best.loss) {
        best = { loss, rounds: round + 1 };
      } else if (round + 1 >= leastRounds && round + 1 - best.rounds >= patience) break;
    }
    // Last: the lists of this round are invalid afterwards.
    if (isLarge && round % SORTED_EVERY === 0) {
      await sortByLeaf(data, [grown.leaves, undrawnLeaves], heldOutLeaves);
    }
  }
  return { baseMargin: baseUnits * marginUnit, trees, heldOutLosses: losses };
}

/** The least loss so far, and the number of trees that it takes. */
function bestOf(losses: readonly number[]): { loss: number; rounds: number } {
  const loss = losses.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return { loss, rounds: Math.max(0, losses.indexOf(loss)) };
}

/** Sends rows that a tree did not grow on through it, and adds its steps to their margins. */
async function route(rows: LeafRows, { steps, units, leaves }: GrownTree): Promise<readonly Leaf[]> {
  if (rows.isEmpty) return leaves.map(() => rows.root());
  const reached = await rows.follow(steps);
  await rows.addToMargins(reached, units);
  return reached;
}

/** One byte per feature: whether this tree may split on it. */
function drawFeatures(count: number, fraction: number, seed: number, run: number, round: number): Uint8Array {
  const drawn = new Uint8Array(count).fill(fraction === 1 ? 1 : 0);
  if (fraction === 1) return drawn;
  const features = Int32Array.from(drawn.keys());
  shuffle(features, createRandom(seed, "boosting columns", run, round));
  for (const feature of features.subarray(0, Math.max(1, Math.round(fraction * count)))) drawn[feature] = 1;
  return drawn;
}

function randomWord(seed: number, ...keys: (number | string)[]): number {
  return createRandom(seed, ...keys).integer(2 ** 32);
}
