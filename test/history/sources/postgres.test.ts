import { execFileSync } from "node:child_process";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSources } from "../../../src/history/open-sources.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { factsOf, opened } from "../../support/history/facts-of.js";
import { startPostgres } from "../../support/postgres-server.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { thrownBy } from "../../support/thrown.js";

const server = startPostgres();
const connection = server?.connection ?? "";
const subscribers = [{ subscriber_id: "12345678901234567", activated_on: "2023-12-01" }];

// (date(2024, 1, 1) - date(1970, 1, 1)).days in Python; (2024 - 1970) * 12.
const NEW_YEAR = 19723;
const JANUARY = 648;

describe.skipIf(server === undefined)("a PostgreSQL query", () => {
  beforeAll(async () => {
    const client = new pg.Client({ connectionString: connection });
    await client.connect();
    await client.query(`
      ALTER ROLE postgres SET TimeZone = 'Asia/Shanghai';
      ALTER ROLE postgres SET DateStyle = 'German';
      CREATE TABLE 用户 (编号 bigint, 入网 date, 离网 date, 区域 char(4), 星级 smallint, 会员 boolean, 首呼 timestamptz, 月租 numeric(8,2));
      INSERT INTO 用户 VALUES
        (12345678901234567, '2024-01-01', 'infinity', '北京', 4, true, '2024-01-02 07:59:59+08', 59.90),
        (8, '2024-01-02', NULL, NULL, NULL, NULL, NULL, 'NaN');
      CREATE TABLE usage AS
        SELECT 12345678901234567 AS subscriber_id, date '1990-01-01' + make_interval(months => i) AS month, i::real / 4 AS minutes
        FROM generate_series(0, 24999) AS i;
    `);
    await client.end();
  });
  afterAll(() => server?.stop());

  test("gives ids with all digits, days in UTC, and missing cells, under any settings of the role", async () => {
    const history = await opened({
      subscribers: {
        source: { postgres: "SELECT * FROM 用户 -- all of them", connection },
        columns: { subscriber_id: "编号", activated_on: "入网", ended_on: "离网", region: "区域" },
      },
    });
    expect(history.schema.subscribers?.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      "subscriber_id: text",
      "activated_on: day",
      "ended_on: day",
      "end_reason: text",
      "region: text",
      "known_at: day",
      "星级: number",
      "会员: text",
      "首呼: day",
      "月租: number",
    ]);
    expect(await factsOf(history, "subscribers")).toEqual([
      ["12345678901234567", NEW_YEAR, null, "北京", 4, "true", NEW_YEAR, 59.9],
      ["8", NEW_YEAR + 1, null, null, null, null, null, null],
    ]);
  });

  test("of more rows than one batch is read to its end", async () => {
    const events: ProgressEvent[] = [];
    const history = await opened(
      { subscribers, usage: { postgres: "SELECT * FROM usage;", connection } },
      { onProgress: (event) => events.push(event), today: "9999-01-01" },
    );
    expect(history.report.tables.usage).toMatchObject({ rowsRead: 25_000, rowsKept: 25_000 });
    const sums = await history.session.connection.runAndReadAll(
      "SELECT min(month), max(month), sum(minutes) FROM usage_facts",
    );
    // 1990 is 240 months after 1970; 24999 × 25000 / 2 / 4 = 78121875.
    expect(sums.getRows()).toEqual([[240, 240 + 24_999, 78_121_875]]);
    expectSteadyProgress(events);
  });

  test("of months and dates as text is checked as any other", async () => {
    const query =
      "SELECT '12345678901234567' AS subscriber_id, m AS month, 1 AS gb FROM (VALUES ('2024-01'), ('2024-13')) AS v (m)";
    const sources = { subscribers, usage: { postgres: query, connection } };
    const history = await opened(sources, { onProblems: "drop" });
    expect(await factsOf(history, "usage")).toEqual([["12345678901234567", JANUARY, null, 1]]);
    expect((await thrownBy(() => openSources(sources))).expected).toContain("(unreadable date)");
  });

  test("that is wrong is refused with the server's message", async () => {
    const error = await thrownBy(() =>
      openSources({ subscribers, usage: { postgres: "SELECT * FROM nothing", connection } }),
    );
    expect([error.code, error.path.argument]).toEqual(["data.unreadable", "usage"]);
    expect(error.hint).toBe('at character 15: relation "nothing" does not exist');
  });

  test("that fails while it runs is refused with the server's message", async () => {
    const query =
      "SELECT '1' AS subscriber_id, date '2024-01-01' AS month, 1 / (20000 - i) AS gb FROM generate_series(1, 30000) AS i";
    const error = await thrownBy(() => openSources({ subscribers, usage: { postgres: query, connection } }));
    expect([error.code, error.hint]).toEqual(["data.unreadable", "division by zero"]);
  });

  test("whose connection the server ends is refused", async () => {
    const query =
      "SELECT '1' AS subscriber_id, date '2024-01-01' AS month, pg_terminate_backend(pg_backend_pid())::int AS gb";
    const error = await thrownBy(() => openSources({ subscribers, usage: { postgres: query, connection } }));
    expect(error.code).toBe("data.unreadable");
    // Either the server's last message or the broken socket may be seen first.
    expect(error.hint).toMatch(/terminat|the connection/);
  });

  test("stops when it is aborted, also while the server is at work", async () => {
    const controller = new AbortController();
    const query =
      "SELECT '1' AS subscriber_id, date '2024-01-01' AS month, i AS gb FROM generate_series(1, 1000000) AS i, pg_sleep(60)";
    const opening = thrownBy(() =>
      openSources({ subscribers, usage: { postgres: query, connection } }, { signal: controller.signal }),
    );
    setTimeout(() => controller.abort(), 300);
    expect((await opening).code).toBe("aborted");
  });

  test("of a server that does not exist is refused", async () => {
    const elsewhere = connection.replace(/host=.*/, "host=%2Fnowhere");
    const error = await thrownBy(() =>
      openSources({ subscribers, usage: { postgres: "SELECT 1", connection: elsewhere } }),
    );
    expect(error.code).toBe("data.unreadable");
    expect(error.hint).toContain("ENOENT");
  });
});

test("importing openSources loads neither pg nor DuckDB", () => {
  const program = `
    import { openSources } from "./src/history/open-sources.ts";
    import { createRequire } from "node:module";
    const cache = Object.keys(createRequire(import.meta.url).cache);
    console.log(typeof openSources, cache.filter((path) => /node_modules.(pg|pg-cursor|@duckdb)./.test(path)).length);`;
  const arguments_ = ["--import", "tsx", "--input-type=module", "-e", program];
  expect(execFileSync(process.execPath, arguments_, { encoding: "utf8" }).trim()).toBe("function 0");
});
