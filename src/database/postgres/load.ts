import { HoldfastError } from "../../errors.js";
import { firstLine } from "../duckdb/session.js";

/** The cursor that reads a query's rows a few at a time. @throws HoldfastError `dependency.missing`. */
export async function loadCursor(): Promise<typeof import("pg-cursor")> {
  try {
    return (await import("pg-cursor")).default;
  } catch (error) {
    throw missingPostgres(error);
  }
}

/** The error for `pg` or `pg-cursor` not being installed. */
function missingPostgres(error: unknown): HoldfastError {
  return new HoldfastError({
    code: "dependency.missing",
    path: {},
    expected: "must have pg and pg-cursor installed to work with PostgreSQL",
    received: undefined,
    hint: `npm install pg pg-cursor; ${firstLine(error)}`,
  });
}

/** @throws HoldfastError `dependency.missing`. */
export async function loadPostgres(): Promise<typeof import("pg")["default"]> {
  try {
    return (await import("pg")).default;
  } catch (error) {
    throw missingPostgres(error);
  }
}
