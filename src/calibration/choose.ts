import { clipProbability } from "../metrics/log-loss.js";
import type { CalibratorJson } from "./calibrator.js";
import type { CrossFittedCalibrator } from "./cross-fit.js";

/** A calibrator that was considered, measured on rows that it did not see. */
export interface CalibrationCandidate {
  readonly method: CalibratorJson["method"];
  readonly logLoss: number;
  /** By how much its log loss exceeds the least; 0 for the best. */
  readonly excess: number;
  /** The standard error of `excess`, from the differences row by row. */
  readonly standardError: number;
  readonly chosen: boolean;
}

/**
 * Chooses the simplest calibrator that is as good as the best: the first whose log loss exceeds the least by no more
 * than one standard error of the paired difference (the one-standard-error rule of Breiman et al. 1984, on pairs).
 * @param candidates the simplest first.
 */
export function chooseSimplest(
  candidates: readonly CrossFittedCalibrator[],
  labels: Uint8Array,
): { readonly chosen: CrossFittedCalibrator; readonly candidates: readonly CalibrationCandidate[] } {
  const losses = candidates.map(({ probabilities }) => rowLosses(probabilities, labels));
  const logLosses = losses.map(mean);
  const best = losses[logLosses.indexOf(Math.min(...logLosses))];
  const compared = losses.map((loss) => {
    const differences = loss.map((each, row) => each - best[row]);
    const excess = mean(differences);
    let squares = 0;
    for (const difference of differences) squares += (difference - excess) ** 2;
    return { excess, standardError: Math.sqrt(squares) / differences.length };
  });
  const choice = compared.findIndex(({ excess, standardError }) => excess <= standardError);
  return {
    chosen: candidates[choice],
    candidates: candidates.map(({ method }, i) => ({
      method,
      logLoss: logLosses[i],
      ...compared[i],
      chosen: i === choice,
    })),
  };
}

function rowLosses(probabilities: Float64Array, labels: Uint8Array): Float64Array {
  return probabilities.map((value, row) => {
    const probability = clipProbability(value);
    return labels[row] === 1 ? -Math.log(probability) : -Math.log1p(-probability);
  });
}

function mean(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}
