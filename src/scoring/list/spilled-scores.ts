import type { ChurnModel } from "../../predict/churn-model.js";
import { type LongWork, Pulse } from "../../progress.js";
import { type Column, createTable, type Table } from "../../table/table.js";
import type { TableSink } from "../../table/table-sink.js";
import type { CapacityTierRule } from "../../tiers/tier-rule.js";
import { isByExpectedLoss } from "../../tiers/tiers.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { ReasonGiver, ReasonWriter } from "../reasons/reason-writer.js";
import { emptyScores } from "../scores-table.js";
import { type DrawnList, drawList, tiersOfRows } from "./draw-list.js";
import { type RankedBy, type RankedRows, rankedRows } from "./rank.js";
import { readSpill, type SpilledRows } from "./spill.js";
import { inputColumns, noVectors, spilledInputs } from "./spilled-inputs.js";

/** The scores of one part, put aside. */
export interface SpilledPart {
  readonly path: string;
  readonly rows: number;
}

/** What gives the reasons of the rows of a list. */
export interface ListReasons {
  readonly writer: ReasonWriter;
  readonly giver: ReasonGiver;
}

/** All scores of a batch, put aside by part: ranked as a whole, then written with the tiers of a list. */
export class SpilledScores {
  /** The columns of scores, without rows. */
  private readonly scores: Table;
  /** All that was put aside, without rows. */
  private readonly like: Table;
  private readonly vectors: Vectors;
  private readonly by: RankedBy;
  private readonly pulse: Pulse;
  private readonly rows: number;

  /** @param reasons with which inputs were put aside, too. Undefined: no reasons are asked for. */
  constructor(
    private readonly model: ChurnModel,
    intervals: boolean,
    private readonly parts: readonly SpilledPart[],
    work: LongWork,
    private readonly reasons?: ListReasons,
  ) {
    this.scores = emptyScores(model, { intervals });
    this.vectors = noVectors(model.scorer.vectorizer);
    this.like =
      reasons === undefined
        ? this.scores
        : createTable([...this.scores.columns, ...inputColumns(this.vectors, [], () => undefined)]);
    this.by = isByExpectedLoss(model.tiers) ? "expectedLoss" : "probability";
    this.pulse = new Pulse(work);
    this.rows = this.firstPlace(parts.length);
  }

  /** The tiers of the list. @throws HoldfastError with code `aborted`. */
  draw(rule: CapacityTierRule): Promise<DrawnList> {
    return drawList(rule, this.by, this.rows, () => this.pass());
  }

  /** Writes the scores of a part with the tiers of the list. @returns how many rows of it are in each tier. */
  async write(part: number, list: DrawnList, sink: TableSink): Promise<number[]> {
    const categories = list.tiers.map(({ tier }) => tier);
    const counts = categories.map(() => 0);
    let done = this.firstPlace(part);
    for await (const [spilled, rows] of this.rowsOf(part)) {
      const codes = tiersOfRows(list, rows);
      for (const code of codes) counts[code]++;
      const tier: Column = { kind: "categorical", name: "tier", codes, categories };
      const scores = spilled.columns(this.scores.columns).map((each) => (each.name === "tier" ? tier : each));
      await sink.write(createTable([...scores, ...(await this.reasonsOf(spilled, codes))]));
      done += rows.rowCount;
      if (done < this.rows) this.report(done);
    }
    return counts;
  }

  private async reasonsOf(spilled: SpilledRows, tiers: Int32Array): Promise<readonly Column[]> {
    if (this.reasons === undefined) return [];
    const { writer, giver } = this.reasons;
    const { vectors, cellOfRow } = spilledInputs(spilled, this.vectors);
    return writer.columnsOf(giver, tiers, vectors, cellOfRow);
  }

  /** To be called when all parts are written. */
  reportEnd(): void {
    this.report(this.rows);
  }

  private report(done: number): void {
    this.pulse.report({ phase: "writing the list", done, total: this.rows });
  }

  private async *pass(): AsyncGenerator<RankedRows> {
    for (let part = 0; part < this.parts.length; part++)
      for await (const [, rows] of this.rowsOf(part)) yield rows;
  }

  private async *rowsOf(part: number): AsyncGenerator<readonly [SpilledRows, RankedRows]> {
    const { id, value } = this.model;
    const columns = { hasIds: id !== null, hasValues: value !== null };
    let place = this.firstPlace(part);
    for await (const spilled of readSpill(this.parts[part].path, this.like)) {
      yield [spilled, rankedRows(spilled, place, this.by, columns)];
      place += spilled.rowCount;
      await this.pulse.beat();
    }
  }

  private firstPlace(part: number): number {
    return this.parts.slice(0, part).reduce((sum, { rows }) => sum + rows, 0);
  }
}
