import { argumentProblem, count, optionText, type Problem, Problems } from "../../errors.js";
import { type Span, shiftDay, spanProblem } from "../../history/windows/span.js";
import { columnProblem, emptyTableProblem } from "../../table/check-table.js";
import { type Column, cellOf, findColumn, placeOf, type Table, takeRows } from "../../table/table.js";
import { readLabels } from "../../vectors/column-roles/labels.js";
import type { BacktestColumns, BacktestOptions } from "./options.js";
import { rowsAlone } from "./rows-alone.js";
import { cutoffsOf, rowsOnDays, type SnapshotSource } from "./snapshot-source.js";

/**
 * Snapshots that the caller made.
 * @throws HoldfastError with all problems: columns that do not exist, cutoffs that are no dates, gap or horizon not given, options
 * that only a history has.
 */
export function snapshotsOfTable(
  table: Table,
  options: BacktestOptions,
  { cutoff, label, id }: BacktestColumns,
): SnapshotSource {
  const problems = new Problems();
  const add = (problem: Problem | undefined) => problem !== undefined && problems.add(problem);
  add(emptyTableProblem("backtest", "source", table));
  const { at, observe, features, churn, followedUntil, gap, horizon } = options;
  for (const [argument, given] of Object.entries({ at, observe, features, churn, followedUntil })) {
    if (given === undefined) continue;
    add(argumentProblem("backtest", argument, "must be left out where snapshots are given", undefined));
  }
  add(windowProblem("gap", gap, 0));
  add(windowProblem("horizon", horizon, 1));
  for (const [argument, name] of Object.entries({ cutoff, label, id })) {
    if (findColumn(table, name) === undefined) add(columnProblem("backtest", argument, table, name));
  }
  const days = findColumn(table, cutoff);
  if (days !== undefined) add(daysProblem(table, days));
  problems.throwIfAny();

  const { values } = days as Column & { readonly values: Float64Array };
  const missing = missingLabels(values, findColumn(table, label) as Column);
  const all = [...new Set(values)].sort((a, b) => a - b);
  const labelTo = (day: number) => shiftDay(shiftDay(day, gap as Span), horizon as Span);
  return {
    cutoffs: all.filter((day) => !missing.has(day)).map((day) => ({ day, labelTo: labelTo(day) })),
    unlabelled: all
      .filter((day) => missing.has(day))
      .map((day) => ({ day, reason: `${count(missing.get(day) as number, "row")} without a label` })),
    read: async (trainings) => {
      const used = takeRows(table, rowsOnDays(values, cutoffsOf(trainings, "all")));
      const usedDays = (findColumn(used, cutoff) as typeof days & { readonly values: Float64Array }).values;
      return {
        outcomes: used,
        labels: readLabels(used, label, options.positive).values,
        rowsAt: (cutoffs) => rowsOnDays(usedDays, cutoffs),
        knownBefore: async (_, cutoffs) => rowsAlone(used, rowsOnDays(usedDays, cutoffs)),
      };
    },
  };
}

function windowProblem(argument: string, span: Span | undefined, least: number): Problem | undefined {
  if (span !== undefined) return spanProblem("backtest", argument, span, least);
  return {
    code: "argument.missing",
    path: { function: "backtest", argument },
    expected: "must be given, as the snapshots were made with",
    received: undefined,
    hint: `\`snapshots\` makes them with ${optionText("gap", 1)} and ${optionText("horizon", 3)} where it is given none`,
  };
}

function daysProblem(table: Table, column: Column): Problem | undefined {
  const path = { function: "backtest", ...placeOf(table), argument: "cutoff", column: column.name };
  if (column.kind !== "numeric" || column.isDate !== true) {
    return {
      code: "data.wrong-type",
      path,
      expected: "must be a date column",
      received: column.kind,
      hint: `declare it when reading: ${optionText("columns", { [column.name]: "date" })}`,
    };
  }
  const row = column.values.findIndex((day) => !Number.isInteger(day));
  if (row < 0) return undefined;
  return {
    code: "data.wrong-type",
    path: { ...path, row: row + 1 },
    expected: "must hold a day in every row",
    received: cellOf(column, row),
  };
}

/** How many rows of a cutoff have no label; cutoffs whose rows all have one are left out. */
function missingLabels(days: Float64Array, label: Column): Map<number, number> {
  const missing = new Map<number, number>();
  for (let row = 0; row < days.length; row++) {
    if (String(cellOf(label, row) ?? "").trim() !== "") continue;
    missing.set(days[row], (missing.get(days[row]) ?? 0) + 1);
  }
  return missing;
}
