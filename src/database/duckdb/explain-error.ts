import type { DuckDBConnection } from "@duckdb/node-api";
import { placeInSql, type SqlFault, type WrittenSql } from "../sql-fault.js";
import { firstLine } from "./session.js";

/** The parts of DuckDB's errors as JSON that are used here. */
interface ErrorParts {
  readonly exception_type?: string;
  readonly exception_message?: string;
  readonly error_subtype?: string;
  /** In bytes of UTF-8, from 0. */
  readonly position?: string;
  readonly name?: string;
  /** Separated by commas. */
  readonly candidates?: string;
}

/** Whether an error is one of DuckDB itself, and not of this package. */
export function isDuckDBError(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error;
}

/**
 * Asks DuckDB again about a statement that it refused, for the place of the fault.
 * @param connection whose errors no other statement needs as text meanwhile.
 * @param written the part of the statement that the caller wrote.
 * @returns the fault; undefined where DuckDB now takes the statement.
 */
export async function explainError(
  connection: DuckDBConnection,
  statement: string,
  written: WrittenSql,
): Promise<SqlFault | undefined> {
  await connection.run("SET errors_as_json = true");
  try {
    await connection.run(statement);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const parts = partsOf(message);
    if (parts === undefined) return { message: firstLine(error) };
    const {
      exception_type = "",
      exception_message = "",
      error_subtype,
      name,
      position,
      candidates = "",
    } = parts;
    const at = position === undefined ? undefined : characterAt(statement, Number(position));
    const place = at === undefined ? undefined : placeInSql(written, at);
    return {
      message: `${exception_type} Error: ${exception_message.split("\n", 1)[0]}`,
      ...(place === undefined ? {} : { place }),
      ...(error_subtype === "COLUMN_NOT_FOUND" && name !== undefined
        ? { unknownName: name, candidates: candidates.split(",") }
        : {}),
    };
  } finally {
    await connection.run("RESET errors_as_json");
  }
}

/** Some messages have words before the JSON. */
function partsOf(message: string): ErrorParts | undefined {
  try {
    return JSON.parse(message.slice(message.indexOf("{"))) as ErrorParts;
  } catch {
    return undefined;
  }
}

function characterAt(statement: string, bytes: number): number {
  return Buffer.from(statement).subarray(0, bytes).toString().length;
}
