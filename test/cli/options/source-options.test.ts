import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { withDuckDB } from "../../../src/database/duckdb/session.js";
import { readTable } from "../../../src/formats/read-table.js";
import { writeTable } from "../../../src/formats/write-table.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

// Commands read queries and standard input as they read files.

const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
const folder = temporaryFolder();
const run = (...args: string[]) => runCli(args, folder.path);
const ROLES = ["--label", "churn", "--id", "id"];
const QUICK = [...ROLES, "--classifier", "logistic", "--repeats", "1"];

/** With a file as standard input. */
function piped(file: string, ...args: string[]) {
  const input = readFileSync(join(folder.path, file));
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder.path,
    input,
  });
  return { code: status, stdout: stdout.toString(), stderr: stderr.toString() };
}

const contentOf = (model: string) => JSON.parse(readFileSync(join(folder.path, model), "utf8")).content;

beforeAll(async () => {
  const rows = `SELECT 'S' || i AS id, (i * 37) % 72 AS tenure, DATE '2020-01-01' + ((i * 7) % 900)::INTEGER AS since,
      CASE WHEN (i * 37) % 72 + (i * 11) % 40 < 40 THEN 'yes' ELSE 'no' END AS churn
    FROM range(400) t(i)`;
  await withDuckDB(async (connection) => {
    await connection.run(`COPY (${rows}) TO '${join(folder.path, "rows.parquet")}' (FORMAT parquet)`);
    await connection.run(`ATTACH '${join(folder.path, "crm.duckdb")}' AS crm`);
    await connection.run(`CREATE TABLE crm.subscribers AS ${rows}`);
  });
  const table = await readTable(join(folder.path, "rows.parquet"), { columns: { id: "text" } });
  for (const name of ["rows.csv", "rows.arrow"]) await writeTable(table, join(folder.path, name));
  expect((await run("train", "rows.parquet", ...QUICK, "--out", "file.json")).code).toBe(0);
});

describe("holdfast train gives the model of the file", () => {
  const same = (model: string) => {
    const [found, expected] = [contentOf(model), contentOf("file.json")];
    expect(found.classifier).toEqual(expected.classifier);
    expect(found.training.dataFingerprint).toBe(expected.training.dataFingerprint);
  };

  test("of a query, of the tables of a database file, of an Arrow file", async () => {
    const sources = [
      ["--duckdb", "SELECT * FROM 'rows.parquet'"],
      ["--duckdb", "FROM subscribers", "--database", "crm.duckdb"],
      ["rows.arrow"],
    ];
    for (const source of sources) {
      const { code, stderr } = await run("train", ...source, ...QUICK, "--out", "other.json");
      expect([code, stderr.includes("problem")]).toEqual([0, false]);
      same("other.json");
    }
  });

  test("of standard input", () => {
    for (const [file, format] of [
      ["rows.csv", "csv"],
      ["rows.arrow", "arrow"],
    ]) {
      const args = ["train", "-", "--input-format", format, ...QUICK, "--out", "piped.json"];
      const { code, stderr } = piped(file, ...args);
      expect([code, stderr.includes("problem")]).toEqual([0, false]);
      same("piped.json");
    }
  });
});

