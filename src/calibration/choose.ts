import { logLossOfRow } from "../metrics/probability/log-loss.js";
import type { CrossFittedCalibrator } from "./cross-fit.js";

/** A calibrator that was considered, measured on held-out rows. */
export interface CalibrationCandidate {
  readonly method: string;
  readonly logLoss: number;
  /** By how much its log loss exceeds the least; 0 for the best. */
  readonly excess: number;
  /** The standard error of `excess`, from the differences row by row. */
  readonly standardError: number;
  readonly chosen: boolean;
}

/** How far one of several sets of probabilities is behind the best. */
export interface ComparedLoss {
  readonly logLoss: number;
  readonly excess: number;
  readonly standardError: number;
}

/**
 * Chooses the simplest calibrator that is as good as the best: the first whose log loss exceeds the least by no more
 * than one standard error of the paired difference (the one-standard-error rule of Breiman et al. 1984, on pairs).
 * @param candidates the simplest first.
 */
export function chooseSimplest(
  candidates: readonly CrossFittedCalibrator[],
  labels: Uint8Array,
  weights?: Float64Array,
): { readonly chosen: CrossFittedCalibrator; readonly candidates: readonly CalibrationCandidate[] } {
  const compared = compareLosses(
    candidates.map(({ probabilities }) => probabilities),
    labels,
    weights,
  );
  const choice = compared.findIndex(isAsGood);
  return {
    chosen: candidates[choice],
    candidates: candidates.map(({ method }, i) => ({ method, ...compared[i], chosen: i === choice })),
  };
}

/** Whether a log loss exceeds the least by no more than one standard error of the paired difference. */
export function isAsGood({ excess, standardError }: ComparedLoss): boolean {
  return excess <= standardError;
}

/**
 * The log loss of each set of probabilities, its excess over the least, and the standard error of the paired excess.
 */
export function compareLosses(
  probabilities: readonly Float64Array[],
  labels: Uint8Array,
  weights?: Float64Array,
): ComparedLoss[] {
  const losses = probabilities.map((each) => rowLosses(each, labels));
  const shares = shareOfRows(labels.length, weights);
  const logLosses = losses.map((loss) => weightedSum(loss, shares));
  const best = losses[logLosses.indexOf(Math.min(...logLosses))];
  return losses.map((loss, i) => {
    const differences = loss.map((each, row) => each - best[row]);
    const excess = weightedSum(differences, shares);
    let squares = 0;
    for (let row = 0; row < differences.length; row++)
      squares += (shares[row] * (differences[row] - excess)) ** 2;
    return { logLoss: logLosses[i], excess, standardError: Math.sqrt(squares) };
  });
}

/** The log loss of each row. */
export function rowLosses(probabilities: Float64Array, labels: Uint8Array): Float64Array {
  return probabilities.map((probability, row) => logLossOfRow(labels[row], probability));
}

function shareOfRows(rows: number, weights: Float64Array | undefined): Float64Array {
  if (weights === undefined) return new Float64Array(rows).fill(1 / rows);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function weightedSum(values: Float64Array, shares: Float64Array): number {
  let total = 0;
  for (let row = 0; row < values.length; row++) total += shares[row] * values[row];
  return total;
}
