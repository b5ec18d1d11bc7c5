import { HoldfastError, Problems } from "../../errors.js";
import { castColumn } from "../cast.js";
import type { Column, Table } from "../column.js";
import { checkColumnNames, checkDeclaredColumns, readColumns, typeProblem } from "../column-names.js";
import { type ColumnPlan, columnPlans, type ReadingPlan } from "../grammar/column-plan.js";
import { utcOf } from "../grammar/dates/time-zone.js";
import { finishColumns } from "../grammar/finish-columns.js";
import { numbersColumn } from "../numbers-column.js";
import { type Place, resolveColumn } from "../resolve-column.js";
import { createTable } from "../table.js";
import { cellsColumn } from "./cells-column.js";
import type { GivenCells, GivenColumns } from "./given-cells.js";

/** How columns in memory become a table. */
export interface GivenOptions extends ReadingPlan {
  readonly exclude?: readonly string[] | undefined;
  readonly source?: string | undefined;
}

/**
 * The table of columns that are in memory; all values of a column decide its kind, by the rules of every other source.
 * @throws HoldfastError with all problems: names, lengths, types, values, no rows, no columns.
 */
export async function tableOfGiven(
  given: GivenColumns,
  options: GivenOptions,
  functionName: string,
): Promise<Table> {
  const { source, exclude, columns: declared = {} } = options;
  const place: Place = { function: functionName, ...(source === undefined ? {} : { file: source }) };
  const problems = new Problems();
  const names = checkColumnNames(given.names, problems, place);
  checkDeclaredColumns(declared, names, problems, place);
  checkLengths(names, given.lengths, problems, place);
  const isRead = readColumns(names, exclude, problems, place);
  const planOf = columnPlans(options);
  const columns: Column[] = [];
  const areFine = problems.count === 0;
  for (const [c, name] of names.entries()) {
    if (!isRead[c]) continue;
    const column = columnOfGiven(name, await given.cellsOf(c), planOf(name), problems, place);
    if (column !== undefined) columns.push(column);
  }
  const finished = areFine ? finishColumns(columns, options, problems, place) : columns;
  problems.throwIfAny();
  const isWide = names.length > 0;
  if (!isWide || given.lengths[0] === 0) {
    const expected = isWide ? "must have rows, there are no rows" : "must have columns";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  return createTable(finished, source);
}

function columnOfGiven(
  name: string,
  given: GivenCells,
  plan: ColumnPlan,
  problems: Problems,
  place: Place,
): Column | undefined {
  switch (given.holds) {
    case "cells":
      return cellsColumn(name, given.cells, plan, problems, place);
    case "numbers":
      return numbersColumn(name, given.numbers, false, plan, problems, place);
    case "days": {
      const toUtc = given.isLocal ? utcOf(plan.grammar) : undefined;
      const days = toUtc === undefined ? given.days : given.days.map(toUtc);
      return numbersColumn(name, days, true, plan, problems, place);
    }
    case "codes":
      return resolveColumn({ name, texts: given.texts, codes: given.codes }, plan, problems, place);
    case "column":
      return plan.kind === undefined
        ? given.column
        : castColumn(given.column, plan.kind, problems, place, plan.grammar);
    case "nothing":
      problems.add(typeProblem(name, given.type, place));
      return undefined;
  }
}

function checkLengths(
  names: readonly string[],
  lengths: readonly number[],
  problems: Problems,
  place: Place,
): void {
  const [first] = lengths;
  lengths.forEach((length, c) => {
    if (length === first) return;
    problems.add({
      code: "data.malformed",
      path: { ...place, column: names[c] },
      expected: `must have ${first} values, as column ${JSON.stringify(names[0])} has`,
      received: length,
    });
  });
}
