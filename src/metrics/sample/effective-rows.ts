import type { Problems } from "../../errors.js";
import { argumentProblem } from "../../errors.js";
import { rankScores } from "./ranking.js";
import { type Tally, tallyRanking } from "./tally.js";

/** A tally with the number of rows that its weights are worth. */
export interface CountedTally extends Tally {
  /**
   * At each score, the sum of squares of weights; where all weights are whole, the number of rows they represent (a
   * square of 1 each). Either way (Σ weight)² / Σ square is the number of rows a group is worth: for whole weights the
   * repeated rows, for others Kish's effective number (1965).
   */
  readonly squares: Float64Array;
}

/** Sorts a sample and tallies it, with the squares of its weights. */
export function countedTally(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): CountedTally {
  const ranking = rankScores(scores);
  const tally = tallyRanking(ranking, labels, weights);
  const squares = new Float64Array(ranking.scores.length);
  for (let i = 0; i < labels.length; i++) {
    squares[ranking.rankOfRow[i]] += squaredWeight(weights, i, tally.isWhole);
  }
  return { ...tally, squares };
}

/** The number of rows that the weights of each class are worth (as {@link CountedTally} counts them). */
export interface ClassRows {
  readonly positives: number;
  readonly negatives: number;
}

/** Counts the rows of each class. */
export function effectiveRows(labels: ArrayLike<number>, weights: ArrayLike<number> | undefined): ClassRows {
  const isWhole = areWhole(weights, labels.length);
  const mass = [0, 0];
  const squares = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    mass[labels[i]] += weights === undefined ? 1 : weights[i];
    squares[labels[i]] += squaredWeight(weights, i, isWhole);
  }
  return { positives: mass[1] * (mass[1] / squares[1]), negatives: mass[0] * (mass[0] / squares[0]) };
}

/** Adds a problem for each class worth fewer than two rows: its variance is undetermined. */
export function addVarianceProblems(problems: Problems, functionName: string, rows: ClassRows): void {
  for (const [label, count] of [
    [1, rows.positives],
    [0, rows.negatives],
  ]) {
    // For two rows of equal weight rounding may give a unit of the last place below 2.
    if (count >= 2 - 1e-9) continue;
    const expected = `must hold at least two rows of label ${label}`;
    const hint = "a single row has no variance; weights that are not whole count by Kish's effective number";
    problems.add(argumentProblem(functionName, "labels", expected, count, hint));
  }
}

/** What a row adds to the squares of {@link CountedTally}. */
export function squaredWeight(weights: ArrayLike<number> | undefined, row: number, isWhole: boolean): number {
  if (weights === undefined) return 1;
  return isWhole ? weights[row] : weights[row] ** 2;
}

/** Whether all weights are whole numbers: then they count as that many rows. */
export function areWhole(weights: ArrayLike<number> | undefined, rows: number): boolean {
  if (weights === undefined) return true;
  for (let i = 0; i < rows; i++) if (!Number.isInteger(weights[i])) return false;
  return true;
}
