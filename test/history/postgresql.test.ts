import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { snapshotSql } from "../../src/history/snapshot-sql.js";
import { snapshots } from "../../src/history/snapshots.js";
import { rowsOf } from "../../src/table/rows.js";
import { asPlain, fillTables } from "../support/history/fill-tables.js";
import { FULL_SCHEMA, openPlainHistory } from "../support/history/open-plain-history.js";
import { randomHistory } from "../support/history/random-history.js";
import { startPostgres } from "../support/postgres-server.js";
import { thrownBy } from "../support/thrown.js";

const server = startPostgres();
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

        await fillTables(client, FULL_SCHEMA, facts);
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

test("names of columns that PostgreSQL would cut at 63 bytes are refused, in its SQL only", async () => {
  const name = "客".repeat(22);
  const subscribers = [...(FULL_SCHEMA.subscribers ?? []), { name, kind: "text" as const }];
  const schema = { ...FULL_SCHEMA, subscribers };
  const error = await thrownBy(() => snapshotSql(schema, { dialect: "postgresql", at: "2025-01" }));
  expect([error.code, error.problems[0].received]).toEqual(["argument.invalid", name]);
  expect((await snapshotSql(schema, { dialect: "duckdb", at: "2025-01" })).query).toContain(name);
});
