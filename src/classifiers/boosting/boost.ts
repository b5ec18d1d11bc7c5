import { invalidArgument } from "../../errors.js";
import type { Pulse } from "../../progress.js";
import { createRandom, shuffle } from "../../random.js";
import { meanLogLossOfMargins } from "../margins.js";
import type { BinnedMatrix } from "./binning.js";
import { type GrownTree, leafValueOf, TreeGrower } from "./grower.js";
import type { Gradients } from "./histogram.js";
import type { BoostingSettings } from "./options.js";
import type { Tree } from "./tree.js";

export interface BoostingRun {
  readonly matrix: BinnedMatrix;
  readonly labels: Uint8Array;
  readonly trainingRows: Int32Array;
  /** Rows that say when to stop; with none, all rounds are made. */
  readonly heldOutRows: Int32Array;
  readonly settings: BoostingSettings;
  readonly seed: number;
  /** Keeps the random streams of several runs with one seed apart. */
  readonly run: number;
}

export interface Boosted {
  /** Log-odds of the training rows' churn rate. */
  readonly baseMargin: number;
  readonly trees: readonly Tree[];
  /** Margins of the held-out rows at the last kept tree. */
  readonly heldOutMargins: Float64Array;
}

/**
 * Gradient boosting of the log loss with second-order leaf values (Friedman 2001; Chen & Guestrin 2016, eq. 5).
 * Stops when the held-out log loss has not fallen for `patience` trees and keeps the trees up to its least value.
 */
export async function boost(
  run: BoostingRun,
  pulse: Pulse,
  onRound: (round: number) => void,
): Promise<Boosted> {
  const { matrix, labels, trainingRows, heldOutRows, settings } = run;
  const baseMargin = logOddsOf(labels, trainingRows);
  const margins = new Float64Array(matrix.rowCount).fill(baseMargin);
  const gradients: Gradients = {
    gradient: new Float64Array(matrix.rowCount),
    hessian: new Float64Array(matrix.rowCount),
  };
  const grower = new TreeGrower(matrix, settings);
  const trees: Tree[] = [];
  let best = {
    loss: meanLogLossOfMargins(margins, labels, heldOutRows),
    rounds: 0,
    margins: marginsAt(margins, heldOutRows),
  };

  for (let round = 0; round < settings.rounds; round++) {
    await pulse.beat();
    onRound(round);
    takeGradients(margins, labels, trainingRows, gradients);
    const grown = grower.grow(drawRows(run, round), drawFeatures(run, round), gradients);
    addTree(grown, matrix, trainingRows, margins);
    addTree(grown, matrix, heldOutRows, margins);
    trees.push(grown.tree);
    if (heldOutRows.length === 0) continue;
    const loss = meanLogLossOfMargins(margins, labels, heldOutRows);
    if (loss < best.loss) best = { loss, rounds: round + 1, margins: marginsAt(margins, heldOutRows) };
    else if (round + 1 - best.rounds >= settings.patience) break;
  }
  const kept = heldOutRows.length === 0 ? trees : trees.slice(0, best.rounds);
  return { baseMargin, trees: kept, heldOutMargins: best.margins };
}

function takeGradients(margins: Float64Array, labels: Uint8Array, rows: Int32Array, into: Gradients): void {
  for (const row of rows) {
    const probability = 1 / (1 + Math.exp(-margins[row]));
    into.gradient[row] = probability - labels[row];
    into.hessian[row] = probability * (1 - probability);
  }
}

function addTree(grown: GrownTree, matrix: BinnedMatrix, rows: Int32Array, margins: Float64Array): void {
  for (const row of rows) margins[row] += leafValueOf(grown, matrix, row);
}

function drawRows({ trainingRows, settings, seed, run }: BoostingRun, round: number): Int32Array {
  if (settings.rowFraction === 1) return trainingRows.slice();
  const random = createRandom(seed, "boosting rows", run, round);
  const drawn = trainingRows.filter(() => random.next() < settings.rowFraction);
  return drawn.length > 0 ? drawn : trainingRows.slice();
}

function drawFeatures({ matrix, settings, seed, run }: BoostingRun, round: number): Int32Array {
  const features = Int32Array.from(matrix.features.keys());
  if (settings.columnFraction === 1) return features;
  shuffle(features, createRandom(seed, "boosting columns", run, round));
  return features.slice(0, Math.max(1, Math.round(settings.columnFraction * features.length))).sort();
}

function logOddsOf(labels: Uint8Array, rows: Int32Array): number {
  let churned = 0;
  for (const row of rows) churned += labels[row];
  if (churned === 0 || churned === rows.length) {
    invalidArgument("gradientBoosting", "labels", "must hold both classes in the rows to train on", churned);
  }
  return Math.log(churned / (rows.length - churned));
}

function marginsAt(margins: Float64Array, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => margins[row]);
}
