import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { snapshots, tenure } from "../../src/history/index.js";
import { disconnected, monthly, openHistory, readTable } from "../../src/index.js";
import { type Backtest, backtest } from "../../src/training/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const OPERATOR = fileURLToPath(new URL("../../datasets/simulated", import.meta.url));
const folder = temporaryFolder();
const run = (...args: string[]) => runCli(["backtest", ...args], folder.path);
const QUICK = ["--classifier", "logistic", "--repeats", "1", "--folds", "2"];
const WINDOWS = ["--gap", "0", "--horizon", "1"];

describe("holdfast backtest of snapshots", () => {
  beforeAll(async () => {
    const history = await openHistory(OPERATOR);
    const at = monthly("2025-02", "2025-07");
    const options = { at, gap: 0, horizon: 1, churn: disconnected(), features: [tenure()] };
    await writeTable(await snapshots(history, options), join(folder.path, "snapshots.csv"));
    history.close();
  });

  test("--json is the backtest of the library with the same options", async () => {
    const args = ["snapshots.csv", ...WINDOWS, ...QUICK, "--from", "2025-05", "--retrain-every", "2"];
    const { code, stdout } = await run(...args, "--window", "2", "--tiers", "call=8%,rest", "--json");
    expect(code).toBe(0);
    const columns = { subscriber_id: "text", cutoff: "date" } as const;
    const table = await readTable(join(folder.path, "snapshots.csv"), { columns });
    const options = { gap: 0, horizon: 1, classifier: "logistic", repeats: 1, folds: 2 } as const;
    const period = { from: "2025-05", retrainEvery: 2, window: 2 };
    const expected = await backtest(table, { ...options, ...period, tiers: "call=8%,rest" });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  test("prints tables and the sentence, says on standard error what it works on, and writes Markdown", async () => {
    const { code, stdout, stderr } = await run(
      "snapshots.csv",
      ...WINDOWS,
      ...QUICK,
      "--from",
      "2025-07",
      "--out",
      "a.md",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Backtest 2025-07 to 2025-07, trained every month on all that was known; churned: churn = 1\n\nBy month\n/u,
    );
    expect(stdout).toMatch(/\n1 month scored by models [^\n]*\.\n\nWrote a\.md\n$/u);
    expect(stderr.split("\n")).toContain("training 1 of 1, 2025-07-01: logistic …");
    expect(readFileSync(join(folder.path, "a.md"), "utf8")).toMatch(
      /^# Backtest of snapshots\.csv\n\n2025-07 to/u,
    );
  });

  test("says in its own words what is wrong", async () => {
    const without = await run("snapshots.csv");
    expect([without.code, without.stderr]).toEqual([
      2,
      expect.stringMatching(/--gap: must be given, as the snapshots/u),
    ]);
    const backwards = await run("snapshots.csv", ...WINDOWS, "--from", "2025-06", "--to", "2025-03");
    expect([backwards.code, backwards.stderr]).toEqual([
      2,
      'holdfast backtest: --to: must not lie before 2025-06, received "2025-03"\n',
    ]);
    const churn = await run("snapshots.csv", ...WINDOWS, "--churn", "inactive:60");
    expect(churn.stderr).toContain("--churn: must be left out where snapshots are given");
    const map = await run("snapshots.csv", ...WINDOWS, "--map", "a.json");
    expect([map.code, map.stderr]).toEqual([
      2,
      expect.stringMatching(/--map: must be left out where snapshots/u),
    ]);
    const out = await run("snapshots.csv", ...WINDOWS, "--out", "a.html");
    expect([out.code, out.stderr]).toEqual([2, expect.stringMatching(/--out: must end in \.md or \.json/u)]);
    const none = await run("none.csv", ...WINDOWS);
    expect([none.code, none.stderr]).toEqual([3, expect.stringMatching(/none\.csv: must exist/u)]);
  });
});

test("holdfast backtest of a folder makes the snapshots, of every month that has the observation window behind it", async () => {
  const args = [
    "--churn",
    "disconnected:voluntary,ported_out",
    "--horizon",
    "1",
    "--from",
    "2025-12",
    "--window",
    "2",
  ];
  const { code, stdout } = await run(OPERATOR, ...args, ...QUICK, "--out", "b.json");
  expect(code).toBe(0);
  expect(stdout).toContain("left out 2026-01: the history ends at 2026-02-01");
  const { trainings, months } = JSON.parse(readFileSync(join(folder.path, "b.json"), "utf8")) as Backtest;
  // A gap of one month by default.
  expect(trainings.map(({ firstCutoff, lastCutoff }) => [firstCutoff, lastCutoff])).toEqual([
    ["2025-09-01", "2025-10-01"],
  ]);
  expect(months.map(({ month }) => month)).toEqual(["2025-12"]);
});
