import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/formats/read-table.js";
import { rowsOf } from "../../src/table/rows.js";
import { findColumn } from "../../src/table/table.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const OPERATOR = fileURLToPath(new URL("../../datasets/simulated", import.meta.url));
const folder = temporaryFolder();
const run = (...args: string[]) => runCli(["snapshots", ...args], folder.path);
const file = (name: string) => join(folder.path, name);

describe("holdfast snapshots", () => {
  test("writes rows by cutoff and subscriber, id and cutoff first, the label last, as Parquet and CSV alike", async () => {
    const windows = ["--at", "2025-05..2025-06", "--observe", "6", "--gap", "1", "--horizon", "3"];
    const { code, stdout } = await run(OPERATOR, ...windows, "--churn", "disconnected", "--out", "a.parquet");
    expect(code).toBe(0);
    expect(stdout).toMatch(/2025-05-01 +1,\d{3} +\d+ +\d\.\d%/);
    expect((await run(OPERATOR, ...windows, "--out", "a.csv.gz")).code).toBe(0);
    const columns = { subscriber_id: "text" } as const;
    const table = await readTable(file("a.parquet"), { columns });
    const names = table.columns.map(({ name }) => name);
    expect([...names.slice(0, 2), names.at(-1)]).toEqual(["subscriber_id", "cutoff", "churn"]);
    const keys = rowsOf(table).map(({ cutoff, subscriber_id }) => `${cutoff} ${subscriber_id}`);
    expect(keys).toEqual([...keys].sort());
    expect(new Set(keys).size).toBe(keys.length);
    expect(rowsOf(await readTable(file("a.csv.gz"), { columns }))).toEqual(rowsOf(table));
  });

  test("carries its roles: training needs no option, of CSV as of Parquet, in summary and model", async () => {
    for (const name of ["roles.csv", "roles.parquet"]) {
      expect((await run(OPERATOR, "--at", "2025-04..2025-06", "--out", name)).code).toBe(0);
      const options = ["--classifier", "logistic", "--repeats", "1", "--out", `${name}.json`];
      const { code, stdout } = await runCli(["train", name, ...options], folder.path);
      expect(code).toBe(0);
      expect(stdout).toContain("- a table of snapshots: subscriber_id is the id, churn is the label");
      expect(stdout).toMatch(/^Left out .*cutoff \(the cutoff\)/m);
      const { content } = JSON.parse(readFileSync(file(`${name}.json`), "utf8"));
      expect([content.id, content.label.column]).toEqual(["subscriber_id", "churn"]);
    }
    const unlabelled = await run(OPERATOR, "--at", "2026-02", "--churn", "none", "--out", "unlabelled.csv");
    expect(unlabelled.code).toBe(0);
    const refused = await runCli(["train", "unlabelled.csv"], folder.path);
    expect([refused.code, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toContain("holdfast train: --label: must be given, as the table does not have");
  });

  test("without a label has every active subscriber, also after the end of the history", async () => {
    const { code, stdout } = await run(
      OPERATOR,
      "--at",
      "2026-02",
      "--churn",
      "none",
      "--out",
      "now.csv",
      "--json",
    );
    expect(code).toBe(0);
    const summary = JSON.parse(stdout);
    const table = await readTable(file("now.csv"), { columns: { subscriber_id: "text" } });
    expect(summary.cutoffs).toEqual([{ at: "2026-02-01", rows: table.rowCount }]);
    expect(findColumn(table, "churn")).toBeUndefined();
  });

  test("leaves out cutoffs whose windows the history does not cover, and says so; without any cutoff left it is an error", async () => {
    const { code, stdout } = await run(OPERATOR, "--at", "2025-10,2025-11", "--out", "late.parquet");
    expect(code).toBe(0);
    expect(stdout).toContain("2025-11-01");
    expect(stdout).toContain("Left out, because the history ends");
    const late = await run(OPERATOR, "--at", "2025-12", "--out", "none.parquet");
    expect([late.code, existsSync(file("none.parquet"))]).toEqual([2, false]);
    expect(late.stderr).toContain("2026-02-01, where the history ends");
  });

  test("reads an operator's own columns and encoding by a map", async () => {
    const own = join(folder.path, "历史");
    mkdirSync(own);
    // 用户,入网 / 甲,2024-01-01 in GB18030
    const header = [0xd3, 0xc3, 0xbb, 0xa7, 0x2c, 0xc8, 0xeb, 0xcd, 0xf8, 0x0a];
    writeFileSync(
      join(own, "subscribers.csv"),
      Buffer.concat([Buffer.from(header), Buffer.from([0xbc, 0xd7]), Buffer.from(",2024-01-01\n")]),
    );
    writeFileSync(file("map.json"), '{ "subscribers": { "subscriber_id": "用户", "activated_on": "入网" } }');
    const args = ["历史", "--encoding", "gb18030", "--map", "map.json", "--at", "2025-01", "--churn", "none"];
    const { code, stderr } = await run(...args, "--out", "own.csv");
    expect([code, stderr.includes("Error")]).toEqual([0, false]);
    expect(readFileSync(file("own.csv"), "utf8")).toContain("甲,2025-01-01,12.");
  });

  test("reads files of other names by maps, beside a map of columns", async () => {
    mkdirSync(file("导出"));
    writeFileSync(file("导出/客户表.csv"), "用户,入网\n甲,2024-01-01\n乙,2024-02-01\n");
    writeFileSync(file("导出/bills-2024.csv"), "subscriber_id,month,revenue\n甲,2024-11,30\n");
    writeFileSync(file("导出/bills-2025.csv"), "subscriber_id,month,revenue\n甲,2024-12,40\n");
    // A file of the table's own name is not read where another one is named.
    writeFileSync(file("导出/subscribers.csv"), "subscriber_id,activated_on\n丙,2024-01-01\n");
    writeFileSync(
      file("列名.json"),
      '{ "subscribers": { "subscriber_id": "用户", "activated_on": "入网" } }',
    );
    const maps = ["--map", "列名.json", "--map", "subscribers=客户表.csv", "--map", "billing=bills-*.csv"];
    const args = ["导出", ...maps, "--at", "2025-01", "--churn", "none", "--out", "mapped.csv", "--json"];
    const { code, stdout, stderr } = await run(...args);
    expect(code, stderr).toBe(0);
    const rows = rowsOf(await readTable(file("mapped.csv"), { columns: { subscriber_id: "text" } }));
    expect(rows.map(({ subscriber_id, arpu_mean }) => [subscriber_id, arpu_mean])).toEqual([
      ["乙", 0],
      ["甲", 35],
    ]);
    const { tables } = JSON.parse(stdout).history;
    expect(tables.subscribers.source).toBe(join("导出", "客户表.csv"));
    expect(tables.billing.rowsRead).toBe(2);
  });

  test.each([
    ["subscriber=a.csv", 2, "table of subscribers, tariffs, usage", 'did you mean "subscribers"?'],
    ["subscribers=", 2, "must name a file", ""],
    ["subscribers=subscriber.csv", 3, "the files of operator are", 'did you mean "subscribers.csv"?'],
    ["usage=使用量.csv", 3, "operator/使用量.csv: usage: must exist", ""],
    ["tables.json", 3, 'not "subscriber"', 'did you mean "subscribers"?'],
    ["list.json", 3, "must be JSON such as", ""],
  ])("refuses --map %s", async (map, code, words, hint) => {
    mkdirSync(file("operator"), { recursive: true });
    writeFileSync(file("operator/subscribers.csv"), "subscriber_id,activated_on\nA,2024-01-01\n");
    writeFileSync(file("tables.json"), '{ "subscriber": { "subscriber_id": "id" } }');
    writeFileSync(file("list.json"), "[");
    const result = await run("operator", "--at", "2025-01", "--out", "x.csv", "--map", map);
    expect(result.stderr).toMatch(/^holdfast snapshots: /);
    expect(result.stderr).toContain(words);
    expect(result.stderr).toContain(hint);
    expect([result.code, existsSync(file("x.csv"))]).toEqual([code, false]);
  });

  test("refuses two files of one table", async () => {
    const maps = ["--map", "usage=a.csv", "--map", "usage=b.csv"];
    const { code, stderr } = await run(OPERATOR, "--at", "2025-01", "--out", "x.csv", ...maps);
    expect([code, stderr]).toEqual([2, expect.stringContaining("must name one file of usage")]);
  });

  test("prints the SQL of a database, or the features and what they mean", async () => {
    const sql = await run(OPERATOR, "--at", "2025-06", "--sql", "spark");
    expect(sql.stdout).toContain("CREATE OR REPLACE VIEW usage_facts AS");
    expect(sql.stdout).not.toContain("double precision");
    const features = await run(OPERATOR, "--at", "2025-06", "--describe-features");
    expect(features.stdout).toMatch(/arpu_mean +arpu +money per month +mean monthly bill/);
  });

  test.each([
    [["--at", "soon", "--out", "x.csv"], 2, "holdfast snapshots: --at: must be a day"],
    [["--at", "2025-06"], 2, "--out"],
    [["--at", "2025-06", "--out", "x.csv", "--churn", "gone"], 2, "--churn"],
    [["--at", "2025-06", "--out", "x.xlsx"], 2, "x.xlsx"],
    [["--at", "2025-06", "--out", "x.csv", "--churn", "partial:usage.fax"], 2, "usage.fax"],
    [["--at", "2025-06", "--out", "x.csv", "--map", "nowhere.json"], 3, "nowhere.json"],
  ])("refuses %j with exit code %i", async (args, code, words) => {
    const result = await run(OPERATOR, ...args);
    expect([result.code, existsSync(file("x.csv"))]).toEqual([code, false]);
    expect(result.stderr).toContain(words);
  });

  test("a folder without subscribers and facts that contradict themselves are bad input, unless they are to be dropped", async () => {
    mkdirSync(file("empty"));
    const empty = await run("empty", "--at", "2025-06", "--out", "x.csv");
    expect([empty.code, empty.stderr.includes("must hold the subscribers")]).toEqual([3, true]);
    mkdirSync(file("wrong"));
    writeFileSync(
      file("wrong/subscribers.csv"),
      "subscriber_id,activated_on,ended_on\nA,2024-01-01,\nB,2024-13-01,\n",
    );
    const at = ["wrong", "--at", "2025-06", "--churn", "none", "--out", "x.csv"];
    const wrong = await run(...at);
    expect([wrong.code, wrong.stderr.includes("2024-13-01")]).toEqual([3, true]);
    expect(wrong.stderr).toContain("(--on-problems drop leaves them out");
    const dropped = await run(...at, "--on-problems", "drop");
    expect([dropped.code, dropped.stdout.includes("unreadable date")]).toEqual([0, true]);
  });
});
