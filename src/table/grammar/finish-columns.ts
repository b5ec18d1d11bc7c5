import { argumentProblem, type Problems } from "../../errors.js";
import type { Column } from "../column.js";
import type { Place } from "../resolve-column.js";
import { type ColumnPlan, columnPlans, type ReadingPlan } from "./column-plan.js";
import { decidesMissing, withMarkersMissing } from "./missing-beside.js";

/**
 * The columns of a table whose cells have been read one column at a time: categories are missing where they are marked as
 * numbers beside them are. Options that read nothing, or take all there is as missing, are problems.
 */
export function finishColumns(
  columns: readonly Column[],
  plan: ReadingPlan,
  problems: Problems,
  place: Place,
): readonly Column[] {
  if (problems.count === 0) checkDecided(columns, plan, problems, place);
  return withMarkersMissing(columns, columnPlans(plan));
}

/** What is known of a column that was read, or will be in chunks. */
export type DecidedColumn = Pick<Column, "name" | "kind" | "reading"> & {
  readonly isDate?: boolean;
  readonly categories?: readonly string[];
  readonly values?: ArrayLike<unknown>;
};

/** Adds problems of options that are given for all columns of a source. */
export function checkDecided(
  columns: readonly DecidedColumn[],
  plan: ReadingPlan,
  problems: Problems,
  { function: name = "readTable", file }: Place,
): void {
  const planOf = columnPlans(plan);
  const refuse = (
    argument: string,
    column: string | undefined,
    expected: string,
    received: unknown,
    hint: string,
  ) => {
    const problem = argumentProblem(name, argument, expected, received, hint);
    const more = { ...(file === undefined ? {} : { file }), ...(column === undefined ? {} : { column }) };
    problems.add({ ...problem, path: { ...problem.path, ...more } });
  };
  if (plan.dateFormat !== undefined && !columns.some(({ isDate }) => isDate === true)) {
    const hint = "letters are yyyy, MM, dd, HH, mm, ss";
    refuse(
      "dateFormat",
      undefined,
      "must read the dates of a column, there is no such column",
      plan.dateFormat,
      hint,
    );
  }
  if (plan.missing === undefined) return;
  for (const column of columns) {
    const { markers = [] } = column.reading ?? {};
    if (markers.length === 0 || isOwn(planOf(column.name), plan)) continue;
    const hint = "give the texts that are missing in this column by themselves, none if there are none";
    if (isAllMissing(column)) {
      refuse(
        "missing",
        column.name,
        "must leave a value in the column, all cells are marked as missing",
        markers,
        hint,
      );
    } else if (column.kind === "categorical" && column.categories?.length === 1) {
      const [other] = column.categories;
      const expected = `must hold no text that is also a category, only ${JSON.stringify(other)} is left in the column`;
      refuse("missing", column.name, expected, markers, hint);
    }
  }
}

/** Whether a column says itself what is missing in it. */
function isOwn(plan: ColumnPlan, { missing }: ReadingPlan): boolean {
  return decidesMissing(plan) && plan.grammar.format?.missing !== missing;
}

function isAllMissing({ kind, categories, values }: DecidedColumn): boolean {
  if (kind === "categorical") return categories?.length === 0;
  if (values === undefined) return false;
  return Array.prototype.every.call(values, (value) => value === null || Number.isNaN(value));
}
