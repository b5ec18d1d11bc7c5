import type { Problem } from "../errors.js";
import { optionThatReads } from "../table/grammar/looks-like.js";
import { createTable, takeRows } from "../table/table.js";
import { type CellProblem, type Cells, cellsOf } from "./cells.js";
import { BATCH_ROWS, type NeededColumn, type RejectedRow, type RowBatch } from "./row-source.js";

/** The cells of a rejected row, or its text, and the line it begins on. */
export type WholeRow = Pick<RejectedRow, "line" | "values" | "text">;

/** Gathers rows into batches, and takes out those that can't be scored. */
export class BatchBuilder {
  /** One for every needed column, in their order. */
  readonly cells: readonly Cells[];
  /** Rows put in since the last batch. */
  filled = 0;
  /** Rows that the cells have room for. */
  private reserved = 0;
  /** Rows of the batch before: the next one is likely to have as many. */
  private lastFilled = 0;
  /** Rows in all batches before. */
  private rowsBefore = 0;
  private problems = new Map<number, Problem[]>();
  private readonly whole = new Map<number, WholeRow>();

  constructor(
    private readonly needed: readonly NeededColumn[],
    private readonly source: string,
  ) {
    this.cells = needed.map(cellsOf);
  }

  get isFull(): boolean {
    return this.filled >= BATCH_ROWS;
  }

  /** How many more rows the batch has room for. */
  get room(): number {
    return BATCH_ROWS - this.filled;
  }

  /** Makes room for so many more rows; to be called before they are put into the cells. */
  reserve(rows: number): void {
    const needed = this.filled + rows;
    if (needed <= this.reserved) return;
    // A file of few rows must not pay for a whole batch.
    this.reserved = Math.max(needed, Math.min(BATCH_ROWS, Math.max(2 * this.reserved, this.lastFilled)));
    for (const cells of this.cells) cells.reserve(this.reserved);
  }

  /** The number of a row of this batch in the source, from 1. */
  numberOf(at: number): number {
    return this.rowsBefore + at + 1;
  }

  /** Records what is wrong with a cell. */
  refuse(at: number, column: number, problem: CellProblem, received: unknown): void {
    if (problem === undefined) return;
    const { name, kind } = this.needed[column];
    const isCell = kind === "numeric" || kind === "date";
    const hint = isCell ? optionThatReads(received, kind) : undefined;
    this.refuseRow(at, {
      code: problem === "must be finite" ? "data.not-finite" : "data.wrong-type",
      path: { file: this.source, column: name, row: this.numberOf(at) },
      expected: problem,
      received,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** Records what is wrong with a whole row. */
  refuseRow(at: number, problem: Problem): void {
    const known = this.problems.get(at);
    if (known === undefined) this.problems.set(at, [problem]);
    else known.push(problem);
  }

  /** Refused rows that {@link describe} has not been called for yet. */
  refusedRows(): number[] {
    return [...this.problems.keys()].filter((at) => !this.whole.has(at));
  }

  describe(at: number, row: WholeRow): void {
    this.whole.set(at, row);
  }

  finish(): RowBatch {
    const { filled, rowsBefore, problems } = this;
    const all = createTable(
      this.cells.map((cells) => cells.finish(filled)),
      this.source,
    );
    const rejected = [...problems]
      .sort(([one], [other]) => one - other)
      .map(([at, ofRow]): RejectedRow => {
        const { line, ...rest } = this.whole.get(at) ?? {};
        const placed = ofRow.map((problem) =>
          line === undefined ? problem : { ...problem, path: { ...problem.path, line } },
        );
        return { row: this.numberOf(at), ...(line === undefined ? {} : { line }), problems: placed, ...rest };
      });
    const kept = problems.size === 0 ? undefined : rowsBut(filled, problems);
    const rowNumbers = new Float64Array(kept?.length ?? filled);
    for (let k = 0; k < rowNumbers.length; k++)
      rowNumbers[k] = rowsBefore + 1 + (kept === undefined ? k : kept[k]);
    this.filled = 0;
    this.reserved = 0;
    this.lastFilled = filled;
    this.rowsBefore += filled;
    this.problems = new Map();
    this.whole.clear();
    return {
      table: kept === undefined ? all : takeRows(all, kept),
      rowNumbers,
      rejected,
    };
  }
}

/** The rows of a batch that are not keys of a map. */
function rowsBut(count: number, refused: ReadonlyMap<number, unknown>): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => at).filter((at) => !refused.has(at));
}
