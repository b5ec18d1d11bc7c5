import { describeProblem, HoldfastError } from "../../errors.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import type { LongWork } from "../../progress.js";
import { monthOf } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import { createTable, findColumn, type Table, takeRows } from "../../table/table.js";
import { tierPositions, tierSummaries } from "../../tiers/tier-table.js";
import { rowGroups } from "../../vectors/column-roles/row-groups.js";
import { rowWeights } from "../../vectors/column-roles/row-weights.js";
import { valuesOf } from "../../vectors/column-roles/subscriber-value.js";
import { measuredTraining } from "../train.js";
import type { TrainOptions } from "../train-options.js";
import { meanReported } from "./against-training.js";
import { describeTraining } from "./describe-training.js";
import { measureRows } from "./measure-rows.js";
import { type BacktestColumns, type BacktestOptions, trainOptionsOf } from "./options.js";
import { partOfWork } from "./part-of-work.js";
import { monthText, type PlannedTraining } from "./plan.js";
import { pooledTiers } from "./pooled-tiers.js";
import type { BacktestMonth, BacktestOverall, BacktestTraining, LeftOutMonth } from "./result.js";
import type { Snapshots } from "./snapshot-source.js";

/** What the trainings of a backtest found. */
interface RanTrainings {
  readonly trainings: readonly BacktestTraining[];
  readonly months: readonly BacktestMonth[];
  readonly overall: BacktestOverall;
  /** Months whose training had too little to train on. */
  readonly untrained: readonly LeftOutMonth[];
}

/** The rows of a month as a model scored them. */
interface ScoredMonth {
  readonly month: BacktestMonth;
  /** In the outcomes. */
  readonly rows: Int32Array;
  readonly probabilities: Float64Array;
  /** The name of each row's tier. */
  readonly tiers: readonly string[];
}

/** Trains, scores and measures, month after month, and then all months together. @throws HoldfastError where nothing was scored. */
export async function runTrainings(
  planned: readonly PlannedTraining[],
  snapshots: Snapshots,
  options: BacktestOptions,
  columns: BacktestColumns,
): Promise<RanTrainings> {
  const { outcomes } = snapshots;
  const train = trainOptionsOf(
    options,
    columns,
    outcomes.columns.map(({ name }) => name),
  );
  const scorer = new MonthScorer(snapshots, train);
  const trainings: BacktestTraining[] = [];
  const scored: ScoredMonth[] = [];
  const untrained: LeftOutMonth[] = [];
  for (const [i, plan] of planned.entries()) {
    const { at, known } = plan;
    const months = byMonth(plan.scored);
    const work = partOfWork(options, `training ${i + 1} of ${planned.length}, ${formatDate(at)}`);
    const table = await snapshots.knownBefore(at, known, work);
    const model = await trainedOrReason(table, { ...train, ...work });
    if (typeof model === "string") {
      const reason = `too little was known by ${formatDate(at)}: ${model}`;
      untrained.push(...Array.from(months.keys(), (month) => ({ month, reason })));
      continue;
    }
    trainings.push(describeTraining(model, plan, trainings[trainings.length - 1]));
    for (const [month, cutoffs] of months) {
      const rows = snapshots.rowsAt(cutoffs);
      if (rows.length === 0) untrained.push({ month, reason: "no subscriber was at risk" });
      else scored.push(await scorer.score(model, { month, cutoffs, rows, at }, partOfWork(options, month)));
    }
  }
  if (scored.length === 0) throw nothingScored(options, untrained);
  return {
    trainings,
    months: scored.map(({ month }) => month),
    overall: await scorer.overall(scored, trainings, partOfWork(options, "all months")),
    untrained,
  };
}

/** Scores rows of the outcomes and measures them. */
class MonthScorer {
  /** Only the columns that say which rows belong together. */
  private readonly keys: Table;
  private readonly weights: Float64Array | undefined;
  private readonly values: Float64Array | undefined;

  constructor(
    private readonly snapshots: Snapshots,
    private readonly options: TrainOptions,
  ) {
    const { id, group, weights, value } = options;
    const { outcomes } = snapshots;
    const names = [id, group].filter((name) => name !== undefined);
    this.keys = createTable([...new Set(names)].flatMap((name) => findColumn(outcomes, name) ?? []));
    this.weights = weights === undefined ? undefined : rowWeights(outcomes, weights);
    this.values = value === undefined ? undefined : valuesOf(outcomes, value);
  }

  async score(
    model: ChurnModel,
    { month, cutoffs, rows, at }: { month: string; cutoffs: readonly number[]; rows: Int32Array; at: number },
    work: LongWork,
  ): Promise<ScoredMonth> {
    const probabilities = model.probabilities(takeRows(this.snapshots.outcomes, rows));
    const measured = this.columnsOf(rows, probabilities);
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
    const rows = Int32Array.from(scored.flatMap((each) => Array.from(each.rows)));
    const measured = this.columnsOf(
      rows,
      Float64Array.from(scored.flatMap((each) => Array.from(each.probabilities))),
    );
    const reported = meanReported(
      scored.map(({ month }) => reportedAt(month.trainedAt, trainings)),
      scored.map((each) => each.rows.length),
    );
    const names = trainings.flatMap(({ tiers }) => tiers.map(({ name }) => name));
    const tiers = scored.flatMap((each) => each.tiers);
    return {
      ...(await measureRows(measured, reported, this.options, work)),
      tiers: pooledTiers([...new Set(names)], { ...measured, tiers }),
    };
  }

  private columnsOf(rows: Int32Array, probabilities: Float64Array) {
    const { labels } = this.snapshots;
    const { id, group } = this.options;
    const take = (numbers: Float64Array | undefined) =>
      numbers && Float64Array.from(rows, (row) => numbers[row]);
    return {
      probabilities,
      labels: Uint8Array.from(rows, (row) => labels[row]),
      weights: take(this.weights),
      values: take(this.values),
      groups: rowGroups(takeRows(this.keys, rows), id, group),
    };
  }
}

function reportedAt(at: string, trainings: readonly BacktestTraining[]): BacktestTraining["reported"] {
  return (trainings.find((training) => training.at === at) as BacktestTraining).reported;
}

/** Days by their months, such as `2025-06`. */
function byMonth(days: readonly number[]): Map<string, number[]> {
  const months = new Map<string, number[]>();
  for (const day of days) {
    const month = monthText(monthOf(day));
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return months;
}

/** A model, or why there is too little to train on. */
async function trainedOrReason(table: Table, options: TrainOptions): Promise<ChurnModel | string> {
  try {
    return (await measuredTraining("backtest", table, options)).model;
  } catch (error) {
    if (!(error instanceof HoldfastError && (error.code === "data.label" || error.code === "data.empty")))
      throw error;
    return error.problems
      .map(({ hint: _, path: { column }, ...problem }) =>
        describeProblem({ ...problem, path: column === undefined ? {} : { column } }),
      )
      .join("; ");
  }
}

function nothingScored({ window }: BacktestOptions, untrained: readonly LeftOutMonth[]): HoldfastError {
  return new HoldfastError({
    code: "data.label",
    path: { function: "backtest", argument: window === undefined ? "source" : "window" },
    expected: "must leave a month before which enough was known to train on",
    received: untrained.map(({ month }) => month),
    hint: untrained[untrained.length - 1].reason,
  });
}
