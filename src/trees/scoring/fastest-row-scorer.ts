import type { Tree } from "../tree.js";
import { ForestScorer, MOST_MASK_LEAVES } from "./forest-scorer.js";
import { ForestWalker } from "./forest-walker.js";
import { loadedPlanes } from "./planes.js";
import { RankWalker } from "./rank-walker.js";
import type { RowScorer } from "./row-scorer.js";

/** Trees that are worth a call into WebAssembly. */
const LEAST_TREES = 32;

/** The fastest way to score rows one by one by some trees; all ways give the same bits. */
export function rowScorer(baseMargin: number, trees: readonly Tree[]): RowScorer {
  return new LazyScorer(baseMargin, trees);
}

/** Starts in JavaScript, and continues in WebAssembly once its code is loaded. */
class LazyScorer implements RowScorer {
  private scorer: RowScorer;
  private isFinal: boolean;

  constructor(
    baseMargin: number,
    private readonly trees: readonly Tree[],
  ) {
    this.isFinal = trees.length < LEAST_TREES;
    const fitsMasks = trees.every(({ leafValues }) => leafValues.length <= MOST_MASK_LEAVES);
    this.scorer = fitsMasks
      ? new ForestScorer(baseMargin, trees)
      : (RankWalker.ifPossible(baseMargin, trees) ?? new ForestWalker(baseMargin, trees));
  }

  marginAt(rows: Float64Array, from: number): number {
    if (!this.isFinal) this.improve();
    return this.scorer.marginAt(rows, from);
  }

  private improve(): void {
    const code = loadedPlanes();
    if (code === undefined) return;
    this.isFinal = true;
    this.scorer = code.inWebAssembly(this.scorer, this.trees) ?? this.scorer;
  }
}
