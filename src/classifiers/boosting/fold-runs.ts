import { count } from "../../errors.js";
import { Pulse } from "../../progress.js";
import type { BinnedData } from "../../trees/binning/binned-data.js";
import type { Tree } from "../../trees/tree.js";
import type { Folds } from "../../vectors/folds.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { FitOptions } from "../classifier.js";
import { type FoldRun, type MeasuredRun, runFolds, weightsOfFolds } from "../other-folds.js";
import { type Boosted, type BoostingStart, boost } from "./boost.js";
import { FittedBoosting } from "./fitted-boosting.js";
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

/** Trees of one fold. */
export type KeptTrees = Pick<Boosted, "baseMargin" | "trees">;

/** The runs of all folds under one treatment of categories. */
export interface FoldBoosts {
  /** The mean loss of the other folds at the number of trees that is best for them. */
  lossOfOthers(fold: number): number;
  /** Of some folds as many trees as are best for the others. */
  keptTrees(some: readonly number[]): Promise<FoldTrees[]>;
}

interface FoldTrees extends KeptTrees {
  readonly fold: number;
}

export type BoostFold = (fold: number, leastRounds: number, start?: BoostingStart) => Promise<Boosted>;

/** Prepares bins for work that adds trees. */
type WithBinsAgain = (work: (goOn: BoostFold) => Promise<void>) => Promise<void>;

/** The runs of all folds, reported as one phase. */
export class FoldRuns {
  private readonly pulse: Pulse;
  private readonly total: number;
  /** Folds that were reported; trees that are added afterwards are not. */
  private reported = 0;

  constructor(
    private readonly phase: string,
    private readonly settings: BoostingSettings,
    private readonly input: TrainingInput,
    private readonly folds: Folds,
  ) {
    this.pulse = new Pulse(input.fit);
    this.total = settings.rounds * folds.count;
  }

  /**
   * @param boostFold makes the run of a fold.
   * @param withBinsAgain prepares what adds trees to runs that other folds want longer, when all runs are made.
   */
  async make(boostFold: BoostFold, withBinsAgain: WithBinsAgain): Promise<FoldBoosts> {
    const { phase, total, folds, pulse } = this;
    const weights = weightsOfFolds(folds, this.input.fit.weights);
    const runs = await runFolds(folds.count, async (fold, leastRounds) => {
      const boosted = await boostFold(fold, leastRounds);
      this.reported = fold + 1;
      const curve = { losses: boosted.heldOutLosses, weight: weights[fold] };
      return { boosted, curve, stepsMade: boosted.trees.length };
    });
    pulse.report({ phase, done: total, total });
    const isShort = (fold: number) => runs[fold].run.stepsMade < runs[fold].kept.steps;
    return {
      lossOfOthers: (fold) => runs[fold].kept.loss,
      keptTrees: async (some) => {
        const longer = new Map<number, readonly Tree[]>();
        const lengthen = async (goOn: BoostFold) => {
          for (const fold of some.filter(isShort))
            longer.set(fold, await this.lengthened(fold, runs[fold], goOn));
        };
        if (some.some(isShort)) await withBinsAgain(lengthen);
        return some.map((fold) => {
          const { run, kept } = runs[fold];
          const trees = longer.get(fold) ?? run.boosted.trees;
          return { fold, baseMargin: run.boosted.baseMargin, trees: trees.slice(0, kept.steps) };
        });
      },
    };
  }

  /** The trees of a run, and as many more as the other folds want. */
  private async lengthened(
    fold: number,
    { run: { boosted }, kept }: MeasuredRun<{ boosted: Boosted } & FoldRun>,
    goOn: BoostFold,
  ): Promise<readonly Tree[]> {
    const { baseMargin, trees, heldOutLosses } = boosted;
    const margins = new FittedBoosting({ family: "boosting", baseMargin, trees }).margin(this.input.vectors);
    const more = await goOn(fold, kept.steps, { rounds: trees.length, margins, heldOutLosses });
    return [...trees, ...more.trees];
  }

  boostFold(fold: number, data: BinnedData, leastRounds: number, start?: BoostingStart): Promise<Boosted> {
    const { settings, phase, total, folds, pulse } = this;
    const { labels, fit } = this.input;
    const rows = { labels, weights: fit.weights, folds: folds.of };
    const seeded = { seed: fit.seed ?? 0, run: fold };
    const run = { data, rows, heldOutFold: fold, settings, ...seeded, leastRounds, start };
    return boost(run, pulse, (round) => {
      if (fold < this.reported) return;
      const detail = `fold ${fold + 1} of ${folds.count}, ${count(round, "tree")}`;
      pulse.report({ phase, done: fold * settings.rounds + round, total, detail });
    });
  }
}
