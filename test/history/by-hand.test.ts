import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { quoteIdentifier, withDuckDB } from "../../src/database/duckdb/session.js";
import { snapshotSql } from "../../src/history/snapshot-sql.js";
import { snapshots } from "../../src/history/snapshots.js";
import type { FactTableName } from "../../src/history/standard-tables.js";
import { rowsOf } from "../../src/table/rows.js";
import { asPlain, fillTables } from "../support/history/fill-tables.js";
import type { SnapshotRow } from "../support/history/history-tables.js";
import { openPlainHistory } from "../support/history/open-plain-history.js";
import { NO_FACTS } from "../support/history/random-history.js";
import { startPostgres } from "../support/postgres-server.js";
import { FEATURES, HISTORY, LABELS, SCHEMA } from "./by-hand-history.js";

const server = startPostgres();

const OF_FEATURES = { at: Object.keys(FEATURES), observe: 3, churn: false } as const;
const OF_LABELS = { at: Object.keys(LABELS), observe: 3, gap: 1, horizon: 1, followedUntil: "2025-06-01" };

function expectByHand(rows: readonly SnapshotRow[], expected: Readonly<Record<string, object>>): number {
  let values = 0;
  const found: Record<string, Record<string, object>> = {};
  for (const [at, subscribers] of Object.entries(expected)) {
    found[at] = {};
    for (const row of rows.filter(({ cutoff }) => cutoff === at)) {
      const id = String(row.subscriber_id);
      const wanted = (subscribers as Record<string, object | number>)[id];
      const names = typeof wanted === "object" ? Object.keys(wanted) : ["churn"];
      const cells = names.map((name) => [name, row[name] ?? null]);
      values += cells.length;
      found[at][id] = typeof wanted === "object" ? Object.fromEntries(cells) : (row.churn as object);
    }
  }
  expect(found).toEqual(expected);
  return values;
}

describe("values worked out by hand", () => {
  test("are those of snapshots in process", async () => {
    const history = await openPlainHistory({ ...NO_FACTS, ...HISTORY }, SCHEMA);
    const features = expectByHand(rowsOf(await snapshots(history, OF_FEATURES)), FEATURES);
    const labels = expectByHand(rowsOf(await snapshots(history, OF_LABELS)), LABELS);
    history.close();
    expect(features + labels).toBeGreaterThan(70);
  });

  test("are those of the SQL for DuckDB, over tables of an operator's own database", async () => {
    await withDuckDB(async (connection) => {
      for (const [table, columns] of Object.entries(SCHEMA)) {
        const facts = HISTORY[table as FactTableName] ?? [];
        const there = columns.filter(({ isAbsent }) => isAbsent !== true);
        const types = { text: "VARCHAR", number: "DOUBLE", day: "DATE", month: "DATE" };
        const definitions = there.map(({ name, kind }) => `${quoteIdentifier(name)} ${types[kind]}`);
        await connection.run(`CREATE TABLE ${table} (${definitions.join(", ")})`);
        for (const fact of facts) {
          const cells = there.map(({ name, kind }) => {
            const cell = fact[name] ?? null;
            return cell === null ? "NULL" : `'${cell}${kind === "month" ? "-01" : ""}'`;
          });
          await connection.run(`INSERT INTO ${table} VALUES (${cells.join(", ")})`);
        }
      }
      for (const [options, expected] of [
        [OF_FEATURES, FEATURES],
        [OF_LABELS, LABELS],
      ] as const) {
        const { views, query } = await snapshotSql(SCHEMA, { dialect: "duckdb", ...options });
        for (const view of views) await connection.run(view);
        expectByHand((await connection.runAndReadAll(query)).getRowObjectsJson() as SnapshotRow[], expected);
      }
    });
  });

  describe.skipIf(server === undefined)("on PostgreSQL", () => {
    afterAll(() => server?.stop());

    test("are those of its SQL", async () => {
      const client = new pg.Client({ connectionString: server?.connection });
      await client.connect();
      try {
        await fillTables(client, SCHEMA, HISTORY);
        for (const [options, expected] of [
          [OF_FEATURES, FEATURES],
          [OF_LABELS, LABELS],
        ] as const) {
          const { views, query } = await snapshotSql(SCHEMA, { dialect: "postgresql", ...options });
          for (const view of views) await client.query(view);
          const { rows } = await client.query({ text: query, types: { getTypeParser: asPlain } });
          expectByHand(rows, expected);
        }
      } finally {
        await client.end();
      }
    });
  });

  test("are made for Spark by the same text, but for the names of types and its quotes", async () => {
    const [duckdb, spark] = await Promise.all(
      (["duckdb", "spark"] as const).map((dialect) => snapshotSql(SCHEMA, { dialect, ...OF_FEATURES })),
    );
    const plain = (text: string) =>
      text
        .replaceAll("`", '"')
        .replaceAll(" AS double)", " AS double precision)")
        .replaceAll(" AS string)", " AS text)")
        .replaceAll(
          /datediff\(CAST\(("\w+") AS date\), DATE '1970-01-01'\)/g,
          "CAST(CAST($1 AS date) - DATE '1970-01-01' AS integer)",
        );
    expect(plain(spark.query)).toBe(duckdb.query.replaceAll(" AS MATERIALIZED (", " AS ("));
    expect(spark.views.map(plain)).toEqual(duckdb.views);
  });
});
