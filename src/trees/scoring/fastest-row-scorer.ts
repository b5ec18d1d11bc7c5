import { allSteps, type Steps } from "../../steps.js";
import type { Tree } from "../tree.js";
import { ForestScorer, MOST_MASK_LEAVES } from "./forest-scorer.js";
import { ForestWalker } from "./forest-walker.js";
import { loadedPlanes } from "./planes.js";
import { RankWalker } from "./rank-walker.js";
import type { RowScorer } from "./row-scorer.js";

/** Trees that are worth a call into WebAssembly. */
const LEAST_TREES = 32;

/**
 * Scores rows one by one in the fastest way: in JavaScript, and in WebAssembly once its code is loaded; all ways give the same
 * bits. Its tables are made when a row is first scored, or by {@link prepare}.
 */
export class FastestRowScorer implements RowScorer {
  private scorer: RowScorer | undefined;
  private isFinal: boolean;

  constructor(
    private readonly baseMargin: number,
    private readonly trees: readonly Tree[],
  ) {
    this.isFinal = trees.length < LEAST_TREES;
  }

  marginAt(rows: Float64Array, from: number): number {
    const scorer = this.scorer ?? allSteps(this.prepare());
    if (this.isFinal) return scorer.marginAt(rows, from);
    return allSteps(this.improve(scorer)).marginAt(rows, from);
  }

  /** Makes what scoring needs, in small steps. */
  *prepare(): Steps<RowScorer> {
    const { baseMargin, trees } = this;
    const fitsMasks = trees.every(({ leafValues }) => leafValues.length <= MOST_MASK_LEAVES);
    this.scorer ??= fitsMasks
      ? yield* ForestScorer.steps(baseMargin, trees)
      : ((yield* RankWalker.steps(baseMargin, trees)) ?? (yield* ForestWalker.steps(baseMargin, trees)));
    return this.isFinal ? this.scorer : yield* this.improve(this.scorer);
  }

  private *improve(scorer: RowScorer): Steps<RowScorer> {
    const code = loadedPlanes();
    if (code === undefined) return scorer;
    this.scorer = (yield* code.inWebAssemblySteps(scorer, this.trees)) ?? scorer;
    this.isFinal = true;
    return this.scorer;
  }
}
