import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import type { PostgresConnection } from "../../../src/database/postgres/connection.js";
import { postgres } from "../../../src/database/postgres/index.js";
import { upsertIntoPostgres } from "../../../src/database/postgres/upsert-into-postgres.js";
import { openHistory } from "../../../src/history/history.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import { startPostgres } from "../../support/postgres-server.js";
import { modelWithoutId } from "../../support/scoring-model.js";
import { thrownBy } from "../../support/thrown.js";

const server = startPostgres();
const url = server?.connection ?? "";
const CONFIG = {
  host: new URL(url || "http://x").searchParams.get("host") ?? "",
  user: "postgres",
  database: "postgres",
};
const clients: pg.Client[] = [];
const pool = new pg.Pool({ connectionString: url, max: 2 });
// A pool whose connections the stopped server ends says so.
pool.on("error", () => {});
afterAll(async () => {
  for (const client of clients) await client.end();
  await pool.end();
  server?.stop();
});

/** A client whose session writes values in other ways than the server's default, and reads them in its own. */
async function strangeClient(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    types: { getTypeParser: () => () => "parsed by the caller" },
  });
  await client.connect();
  clients.push(client);
  await client.query("SET TimeZone = 'Asia/Shanghai'; SET DateStyle = 'German'; SET extra_float_digits = 0");
  return client;
}

const QUERY = `SELECT * FROM (VALUES
  (TIMESTAMPTZ '2025-02-20 08:30:00.123456+08', DATE '2025-02-01', 0.1::float8 + 0.2::float8, true, 9007199254740993)
) AS t (at, day, number, truth, id)`;
const NEEDED = [
  { name: "at", kind: "date", why: "test" },
  { name: "day", kind: "date", why: "test" },
  { name: "number", kind: "numeric", why: "test" },
  { name: "truth", kind: "categorical", why: "test" },
  { name: "id", kind: "text", why: "test" },
] as const;
const ROW = {
  at: "2025-02-20T00:30:00.123456Z",
  day: "2025-02-01",
  number: 0.1 + 0.2,
  truth: "true",
  id: "9007199254740993",
};

async function readThrough(connection: PostgresConnection, query = QUERY): Promise<unknown[]> {
  const source = await postgres.rows({ postgres: query, connection });
  const found: unknown[] = [];
  for await (const { table } of source.batches(NEEDED, {})) found.push(...rowsOf(table));
  return found;
}

/** How the session of a client writes and reads values. */
async function settingsOf(client: pg.Client): Promise<unknown[]> {
  const plain = { getTypeParser: () => (text: unknown) => String(text) };
  const names = ["TimeZone", "DateStyle", "IntervalStyle", "extra_float_digits"];
  const settings = names.map((name) => `current_setting('${name}')`).join(", ");
  const { rows } = await client.query({
    text: `SELECT ${settings}`,
    rowMode: "array",
    types: plain as never,
  });
  const { rows: parsed } = await client.query({ text: "SELECT 1", rowMode: "array" });
  return [...rows, ...parsed];
}

const STRANGE = [["Asia/Shanghai", "German, DMY", "postgres", "0"], ["parsed by the caller"]];

describe.skipIf(server === undefined)("rows come in ISO 8601, UTC and with all their digits through", () => {
  test("a URL, settings, and a pool, which is left open", async () => {
    for (const connection of [url, CONFIG, { ...CONFIG, port: undefined, max: 5 }, pool])
      expect(await readThrough(connection)).toEqual([ROW]);
    expect(pool.idleCount).toBe(pool.totalCount);
    expect((await pool.query("SELECT current_setting('TimeZone') AS zone")).rows[0].zone).not.toBe("");
  });

  test("a connected client, whose session and parsers stay as they are", async () => {
    const client = await strangeClient();
    expect(await settingsOf(client)).toEqual(STRANGE);
    expect(await readThrough(client)).toEqual([ROW]);
    expect(await settingsOf(client)).toEqual(STRANGE);
  });

  test("a client in a transaction, which stays open", async () => {
    const client = await strangeClient();
    await client.query("BEGIN");
    await client.query("CREATE TABLE of_the_caller AS SELECT * FROM generate_series(1, 3)");
    expect(await readThrough(client, `${QUERY}, of_the_caller`)).toEqual([ROW, ROW, ROW]);
    expect(await settingsOf(client)).toEqual(STRANGE);
    await client.query("ROLLBACK");
    const { rows } = await pool.query("SELECT to_regclass('of_the_caller') AS found");
    expect(rows).toEqual([{ found: null }]);
  });

  test("a client of a version of pg that does not tell its transaction", async () => {
    const client = await strangeClient();
    Object.defineProperty(client, "getTransactionStatus", { value: undefined });
    expect(await readThrough(client)).toEqual([ROW]);
    await client.query("BEGIN");
    expect(await readThrough(client)).toEqual([ROW]);
    await client.query("COMMIT");
    expect(await settingsOf(client)).toEqual(STRANGE);
  });
});

