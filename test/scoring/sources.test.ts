import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { tableToIPC } from "apache-arrow";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quoteLiteral, withDuckDB } from "../../src/database/duckdb/session.js";
import { writeTable } from "../../src/formats/write-table.js";
import type { ReadScoreOptions, ScoreInput } from "../../src/scoring/batch/inputs.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { startPostgres } from "../support/postgres-server.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { arrowTable } from "./arrow-table.js";

/** More than two batches, the last of them not full. */
const ROWS = 40_000;
const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const table = subscriberTable(ROWS, 7);
const model = await scoringModel();
const server = startPostgres();
afterAll(() => server?.stop());

/** The predictions of `predict`, as the CSV that scoring writes. */
const expected = `id,probability,tier,value,value_band,expected_loss\n${model
  .predict(table)
  .map(({ id, probability, tier, value, valueBand, expectedLoss }) =>
    [id, probability, tier, value, valueBand, expectedLoss].join(","),
  )
  .join("\n")}\n`;

beforeAll(async () => {
  for (const name of ["rows.csv", "rows.tsv", "rows.ndjson", "rows.json", "rows.parquet"])
    await writeTable(table, at(name));
  folder.file("rows.csv.gz", gzipSync(readFileSync(at("rows.csv"))));
});

async function scored(input: ScoreInput, read?: ReadScoreOptions): Promise<string> {
  const summary = await scoreFile(model, input, at("scores.csv"), { read });
  expect([summary.rows, summary.scored, summary.rejected]).toEqual([ROWS, ROWS, 0]);
  return readFileSync(at("scores.csv"), "utf8");
}

describe("the same rows have the same scores, to the last bit, from every source:", () => {
  test.each(["rows.csv", "rows.tsv", "rows.csv.gz", "rows.ndjson", "rows.json", "rows.parquet"])(
    "%s",
    async (name) => {
      expect(await scored(at(name))).toBe(expected);
    },
  );

  test("CSV in UTF-16", async () => {
    const text = `\ufeff${readFileSync(at("rows.csv"), "utf8")}`;
    const path = folder.file("utf16.csv", Buffer.from(text, "utf16le"));
    expect(await scored(path, { encoding: "utf-16le" })).toBe(expected);
  });

  test("a DuckDB query over files, and one over tables of a database file", async () => {
    const parquet = quoteLiteral(at("rows.parquet"));
    expect(await scored({ duckdb: `SELECT * FROM ${parquet} -- all of them` })).toBe(expected);
    await withDuckDB(async (connection) => {
      await connection.run(`ATTACH ${quoteLiteral(at("crm.duckdb"))} AS crm`);
      await connection.run(`CREATE TABLE crm.subscribers AS SELECT * FROM ${parquet}`);
    });
    const input = { duckdb: "SELECT * FROM subscribers;", database: at("crm.duckdb") };
    expect(await scored(input)).toBe(expected);
  });

  test.skipIf(server === undefined)("a PostgreSQL query", async () => {
    const client = new pg.Client({ connectionString: server?.connection });
    await client.connect();
    await client.query(
      `CREATE TABLE subscribers (n serial, subscriber text, tenure int, "客服 calls" numeric, charge double precision, 套餐 text, "group" boolean)`,
    );
    const rows = subscriberRows(ROWS, 7);
    const column = (name: string) => rows.map((row) => (row[name] === null ? null : String(row[name])));
    await client.query(
      `INSERT INTO subscribers (subscriber, tenure, "客服 calls", charge, 套餐, "group")
       SELECT a, b::int, c::numeric, d::double precision, e, f::boolean FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS t (a, b, c, d, e, f)`,
      ["subscriber", "tenure", "客服 calls", "charge", "套餐", "group"].map(column),
    );
    await client.end();
    const postgres = "SELECT * FROM subscribers ORDER BY n -- in order";
    expect(await scored({ postgres, connection: server?.connection })).toBe(expected);
  });

  test.each(["csv", "tsv", "ndjson"] as const)("a stream of %s", async (format) => {
    expect(await scored({ stream: Readable.from(pieces(readFileSync(at(`rows.${format}`)))), format })).toBe(
      expected,
    );
  });

  test("a stream of tabs and \\N without header or quotes, as engines of the Hadoop family pipe rows", async () => {
    const names = ["tenure", "套餐", "group", "charge", "客服 calls", "subscriber"];
    const lines = subscriberRows(ROWS, 7).map((row) => names.map((name) => row[name] ?? "\\N").join("\t"));
    const stream = Readable.from(pieces(Buffer.from(`${lines.join("\n")}\n`)));
    const read = { names, nullText: "\\N", quotes: false };
    expect(await scored({ stream, format: "tsv" }, read)).toBe(expected);
  });

  test("an Arrow stream", async () => {
    const stream = Readable.from(
      pieces(Buffer.from(tableToIPC(arrowTable(subscriberRows(ROWS, 7)), "stream"))),
    );
    expect(await scored({ stream, format: "arrow" })).toBe(expected);
  });
});

