import type { Table } from "../../table/table.js";
import { checkKeys, checkUpsert, PostgresUpsert, type UpsertOptions } from "./upsert.js";

export type { UpsertOptions } from "./upsert.js";

/**
 * Writes scores, or any table with a key, into a PostgreSQL table: a row per key and `scored_on`, in one transaction.
 * Rows of the same key and day are replaced, other days stay. All rows are written or, when anything fails, none.
 * Where the table is made, numbers become `double precision` (missing ones NULL), all else text; a table of one's own
 * may have other types, such as `bigint` for ids, and more columns, which are left alone. Needs `pg`.
 * @returns how many rows were written
 * @example await upsertIntoPostgres(scoreTable(model, table), { into: "churn.scores", scoredOn: "2026-02-01" })
 * @example await upsertIntoPostgres(tierTableAsTable(model.training.tierTable), { into: "tiers", key: "tier", scoredOn: "2026-02-01" })
 * @throws HoldfastError for a key that lacks, is missing or comes twice, a day that is none, columns that the database's
 * table lacks, and `data.unwritable` with what the server said; with code `aborted` when `signal` was.
 */
export async function upsertIntoPostgres(table: Table, options: UpsertOptions): Promise<number> {
  // All that can be wrong without a server is said before one is looked for.
  checkUpsert(table, options);
  const { key = "id" } = options;
  checkKeys(table, typeof key === "string" ? [key] : key);
  const upsert = await PostgresUpsert.open(table, options);
  await upsert.write(table);
  return upsert.commit();
}
