import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { tableFromIPC } from "apache-arrow";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { readTable } from "../../src/formats/read-table.js";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { scoreTable } from "../../src/scoring/scores-table.js";
import { rowsOf } from "../../src/table/rows.js";
import { startPostgres } from "../support/postgres-server.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();
const table = subscriberTable(20_000, 7);
const intervals = true;
const expected = rowsOf(scoreTable(model, table, { intervals }));
await writeTable(table, at("rows.csv"));
const server = startPostgres();
afterAll(() => server?.stop());

/** A slow stream that keeps what is written to it. */
function sink(): Writable & { text(): Buffer } {
  const pieces: Buffer[] = [];
  const stream = new Writable({
    highWaterMark: 1000,
    write(piece: Buffer, _, done) {
      pieces.push(piece);
      setImmediate(done);
    },
  });
  return Object.assign(stream, { text: () => Buffer.concat(pieces) });
}

/** Lines of CSV, more than a batch of them. */
function rowsOfTariff(tariff: string, count: number): string {
  return Array.from({ length: count }, (_, row) => `${tariff}${row},3,2,5,${tariff},true\n`).join("");
}

describe("scores are the same in every output:", () => {
  test.each(["csv", "tsv", "ndjson", "json", "parquet", "csv.gz"])("%s", async (extension) => {
    const path = at(`scores.${extension}`);
    await scoreFile(model, at("rows.csv"), path, { intervals });
    const columns = { id: "text", uncertain: "categorical" } as const;
    expect(rowsOf(await readTable(path, { columns }))).toEqual(expected);
  });

  test.each(["csv", "tsv", "ndjson"] as const)(
    "a stream of %s, no faster than it is read",
    async (format) => {
      const stream = sink();
      await scoreFile(model, at("rows.csv"), { stream, format }, { intervals });
      await scoreFile(model, at("rows.csv"), at(`scores.${format}`), { intervals });
      expect(stream.text().equals(readFileSync(at(`scores.${format}`)))).toBe(true);
      expect(stream.writableEnded).toBe(false);
    },
  );

  test("an Arrow stream", async () => {
    const stream = sink();
    await scoreFile(model, at("rows.csv"), { stream, format: "arrow" }, { intervals });
    const arrow = tableFromIPC(stream.text());
    expect(arrow.toArray().map((row) => row?.toJSON())).toEqual(expected);
    expect(stream.writableEnded).toBe(false);
  });

  test.skipIf(server === undefined)("a table of PostgreSQL, in one transaction", async () => {
    const output = { postgres: "churn_scores", connection: server?.connection, scoredOn: "2026-02-01" };
    await scoreFile(model, at("rows.csv"), output, { intervals });
    // Another day, and the same day again: rows are replaced, not doubled.
    await scoreFile(model, at("rows.csv"), { ...output, scoredOn: "2026-03-01" }, { intervals });
    await scoreFile(model, at("rows.csv"), output, { intervals });
    const client = new pg.Client({ connectionString: server?.connection });
    await client.connect();
    const counted = await client.query(
      "SELECT scored_on::text AS day, count(*)::int AS n FROM churn_scores GROUP BY 1 ORDER BY 1",
    );
    expect(counted.rows).toEqual([
      { day: "2026-02-01", n: expected.length },
      { day: "2026-03-01", n: expected.length },
    ]);
    const { rows } = await client.query(
      "SELECT * FROM churn_scores WHERE scored_on = '2026-02-01' ORDER BY id",
    );
    await client.end();
    expect(rows.map(({ scored_on: _, ...row }) => row)).toEqual(expected);
  });

  test.skipIf(server === undefined).each([
    ["the input fails", '"open,', "data.malformed"],
    ["more than half of a column is unseen", rowsOfTariff("Gold", 18_000), "data.unseen"],
  ])("no rows stay in PostgreSQL when %s", async (_, end, code) => {
    const header = "subscriber,tenure,客服 calls,charge,套餐,group";
    const broken = folder.file("broken.csv", `${header}\n${rowsOfTariff("Family", 17_000)}${end}`);
    const output = { postgres: "never_kept", connection: server?.connection, scoredOn: "2026-02-01" };
    expect((await thrownBy(() => scoreFile(model, broken, output))).code).toBe(code);
    const client = new pg.Client({ connectionString: server?.connection });
    await client.connect();
    const { rows } = await client.query("SELECT to_regclass('never_kept') AS found");
    await client.end();
    expect(rows).toEqual([{ found: null }]);
  });
});

