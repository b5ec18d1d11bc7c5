import type { ChurnModel } from "../../predict/churn-model.js";
import type { Column, Table } from "../../table/table.js";
import { cellsOfTable } from "../../vectors/input-details.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { GivenReasons } from "../batch/margin-workers.js";
import {
  type AskedReasons,
  askedReasons,
  reasonSettings,
  type ScoreReasonOptions,
} from "./reason-options.js";
import { type ReasonGiver, ReasonWriter } from "./reason-writer.js";
import { RowReasons } from "./row-reasons.js";

/** The reasons that a job writes. */
export class JobReasons {
  readonly writer: ReasonWriter;
  readonly given: GivenReasons;
  /** The part of the settings of the job that says which reasons it writes. */
  readonly settings: Readonly<Record<string, unknown>>;

  private constructor(
    private readonly model: ChurnModel,
    asked: AskedReasons,
    tiers: readonly string[],
  ) {
    const { inputs, totals, reference, explanation, spread } = model.scorer.content;
    const { options } = asked;
    this.writer = new ReasonWriter(asked, inputs, model.explainer.isSampled ? 1 : undefined);
    this.given = {
      here: new RowReasons(model.explainer.ofReasons, options),
      content: { inputs, totals, reference, explanation, spread },
      options,
    };
    this.settings = reasonSettings(asked, tiers);
  }

  /**
   * Undefined where no reasons are asked for.
   * @param tiers the names of the tiers that rows are in, the highest first.
   * @throws HoldfastError for values that are out of range, for tiers that are none, and `model.unexplained`.
   */
  static async of(
    functionName: string,
    model: ChurnModel,
    options: ScoreReasonOptions,
    tiers: readonly string[],
  ): Promise<JobReasons | undefined> {
    const asked = askedReasons(functionName, options, tiers);
    if (asked === undefined) return undefined;
    await model.readyToExplain();
    return new JobReasons(model, asked, tiers);
  }

  /** The columns of reasons of a batch. @param table as it was read */
  columnsOf(giver: ReasonGiver, tiers: Int32Array, vectors: Vectors, table: Table): Promise<Column[]> {
    return this.writer.columnsOf(giver, tiers, vectors, cellsOfTable(this.model.inputs, table));
  }
}
