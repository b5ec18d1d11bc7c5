import { describeProblem, HoldfastError } from "../../errors.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { monthOf, monthText } from "../../table/calendar.js";
import { formatDate } from "../../table/dates.js";
import type { Table } from "../../table/table.js";
import type { LabelSpec } from "../../vectors/column-roles/labels.js";
import { measuredTraining } from "../train.js";
import type { TrainOptions } from "../train-options.js";
import { describeTraining } from "./describe-training.js";
import { MonthScorer, type ScoredMonth } from "./month-scorer.js";
import { type BacktestColumns, type BacktestOptions, trainOptionsOf } from "./options.js";
import { partOfWork } from "./part-of-work.js";
import type { PlannedTraining } from "./plan.js";
import type { BacktestMonth, BacktestOverall, BacktestTraining, LeftOutMonth } from "./result.js";
import type { Snapshots } from "./snapshot-source.js";

/** What the trainings of a backtest found. */
interface RanTrainings {
  readonly label: LabelSpec;
  readonly trainings: readonly BacktestTraining[];
  readonly months: readonly BacktestMonth[];
  readonly overall: BacktestOverall;
  /** Months whose training had too little to train on. */
  readonly untrained: readonly LeftOutMonth[];
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
  let label: LabelSpec | undefined;
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
    label = model.label;
    trainings.push(describeTraining(model, plan, trainings[trainings.length - 1]));
    for (const [month, cutoffs] of months) {
      const rows = snapshots.rowsAt(cutoffs);
      if (!scorer.hasWeight(rows)) untrained.push({ month, reason: "no subscriber was at risk" });
      else scored.push(await scorer.score(model, { month, cutoffs, rows, at }, partOfWork(options, month)));
    }
  }
  if (scored.length === 0 || label === undefined) throw nothingScored(options, untrained);
  return {
    label,
    trainings,
    months: scored.map(({ month }) => month),
    overall: await scorer.overall(scored, trainings, partOfWork(options, "all months")),
    untrained,
  };
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
