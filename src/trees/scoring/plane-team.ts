import * as scoringKernel from "../../kernel/generated/scoring.js";
import { canShareMemory } from "../../kernel/memory.js";
import { Team } from "../../kernel/team.js";
import type { Pulse } from "../../progress.js";
import type { Vectors } from "../../vectors/vectors.js";
import { blockArguments, readMargins, stageRows } from "./plane-block.js";
import { BLOCK_ROWS, type PlaneModel } from "./plane-model.js";
import { MEMORY_HINT } from "./plane-scorer.js";

/** Blocks that are worth a thread: starting one takes as long as scoring about as many. */
const LEAST_BLOCKS = 64;

/**
 * The margins of {@link PlaneScorer}, by several threads. Each scores one block at a time; this thread copies
 * the rows for all of them.
 */
export async function planeMarginsByTeam(
  model: PlaneModel,
  vectors: Vectors,
  threads: number,
  pulse: Pulse,
): Promise<Float64Array> {
  const { rowCount } = vectors;
  const blocks = Math.ceil(rowCount / BLOCK_ROWS);
  const size = canShareMemory() ? Math.max(1, Math.min(threads, Math.floor(blocks / LEAST_BLOCKS))) : 1;
  const memoryBytes = new Array<number>(size).fill(model.memoryBytes);
  const team = await Team.start(scoringKernel, memoryBytes, MEMORY_HINT);
  try {
    for (const { bytes } of team.memories) bytes.set(model.image, model.imageAddress);
    const margins = new Float64Array(rowCount);
    for (let from = 0; from < rowCount; from += size * BLOCK_ROWS) {
      await pulse.beat();
      pulse.report({ phase: "scoring", done: from, total: rowCount });
      const ranges = team.memories.map((memory, k) => {
        const first = Math.min(from + k * BLOCK_ROWS, rowCount);
        return { memory, first, end: Math.min(first + BLOCK_ROWS, rowCount) };
      });
      for (const { memory, first, end } of ranges) stageRows(model, memory, vectors, first, end);
      await team.run("scoreBlock", (k) => {
        const count = ranges[k].end - ranges[k].first;
        return count === 0 ? undefined : blockArguments(model, count);
      });
      for (const { memory, first, end } of ranges) readMargins(model, memory, margins, first, end);
    }
    pulse.report({ phase: "scoring", done: rowCount, total: rowCount });
    return margins;
  } finally {
    await team.close();
  }
}
