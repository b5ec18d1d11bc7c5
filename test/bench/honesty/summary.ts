import { meanAndError } from "../../../src/math/mean-and-error.js";
import type { Measured } from "./measure.js";

type Mean = ReturnType<typeof meanAndError>;

/** The figures of the runs of a cell, or of several cells. */
export interface Summary {
  readonly runs: number;
  /** The AUC that training reports. */
  readonly reportedAuc: Mean;
  readonly newAuc: Mean;
  /** The reported figures minus those of the new rows. */
  readonly aucOptimism: Mean;
  readonly logLossOptimism: Mean;
  /** Shares of runs whose reported 95% interval holds the value of the new rows, limits included. */
  readonly aucCoverage: number;
  readonly logLossCoverage: number;
  readonly oneTier: number;
  /** The log loss of the new rows, minus that of the churn rate of the training rows. */
  readonly aboveConstant: Mean;
  /** The share of runs that kept a constant. */
  readonly constant: number;
  /** CPU seconds of one training. */
  readonly cpu: number;
}

export function summaryOf(runs: readonly Measured[]): Summary {
  const mean = (value: (run: Measured) => number) => meanAndError(runs.map(value));
  const share = (holds: (run: Measured) => boolean) => mean((run) => (holds(run) ? 1 : 0)).mean;
  return {
    runs: runs.length,
    reportedAuc: mean(({ reported }) => reported.auc.value),
    newAuc: mean(({ auc }) => auc),
    aucOptimism: mean(({ reported, auc }) => reported.auc.value - auc),
    logLossOptimism: mean(({ reported, logLoss }) => reported.logLoss.value - logLoss),
    aucCoverage: share(({ reported, auc }) => reported.auc.low <= auc && auc <= reported.auc.high),
    logLossCoverage: share(
      ({ reported, logLoss }) => reported.logLoss.low <= logLoss && logLoss <= reported.logLoss.high,
    ),
    oneTier: share(({ tiers }) => tiers === 1),
    aboveConstant: mean(({ logLoss, constantLogLoss }) => logLoss - constantLogLoss),
    constant: share(({ isConstant }) => isConstant),
    cpu: mean(({ cpu }) => cpu).mean,
  };
}
