import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { upsertIntoPostgres } from "../../../src/database/postgres/upsert-into-postgres.js";
import { scoreTable } from "../../../src/scoring/scores-table.js";
import { tierTableAsTable } from "../../../src/scoring/tier-table-as-table.js";
import { createTable, type Table } from "../../../src/table/table.js";
import { startPostgres } from "../../support/postgres-server.js";
import { VALUED_SUBSCRIBERS, valuedModel } from "../../support/valued-model.js";

const model = await valuedModel();
const server = startPostgres();
afterAll(() => server?.stop());
const connection = server?.connection ?? "";

function scores(rows: [id: string | null, probability: number, tier: string][]): Table {
  return createTable([
    { kind: "text", name: "id", values: rows.map(([id]) => id) },
    {
      kind: "numeric",
      name: "probability",
      values: Float64Array.from(rows, ([, probability]) => probability),
    },
    { kind: "text", name: "tier", values: rows.map(([, , tier]) => tier) },
  ]);
}

describe.skipIf(server === undefined)("upsertIntoPostgres", () => {
  let client: pg.Client;
  beforeAll(async () => {
    client = new pg.Client({ connectionString: connection });
    await client.connect();
    await client.query("CREATE SCHEMA 流失");
  });
  afterAll(() => client.end());
  const rowsIn = async (table: string) =>
    (await client.query(`SELECT id, probability, tier, scored_on::text FROM ${table} ORDER BY scored_on, id`))
      .rows;

  test("creates the table, replaces rows of the same day and keeps other days", async () => {
    const options = { connection, into: "流失.scores" };
    const first = scores([
      ["甲'1", 0.1 + 0.2, 'very "high"'],
      ["乙", Number.NaN, "low"],
    ]);
    expect(await upsertIntoPostgres(first, { ...options, scoredOn: "2026-02-01" })).toBe(2);
    await upsertIntoPostgres(scores([["乙", 0.5, "high"]]), { ...options, scoredOn: "2026-02-01" });
    await upsertIntoPostgres(scores([["乙", 0.6, "high"]]), { ...options, scoredOn: "2026-03-01" });
    expect(await rowsIn("流失.scores")).toEqual([
      { id: "乙", probability: 0.5, tier: "high", scored_on: "2026-02-01" },
      { id: "甲'1", probability: 0.30000000000000004, tier: 'very "high"', scored_on: "2026-02-01" },
      { id: "乙", probability: 0.6, tier: "high", scored_on: "2026-03-01" },
    ]);
  });

  test("writes all batches of a model's scores, and its tier table", async () => {
    const many = Array.from({ length: 12_000 }, (_, i): [string, number, string] => [
      `S${i}`,
      i / 12_000,
      "x",
    ]);
    const seen: number[] = [];
    const onProgress = ({ done }: { done: number }) => seen.push(done);
    await upsertIntoPostgres(scores(many), { connection, into: "many", scoredOn: "2026-02-01", onProgress });
    expect(seen).toEqual([5000, 10000, 12000]);
    const { rows } = await client.query("SELECT count(*)::int AS n, sum(probability) AS p FROM many");
    expect(rows[0].n).toBe(12_000);
    expect(rows[0].p).toBeCloseTo(5999.5, 6);
    const tiers = tierTableAsTable(model.training.tierTable);
    await upsertIntoPostgres(tiers, { connection, into: "tiers", key: "tier", scoredOn: "2026-02-01" });
    await upsertIntoPostgres(scoreTable(model, VALUED_SUBSCRIBERS, { intervals: true }), {
      connection,
      into: "whole",
      scoredOn: "2026-02-01",
    });
    const { rows: found } = await client.query('SELECT "rows", lift FROM tiers WHERE tier = $1', ["high"]);
    expect(found[0]).toEqual({ rows: 30, lift: model.training.tierTable[0].lift });
  });

  test("leaves no rows when a later batch fails, and gives the server's message", async () => {
    await client.query(
      "CREATE TABLE strict (id text, probability double precision CHECK (probability < 0.99), tier text, scored_on date, PRIMARY KEY (id, scored_on))",
    );
    const many = Array.from({ length: 6_000 }, (_, i): [string, number, string] => [`S${i}`, i / 6_000, "x"]);
    const work = upsertIntoPostgres(scores(many), { connection, into: "strict", scoredOn: "2026-02-01" });
    await expect(work).rejects.toMatchObject({
      code: "data.unwritable",
      hint: expect.stringContaining("strict_probability_check"),
    });
    expect(await rowsIn("strict")).toEqual([]);
  });

  test("leaves no rows when aborted", async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 12_000 }, (_, i): [string, number, string] => [`S${i}`, 0.5, "x"]);
    const work = upsertIntoPostgres(scores(many), {
      connection,
      into: "aborted",
      scoredOn: "2026-02-01",
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: "aborted" });
    const { rows } = await client.query("SELECT to_regclass('aborted') AS found");
    expect(rows[0].found).toBeNull();
  });

  test("sets optional columns of an older score of the same day to NULL, and does not change other columns", async () => {
    await client.query(
      "CREATE TABLE own (id text, probability double precision, tier text, expected_loss double precision, contacted boolean, scored_on date, PRIMARY KEY (id, scored_on)); INSERT INTO own VALUES ('a', 0.9, 'high', 90, true, '2026-02-01')",
    );
    await upsertIntoPostgres(scores([["a", 0.1, "low"]]), {
      connection,
      into: "own",
      scoredOn: "2026-02-01",
    });
    const { rows } = await client.query("SELECT probability, expected_loss, contacted FROM own");
    expect(rows).toEqual([{ probability: 0.1, expected_loss: null, contacted: true }]);
  });

  test("writes into a table with other types, also with partitions", async () => {
    await client.query(`
      CREATE TYPE risk AS ENUM ('高', '低');
      CREATE TABLE typed (id bigint, probability numeric, tier risk, scored_on date, PRIMARY KEY (id, scored_on)) PARTITION BY RANGE (scored_on);
      CREATE TABLE typed_2026 PARTITION OF typed FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`);
    for (const probability of [0.5, 0.1]) {
      const table = scores([["12345678901234567", probability, "高"]]);
      await upsertIntoPostgres(table, { connection, into: "typed", scoredOn: "2026-02-01" });
    }
    expect(await rowsIn("typed")).toEqual([
      { id: "12345678901234567", probability: "0.1", tier: "高", scored_on: "2026-02-01" },
    ]);
  });

  test("does not let one subscriber overwrite another whose key is equal in the table", async () => {
    await client.query(
      "CREATE TABLE numbered (id bigint, probability double precision, tier text, scored_on date, PRIMARY KEY (id, scored_on))",
    );
    // The two are in separate batches: within one, the server itself would refuse.
    const many = Array.from({ length: 5_000 }, (_, i): [string, number, string] => [String(i), 0.5, "x"]);
    const table = scores([...many, ["007", 0.5, "x"]]);
    const work = upsertIntoPostgres(table, { connection, into: "numbered", scoredOn: "2026-02-01" });
    await expect(work).rejects.toMatchObject({
      code: "data.unwritable",
      expected: expect.stringContaining("it took 0 of 1"),
    });
    expect(await rowsIn("numbered")).toEqual([]);
  });

  test("names every column that the table does not have, and how to add it", async () => {
    await client.query("CREATE TABLE narrow (id text, scored_on date, PRIMARY KEY (id, scored_on))");
    const work = upsertIntoPostgres(scores([["a", 0.5, "x"]]), {
      connection,
      into: "narrow",
      scoredOn: "2026-02-01",
    });
    await expect(work).rejects.toMatchObject({
      problems: [
        {
          code: "data.missing-column",
          hint: 'ALTER TABLE "narrow" ADD COLUMN "probability" double precision',
        },
        { code: "data.missing-column", hint: 'ALTER TABLE "narrow" ADD COLUMN "tier" text' },
      ],
    });
  });

  test("can be done by a role that can write into the table but not create one", async () => {
    const options = { connection, into: "granted", scoredOn: "2026-02-01" };
    await upsertIntoPostgres(scores([["a", 0.5, "x"]]), options);
    await client.query(
      "REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE scorer LOGIN; GRANT SELECT, INSERT, UPDATE ON granted TO scorer",
    );
    const asScorer = connection.replace("postgres@", "scorer@");
    await upsertIntoPostgres(scores([["a", 0.25, "x"]]), { ...options, connection: asScorer });
    expect(await rowsIn("granted")).toMatchObject([{ id: "a", probability: 0.25 }]);
  });

  test("does not report an abort when the server is committing and keeps the rows", async () => {
    // A deferred trigger is run by COMMIT; when it waits for the lock of this test, COMMIT has begun.
    await client.query(`
      CREATE TABLE slow (id text, probability double precision, tier text, scored_on date, PRIMARY KEY (id, scored_on));
      CREATE FUNCTION commits() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$;
      CREATE CONSTRAINT TRIGGER commits AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION commits();
      SELECT pg_advisory_lock(1)`);
    const stop = new AbortController();
    const options = { connection, into: "slow", scoredOn: "2026-02-01", signal: stop.signal };
    const work = upsertIntoPostgres(scores([["a", 0.5, "x"]]), options);
    const waits = "SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    while ((await client.query(waits)).rows[0].n === 0);
    stop.abort();
    await client.query("SELECT pg_advisory_unlock(1)");
    expect(await work).toBe(1);
    expect(await rowsIn("slow")).toHaveLength(1);
  });

  test("takes a key of several columns", async () => {
    const grid = (value: number) =>
      createTable([
        { kind: "text", name: "tier", values: ["high", "high", "low"] },
        { kind: "text", name: "band", values: ["gold", "others", "gold"] },
        { kind: "numeric", name: "value", values: Float64Array.of(1, 2, value) },
      ]);
    const options = { connection, into: "grid", key: ["tier", "band"], scoredOn: "2026-02-01" };
    await upsertIntoPostgres(grid(3), options);
    await upsertIntoPostgres(grid(4), options);
    const { rows } = await client.query("SELECT tier, band, value FROM grid ORDER BY value");
    expect(rows.map(Object.values)).toEqual([
      ["high", "gold", 1],
      ["high", "others", 2],
      ["low", "gold", 4],
    ]);
  });

  test("refuses to write where there is no table and create is false", async () => {
    const options = { connection, into: "nowhere", scoredOn: "2026-02-01", create: false };
    await expect(upsertIntoPostgres(scores([["a", 0.5, "x"]]), options)).rejects.toMatchObject({
      code: "data.unwritable",
      hint: expect.stringContaining("nowhere"),
    });
  });
});

