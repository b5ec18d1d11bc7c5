import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { quoteIdentifier, withDuckDB } from "../../src/database/duckdb/session.js";
import { snapshotSql } from "../../src/history/snapshot-sql.js";
import { snapshots } from "../../src/history/snapshots.js";
import type { FactTableName } from "../../src/history/standard-tables.js";
import { rowsOf } from "../../src/table/rows.js";
import { asPlain, fillTables } from "../support/history/fill-tables.js";
import { type HistoryTables, type SnapshotRow, schemaOf } from "../support/history/history-tables.js";
import { openPlainHistory } from "../support/history/open-plain-history.js";
import { NO_FACTS } from "../support/history/random-history.js";
import { startPostgres } from "../support/postgres-server.js";

const server = startPostgres();

const use = (subscriber_id: string, month: string, minutes: number, known_at: string | null = null) => ({
  subscriber_id,
  month,
  minutes,
  known_at,
});
const on = (
  subscriber_id: string,
  tariff: string,
  monthly_fee: number,
  [valid_from, valid_to]: readonly [string, string | null],
  known_at: string | null = null,
) => ({ subscriber_id, tariff, monthly_fee, valid_from, valid_to, known_at });

/** Ends of months, a leap day, late knowledge and corrections. */
const HISTORY: HistoryTables = {
  subscribers: [
    ["leap", "2024-02-29", null, "1984-02-29", null],
    ["first", "2024-01-01", null, "2000-03-01", null],
    // An end on the anniversary, which became known three days later.
    ["end", "2024-01-31", "2025-01-31", null, "2025-02-03"],
    ["new", "2024-12-01", null, null, null],
    ["late", "2024-06-01", "2025-03-30", null, null],
  ].map(([subscriber_id, activated_on, ended_on, birth_date, known_at]) => ({
    subscriber_id,
    activated_on,
    ended_on,
    birth_date,
    known_at,
  })),
  tariffs: [
    on("first", "A", 10, ["2024-01-01", "2025-01-15"]),
    on("first", "B", 90, ["2025-01-15", "2025-01-15"]),
    on("first", "C", 30, ["2025-01-15", "2025-02-28"]),
    on("leap", "S", 10, ["2024-02-29", null]),
    // What was signed on the leap day was another tariff: known a year later.
    on("leap", "M", 20, ["2024-02-29", null], "2025-02-10"),
  ],
  usage: [
    ...["2024-10", "2024-11", "2024-12", "2025-01", "2025-02"].map((month) => use("leap", month, 10)),
    use("first", "2024-11", 60),
    use("first", "2025-01", 30, "2025-02-10"),
  ],
  payments: ["2024-09-30", "2024-10-01", "2025-01-30", "2025-01-31"].map((paid_on) => ({
    subscriber_id: "first",
    paid_on,
    amount: 5,
  })),
};
const SCHEMA = schemaOf(HISTORY);

/** Worked out by hand from the rules in docs/history-and-snapshots.md. Months are those of 30.436875 days. */
const FEATURES: Readonly<Record<string, Readonly<Record<string, Readonly<SnapshotRow>>>>> = {
  "2025-01-31": {
    leap: { tenure_band: "7-12", months_to_anniversary: 1, age: 40, minutes_mean: 10, tariff: "S" },
    first: {
      tenure_band: "13-24",
      months_to_anniversary: 12,
      // October without a row, November, December without a row.
      minutes_mean: 20,
      minutes_last: 0,
      minutes_silent_months: 2,
      // From 2024-10-01 on, without the day of the cutoff.
      payment_count: 2,
      days_since_payment: 1,
      tariff: "C",
      tariff_changes: 1,
      monthly_fee: 30,
      monthly_fee_change: 20,
      months_on_tariff: 16 / 30.436875,
    },
    end: { tenure_band: "13-24", months_to_anniversary: 12 },
    new: { is_new: 1, tenure_band: "1-3", minutes_mean: 0, minutes_silent_months: 1, minutes_last: 0 },
    late: { tenure_band: "7-12", months_to_anniversary: 5 },
  },
  "2025-02-01": {
    leap: { months_to_anniversary: 1, tariff: "S", monthly_fee: 10, tariff_changes: 0 },
    first: { months_to_anniversary: 11, minutes_mean: 20, minutes_last: 0, payment_count: 2 },
    // Ended the day before, but that is not known.
    end: { tenure_band: "13-24", months_to_anniversary: 12 },
    new: { is_new: 1, months_to_anniversary: 10 },
    late: { months_to_anniversary: 4 },
  },
  "2025-02-28": {
    // The last day of February completes the month of the 29th.
    leap: { tenure_band: "13-24", months_to_anniversary: 12, age: 41, tariff: "M", monthly_fee: 20 },
    first: {
      months_to_anniversary: 11,
      age: 24,
      minutes_mean: 30,
      minutes_last: 30,
      payment_count: 2,
      days_since_payment: 28,
      tariff: "C",
    },
    new: { is_new: 1, tenure_band: "1-3", months_to_anniversary: 10 },
    late: { months_to_anniversary: 4 },
  },
  "2025-03-01": {
    leap: { tenure_band: "13-24", months_to_anniversary: 12, minutes_mean: 10, tariff_changes: 0 },
    first: {
      months_to_anniversary: 10,
      age: 25,
      // December without a row, January; that of January came ten days late, so one of February may still come.
      minutes_mean: 15,
      minutes_last: null,
      minutes_silent_months: 1,
      payment_count: 2,
      // It ended on 2025-02-28, and no other began.
      tariff: null,
      months_on_tariff: null,
      monthly_fee: null,
    },
    new: { is_new: 0, tenure_band: "4-6", months_to_anniversary: 9 },
    late: { months_to_anniversary: 3 },
  },
};
/** Prediction windows of one month after a gap of one: from 2025-01-31 it is [2025-02-28, 2025-03-31). */
const LABELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "2025-01-31": { leap: 0, first: 0, new: 0, late: 1 },
  "2025-02-01": { leap: 0, first: 0, new: 0, late: 1 },
  "2025-02-28": { leap: 0, first: 0, new: 0, late: 1 },
};

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
