import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { withDuckDB } from "../../../src/database/duckdb/session.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const folder = temporaryFolder();
const run = (...args: string[]) => runCli(args, folder.path);
const QUICK = ["--label", "churn", "--id", "id", "--classifier", "logistic", "--repeats", "1"];

/** 400 subscribers, those of short tenure churned; each has a list of tags. */
const ROWS = `SELECT 'S' || i AS id, (i * 37) % 72 AS tenure, ['p' || (i % 3), 'x'] AS tags,
    CASE WHEN (i * 37) % 72 + (i * 11) % 40 < 40 THEN 'yes' ELSE 'no' END AS churn
  FROM range(400) t(i)`;

beforeAll(async () => {
  await withDuckDB(async (connection) => {
    for (const [name, rows] of [
      ["nested", ROWS],
      ["plain", `SELECT * EXCLUDE tags FROM (${ROWS})`],
      [
        "rejects",
        `SELECT * REPLACE (CASE WHEN id = 'S7' THEN 'many' ELSE tenure::VARCHAR END AS tenure) FROM (${ROWS})`,
      ],
    ]) {
      await connection.run(`COPY (${rows}) TO '${join(folder.path, `${name}.parquet`)}' (FORMAT parquet)`);
    }
  });
  const { code, stderr } = await run("train", "plain.parquet", ...QUICK, "--out", "plain.json");
  expect([code, stderr.includes("error")]).toEqual([0, false]);
});

describe("a nested column that is not needed", () => {
  test("is left out of a training that excludes it, which gives the model of the file without it", async () => {
    const { code } = await run(
      "train",
      "nested.parquet",
      ...QUICK,
      "--exclude",
      "tags",
      "--out",
      "nested.json",
    );
    expect(code).toBe(0);
    const [nested, plain] = ["nested.json", "plain.json"].map((name) =>
      JSON.parse(readFileSync(join(folder.path, name), "utf8")),
    );
    expect(nested.content.classifier).toEqual(plain.content.classifier);
    expect(nested.content.training.dataFingerprint).toBe(plain.content.training.dataFingerprint);
  });

  test("is left out of a search, too", async () => {
    const args = ["--label", "churn", "--families", "logistic", "--configurations", "3", "--nested", "0"];
    const { code, stdout } = await run(
      "tune",
      "nested.parquet",
      ...args,
      "--exclude",
      "tags",
      "--exclude",
      "id",
    );
    expect([code, stdout.length > 0]).toEqual([0, true]);
  });

  test("is refused by a training that does not exclude it, with the option that does", async () => {
    const { code, stderr } = await run("train", "nested.parquet", ...QUICK);
    expect(code).toBe(3);
    expect(stderr).toContain(
      'column "tags": must hold numbers, text, booleans or dates, received "VARCHAR[]"',
    );
    expect(stderr).toContain("(leave it out: --exclude tags; or split it into plain columns)");
  });

  test("does not matter to score, evaluate, compare and metrics", async () => {
    for (const [from, out] of [
      ["nested", "a.csv"],
      ["plain", "b.csv"],
    ]) {
      const { code } = await run("score", "plain.json", `${from}.parquet`, "--out", out);
      expect([code, existsSync(join(folder.path, out))]).toEqual([0, true]);
    }
    const [a, b] = ["a.csv", "b.csv"].map((name) => readFileSync(join(folder.path, name), "utf8"));
    expect(a).toBe(b);
    const evaluated = await Promise.all(
      ["nested", "plain"].map((name) => run("evaluate", "plain.json", `${name}.parquet`, "--json")),
    );
    expect(evaluated[0].code).toBe(0);
    expect(evaluated[0].stdout).toBe(evaluated[1].stdout);
    expect((await run("compare", "plain.json", "plain.json", "nested.parquet")).code).toBe(0);
    await withDuckDB(async (connection) => {
      const rows = `SELECT *, 1 - tenure / 80 AS p FROM (${ROWS})`;
      await connection.run(`COPY (${rows}) TO '${join(folder.path, "scores.parquet")}' (FORMAT parquet)`);
    });
    expect((await run("metrics", "scores.parquet", "--label", "churn", "--score", "p")).code).toBe(0);
  });

  test("is told of a row that is rejected", async () => {
    const args = ["plain.json", "rejects.parquet", "--out", "r.csv", "--rejects", "r.ndjson"];
    expect((await run("score", ...args)).code).toBe(0);
    const [rejected] = readFileSync(join(folder.path, "r.ndjson"), "utf8").trim().split("\n");
    expect(JSON.parse(rejected)).toMatchObject({ values: { id: "S7", tenure: "many", tags: "[p1, x]" } });
  });
});

test("an excluded column that does not exist is an error beside the others, as before", async () => {
  const args = ["--folds", "99", "--exclude", "tags", "--exclude", "tagz"];
  const { code, stderr } = await run("train", "nested.parquet", ...QUICK, ...args);
  expect(code).toBe(2);
  expect(stderr).toContain("--folds: must be");
  expect(stderr).toContain('--exclude, column "tagz": must be a column');
});

test("a nested column with a role is refused though it is excluded", async () => {
  const args = ["--label", "churn", "--id", "tags", "--exclude", "tags", "--classifier", "logistic"];
  const { code, stderr } = await run("train", "nested.parquet", ...args);
  expect([code, stderr.includes('column "tags": must hold')]).toEqual([3, true]);
});
