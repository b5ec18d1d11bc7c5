import type { TextColumn } from "../../table/table.js";
import type { InputColumn } from "../../vectors/input-column.js";
import type { Vectors } from "../../vectors/vectors.js";
import { reasonColumns } from "./reason-columns.js";
import type { AskedReasons } from "./reason-options.js";
import { type CellOfRow, reasonedBlocks } from "./reasoned-blocks.js";
import type { ReasonedRows } from "./row-reasons.js";

/** What gives the reasons of some rows, in this thread or another one. */
export interface ReasonGiver {
  textsOf(rows: ReasonedRows): string[][] | Promise<string[][]>;
}

/** Makes the columns of reasons of batches: only rows of the tiers that were asked for are explained. */
export class ReasonWriter {
  constructor(
    private readonly asked: AskedReasons,
    private readonly inputs: readonly InputColumn[],
  ) {}

  /** The columns, by one block of rows after the other in this thread. */
  columnsNow(
    giver: { textsOf(rows: ReasonedRows): string[][] },
    tiers: Int32Array,
    vectors: Vectors,
    cellOfRow: CellOfRow,
  ): TextColumn[] {
    const rows = this.rowsOf(tiers);
    const texts = Array.from(reasonedBlocks(vectors, this.inputs, rows, cellOfRow), (block) =>
      giver.textsOf(block),
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
    const blocks = Array.from(reasonedBlocks(vectors, this.inputs, rows, cellOfRow));
    const texts = await Promise.all(blocks.map((block) => giver.textsOf(block)));
    return reasonColumns(this.asked.columns, tiers.length, rows, texts.flat());
  }

  /** The rows whose tiers were asked for. */
  private rowsOf(tiers: Int32Array): Int32Array {
    const { ofTier } = this.asked;
    const rows: number[] = [];
    for (let row = 0; row < tiers.length; row++) if (ofTier[tiers[row]]) rows.push(row);
    return Int32Array.from(rows);
  }
}
