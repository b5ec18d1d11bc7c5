import { explainError, isDuckDBError } from "../database/duckdb/explain-error.js";
import type { DuckDBSession } from "../database/duckdb/session.js";
import { faultText, type SqlFault } from "../database/sql-fault.js";
import { HoldfastError, type Problem } from "../errors.js";
import { listOfNames } from "../nearest-name.js";
import type { SnapshotQuery, WrittenInFamily } from "./query/snapshot-query.js";

/**
 * Runs the statement of snapshots. Where the database refuses it, each expression that the caller wrote is tried by itself.
 * @throws HoldfastError with all expressions that the database refuses, and its own error as the cause; else what `run`
 * throws.
 */
export async function explainingExpressions<Result>(
  functionName: string,
  session: DuckDBSession,
  { written }: SnapshotQuery,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!isDuckDBError(error) || session.isClosed) throw error;
    const problems = written.length === 0 ? [] : await problemsOf(functionName, session, written);
    throw problems.length === 0 ? error : new HoldfastError(problems, problems.length, { cause: error });
  }
}

async function problemsOf(
  functionName: string,
  session: DuckDBSession,
  written: readonly WrittenInFamily[],
): Promise<Problem[]> {
  const connection = await session.connectAgain();
  try {
    const problems: Problem[] = [];
    for (const each of written) {
      const statement = `${each.relations}\n${each.query}`;
      const from = statement.length - each.query.length + each.from;
      const fault = await explainError(connection, statement, { text: each.sql, from });
      if (fault !== undefined) problems.push(problemOf(functionName, each, fault));
    }
    return problems;
  } finally {
    connection.closeSync();
  }
}

function problemOf(
  functionName: string,
  { family, feature, table, sql, names }: WrittenInFamily,
  fault: SqlFault,
): Problem {
  const { unknownName, place } = fault;
  const own = feature === undefined ? "a condition (where)" : "an expression";
  const known = unknownName === undefined ? "" : `; there are ${listOfNames(names)}`;
  return {
    code: "argument.invalid",
    path: {
      function: functionName,
      argument: "features",
      ...(place === undefined ? {} : { line: place.line }),
      ...(feature === undefined ? {} : { column: feature }),
    },
    expected: `must be ${own} over ${table} that the database can run, in the family ${JSON.stringify(family)}`,
    received: sql,
    hint: `${faultText(fault, sql, names)}${known}`,
  };
}
