import type { TextColumn } from "../../table/table.js";
import type { InputColumn } from "../../vectors/input-column.js";
import type { Vectors } from "../../vectors/vectors.js";
import { reasonColumns } from "./reason-columns.js";
import type { AskedReasons } from "./reason-options.js";
import { type CellOfRow, reasonedBlocks } from "./reasoned-blocks.js";
import type { ReasonedRows, RowReasons } from "./row-reasons.js";

/** What gives the reasons of rows, in this thread and others. */
export interface ReasonGiver {
  textsOf(blocks: readonly ReasonedRows[]): Promise<string[][]>;
}

/** Makes the columns of reasons of batches: only rows of the tiers that were asked for are explained. */
export class ReasonWriter {
  /** @param blockRows rows that are explained before other work has its turn; by default some milliseconds of trees. */
  constructor(
    private readonly asked: AskedReasons,
    private readonly inputs: readonly InputColumn[],
    private readonly blockRows?: number,
  ) {}

  /** The columns, by this thread. */
  columnsNow(reasons: RowReasons, tiers: Int32Array, vectors: Vectors, cellOfRow: CellOfRow): TextColumn[] {
    const rows = this.rowsOf(tiers);
    const texts = Array.from(reasonedBlocks(vectors, this.inputs, rows, cellOfRow), (block) =>
      reasons.textsOf(block),
    );
    return reasonColumns(this.asked.columns, tiers.length, rows, texts.flat());
  }

  /** The same, by all threads of the giver. */
  async columnsOf(
    giver: ReasonGiver,
    tiers: Int32Array,
    vectors: Vectors,
    cellOfRow: CellOfRow,
  ): Promise<TextColumn[]> {
    const rows = this.rowsOf(tiers);
    const blocks = Array.from(reasonedBlocks(vectors, this.inputs, rows, cellOfRow, this.blockRows));
    return reasonColumns(this.asked.columns, tiers.length, rows, await giver.textsOf(blocks));
  }

  /** The rows whose tiers were asked for. */
  private rowsOf(tiers: Int32Array): Int32Array {
    const { ofTier } = this.asked;
    const rows: number[] = [];
    for (let row = 0; row < tiers.length; row++) if (ofTier[tiers[row]]) rows.push(row);
    return Int32Array.from(rows);
  }
}