describe("upsertIntoPostgres refuses, before it connects to a server,", () => {
  const nowhere = { connection: "postgresql://127.0.0.1:1/x", into: "scores", scoredOn: "2026-02-01" };
  const good = scores([["a", 0.5, "x"]]);

  test.each([
    ["an invalid day", good, { ...nowhere, scoredOn: "yesterday" }, /scoredOn: must be a day/],
    ["a table without a name", good, { ...nowhere, into: "a.b.c" }, /into: must name a table/],
    ["a day that is not text", good, { ...nowhere, scoredOn: 20260201 as never }, /scoredOn: must be a day/],
    ["a name that is not text", good, { ...nowhere, into: undefined as never }, /into: must be given/],
    [
      "ids that are empty or can't be stored",
      scores([
        ["", 0.1, "x"],
        ["b\0", 0.2, "x"],
        ["c\ud800", 0.3, "x"],
      ]),
      nowhere,
      /row 1: must not be missing[\s\S]*row 2: must be text[\s\S]*row 3: must be text/,
    ],
    [
      "a key column that does not exist",
      good,
      { ...nowhere, key: "subscriber" },
      /key, column "subscriber": must be a column of the table, which has id/,
    ],
    [
      "ids that are missing or appear twice",
      scores([
        ["a", 0.1, "x"],
        [null, 0.2, "x"],
        ["a", 0.3, "x"],
      ]),
      nowhere,
      /row 2: must not be missing[\s\S]*row 3: must appear once, row 1 has it too, received "a"/,
    ],
  ])("%s", async (_, table, options, words) => {
    await expect(upsertIntoPostgres(table, options)).rejects.toThrow(words);
  });

  test("and reports a server that does not answer", async () => {
    await expect(upsertIntoPostgres(good, nowhere)).rejects.toMatchObject({
      code: "data.unwritable",
      hint: expect.stringMatching(/ECONNREFUSED|connect/),
    });
  });
});