describe.skipIf(server === undefined)("a client of the caller is usable, with its settings, after", () => {
  test("anything, without listeners of ours, and a pool gets all its clients back", async () => {
    const client = await strangeClient();
    const small = new pg.Pool({ connectionString: url, max: 1 });
    for (let time = 0; time < 3; time++) {
      for (const connection of [client, small]) {
        expect(await readThrough(connection)).toEqual([ROW]);
        await thrownBy(() => readThrough(connection, "SELECT nothing"));
      }
    }
    expect([client.listenerCount("error"), client.listenerCount("end")]).toEqual([0, 0]);
    expect([small.idleCount, small.totalCount, small.waitingCount]).toEqual([1, 1, 0]);
    await small.end();
  });

  test("a query that fails", async () => {
    const client = await strangeClient();
    for (const query of [
      "SELECT nothing",
      "SELECT 1/0 AS number, now() AS at, now() AS day, true AS truth, 1 AS id",
    ])
      expect((await thrownBy(() => readThrough(client, query))).code).toBe("data.unreadable");
    expect(await settingsOf(client)).toEqual(STRANGE);
    await client.query("BEGIN");
    await thrownBy(() =>
      readThrough(client, "SELECT 1/0 AS number, now() AS at, now() AS day, true AS truth, 1 AS id"),
    );
    expect(await settingsOf(client)).toEqual(STRANGE);
    await client.query("COMMIT");
  });

  test("rows of which only some are read", async () => {
    const client = await strangeClient();
    const query = `SELECT t.* FROM (${QUERY}) AS t, generate_series(1, 40000)`;
    const source = await postgres.rows({ postgres: query, connection: client });
    for await (const { table } of source.batches(NEEDED, {})) {
      expect(table.rowCount).toBeGreaterThan(1000);
      break;
    }
    expect(await settingsOf(client)).toEqual(STRANGE);
  });

  test("work that was aborted, also of a pool", async () => {
    const client = await strangeClient();
    for (const connection of [client, pool]) {
      const stop = new AbortController();
      const slow = `SELECT t.*, pg_sleep(0.5) FROM (${QUERY}) AS t`;
      const source = await postgres.rows({ postgres: slow, connection });
      setTimeout(() => stop.abort(), 50);
      const error = await thrownBy(async () => {
        for await (const _ of source.batches(NEEDED, { signal: stop.signal }));
      });
      expect(error.code).toBe("aborted");
    }
    expect(await settingsOf(client)).toEqual(STRANGE);
    expect(await readThrough(pool)).toEqual([ROW]);
  });
});

describe.skipIf(server === undefined)("writing through", () => {
  const table = tableFromRows([{ id: "1", score: 0.1 }]);
  const written = async (into: string) => (await pool.query(`SELECT * FROM ${into}`)).rows.length;

  test("settings, a pool and a client commits; a client's own transaction is the caller's to commit", async () => {
    const client = await strangeClient();
    const options = { into: "by_all", scoredOn: "2026-01-01" };
    for (const connection of [CONFIG, pool, client])
      expect(await upsertIntoPostgres(table, { ...options, connection })).toBe(1);
    expect(await written("by_all")).toBe(1);
    await client.query("BEGIN");
    await upsertIntoPostgres(table, { into: "by_all", scoredOn: "2026-01-02", connection: client });
    expect(await written("by_all")).toBe(1);
    await client.query("COMMIT");
    expect(await written("by_all")).toBe(2);
    expect(await settingsOf(client)).toEqual(STRANGE);
  });

  test("a client leaves nothing behind when it fails", async () => {
    const client = await strangeClient();
    const twice = tableFromRows([{ id: "7" }, { id: "007" }], { columns: { id: "text" } });
    await client.query("CREATE TABLE numbers (id bigint, scored_on date, PRIMARY KEY (id, scored_on))");
    await thrownBy(() =>
      upsertIntoPostgres(twice, { into: "numbers", scoredOn: "2026-01-01", connection: client }),
    );
    expect(await written("numbers")).toBe(0);
    expect(await settingsOf(client)).toEqual(STRANGE);
  });
});

