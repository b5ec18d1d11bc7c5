/** Held-out loss of one fold's run before the first step and after each: trees, rounds, epochs, penalties. */
export interface HeldOutCurve {
  readonly losses: ArrayLike<number>;
  /** Total weight of the held-out rows. */
  readonly weight: number;
}

/** What the other folds say about a fold's run. */
export interface ChoiceOfOthers {
  /** The number of steps of the least mean loss; the fewest of several. */
  readonly steps: number;
  readonly loss: number;
}

/**
 * How many steps each fold's model takes, by the mean held-out loss of the *other* folds: were it by its own, the rows
 * that measure the model would have chosen it. On labels of pure chance that choice alone lifts the ROC AUC from 0.50
 * to 0.54. A run that ended early counts with its last loss from there on.
 * @param curves one per fold, two or more.
 */
export function choicesOfOthers(curves: readonly HeldOutCurve[]): ChoiceOfOthers[] {
  return curves.map((_, fold) => leastOf(curves.filter((_curve, other) => other !== fold)));
}

/** The step of the least mean loss over curves, weighted by their rows; none where no curve has a row of weight. */
export function leastOf(all: readonly HeldOutCurve[]): ChoiceOfOthers {
  const curves = all.filter(({ weight }) => weight > 0);
  const length = Math.max(0, ...curves.map(({ losses }) => losses.length));
  const total = curves.reduce((sum, { weight }) => sum + weight, 0);
  let least: ChoiceOfOthers = { steps: 0, loss: Number.POSITIVE_INFINITY };
  for (let steps = 0; steps < length; steps++) {
    let loss = 0;
    for (const { losses, weight } of curves) {
      loss += (weight / total) * losses[Math.min(steps, losses.length - 1)];
    }
    if (loss < least.loss) least = { steps, loss };
  }
  return least;
}

/** One fold's run: its curve, and how many steps it can be cut to. */
export interface FoldRun {
  readonly curve: HeldOutCurve;
  readonly stepsMade: number;
}

/** A fold's run, and how long the others want it to be. */
export interface MeasuredRun<Run extends FoldRun> {
  readonly run: Run;
  readonly kept: ChoiceOfOthers;
}

/**
 * Makes the runs of all folds and says how many steps of each are kept, by the other folds.
 * @param make makes a fold's run: at least `leastSteps`, which earlier folds ask for, then until its own loss no longer
 * falls.
 */
export async function runFolds<Run extends FoldRun>(
  foldCount: number,
  make: (fold: number, leastSteps: number) => Promise<Run>,
): Promise<MeasuredRun<Run>[]> {
  const runs: Run[] = [];
  for (let fold = 0; fold < foldCount; fold++) {
    runs.push(await make(fold, fold === 0 ? 0 : leastOf(runs.map(({ curve }) => curve)).steps));
  }
  const choices = choicesOfOthers(runs.map(({ curve }) => curve));
  return runs.map((run, fold) => ({ run, kept: choices[fold] }));
}

/** The run of a fold; one that the others want longer is made again. */
export async function longEnough<Run extends FoldRun>(
  { run, kept }: MeasuredRun<Run>,
  make: (leastSteps: number) => Promise<Run>,
): Promise<Run> {
  return run.stepsMade >= kept.steps ? run : await make(kept.steps);
}

/** The total weight of the rows of each fold. */
export function weightsOfFolds(
  { count, of }: { readonly count: number; readonly of: Uint8Array },
  weights: ArrayLike<number> | undefined,
): Float64Array {
  const totals = new Float64Array(count);
  for (let row = 0; row < of.length; row++) totals[of[row]] += weights === undefined ? 1 : weights[row];
  return totals;
}
