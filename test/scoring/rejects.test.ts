import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, test } from "vitest";
import { withDuckDB } from "../../src/database/duckdb/session.js";
import { readTable } from "../../src/formats/read-table.js";
import type { ScoreInput } from "../../src/scoring/batch/inputs.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { rowsOf } from "../../src/table/rows.js";
import { startPostgres } from "../support/postgres-server.js";
import { modelWithoutId, scoringModel } from "../support/scoring-model.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();
const server = startPostgres();
afterAll(() => server?.stop());
const HEADER = "subscriber,tenure,客服 calls,charge,套餐,group,note";

interface Reject {
  readonly source: string;
  readonly row: number;
  readonly line?: number;
  readonly column?: string;
  readonly reason: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly text?: string;
}

async function rejectsOf(input: ScoreInput): Promise<{ rejects: Reject[]; ids: string[]; counts: number[] }> {
  const summary = await scoreFile(model, input, at("scores.csv"), { rejects: at("rejects.ndjson") });
  const rejects = readFileSync(at("rejects.ndjson"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Reject);
  const ids = readFileSync(at("scores.csv"), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[0]);
  return { rejects, ids, counts: [summary.rows, summary.scored, summary.rejected] };
}

describe("rows that can't be scored go to the rejects, with all cells, line, column and reason:", () => {
  test("of CSV: wrong and infinite numbers, too few and too many fields, quotes and line ends within", async () => {
    const text = [
      HEADER,
      "a,1,0,5,Family,true,",
      'b,many,0,5,Family,true,"says ""hello"",\nand more"',
      "c,1,0,inf,Family,true,",
      "d,1,0,5,Family",
      "e,1,0,5,Family,true,x,y,z",
      "f,1,x,y,Family,true,",
      "g,1,0,5,Family,true,",
    ];
    const path = folder.file("bad.csv", `${text.join("\n")}\n`);
    const { rejects, ids, counts } = await rejectsOf(path);
    expect(ids).toEqual(["a", "g"]);
    expect(counts).toEqual([7, 2, 5]);
    const whole = (values: readonly string[]) =>
      Object.fromEntries(HEADER.split(",").map((name, i) => [name, values[i]]));
    expect(rejects).toEqual([
      {
        source: path,
        row: 2,
        line: 3,
        column: "tenure",
        reason: 'must be a number, received "many"',
        values: whole(["b", "many", "0", "5", "Family", "true", 'says "hello",\nand more']),
      },
      {
        source: path,
        row: 3,
        line: 5,
        column: "charge",
        reason: 'must be finite, received "inf"',
        values: whole(["c", "1", "0", "inf", "Family", "true", ""]),
      },
      {
        source: path,
        row: 4,
        line: 6,
        reason: "must have 7 fields like the header, received 5",
        text: "d,1,0,5,Family",
      },
      {
        source: path,
        row: 5,
        line: 7,
        reason: "must have 7 fields like the header, received 9",
        text: "e,1,0,5,Family,true,x,y,z",
      },
      {
        source: path,
        row: 6,
        line: 8,
        column: "客服 calls, charge",
        reason: 'must be a number, received "x"; must be a number, received "y"',
        values: whole(["f", "1", "x", "y", "Family", "true", ""]),
      },
    ]);
  });

  test("of NDJSON: texts that are not JSON or not objects, values that are not numbers or categories", async () => {
    const good = { subscriber: "a", tenure: 1, "客服 calls": 0, charge: 5, 套餐: "Family", group: true };
    const lines = [
      good,
      { ...good, tenure: [1] },
      "{broken",
      [1, 2],
      { ...good, 套餐: { name: "A" } },
      { ...good, subscriber: "z", charge: undefined },
    ];
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
    const { rejects, ids, counts } = await rejectsOf({
      stream: Readable.from([Buffer.from(text)]),
      format: "ndjson",
    });
    expect(ids).toEqual(["a", "z"]);
    expect(counts).toEqual([6, 2, 4]);
    expect(rejects.map(({ row, line, column }) => [row, line, column])).toEqual([
      [2, 2, "tenure"],
      [3, 3, undefined],
      [4, 4, undefined],
      [5, 5, "套餐"],
    ]);
    expect(rejects[0].values).toEqual({ ...good, tenure: [1] });
    expect(rejects[1]).toMatchObject({ text: "{broken" });
    expect(rejects[1].reason).toMatch(/^must be JSON/);
    expect(rejects[2]).toMatchObject({ reason: "must be an object, received 1, 2", text: "[1,2]" });
  });

  test("of Parquet and of queries: also columns that are not needed; whole numbers beyond 2^53 are numbers", async () => {
    const sql = `SELECT * FROM (VALUES
      ('a', 1::BIGINT, 0, 5::DOUBLE, 'Family', true, 'one'),
      ('b', 9007199254740993, 0, 5, 'Family', true, 'two'),
      ('c', 1, 0, 'inf'::DOUBLE, 'Family', true, 'three'),
      ('d', NULL, 0, NULL, NULL, NULL, 'four')
    ) AS t (subscriber, tenure, "客服 calls", charge, 套餐, "group", note)`;
    await withDuckDB(async (connection) => {
      await connection.run(`COPY (${sql}) TO '${at("bad.parquet")}' (FORMAT parquet)`);
    });
    for (const input of [at("bad.parquet"), { duckdb: sql }]) {
      const { rejects, ids, counts } = await rejectsOf(input);
      expect(ids).toEqual(["a", "b", "d"]);
      expect(counts).toEqual([4, 3, 1]);
      expect(rejects.map(({ row, column, reason }) => [row, column, reason])).toEqual([
        [3, "charge", "must be finite, received Infinity"],
      ]);
      expect(rejects[0].values).toMatchObject({ subscriber: "c", tenure: "1", note: "three" });
    }
  });

  test.skipIf(server === undefined)("of PostgreSQL", async () => {
    const postgres = `SELECT * FROM (VALUES
      ('a', 1, 0, 5::float8, 'Family', true, 'one'), ('b', 1, 0, 'Infinity'::float8, 'Family', false, 'two')
    ) AS t (subscriber, tenure, "客服 calls", charge, 套餐, "group", note)`;
    const { rejects, ids } = await rejectsOf({ postgres, connection: server?.connection });
    expect(ids).toEqual(["a"]);
    expect(rejects).toMatchObject([{ row: 2, column: "charge", values: { subscriber: "b", note: "two" } }]);
  });

  test("as CSV where the name of the file ends in .csv", async () => {
    const path = folder.file("bad2.csv", `${HEADER}\na,1,0,5,Family,true,\nb,many,0,5,Family,true,\nc,1\n`);
    await scoreFile(model, path, at("scores.csv"), { rejects: at("rejects.csv") });
    expect(rowsOf(await readTable(at("rejects.csv"), { columns: { line: "numeric" } }))).toMatchObject([
      { source: path, row: 2, line: 3, column: "tenure", reason: 'must be a number, received "many"' },
      { source: path, row: 3, line: 4, column: null, content: "c,1" },
    ]);
  });
});

test("rows keep their numbers where the model has no id and rows before them are rejected", async () => {
  const nameless = await modelWithoutId();
  const path = folder.file(
    "nameless.csv",
    `${HEADER}\na,1,0,5,Family,true,\nb,many,0,5,Family,true,\nc,1,0,5,Family,true,\n`,
  );
  await scoreFile(nameless, path, at("numbered.csv"), { rejects: at("rejects.ndjson") });
  const ids = readFileSync(at("numbered.csv"), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[0]);
  expect(ids).toEqual(["1", "3"]);
});

describe("a job fails", () => {
  const lines = Array.from({ length: 30_000 }, (_, row) =>
    row % 10_000 === 7 ? "x,odd,0,5,Family,true," : "x,1,0,5,Family,true,",
  );
  const path = folder.file("three.csv", `${HEADER}\n${lines.join("\n")}\n`);

  test("at any row that can't be scored without a rejects file, and names all of them", async () => {
    const error = await thrownBy(() => scoreFile(model, path, at("never.csv")));
    expect(error.problems.map(({ path: { row, line } }) => [row, line])).toEqual([
      [8, 9],
      [10_008, 10_009],
      [20_008, 20_009],
    ]);
    expect(error.message).toContain('`rejects: "rejects.ndjson"` scores the other rows');
    expect(existsSync(at("never.csv"))).toBe(false);
  });

  test.each([
    [2, "never.csv", false],
    [3, "enough.csv", true],
  ])("beyond maxRejects: %i", async (maxRejects, name, isFine) => {
    const work = () =>
      scoreFile(model, path, at(name), { rejects: at(`rejects-${maxRejects}.ndjson`), maxRejects });
    if (isFine) expect((await work()).rejected).toBe(3);
    else expect((await thrownBy(work)).problemCount).toBe(3);
    expect(existsSync(at(name))).toBe(isFine);
    expect(existsSync(at(`rejects-${maxRejects}.ndjson`))).toBe(isFine);
  });

  test("early, when a hundred problems are known", async () => {
    const bad = Array.from({ length: 200_000 }, () => "x,odd,0,5,Family,true,");
    const all = folder.file("all.csv", `${HEADER}\n${bad.join("\n")}\n`);
    const error = await thrownBy(() => scoreFile(model, all, at("never.csv")));
    expect(error.problems.length).toBe(100);
    expect(error.problemCount).toBeLessThan(200_000);
  });
});