test.skipIf(server === undefined)("several sources of a history are read through one client", async () => {
  const client = await strangeClient();
  const history = await openHistory({
    subscribers: {
      postgres: "SELECT 'a' AS subscriber_id, DATE '2024-01-01' AS activated_on",
      connection: client,
    },
    payments: {
      postgres: "SELECT 'a' AS subscriber_id, TIMESTAMP '2024-03-01 10:00' AS paid_on, 5.5 AS amount",
      connection: client,
    },
  });
  history.close();
  expect(await settingsOf(client)).toEqual(STRANGE);
});

describe("is refused before any connection is made:", () => {
  const ended = () => Object.assign(new pg.Client(), { _connected: true, _ended: true });
  test.each<[string, unknown, string, RegExp]>([
    [
      "a function",
      () => url,
      "connection",
      /^must be a URL, a configuration of pg, a connected Client or a Pool$/,
    ],
    ["a number", 5432, "connection", /^must be a URL/],
    ["null", null, "connection", /^must be a URL/],
    ["a blank", " ", "connection", /^must be a URL/],
    ["a list", [url], "connection", /^must be a URL/],
    ["a URL object", new URL("postgresql://x"), "connection", /^must be a URL/],
    ["a class", pg.Pool, "connection", /^must be a URL/],
    ["a promise", Promise.resolve(url), "connection", /^must be a URL/],
    ["an object of another kind", new Map(), "connection", /^must be a URL/],
    ["an empty object", {}, "connection", /, not an empty object$/],
    ["an unknown member", { hots: "db" }, "connection.hots", /^must be left out/],
    ["a setting of another type", { port: "5432" }, "connection.port", /^must be a number$/],
    ["a password that is none", { password: 7 }, "connection.password", /^must be text or a function$/],
    ["a client that is not connected", new pg.Client(), "connection", /^must be a Client that is connected/],
    ["a client that has ended", ended(), "connection", /^must be a Client that has not ended$/],
    ["a pool that has ended", Object.assign(new pg.Pool(), { ended: true }), "connection", /not ended$/],
    ["something that has queries", { query: () => {} }, "connection", /^must be a URL/],
  ])("%s", async (_, given, at, expected) => {
    const connection = given as never;
    const model = await modelWithoutId();
    const table = tableFromRows([{ id: "1" }]);
    const calls: [string, () => Promise<unknown>][] = [
      [`input.${at}`, () => scoreFile(model, { postgres: "SELECT 1", connection }, "never.csv")],
      [
        `output.${at}`,
        () => scoreFile(model, { duckdb: "SELECT 1" }, { postgres: "t", scoredOn: "2026-01-01", connection }),
      ],
      [at, () => upsertIntoPostgres(table, { into: "t", scoredOn: "2026-01-01", connection })],
      [`subscribers.${at}`, () => openHistory({ subscribers: { postgres: "SELECT 1", connection } })],
    ];
    for (const [argument, call] of calls) {
      const { problems } = await thrownBy(call);
      expect(problems).toMatchObject([{ code: "argument.invalid", path: { argument } }]);
      expect(problems[0].expected).toMatch(expected);
    }
  });

  test("a password is never shown", async () => {
    const { message } = await thrownBy(() =>
      upsertIntoPostgres(tableFromRows([{ id: "1" }]), {
        into: "t",
        scoredOn: "2026-01-01",
        connection: { pasword: "secret", connectionString: 5, password: ["secret"] } as never,
      }),
    );
    expect(message).toContain('did you mean "password"?');
    expect(message).not.toContain("secret");
  });

  test.skipIf(server === undefined)("one client, or a pool of one, for input and output", async () => {
    const model = await modelWithoutId();
    const client = await strangeClient();
    const small = new pg.Pool({ connectionString: url, max: 1 });
    for (const connection of [client, small]) {
      const output = { postgres: "t", scoredOn: "2026-01-01", connection };
      const { problems } = await thrownBy(() =>
        scoreFile(model, { postgres: "SELECT 1", connection }, output),
      );
      expect(problems).toMatchObject([{ path: { argument: "output.connection" } }]);
    }
    await small.end();
  });
});
