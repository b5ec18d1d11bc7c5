import { argumentProblem, HoldfastError, type Problem, type ProblemPath } from "../errors.js";
import { didYouMean, listOfNames } from "../nearest-name.js";
import { isFrame } from "./checks/is-frame.js";
import { columnNamed, placeOf, type Table } from "./column.js";

/** Members by which what is often passed in the place of a table is recognised. */
interface MistakenMembers {
  readonly columns?: unknown;
  readonly rowCount?: unknown;
  readonly then?: unknown;
  readonly session?: unknown;
  readonly schema?: unknown;
  readonly train?: unknown;
  readonly test?: unknown;
}

/**
 * Makes sure that an argument is a table, for public functions.
 * @throws HoldfastError that says what it is instead and how a table is made of it.
 */
export function checkTable(functionName: string, argument: string, table: unknown): asserts table is Table {
  const problem = tableProblem(functionName, argument, table);
  if (problem !== undefined) throw new HoldfastError(problem);
}

/** What {@link checkTable} would throw, or undefined. */
export function tableProblem(functionName: string, argument: string, table: unknown): Problem | undefined {
  const problem = (instead: string, hint?: string, received?: unknown) =>
    argumentProblem(functionName, argument, `must be a Table${instead}`, received, hint);
  if (Array.isArray(table)) {
    const isList = table.length > 0 && table.every(isTable);
    return isList
      ? problem(", not a list of tables", "join them with concatTables(tables)")
      : problem(", not an array of rows", "make one of rows with tableFromRows(rows)");
  }
  if (typeof table === "string") return problem("", "read a file with await readTable(path)", table);
  if (typeof table !== "object" || table === null) {
    return table === undefined ? problem(", not undefined") : problem("", undefined, table);
  }
  if (isTable(table)) return undefined;
  const { then, session, schema, train, test }: MistakenMembers = table;
  if (typeof then === "function") return problem(", not a promise of one", "await it first");
  if (isFrame(table)) return problem(", not a data frame", "make one with await tableFrom(frame)");
  if (session !== undefined && schema !== undefined) {
    return problem(", not a history", "make one with await snapshots(history, options)");
  }
  if (isTable(train) || isTable(test)) return problem(", not two parts", "pass one of them: parts.train");
  if (Symbol.asyncIterator in table)
    return problem(", not chunks of one", "read a whole file with readTable");
  return problem("", "make one with readTable, tableFromRows or createTable", table);
}

/** A table without rows, as the problem of an argument; undefined for one that has some. */
export function emptyTableProblem(functionName: string, argument: string, table: Table): Problem | undefined {
  if (table.rowCount > 0) return undefined;
  const path = { function: functionName, ...placeOf(table), argument };
  return {
    code: "data.empty",
    path,
    expected: "must have rows, this table has no rows",
    received: undefined,
  };
}

/** A name that is no column of a table, as the problem of an argument: names those that there are, and the nearest. */
export function columnProblem(functionName: string, argument: string, table: Table, name: unknown): Problem {
  if (typeof name !== "string") {
    return argumentProblem(functionName, argument, "must be the name of a column", name);
  }
  return missingColumnProblem({ function: functionName, argument }, table, name);
}

/** A column that a table does not have: names those that there are, and the nearest. */
export function missingColumnProblem(place: ProblemPath, table: Table, name: string): Problem {
  const names = table.columns.map((column) => column.name);
  const hint = didYouMean(name, names);
  return {
    code: "data.missing-column",
    path: { ...place, ...placeOf(table), column: name },
    expected:
      names.length === 0
        ? "must be a column of the table, which has none"
        : `must be a column of the table, which has ${listOfNames(names)}`,
    received: undefined,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** The problems of all names that are no columns of the table. */
export function columnProblems(
  functionName: string,
  argument: string,
  table: Table,
  names: readonly unknown[],
): Problem[] {
  return names.flatMap((name) =>
    typeof name === "string" && columnNamed(table, name) !== undefined
      ? []
      : [columnProblem(functionName, argument, table, name)],
  );
}

function isTable(value: unknown): value is Table {
  if (typeof value !== "object" || value === null) return false;
  const { columns, rowCount }: MistakenMembers = value;
  return Array.isArray(columns) && typeof rowCount === "number";
}
