import { argumentProblem, invalidArgument, Problems } from "../../errors.js";
import { checkTable, columnProblems } from "../check-table.js";
import { checkNames } from "../checks/check-names.js";
import { createTable, findColumn, type Table } from "../table.js";

const SELECTED_BY = "selectColumns";

/**
 * The table with these columns only, in the order in which they are named.
 * @param names at least one.
 * @example selectColumns(table, ["customer_id", "tenure", "churn"])
 * @throws HoldfastError with all names that are no columns of the table or are repeated; for no name at all, and for
 * something else in the place of a table.
 */
export function selectColumns(table: Table, names: readonly string[]): Table {
  checkTable(SELECTED_BY, "table", table);
  checkNames(SELECTED_BY, names);
  if (names.length === 0) invalidArgument(SELECTED_BY, "names", "must name a column", undefined);
  const problems = new Problems();
  problems.add(...columnProblems(SELECTED_BY, "names", table, names));
  names.forEach((name, i) => {
    if (names.indexOf(name) === i) return;
    problems.add(argumentProblem(SELECTED_BY, `names[${i}]`, "must not name a column again", name));
  });
  problems.throwIfAny();
  const columns = names.flatMap((name) => findColumn(table, name) ?? []);
  return createTable(columns, table.source);
}
