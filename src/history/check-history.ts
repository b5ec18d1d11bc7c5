import { isDuckDBError } from "../database/duckdb/explain-error.js";
import { firstLine } from "../database/duckdb/session.js";
import { argumentProblem, HoldfastError, invalidArgument } from "../errors.js";
import type { History } from "./history.js";
import { FACT_TABLE_NAMES, type HistorySchema } from "./standard-tables.js";

/** Members by which a history, and what is often passed in its place, is recognised. */
interface Members {
  readonly session?: { readonly isClosed?: boolean };
  readonly schema?: unknown;
  readonly then?: unknown;
  readonly rowCount?: unknown;
}

const OPENED = "must be an open History";

/**
 * Makes sure that an argument is a history that was not closed, for public functions.
 * @throws HoldfastError that says how a history is made of what was passed.
 */
export function checkHistory(functionName: string, history: unknown): asserts history is History {
  checkHistorySchema(functionName, history);
  const { session }: Members = history;
  if (session?.isClosed === false) return;
  const expected = session === undefined ? `${OPENED}, not its schema alone` : "must be open, it was closed";
  const hint = "close it after its last use, or open it again with await openHistory(…)";
  invalidArgument(
    functionName,
    "history",
    expected,
    undefined,
    session === undefined ? "pass the history itself" : hint,
  );
}

/** As {@link checkHistory}, for functions that need its schema only: it may be closed. */
export function checkHistorySchema(
  functionName: string,
  history: unknown,
): asserts history is Pick<History, "schema"> {
  const fail = (instead: string, hint: string, received?: unknown): never =>
    invalidArgument(functionName, "history", `${OPENED}${instead}`, received, hint);
  const make = "await openHistory(…) makes one";
  if (typeof history === "string") fail("", "open a folder with await openHistory(path)", history);
  if (Array.isArray(history))
    fail(", not a list", "await openHistory({ subscribers: rows }) makes one of rows");
  if (typeof history !== "object" || history === null) {
    if (history === undefined) fail(", not undefined", make);
    fail("", make, history);
  }
  const { schema, then, rowCount }: Members = history as object;
  if (typeof then === "function") fail(", not a promise of one", "await it first");
  if (rowCount !== undefined) {
    fail(", not a Table", "await openHistory({ subscribers: table, … }) makes one of tables");
  }
  if (typeof schema === "object" && schema !== null) return;
  if (isSchema(history as object)) fail(", not its schema", "pass the history itself");
  if (Object.keys(history as object).some(isTableName)) {
    fail(", not its sources", "open them with await openHistory(sources)");
  }
  fail("", make, history);
}

/** Makes sure that an argument is the schema of a history. @throws HoldfastError that says where to find it. */
export function checkSchema(functionName: string, schema: unknown): asserts schema is HistorySchema {
  if (typeof schema === "object" && schema !== null && isSchema(schema)) return;
  const { schema: inside, then } = (schema ?? {}) as Members;
  const expected = "must be the schema of a history";
  if (inside !== undefined) {
    invalidArgument(functionName, "schema", `${expected}, not the history`, undefined, "pass history.schema");
  }
  const hint =
    typeof then === "function"
      ? "await the history first, and pass its schema"
      : "pass the schema of one that openHistory returns: history.schema";
  const received = typeof then === "function" ? "a promise" : schema;
  invalidArgument(functionName, "schema", expected, received, hint);
}

function isSchema(value: object): boolean {
  const { subscribers } = value as { readonly subscribers?: unknown };
  return (
    Array.isArray(subscribers) &&
    subscribers.every((column) => typeof column?.name === "string" && typeof column.kind === "string")
  );
}

function isTableName(name: string): boolean {
  return FACT_TABLE_NAMES.some((table) => table === name);
}

/**
 * Works with the database of a history. Errors of the database become errors of the function.
 * @throws HoldfastError also where the history is closed meanwhile.
 */
export async function whileOpen<Result>(
  functionName: string,
  { session }: Pick<History, "session">,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HoldfastError) throw ofFunction(functionName, error);
    if (session.isClosed) throw closedMeanwhile(functionName, error);
    throw isDuckDBError(error) ? unreadable(functionName, error) : error;
  }
}

/** Names the function in problems that name none; others were found by a function that the caller wrote too. */
function ofFunction(functionName: string, error: HoldfastError): HoldfastError {
  const { problems, problemCount, cause, code } = error;
  if (code === "aborted" || problems.every(({ path }) => path.function !== undefined)) return error;
  const named = problems.map(({ path, ...problem }) => ({
    ...problem,
    path: { function: functionName, ...path },
  }));
  return new HoldfastError(named, problemCount, { cause });
}

function closedMeanwhile(functionName: string, cause: unknown): HoldfastError {
  const expected = `must stay open until ${functionName} has ended, it was closed`;
  const hint = `await ${functionName}(…) before history.close()`;
  const problem = argumentProblem(functionName, "history", expected, undefined, hint);
  return new HoldfastError(problem, 1, { cause });
}

function unreadable(functionName: string, cause: Error): HoldfastError {
  const problem = {
    code: "data.unreadable" as const,
    path: { function: functionName, argument: "history" },
    expected: "must be readable by the statements that are asked of it",
    received: undefined,
    hint: firstLine(cause),
  };
  return new HoldfastError(problem, 1, { cause });
}
