import type { ChurnModel } from "../../predict/churn-model.js";
import type { LongWork } from "../../progress.js";
import { formatDate } from "../../table/dates.js";
import { createTable, findColumn, type Table, takeRows } from "../../table/table.js";
import { tierPositions, tierSummaries } from "../../tiers/summary/tier-table.js";
import { rowGroups } from "../../vectors/column-roles/row-groups.js";
import { checkedWeights, weighedTable } from "../../vectors/column-roles/row-weights.js";
import { valuesOf } from "../../vectors/column-roles/subscriber-value.js";
import type { TrainOptions } from "../train-options.js";
import { meanReported } from "./against-training.js";
import { measureRows } from "./measure-rows.js";
import { pooledTiers } from "./pooled-tiers.js";
import type { BacktestMonth, BacktestOverall, BacktestTraining } from "./result.js";
import type { Snapshots } from "./snapshot-source.js";

/** The rows of a month that a model is to score. */
export interface MonthToScore {
  readonly month: string;
  readonly cutoffs: readonly number[];
  /** In the outcomes. */
  readonly rows: Int32Array;
  /** The day of the training. */
  readonly at: number;
}

/** The rows of a month as a model scored them. */
export interface ScoredMonth {
  readonly month: BacktestMonth;
  /** In the outcomes. */
  readonly rows: Int32Array;
  readonly probabilities: Float64Array;
  /** The name of each row's tier. */
  readonly tiers: readonly string[];
}

/** Scores rows of the outcomes and measures them. */
export class MonthScorer {
  /** Only the columns that say which rows belong together, and their weights. */
  private readonly keys: Table;
  private readonly weights: Float64Array | undefined;
  private readonly values: Float64Array | undefined;

  constructor(
    private readonly snapshots: Snapshots,
    private readonly options: TrainOptions,
  ) {
    const { id, group, weights, value } = options;
    const { outcomes } = snapshots;
    const names = new Set([id, group, weights].filter((name) => name !== undefined));
    this.keys = createTable([...names].flatMap((name) => findColumn(outcomes, name) ?? []));
    this.weights = weights === undefined ? undefined : checkedWeights(outcomes, weights);
    this.values = value === undefined ? undefined : valuesOf(outcomes, value);
  }

  /** Whether some of these rows have a weight above 0. */
  hasWeight(rows: Int32Array): boolean {
    return rows.some((row) => this.weights?.[row] !== 0);
  }

  async score(
    model: ChurnModel,
    { month, cutoffs, rows: given, at }: MonthToScore,
    work: LongWork,
  ): Promise<ScoredMonth> {
    const { rows, ...columns } = this.columnsOf(given);
    const probabilities = model.probabilities(takeRows(this.snapshots.outcomes, rows));
    const measured = { ...columns, probabilities };
    const tierOf = tierPositions(model.tiers, probabilities, measured.values);
    const { metrics } = model.training.evaluation;
    return {
      rows,
      probabilities,
      tiers: Array.from(rows.keys(), (row) => model.tiers[tierOf(row)].name),
      month: {
        month,
        cutoffs: cutoffs.map(formatDate),
        trainedAt: formatDate(at),
        ...(await measureRows(measured, metrics, this.options, work)),
        tiers: tierSummaries(model.tiers, measured, tierOf),
      },
    };
  }

  async overall(
    scored: readonly ScoredMonth[],
    trainings: readonly BacktestTraining[],
    work: LongWork,
  ): Promise<BacktestOverall> {
    const { rows: _, ...columns } = this.columnsOf(
      Int32Array.from(scored.flatMap(({ rows }) => Array.from(rows))),
    );
    const probabilities = Float64Array.from(scored.flatMap((each) => Array.from(each.probabilities)));
    const measured = { ...columns, probabilities };
    const reported = meanReported(
      scored.map(({ month }) => reportedAt(month.trainedAt, trainings)),
      scored.map(({ rows }) => rows.length),
    );
    const names = trainings.flatMap(({ tiers }) => tiers.map(({ name }) => name));
    const tiers = scored.flatMap((each) => each.tiers);
    return {
      ...(await measureRows(measured, reported, this.options, work)),
      tiers: pooledTiers([...new Set(names)], { ...measured, tiers }),
    };
  }

  /** The rows that have weight, and what is known about each. */
  private columnsOf(given: Int32Array) {
    const { labels } = this.snapshots;
    const { id, group, weights: name } = this.options;
    const weighed = weighedTable(takeRows(this.keys, given), name);
    const rows = weighed.rows?.map((row) => given[row]) ?? given;
    const { values } = this;
    return {
      rows,
      labels: Uint8Array.from(rows, (row) => labels[row]),
      weights: weighed.weights,
      values: values && Float64Array.from(rows, (row) => values[row]),
      groups: rowGroups(weighed.table, id, group),
    };
  }
}

function reportedAt(at: string, trainings: readonly BacktestTraining[]): BacktestTraining["reported"] {
  return (trainings.find((training) => training.at === at) as BacktestTraining).reported;
}