describe("text without a header line", () => {
  test("has none, and the given text for missing values", async () => {
    const one = folder.file(
      "one.csv",
      "subscriber,tenure,客服 calls,charge,套餐,group\n,3,2,5,Family,true\n",
    );
    const stream = sink();
    const write = { header: false, nullText: "\\N", quotes: false };
    await scoreFile(model, one, { stream, format: "tsv" }, { write });
    const line = stream.text().toString("utf8");
    expect(line).toMatch(/^\\N\t0\.\d+\t\w+\t5\t\w+\t[\d.]+\n$/);
  });
});

describe("an output that can't be written is an error that leaves nothing behind:", () => {
  test("a stream that fails", async () => {
    const stream = new Writable({
      write(_piece, _encoding, done) {
        done(Object.assign(new Error("no space left on device"), { code: "ENOSPC", syscall: "write" }));
      },
    });
    const error = await thrownBy(() => scoreFile(model, at("rows.csv"), { stream, format: "csv" }));
    expect([error.code, error.expected]).toEqual(["data.unwritable", "must fit, the disk is full"]);
  });

  test.each([
    ["a device", "/dev/null", { write: { format: "csv" } }, "data.unwritable"],
    ["a folder that does not exist", "nowhere/scores.csv", {}, "data.unwritable"],
    ["a name without a known format", "scores.xlsx", {}, "argument.invalid"],
    [
      "rejects in a folder that does not exist",
      "scores.csv",
      { rejects: "nowhere/rejects.csv" },
      "data.unwritable",
    ],
    ["a limit of rejects without a file for them", "scores.csv", { maxRejects: 3 }, "argument.invalid"],
    ["an invalid number of threads", "scores.csv", { threads: 0 }, "argument.invalid"],
    ["an unknown format", "scores.csv", { write: { format: "xml" as "csv" } }, "argument.invalid"],
  ] as const)("%s", async (_, name, options, code) => {
    const before = readdirSync(folder.path).sort();
    const path = name.startsWith("/") ? name : at(name);
    const rejects = "rejects" in options ? { rejects: at(options.rejects) } : {};
    expect(
      (await thrownBy(() => scoreFile(model, at("rows.csv"), path, { ...options, ...rejects }))).code,
    ).toBe(code);
    expect(readdirSync(folder.path).sort()).toEqual(before);
  });

  test.each([
    [{ postgres: "a.b.c", scoredOn: "2026-02-01" }, "output.postgres"],
    [{ postgres: "scores", scoredOn: "yesterday" }, "output.scoredOn"],
  ])("a table of PostgreSQL as %j, by the name of the option", async (output, argument) => {
    const error = await thrownBy(() => scoreFile(model, at("rows.csv"), output));
    expect(error.path).toEqual({ function: "scoreFile", argument });
  });

  test.each(["scores.csv", "scores.parquet", "scores.csv.gz"])(
    "a job that is aborted half way, %s",
    async (name) => {
      const before = readdirSync(folder.path).sort();
      const controller = new AbortController();
      const onProgress = () => controller.abort();
      const work = () =>
        scoreFile(model, at("rows.csv"), at(`aborted-${name}`), { signal: controller.signal, onProgress });
      expect((await thrownBy(work)).code).toBe("aborted");
      expect(readdirSync(folder.path).sort()).toEqual(before);
    },
  );
});
