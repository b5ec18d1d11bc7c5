import * as trainingKernel from "../../kernel/generated/training.js";
import type { KernelMemory } from "../../kernel/memory.js";
import { layoutShard, type ShardLayout, STAGED_ROWS } from "../../kernel/shard-layout.js";
import { type Arguments, Team } from "../../kernel/team.js";
import type { Pulse } from "../../progress.js";
import type { Feature, Vectors } from "../../vectors/vectors.js";
import type { BinnedFeature } from "./binned-feature.js";

/** Rows of one member of the team. */
export interface Shard {
  /** Rows `firstRow … firstRow + layout.rowCount − 1` of the input. */
  readonly firstRow: number;
  readonly layout: ShardLayout;
  readonly memory: KernelMemory;
}

/** Some rows of {@link Vectors} on their way into a shard. */
interface Piece {
  readonly vectors: Vectors;
  readonly from: number;
  readonly to: number;
  /** Where they go, counted within the shard. */
  readonly row: number;
}

const LOWER_WHAT = "lower maxBins or maxLeaves, leave out columns, or train on a sample of the rows";

/**
 * Training rows as bins, divided over the memories of a team: made once, trained on any number of times (cross-fitting
 * bins once for all folds). `close()` releases threads and memory.
 */
export class BinnedData {
  /** Features only; each row's label, weight and fold are set by training. */
  private constructor(
    readonly rowCount: number,
    readonly features: readonly BinnedFeature[],
    readonly columnCount: number,
    /** Bins of all features together. */
    readonly totalBins: number,
    readonly team: Team,
    readonly shards: readonly Shard[],
  ) {}

  /** Memory for this many rows of these features, not yet filled. */
  static async allocate(
    rowCount: number,
    features: readonly BinnedFeature[],
    columnCount: number,
    { memberCount, hasWeights }: { readonly memberCount: number; readonly hasWeights: boolean },
  ): Promise<BinnedData> {
    const totalBins = features.reduce((sum, { binCount }) => sum + binCount, 0);
    const perShard = Math.ceil(rowCount / memberCount / 16) * 16;
    const ranges = Array.from({ length: memberCount }, (_, k) => ({
      firstRow: Math.min(k * perShard, rowCount),
      rows: Math.max(0, Math.min(perShard, rowCount - k * perShard)),
    }));
    const layouts = ranges.map(({ rows }) => layoutShard(rows, columnCount, hasWeights));
    const team = await Team.start(
      trainingKernel,
      layouts.map(({ end }) => end),
      LOWER_WHAT,
    );
    const shards = layouts.map((layout, k) => ({
      firstRow: ranges[k].firstRow,
      layout,
      memory: team.memories[k],
    }));
    for (const { firstRow, layout, memory } of shards) {
      const ids = memory.words.subarray(layout.ids / 4, layout.ids / 4 + layout.rowCount);
      for (let row = 0; row < ids.length; row++) ids[row] = firstRow + row;
    }
    return new BinnedData(rowCount, features, columnCount, totalBins, team, shards);
  }

  /** Fills all rows from vectors in memory, all shards at a time. */
  async fill(vectors: Vectors, pulse: Pulse): Promise<void> {
    const longest = this.shards[0].layout.rowCount;
    for (let row = 0; row < longest; row += STAGED_ROWS) {
      await pulse.beat();
      const pieces = this.shards.map(({ firstRow, layout }) => {
        const to = Math.min(row + STAGED_ROWS, layout.rowCount);
        return row < to ? { vectors, from: firstRow + row, to: firstRow + to, row } : undefined;
      });
      await this.binPieces(pieces);
    }
    await this.interleave();
  }

  /** Fills the rows from `row` on with a chunk of the input. {@link interleave} must be called after the last chunk. */
  async fillChunk(chunk: Vectors, row: number, pulse: Pulse): Promise<void> {
    for (let from = 0; from < chunk.rowCount; ) {
      await pulse.beat();
      const k = this.shards.findLastIndex(({ firstRow }) => firstRow <= row + from);
      const { firstRow, layout } = this.shards[k];
      const local = row + from - firstRow;
      const to = Math.min(chunk.rowCount, from + STAGED_ROWS, from + layout.rowCount - local);
      const piece = { vectors: chunk, from, to, row: local };
      await this.binPieces(this.shards.map((_, member) => (member === k ? piece : undefined)));
      from = to;
    }
  }

  /** Writes the columns row by row; to be called whenever they have changed. */
  async interleave(): Promise<void> {
    await this.team.run("interleaveColumns", (k) => {
      const { columnBytes, capacity, columns, rowCount, rowBytes, stride } = this.shards[k].layout;
      return [columnBytes, capacity, columns, rowCount, rowBytes, stride];
    });
  }

  async close(): Promise<void> {
    await this.team.close();
  }

  private async binPieces(pieces: readonly (Piece | undefined)[]): Promise<void> {
    // The feature with divisor 1 writes its column, the others add to it: it goes first.
    const order = [...this.features.keys()].sort(
      (a, b) => this.features[a].divisor - this.features[b].divisor,
    );
    for (const f of order) {
      const feature = this.features[f];
      const argumentsOf = (work: (shard: Shard, piece: Piece) => Arguments) => (k: number) => {
        const piece = pieces[k];
        return piece && work(this.shards[k], piece);
      };
      const isNumeric = feature.kind === "numeric";
      await this.team.run(
        isNumeric ? "binNumbers" : "binCodes",
        argumentsOf((shard, piece) => stage(shard, feature, piece.vectors.features[f], piece)),
      );
      if (isNumeric && feature.missingBin >= 0) {
        await this.team.run(
          "sendMissing",
          argumentsOf(({ layout }, { from, to }) => {
            const bins = stagedBins(layout);
            return [layout.scratch, to - from, bins, feature.missingBin, bins];
          }),
        );
      }
      await this.team.run(
        "addToColumn",
        argumentsOf(({ layout }, { from, to, row }) => {
          const column = layout.columnBytes + feature.column * layout.capacity + row;
          return [stagedBins(layout), to - from, feature.divisor, feature.divisor === 1 ? 1 : 0, column];
        }),
      );
    }
  }
}

/** Copies raw values of one feature into a shard; the arguments that bin them. */
function stage(shard: Shard, binned: BinnedFeature, feature: Feature, { from, to }: Piece): Arguments {
  const { layout, memory } = shard;
  const bins = stagedBins(layout);
  const count = to - from;
  if (feature.kind === "categorical") {
    memory.words.set(feature.codes.subarray(from, to), layout.scratch / 4);
    return [layout.scratch, count, binned.missingBin, bins];
  }
  const cuts = bins + STAGED_ROWS;
  memory.numbers.set(feature.values.subarray(from, to), layout.scratch / 8);
  memory.numbers.fill(Number.POSITIVE_INFINITY, cuts / 8, cuts / 8 + 256);
  memory.numbers.set(binned.cuts, cuts / 8);
  return [layout.scratch, count, cuts, binned.cuts.length, 0, bins];
}

function stagedBins({ scratch }: ShardLayout): number {
  return scratch + STAGED_ROWS * 8;
}
