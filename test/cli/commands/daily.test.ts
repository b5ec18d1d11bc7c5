import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { dailyView } from "../../../src/analytics/daily/daily-view.js";
import { runJob } from "../../support/killed-jobs.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const OPERATOR = fileURLToPath(new URL("../../../datasets/simulated", import.meta.url));
const folder = temporaryFolder();
const run = (...args: string[]) => runCli(["daily", ...args], folder.path);
const file = (name: string) => join(folder.path, name);
const digestOf = (name: string) =>
  createHash("sha256")
    .update(readFileSync(file(name)))
    .digest("hex");

describe("holdfast daily", () => {
  test("makes the file, extends it by a day with corrections, and changes nothing when it is run again", async () => {
    const first = await run(OPERATOR, "--into", "daily.duckdb", "--day", "2025-12-28");
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("The file is new, with 515 days: 2024-08-01 to 2025-12-28.");
    const second = await run(OPERATOR, "--into", "daily.duckdb", "--day", "2025-12-30");
    expect(second.stdout).toContain("The file was extended by 2 days: 2025-12-29 to 2025-12-30.");
    expect(second.stdout).toContain("On Tuesday, 2025-12-30,");
    expect(second.stdout).toMatch(/^head office +1,\d{3} +\d+ +\d+ +\d+ +[\d.]+$/m);
    expect(second.stdout).toMatch(/^west +\d+/m);
    const digest = digestOf("daily.duckdb");
    const again = await run(OPERATOR, "--into", "daily.duckdb", "--day", "2025-12-30", "--json");
    expect(JSON.parse(again.stdout)).toMatchObject({
      day: "2025-12-30",
      isNew: false,
      added: null,
      corrected: [],
    });
    expect(digestOf("daily.duckdb")).toBe(digest);
  });

  test("with Chinese names writes a Chinese page and text", async () => {
    mkdirSync(file("历史"));
    writeFileSync(
      file("历史/subscribers.csv"),
      "用户编号,入网日期,离网日期,地市\n1,2025-01-01,,南京\n2,2025-01-02,2025-01-03,苏州\n3,2025-01-03,,\n",
    );
    const names = {
      subscriber_id: "用户编号",
      activated_on: "入网日期",
      ended_on: "离网日期",
      region: "地市",
    };
    writeFileSync(file("列名.json"), JSON.stringify({ subscribers: names }));
    const { code, stdout } = await run(
      "历史",
      "--map",
      "列名.json",
      "--into",
      "日报.duckdb",
      "--locale",
      "zh",
      "--out",
      "日报.html",
    );
    expect(code).toBe(0);
    expect(stdout).toContain("2025-01-03（星期五）：日初在网 2 户，新入网 1 户，离网 1 户。");
    for (const row of [/^南京 +1 +0 +0 +– +–$/m, /^苏州 +1 +0 +1/m, /^未注明 +0 +1 +0/m, /^省公司 +2 +1 +1/m])
      expect(stdout).toMatch(row);
    const page = readFileSync(file("日报.html"), "utf8");
    expect(page).toContain('<html lang="zh');
    expect(page).toContain("每日入网与离网");
  });

  test.each([
    [
      "a day after the history",
      ["--day", "2030-01-01"],
      2,
      "--day: must be a day that the history covers, 2024-08-01 to 2026-01-31",
    ],
    ["what is no day", ["--day", "3.2.2026"], 2, "--day: must be a day such as 2026-02-03"],
    ["too few weeks", ["--weeks", "2"], 2, "--weeks: must be a whole number from 4 to 53"],
    ["a rate of 0", ["--false-discovery-rate", "0"], 2, "--false-discovery-rate: must be a share above 0"],
    ["a page of another kind", ["--out", "daily.pdf"], 2, "--out: must end in .html or .md"],
    ["a folder in the place of the file", ["--into", "."], 3, "must be a file, it is a directory"],
    ["a file of another kind", ["--into", "text.duckdb"], 3, "text.duckdb: must be a DuckDB file"],
    ["a folder that is not there", ["--into", "none/daily.duckdb"], 3, "must lie in a folder that exists"],
  ])("refuses %s", async (_, options, code, message) => {
    writeFileSync(file("text.duckdb"), "day,joins\n");
    const into = options.includes("--into") ? [] : ["--into", "refused.duckdb"];
    const result = await run(OPERATOR, ...into, ...options);
    expect([result.code, result.stdout]).toEqual([code, ""]);
    expect(result.stderr).toContain(message);
    expect(existsSync(file("refused.duckdb"))).toBe(false);
  });

  test("without --into says that it is missing", async () => {
    const { code, stderr } = await run(OPERATOR);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining("required option '--into <file>' is missing"),
    ]);
  });

  test("a second run at the same time ends with 75", async () => {
    writeFileSync(file(".busy.duckdb.lock"), `${process.pid} ${(await import("node:os")).hostname()}`);
    const { code, stderr } = await run(OPERATOR, "--into", "busy.duckdb");
    expect([code, stderr]).toEqual([75, expect.stringContaining("must be written by one job at a time")]);
  });

  test("Ctrl-C leaves the file as it was", async () => {
    await run(OPERATOR, "--into", "stopped.duckdb", "--day", "2025-11-01");
    const digest = digestOf("stopped.duckdb");
    const { code } = await runCli(
      ["daily", OPERATOR, "--into", "stopped.duckdb"],
      folder.path,
      "daily figures …",
    );
    expect([code, digestOf("stopped.duckdb")]).toEqual([130, digest]);
    expect(readdirSync(folder.path).filter((name) => name.startsWith(".stopped"))).toEqual([]);
  });

  test("killed at any time, the file is the earlier or the new one; the next run ends well and cleans up", async () => {
    const args = ["daily", OPERATOR, "--into", file("killed.duckdb"), "--day"];
    const { milliseconds } = await runJob([...args, "2025-11-01"]);
    for (const share of [0.5, 0.8, 0.9]) {
      await runJob([...args, "2025-11-05"], milliseconds * share);
      expect(["2025-11-01", "2025-11-05"]).toContain((await dailyView(file("killed.duckdb"))).covered.to);
    }
    expect((await runJob([...args, "2025-11-06"])).code).toBe(0);
    expect((await dailyView(file("killed.duckdb"))).covered.to).toBe("2025-11-06");
    expect(readdirSync(folder.path).filter((name) => name.startsWith(".killed"))).toEqual([]);
  });
});
