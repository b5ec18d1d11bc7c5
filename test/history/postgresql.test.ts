import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { quoteIdentifier } from "../../src/database/duckdb/session.js";
import { snapshotSql } from "../../src/history/snapshot-sql.js";
import { snapshots } from "../../src/history/snapshots.js";
import { FACT_TABLE_NAMES, type FactKind } from "../../src/history/standard-tables.js";
import { rowsOf } from "../../src/table/rows.js";
import { FULL_SCHEMA, openPlainHistory } from "../support/open-plain-history.js";
import { startPostgres } from "../support/postgres-server.js";
import { type PlainHistory, randomHistory } from "../support/random-history.js";

const server = startPostgres();
const TYPES: Readonly<Record<FactKind, string>> = {
  text: "text",
  number: "double precision",
  day: "date",
  month: "date",
};

/** The history in the standard tables, as in an operator's database. */
async function fillTables(client: pg.Client, facts: PlainHistory): Promise<void> {
  for (const table of FACT_TABLE_NAMES) {
    const columns = FULL_SCHEMA[table] ?? [];
    const definitions = columns.map(({ name, kind }) => `${quoteIdentifier(name)} ${TYPES[kind]}`);
    await client.query(
      `DROP TABLE IF EXISTS ${table} CASCADE; CREATE TABLE ${table} (${definitions.join(", ")})`,
    );
    const places = columns.map((_, i) => `$${i + 1}`).join(", ");
    for (const fact of facts[table]) {
      await client.query(
        `INSERT INTO ${table} VALUES (${places})`,
        columns.map(({ name }) => fact[name] ?? null),
      );
    }
  }
}

describe.skipIf(server === undefined)("the SQL of snapshots", () => {
  afterAll(() => server?.stop());

  test("gives the same rows to the last bit on PostgreSQL as in process, with labels of several cutoffs", async () => {
    const client = new pg.Client({ connectionString: server?.connection });
    await client.connect();
    try {
      let compared = 0;
      for (const seed of [11, 12]) {
        const facts = randomHistory(seed, 20);
        const options = {
          at: ["2024-07-01", "2024-10-15", "2025-02-01"],
          observe: 6,
          gap: 1,
          horizon: 2,
          followedUntil: "2025-07-01",
        };
        const history = await openPlainHistory(facts);
        const expected = rowsOf(await snapshots(history, options)).map((row) => ({
          ...row,
          cutoff: row.cutoff,
        }));
        history.close();

        await fillTables(client, facts);
        const { views, query } = await snapshotSql(FULL_SCHEMA, { dialect: "postgresql", ...options });
        for (const view of views) await client.query(view);
        const { rows } = await client.query({ text: query, types: { getTypeParser: asPlain } });
        expect(rows).toEqual(expected);
        compared += rows.length;
      }
      expect(compared).toBeGreaterThan(30);
    } finally {
      await client.end();
    }
  });
});

/** Whole numbers, doubles and numerics as numbers, all else as text; PostgreSQL writes doubles so that they come back. */
function asPlain(type: number): (text: string) => string | number {
  const numbers = [
    pg.types.builtins.INT4,
    pg.types.builtins.INT8,
    pg.types.builtins.FLOAT8,
    pg.types.builtins.NUMERIC,
  ];
  return numbers.includes(type) ? Number : String;
}
