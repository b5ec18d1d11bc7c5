import type { Pulse } from "../../progress.js";
import type { TermBooster } from "./boost-terms.js";

/** One fold's run. */
export interface FoldBooster {
  /** Undefined where there is nothing to boost: the fold's loss stays as it is, and says nothing to the others. */
  readonly booster: TermBooster | undefined;
  /** Total weight of its held-out rows. */
  readonly weight: number;
}

/**
 * Boosts the models of all folds in step, and keeps of each the effects of the round at which the mean held-out loss of
 * the *other* folds was least: the rows of a fold do not choose the model that they measure.
 * @param patience rounds without a better loss before boosting stops.
 * @returns the number of rounds that each fold keeps.
 */
export async function boostTogether(
  folds: readonly FoldBooster[],
  { rounds, patience }: { readonly rounds: number; readonly patience: number },
  pulse: Pulse,
  onRound: (round: number) => void,
): Promise<number[]> {
  const active = folds.filter(({ booster }) => booster !== undefined);
  // Sums over the folds, from which each fold takes its own part away.
  const weights = active.reduce((sum, { weight }) => sum + weight, 0);
  const measured = () => {
    // Rows without weight have no loss.
    const losses = active.map(({ booster, weight }) =>
      weight > 0 ? weight * (booster?.heldOutLoss() ?? 0) : 0,
    );
    const total = losses.reduce((sum, loss) => sum + loss, 0);
    return losses.map((loss, f) => (active.length === 1 ? 0 : (total - loss) / (weights - active[f].weight)));
  };
  const best = measured().map((loss) => ({ loss, round: 0 }));
  for (let round = 1; round <= rounds; round++) {
    if (best.every((each) => round - each.round > patience)) break;
    onRound(round);
    for (const { booster } of active) await booster?.round(pulse);
    measured().forEach((loss, f) => {
      if (!(loss < best[f].loss)) return;
      best[f] = { loss, round };
      active[f].booster?.keep();
    });
  }
  for (const { booster } of active) booster?.restore();
  return folds.map((fold) => best[active.indexOf(fold)]?.round ?? 0);
}
