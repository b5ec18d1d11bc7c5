import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDuckDB } from "../../../src/database/duckdb/session.js";
import { openSources } from "../../../src/history/open-sources.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { createTable } from "../../../src/table/table.js";
import { factsOf, opened } from "../../support/history/facts-of.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const subscribers = [{ subscriber_id: "7", activated_on: "2023-12-01" }];

// (2024 - 1970) * 12, and (date(2024, 1, 1) - date(1970, 1, 1)).days in Python.
const JANUARY = 648;
const NEW_YEAR = 19723;

describe("tables", () => {
  test("give numeric ids without a fraction, dates as days and months, missing cells as NULL", async () => {
    const table = createTable(
      [
        { kind: "numeric", name: "who", values: Float64Array.of(7, 7) },
        { kind: "numeric", name: "month", values: Float64Array.of(NEW_YEAR, NEW_YEAR + 31), isDate: true },
        {
          kind: "numeric",
          name: "known_at",
          values: Float64Array.of(NEW_YEAR + 40.75, Number.NaN),
          isDate: true,
        },
        { kind: "numeric", name: "minutes", values: Float64Array.of(1.5, Number.NaN) },
        { kind: "categorical", name: "note", codes: Int32Array.of(0, -1), categories: ["a"] },
      ],
      "usage.csv",
    );
    const history = await opened({
      subscribers,
      usage: { source: table, columns: { subscriber_id: "who" } },
    });
    expect(await factsOf(history, "usage")).toEqual([
      ["7", JANUARY, NEW_YEAR + 40, 1.5],
      ["7", JANUARY + 1, null, null],
    ]);
    expect(history.report.tables.usage).toMatchObject({ source: "usage.csv", ignoredColumns: ["note"] });
  });

  test("are read with all their rows, however many vectors they fill", async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({
      subscriber_id: `s${i}`,
      activated_on: "2024-01-01",
    }));
    const history = await opened({ subscribers: tableFromRows(rows) });
    const facts = await factsOf(history, "subscribers");
    expect(facts).toEqual(rows.map((row) => [row.subscriber_id, NEW_YEAR]).sort());
    expect(history.report.tables.subscribers).toMatchObject({ rowsRead: 5000, rowsKept: 5000 });
  });
});

describe("rows", () => {
  test("may hold dates, numbers, booleans and null, and miss keys", async () => {
    const history = await opened({
      subscribers: [
        { subscriber_id: 7, activated_on: new Date("2024-01-01T23:00:00Z"), is_member: true },
        { subscriber_id: 8, activated_on: "2024-01-02", ended_on: null },
      ],
    });
    expect(
      history.schema.subscribers
        ?.filter(({ isAbsent }) => !isAbsent)
        .map(({ name, kind }) => `${name}: ${kind}`),
    ).toEqual(["subscriber_id: text", "activated_on: day", "ended_on: day", "is_member: text"]);
    expect(await factsOf(history, "subscribers")).toEqual([
      ["7", NEW_YEAR, null, "true"],
      ["8", NEW_YEAR + 1, null, null],
    ]);
  });
});

describe("DuckDB queries", () => {
  test("read files, end in a semicolon or a comment, and are read in place", async () => {
    const path = folder.file("raw.csv", "phone,opened\n7,2024-01-01\n");
    const history = await opened({
      subscribers: {
        source: { duckdb: `SELECT phone, opened FROM read_csv('${path}') -- all of them` },
        columns: { subscriber_id: "phone", activated_on: "opened" },
      },
      events: { duckdb: "SELECT 7 AS subscriber_id, DATE '2024-01-01' AS at, 'fault' AS kind;" },
    });
    expect(await factsOf(history, "subscribers")).toEqual([["7", NEW_YEAR]]);
    expect(await factsOf(history, "events")).toEqual([["7", NEW_YEAR, "fault", null]]);
  });

  test("name the tables and views of a database file, also those with the names of internal relations", async () => {
    const file = join(folder.path, "operator.duckdb");
    const { DuckDBInstance } = await loadDuckDB();
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run("CREATE TABLE subscriber_facts AS SELECT '7' AS id, DATE '2024-01-01' AS opened");
    await connection.run("CREATE VIEW kept AS SELECT * FROM subscriber_facts WHERE opened IS NOT NULL");
    connection.closeSync();
    instance.closeSync();
    const subscribersOf = (table: string) => ({
      source: { duckdb: `SELECT * FROM ${table}`, database: file },
      columns: { subscriber_id: "id", activated_on: "opened" },
    });
    for (const table of ["subscriber_facts", "KEPT"]) {
      const history = await opened({ subscribers: subscribersOf(table) });
      expect(await factsOf(history, "subscribers")).toEqual([["7", NEW_YEAR]]);
    }
    const error = await thrownBy(() => openSources({ subscribers: subscribersOf("elsewhere") }));
    expect([error.code, error.path.file]).toEqual(["data.unreadable", file]);
  });

  test("that are wrong, or of a file that does not exist, are refused with DuckDB's message", async () => {
    const wrong = await thrownBy(() => openSources({ subscribers: { duckdb: "SELEC 1" } }));
    expect([wrong.code, wrong.path.argument]).toEqual(["data.unreadable", "subscribers"]);
    expect(wrong.hint).toContain("syntax error");
    const database = join(folder.path, "none.duckdb");
    const missing = await thrownBy(() => openSources({ subscribers: { duckdb: "FROM t", database } }));
    expect([missing.code, missing.path.file]).toEqual(["data.unreadable", database]);
    const late = await thrownBy(() =>
      openSources({
        subscribers: { duckdb: "SELECT '1' AS subscriber_id, 'x'::DATE AS activated_on FROM range(3)" },
      }),
    );
    expect(late.code).toBe("data.unreadable");
  });

  test("anything else is refused", async () => {
    const source = { mysql: "SELECT 1" } as unknown as { duckdb: string };
    const error = await thrownBy(() => openSources({ subscribers: source }));
    expect([error.code, error.path.argument]).toEqual(["argument.invalid", "subscribers"]);
  });
});