test("evaluate, compare, metrics, backtest and tune read queries and standard input", async () => {
  const query = ["--duckdb", "SELECT * FROM 'rows.parquet'"];
  const stdin = ["-", "--input-format", "csv"];
  expect((await run("score", "file.json", "rows.csv", "--out", "scores.csv")).code).toBe(0);
  const labelled = "SELECT id, probability, churn FROM 'scores.csv' JOIN 'rows.parquet' USING (id)";
  await withDuckDB(async (connection) => {
    const sql = labelled.replaceAll(/'([a-z.]+)'/gu, (_, name) => `'${join(folder.path, name)}'`);
    await connection.run(`COPY (${sql}) TO '${join(folder.path, "labelled.csv")}'`);
  });
  const metrics = ["metrics", "--label", "churn", "--score", "probability", "--replicates", "10", "--json"];
  const search = ["--families", "logistic", "--configurations", "3", "--nested", "0", "--json"];
  const calls: readonly (readonly [file: string, query: string[], stdin: string[]])[] = [
    [
      "rows.csv",
      ["evaluate", "file.json", ...query, "--json"],
      ["evaluate", "file.json", ...stdin, "--json"],
    ],
    [
      "rows.csv",
      ["compare", "file.json", "file.json", ...query, "--replicates", "50", "--json"],
      ["compare", "file.json", "file.json", ...stdin, "--replicates", "50", "--json"],
    ],
    ["labelled.csv", [...metrics, "--duckdb", labelled], [...metrics, ...stdin]],
    ["rows.csv", ["tune", ...query, ...ROLES, ...search], ["tune", ...stdin, ...ROLES, ...search]],
  ];
  for (const [file, ofQuery, ofStdin] of calls) {
    const [found, piping] = [await run(...ofQuery), piped(file, ...ofStdin)];
    expect([ofQuery[0], found.code, piping.code]).toEqual([ofQuery[0], 0, 0]);
    if (ofQuery[0] !== "tune") expect(JSON.parse(found.stdout)).toEqual(JSON.parse(piping.stdout));
  }
});

test("describe reads queries and standard input, and names them in the next steps", async () => {
  const query = "SELECT * FROM 'rows.parquet'";
  const found = await run("describe", "--duckdb", query, "--label", "churn", "--json");
  const piping = piped("rows.csv", "describe", "-", "--input-format", "csv", "--label", "churn", "--json");
  expect([found.code, piping.code]).toEqual([0, 0]);
  const [ofQuery, ofStdin] = [found, piping].map(({ stdout }) => JSON.parse(stdout));
  expect(ofQuery.columns).toEqual(ofStdin.columns);
  expect(ofQuery.next.at(-1).command).toMatch(/^holdfast train --duckdb '.*' --label churn /);
  expect(ofStdin.next.at(-1).command).toMatch(/^holdfast train - --input-format csv --label churn /);
});

describe("a source that is none or two is refused with exit code 2", () => {
  test.each<[string, string[], string]>([
    [
      "nothing",
      ["train", ...QUICK],
      "holdfast train: <file>: must be given once: a path, -, --duckdb or --postgres",
    ],
    ["two", ["train", "rows.csv", "--duckdb", "SELECT 1", ...QUICK], "must be given once"],
    [
      "a database without a query",
      ["train", "rows.csv", "--database", "crm.duckdb", ...QUICK],
      "--database: must come with --duckdb",
    ],
    [
      "standard input without a format",
      ["train", "-", ...QUICK],
      "--input-format: must be csv, tsv, ndjson or arrow in a pipe",
    ],
    ["a blank query", ["train", "--duckdb", " ", ...QUICK], "--duckdb: must be a query, one SELECT"],
    ["nothing to evaluate", ["evaluate", "file.json"], "holdfast evaluate: <file>: must be given once"],
    [
      "nothing to compare",
      ["compare", "file.json", "file.json"],
      "holdfast compare: <file>: must be given once",
    ],
    [
      "nothing to measure",
      ["metrics", "--label", "a", "--score", "b"],
      "holdfast metrics: <file>: must be given once",
    ],
    ["nothing to describe", ["describe"], "holdfast describe: <file>: must be given once"],
    ["nothing to backtest", ["backtest"], "holdfast backtest: <source>: must be given once"],
  ])("%s", async (_, args, words) => {
    const { code, stderr } = await run(...args);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  test("a query that can't run is bad input, with its place", async () => {
    const { code, stderr } = await run("train", "--duckdb", "SELECT nothing", ...QUICK);
    expect([code, stderr]).toEqual([3, expect.stringContaining("at character 8")]);
  });
});