/** Bytes as a pipe delivers them: in pieces that end anywhere. */
function pieces(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let from = 0, size = 1; from < bytes.length; from += size, size = (size * 7 + 13) % 70_001) {
    found.push(bytes.subarray(from, from + size));
  }
  return found;
}

describe("an input that can't be read is an error before anything is written:", () => {
  test("missing columns, all of them, from every source", async () => {
    const csv = folder.file("short.csv", "tenure,charge\n1,2\n");
    const ndjson = folder.file("short.ndjson", '{"tenure":1,"charge":2}\n');
    const arrow = Buffer.from(
      tableToIPC(arrowTable(subscriberRows(3)).select(["tenure", "charge"]), "stream"),
    );
    const inputs: ScoreInput[] = [
      csv,
      ndjson,
      { duckdb: "SELECT 1 AS tenure, 2 AS charge" },
      { stream: Readable.from([arrow]), format: "arrow" },
      ...(server === undefined
        ? []
        : [{ postgres: "SELECT 1 AS tenure, 2 AS charge", connection: server.connection }]),
    ];
    for (const input of inputs) {
      const error = await thrownBy(() => scoreFile(model, input, at("never.csv")));
      expect(error.problems.map(({ code, path }) => [code, path.column]).sort()).toEqual([
        ["data.missing-column", "group"],
        ["data.missing-column", "subscriber"],
        ["data.missing-column", "套餐"],
        ["data.missing-column", "客服 calls"],
      ]);
    }
  });

  test("columns of another type, in a query", async () => {
    const duckdb = `SELECT 'a' AS subscriber, DATE '2026-01-01' AS tenure, [1] AS "客服 calls", 1 AS charge, 'x' AS 套餐, true AS "group"`;
    const error = await thrownBy(() => scoreFile(model, { duckdb }, at("never.csv")));
    expect(error.problems.map(({ code, path, received }) => [code, path.column, received])).toEqual([
      ["data.wrong-type", "tenure", "DATE"],
      ["data.wrong-type", "客服 calls", "INTEGER[]"],
    ]);
  });

  test.each([
    ["a query that DuckDB can't run", { duckdb: "SELECT FROM WHERE" }, "data.unreadable"],
    [
      "a database file that does not exist",
      { duckdb: "SELECT 1", database: "nowhere.duckdb" },
      "data.unreadable",
    ],
    ["a file that is not Parquet", "not.parquet", "data.malformed"],
    ["a file that does not exist", "nowhere.csv", "data.unreadable"],
    ["a pattern that nothing matches", "nothing-*.csv", "data.unreadable"],
    [
      "a stream that is not Arrow",
      { stream: Readable.from([Buffer.from("no arrow")]), format: "arrow" },
      "data.malformed",
    ],
    ["a quote that is never closed", "open.csv", "data.malformed"],
    ["no input at all", {}, "argument.invalid"],
  ] as const)("%s", async (_, input, code) => {
    folder.file("not.parquet", "not Parquet");
    folder.file("open.csv", 'subscriber,tenure,客服 calls,charge,套餐,group\n"1,2,3,4,5,true\n');
    const given = typeof input === "string" ? at(input) : input;
    expect((await thrownBy(() => scoreFile(model, given as ScoreInput, at("never.csv")))).code).toBe(code);
  });

  test.each(["a file", "a stream"])("an unknown encoding of %s, with the option's name", async (what) => {
    const path = folder.file("encoded.csv", "subscriber\n1\n");
    const input = what === "a file" ? path : ({ stream: Readable.from([]), format: "csv" } as const);
    const error = await thrownBy(() =>
      scoreFile(model, input, at("never.csv"), { read: { encoding: "klingon" } }),
    );
    expect(error.path).toEqual({ function: "scoreFile", argument: "read.encoding" });
  });
});
