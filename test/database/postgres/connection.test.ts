import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { connectionProblems } from "../../../src/database/postgres/connection.js";
import { PostgresRows } from "../../../src/database/postgres/query-rows.js";
import { upsertIntoPostgres } from "../../../src/database/postgres/upsert-into-postgres.js";
import { openHistory } from "../../../src/history/history.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { cellOf } from "../../../src/table/table.js";
import { startPostgres } from "../../support/postgres-server.js";
import { scoringModel } from "../../support/scoring-model.js";
import { thrownBy } from "../../support/thrown.js";

const server = startPostgres();
const url = server?.connection ?? "";
const config = {
  host: new URL(url || "http://x/").searchParams.get("host") ?? "",
  user: "postgres",
  database: "postgres",
};
const clients: pg.Client[] = [];
const pools: pg.Pool[] = [];
afterAll(async () => {
  await Promise.all([...clients, ...pools].map((each) => each.end().catch(() => {})));
  server?.stop();
});

async function client(): Promise<pg.Client> {
  const made = new pg.Client({ connectionString: url });
  clients.push(made);
  await made.connect();
  return made;
}

function pool(): pg.Pool {
  const made = new pg.Pool({ connectionString: url, max: 2 });
  pools.push(made);
  return made;
}

/** The cells of a query of one row, as columns of a kind hold them. */
async function cells(query: string, connection: ConstructorParameters<typeof PostgresRows>[1]) {
  const needed = [
    { name: "day", kind: "date", why: "" },
    { name: "time", kind: "date", why: "" },
    { name: "fee", kind: "numeric", why: "" },
  ] as const;
  for await (const { table } of new PostgresRows(query, connection).batches(needed, {})) {
    return table.columns.map((column) => cellOf(column, 0));
  }
  return [];
}

const QUERY =
  "SELECT '2025-02-20'::date AS day, '2025-02-20 08:00+08'::timestamptz AS time, 13.50::numeric(10,2) AS fee";
const SETTINGS = "SELECT current_setting('TimeZone') AS zone, current_setting('DateStyle') AS style";

describe.skipIf(server === undefined)("a PostgreSQL source", () => {
  test.each([
    ["a URL", () => url],
    ["a configuration", () => config],
    ["a client", client],
    ["a pool", pool],
  ])("is %s: the same values", async (_, make) => {
    expect(await cells(QUERY, await make())).toEqual([20139, 20139, 13.5]);
  });

  test("a client is left connected, with its settings, and with its own way of reading types", async () => {
    const mine = await client();
    await mine.query("SET TimeZone = 'Asia/Shanghai'; SET DateStyle = 'German, DMY'");
    expect(await cells(QUERY, mine)).toEqual([20139, 20139, 13.5]);
    await thrownBy(() => cells("SELECT nonsense", mine));
    const { rows } = await mine.query(SETTINGS);
    expect(rows).toEqual([{ zone: "Asia/Shanghai", style: "German, DMY" }]);
    expect((await mine.query("SELECT 1::int AS n")).rows).toEqual([{ n: 1 }]);
    expect([mine.listenerCount("error"), mine.listenerCount("end")]).toEqual([0, 0]);
  });

  test("of a pool, a client is given back also after an error, and when no more rows are wanted", async () => {
    const mine = pool();
    for (let i = 0; i < 4; i++) {
      await cells(
        "SELECT day::date, now() AS time, 1 AS fee FROM generate_series('2000-01-01'::date, '2200-01-01', '1 day') AS day",
        mine,
      );
      await thrownBy(() => cells("SELECT nonsense", mine));
    }
    expect([mine.totalCount - mine.idleCount, mine.waitingCount]).toEqual([0, 0]);
    expect((await mine.query(SETTINGS)).rows[0].zone).not.toBe("");
  });

  test("is written to through a pool and a client, whole or not at all", async () => {
    const table = tableFromRows([{ id: "a", score: 0.5 }], { columns: { id: "text" } });
    for (const connection of [pool(), await client()]) {
      await upsertIntoPostgres(table, { into: "written", scoredOn: "2026-02-01", connection });
      const repeated = tableFromRows([{ id: null, score: 1 }], { columns: { id: "text" } });
      await thrownBy(() =>
        upsertIntoPostgres(repeated, { into: "written", scoredOn: "2026-02-01", connection }),
      );
      const { rows } = await (connection as pg.Pool).query("SELECT id, score FROM written");
      expect(rows).toEqual([{ id: "a", score: 0.5 }]);
    }
  });

  test("is a history's too", async () => {
    const mine = pool();
    const history = await openHistory({
      subscribers: {
        postgres: "SELECT 'a' AS subscriber_id, '2024-01-01'::date AS activated_on",
        connection: mine,
      },
    });
    expect(history.schema.subscribers).toBeDefined();
    history.close();
    expect(mine.idleCount).toBe(mine.totalCount);
  });
});

describe("anything else is refused before a connection is made", () => {
  const ended = Object.assign(new pg.Client(), { _ending: true });
  test.each([
    ["a number", 5432, "", "must be a URL, a configuration of pg, a connected Client or a Pool"],
    ["a blank text", " ", "", "must be a URL that is not blank"],
    ["a list", ["postgresql://x"], "", "must be a URL, a configuration"],
    ["a class", pg.Pool, "", "must be a URL, a configuration"],
    ["a promise", Promise.resolve("x"), "", "not a promise"],
    ["a URL object", new URL("postgresql://x"), "", "must be a URL, a configuration"],
    ["an empty object", {}, "", "must be a URL, a configuration"],
    ["null", null, "", "must be a URL, a configuration"],
    ["an unknown member", { hostname: "x" }, ".hostname", "must be left out"],
    ["a port as text", { host: "x", port: "5432" }, ".port", "must be a number"],
    ["a client that is not connected", new pg.Client(), "", "must be a Client that is connected"],
    ["a client that has ended", ended, "", "must be a Client that has not ended"],
  ])("%s", async (_, connection, member, expected) => {
    const problems = connectionProblems("scoreFile", "input.connection", connection);
    expect(problems.map(({ path }) => path.argument)).toEqual([`input.connection${member}`]);
    expect(problems[0].expected).toContain(expected);
  });

  test("by every function that takes one, and a password is not shown", async () => {
    const connection = 7 as never;
    const model = await scoringModel();
    const table = tableFromRows([{ id: "a" }], { columns: { id: "text" } });
    const calls = [
      () => scoreFile(model, { postgres: "SELECT 1", connection }, "scores.csv"),
      () => scoreFile(model, "x.csv", { postgres: "scores", scoredOn: "2026-02-01", connection }),
      () => upsertIntoPostgres(table, { into: "scores", scoredOn: "2026-02-01", connection }),
      () => openHistory({ subscribers: { postgres: "SELECT 1", connection } }),
    ];
    for (const call of calls) {
      const { problems } = await thrownBy(call);
      expect(problems.map(({ path, received }) => [path.argument?.endsWith("connection"), received])).toEqual(
        [[true, 7]],
      );
    }
    const [{ received }] = connectionProblems("f", "connection", { host: "x", password: 5 });
    expect(received).toBeUndefined();
  });
});
