import { HoldfastError } from "../../errors.js";
import * as scoringKernel from "../../kernel/generated/scoring.js";
import { instantiate, moduleOf } from "../../kernel/instantiate.js";
import { KernelMemory } from "../../kernel/memory.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Tree } from "../tree.js";
import { blockArguments, readMargins, stageRows } from "./plane-block.js";
import { BLOCK_ROWS, fitsPlanes, type PlaneModel, planeModel } from "./plane-model.js";

/**
 * Scores many rows by bit planes in WebAssembly (after QuickScorer: Lucchese et al. 2015). The margins are those of
 * walking the trees, to the last bit: base margin plus leaf values in the order of the trees, where
 * `value ≤ threshold` goes left, a missing value goes where the node says, and codes that are not in the left set go
 * right, *other* and codes never seen among them.
 */
export class PlaneScorer {
  readonly model: PlaneModel;
  private readonly memory: KernelMemory;
  private readonly functions: WebAssembly.Exports;

  /**
   * @param trees of up to 256 leaves each.
   * @throws HoldfastError `resource.memory` when there is not enough memory.
   */
  constructor(baseMargin: number, trees: readonly Tree[]) {
    const module = moduleOf(scoringKernel, false);
    this.model = planeModel(baseMargin, trees);
    const { memoryBytes, image, imageAddress } = this.model;
    this.memory = new KernelMemory(memoryBytes, false, MEMORY_HINT);
    this.memory.bytes.set(image, imageAddress);
    this.functions = instantiate(module, this.memory.memory);
  }

  /** The scorer of these trees; undefined where trees are too large, or WebAssembly or its memory is unavailable. */
  static ifPossible(baseMargin: number, trees: readonly Tree[]): PlaneScorer | undefined {
    if (!fitsPlanes(trees)) return undefined;
    try {
      return new PlaneScorer(baseMargin, trees);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  }

  /** One margin per row. */
  margin(vectors: Vectors): Float64Array {
    const margins = new Float64Array(vectors.rowCount);
    for (let from = 0; from < vectors.rowCount; from += BLOCK_ROWS) {
      const to = Math.min(from + BLOCK_ROWS, vectors.rowCount);
      stageRows(this.model, this.memory, vectors, from, to);
      this.functions.scoreBlock(...blockArguments(this.model, to - from));
      readMargins(this.model, this.memory, margins, from, to);
    }
    return margins;
  }
}

export const MEMORY_HINT = "score with a model of fewer trees";

/**
 * Whether the environment is the cause: a processor without vector instructions, Node without WebAssembly, no memory.
 */
export function isRefusal(error: unknown): boolean {
  if (error instanceof HoldfastError) return error.code === "resource.memory";
  return typeof WebAssembly === "undefined" || (error instanceof Error && error.name === "CompileError");
}
