import type pg from "pg";
import { quoteIdentifier } from "../../../src/database/duckdb/session.js";
import { FACT_TABLE_NAMES, type FactKind, type HistorySchema } from "../../../src/history/standard-tables.js";
import type { HistoryTables } from "./history-tables.js";

const TYPES: Readonly<Record<FactKind, string>> = {
  text: "text",
  number: "double precision",
  day: "date",
  month: "date",
};

/** Puts a history into the standard tables of a PostgreSQL database, as in that of an operator. */
export async function fillTables(
  client: pg.Client,
  schema: HistorySchema,
  facts: HistoryTables,
): Promise<void> {
  for (const table of FACT_TABLE_NAMES) {
    const columns = (schema[table] ?? []).filter(({ isAbsent }) => isAbsent !== true);
    await client.query(`DROP TABLE IF EXISTS ${table} CASCADE`);
    if (columns.length === 0) continue;
    const definitions = columns.map(({ name, kind }) => `${quoteIdentifier(name)} ${TYPES[kind]}`);
    await client.query(`CREATE TABLE ${table} (${definitions.join(", ")})`);
    const places = columns.map((_, i) => `$${i + 1}`).join(", ");
    for (const fact of facts[table] ?? []) {
      const cells = columns.map(({ name, kind }) =>
        kind === "month" && fact[name] !== null
          ? `${String(fact[name]).slice(0, 7)}-01`
          : (fact[name] ?? null),
      );
      await client.query(`INSERT INTO ${table} VALUES (${places})`, cells);
    }
  }
}

/** How a client reads whole numbers, doubles and numerics as numbers, and all else as text, so that doubles come back. */
export function asPlain(type: number): (text: string) => string | number {
  // int4, int8, float8, numeric.
  return [23, 20, 701, 1700].includes(type) ? Number : String;
}
