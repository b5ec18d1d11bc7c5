import { checkOptions, checkTexts, namedErrors, type OptionNames } from "../../arguments.js";
import { HoldfastError } from "../../errors.js";
import { checkTable, columnProblems } from "../../table/check-table.js";
import type { Table } from "../../table/table.js";
import { connectionProblems } from "./connection.js";
import { checkKeys, checkUpsert, PostgresUpsert, type UpsertOptions } from "./upsert.js";

export type { UpsertOptions } from "./upsert.js";

const OPTIONS: OptionNames<UpsertOptions> = {
  into: "required",
  scoredOn: "required",
  key: "optional",
  connection: "optional",
  create: "optional",
  onProgress: "optional",
  signal: "optional",
};

/**
 * Writes scores, or any table with a key, into a PostgreSQL table: one row per key and `scored_on`, in one transaction.
 * Rows with the same key and day are replaced, other days stay. All rows are written or, when anything fails, none.
 * A table that does not exist is created, with numbers as `double precision` (missing ones NULL) and all else as text; an
 * existing table may have other types, such as `bigint` for ids, and more columns, which are not changed. Needs `pg`.
 * @returns how many rows were written
 * @example await upsertIntoPostgres(scoreTable(model, table), { into: "churn.scores", scoredOn: "2026-02-01" })
 * @example await upsertIntoPostgres(tierTableAsTable(model.training.tierTable), { into: "tiers", key: "tier", scoredOn: "2026-02-01" })
 * @throws HoldfastError for a key column that does not exist, keys that are missing or appear twice, an invalid day,
 * columns that the database's table does not have, and `data.unwritable` with the server's message; with code `aborted`
 * when `signal` was aborted.
 */
export async function upsertIntoPostgres(table: Table, options: UpsertOptions): Promise<number> {
  // All checks that need no server come before the connection.
  checkTable("upsertIntoPostgres", "table", table);
  checkOptions("upsertIntoPostgres", options, OPTIONS);
  const { key = "id", connection } = options;
  const keys = typeof key === "string" ? [key] : key;
  checkTexts("upsertIntoPostgres", "key", keys);
  const problems = [
    ...connectionProblems("upsertIntoPostgres", "connection", connection),
    ...columnProblems("upsertIntoPostgres", "key", table, keys),
  ];
  if (problems.length > 0) throw new HoldfastError(problems);
  checkUpsert(table, options);
  checkKeys(table, keys);
  return namedErrors("upsertIntoPostgres", async () => {
    const upsert = await PostgresUpsert.open(table, options);
    await upsert.write(table);
    return upsert.commit();
  });
}
