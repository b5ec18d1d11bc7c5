import type { BoostingSettings } from "../../src/classifiers/boosting/options.js";
import type { Tree } from "../../src/trees/tree.js";
import type { Feature } from "../../src/vectors/vectors.js";
import { binFeature, type FindCuts } from "./binning.js";
import { constraintsOf } from "./constraints.js";
import { growTree, roundTo } from "./grower.js";
import { bestConstantOf, OBJECTIVES, type Objective, weightedMean } from "./objective.js";
import { type Gradients, onExactGrid } from "./sums.js";
import { leafOf } from "./walk.js";

/** The input of the reference trainer. */
export interface ReferenceProblem {
  readonly features: readonly Feature[];
  /** One per row: 0 or 1 (logistic), any finite number (squared error), a count ≥ 0 (Poisson). */
  readonly labels: ArrayLike<number>;
  /** One per row, ≥ 0. Default: all 1. */
  readonly weights?: ArrayLike<number>;
  readonly trainingRows: Int32Array;
  /** Rows for early stopping; with none, all rounds are made. */
  readonly heldOutRows: Int32Array;
  readonly settings: BoostingSettings;
  /**
   * The training rows that the tree of a round (from 0) is grown on. Default: all. `rowFraction` itself is not read,
   * as a draw of the reference would not be the draw that it is compared with; nor is `columnFraction`.
   */
  readonly rowsOfRound?: (round: number) => Int32Array;
  /** The features that the tree of a round may split on. Default: all. */
  readonly featuresOfRound?: (round: number) => Int32Array;
  /** Margin before the first tree. Default: that of the settings, else the best constant for the training rows. */
  readonly baseMargin?: number;
  /** Leaf values and the base margin are whole multiples of this power of two. Default 2^-24. */
  readonly leafUnit?: number;
  /** Where numeric features are cut. Default: as in binning.ts, with `maxBins` of the settings. */
  readonly findCuts?: FindCuts;
}

export interface ReferenceBoosted {
  readonly baseMargin: number;
  /** With held-out rows those up to the least loss, else all. */
  readonly trees: readonly Tree[];
  /** Margins of the held-out rows, in their order, at the last kept tree. */
  readonly heldOutMargins: Float64Array;
  /** Weighted mean loss of the held-out rows before the first round and after each one made; empty without such rows. */
  readonly heldOutLosses: readonly number[];
}

/**
 * Gradient boosting with second-order leaf values (Friedman 2001; Chen & Guestrin 2016), written to be
 * obviously correct: every node sums its rows again, every candidate split is listed, every row walks every tree.
 * @throws HoldfastError when a constraint names no fitting feature or the best constant margin is not finite.
 */
export function referenceBoost(problem: ReferenceProblem): ReferenceBoosted {
  const { features, labels, trainingRows, heldOutRows, settings, leafUnit = 2 ** -24 } = problem;
  const objective = OBJECTIVES[settings.objective];
  const weights = problem.weights ?? new Float64Array(labels.length).fill(1);
  const matrix = features.map((feature) => binFeature(feature, settings.maxBins, problem.findCuts));
  const constraints = constraintsOf(features, settings);
  const allFeatures = Int32Array.from(features.keys());
  const baseMargin = roundTo(
    problem.baseMargin ?? settings.baseMargin ?? bestConstantOf(objective, labels, weights, trainingRows),
    leafUnit,
  );

  const margins = new Float64Array(labels.length).fill(baseMargin);
  const heldOutLoss = () =>
    weightedMean(heldOutRows, weights, (row) => objective.loss(margins[row], labels[row]));
  const heldOutMargins = () => Float64Array.from(heldOutRows, (row) => margins[row]);

  const trees: Tree[] = [];
  const losses = heldOutRows.length > 0 ? [heldOutLoss()] : [];
  let best = { rounds: 0, margins: heldOutMargins() };
  for (let round = 0; round < settings.rounds; round++) {
    const rows = problem.rowsOfRound?.(round) ?? trainingRows;
    const tree = growTree({
      matrix,
      rows,
      features: (problem.featuresOfRound?.(round) ?? allFeatures).toSorted(),
      gradients: gradientsAt(objective, margins, labels, weights, rows),
      rules: { settings, constraints, noise: noiseAt(objective, margins, labels, weights, trainingRows) },
      leafUnit,
    });
    trees.push(tree);
    for (const row of margins.keys()) margins[row] += tree.leafValues[leafOf(tree, features, row)];
    if (heldOutRows.length === 0) continue;
    const loss = heldOutLoss();
    if (loss < losses[best.rounds]) best = { rounds: round + 1, margins: heldOutMargins() };
    losses.push(loss);
    if (round + 1 - best.rounds >= settings.patience) break;
  }
  const kept = heldOutRows.length > 0 ? trees.slice(0, best.rounds) : trees;
  return { baseMargin, trees: kept, heldOutMargins: best.margins, heldOutLosses: losses };
}

/** Weighted derivatives of the rows that a tree is grown on; zero elsewhere. */
function gradientsAt(
  objective: Objective,
  margins: Float64Array,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  rows: Int32Array,
): Gradients {
  const gradient = new Float64Array(margins.length);
  const hessian = new Float64Array(margins.length);
  for (const row of rows) {
    gradient[row] = weights[row] * objective.gradient(margins[row], labels[row]);
    hessian[row] = weights[row] * objective.hessian(margins[row], labels[row]);
  }
  return { gradient: onExactGrid(gradient), hessian: onExactGrid(hessian) };
}

/**
 * What G²/H of rows whose margins are right is on average, Σw² / Σw times the variance of the gradient over the
 * hessian: 1 for log loss and Poisson, the mean squared residual for squared error.
 */
function noiseAt(
  objective: Objective,
  margins: Float64Array,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  rows: Int32Array,
): number {
  const ofOneRow = weightedMean(rows, weights, (row) => objective.noise(margins[row], labels[row]));
  return weightedMean(rows, weights, (row) => weights[row]) * ofOneRow;
}
