import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const folder = temporaryFolder();
const FACTS = ["billing", "events", "memberships", "payments", "services", "subscribers", "tariffs", "usage"];
const SMALL = ["--subscribers", "50", "--months", "6"];

describe("holdfast simulate", () => {
  test("writes one Parquet file per table and the truth apart, and prints files and rows", async () => {
    const { code, stdout } = await runCli(["simulate", ...SMALL, "--out", "a"], folder.path);
    expect(code).toBe(0);
    expect(readdirSync(join(folder.path, "a")).sort()).toEqual(
      [...FACTS.map((name) => `${name}.parquet`), "truth"].sort(),
    );
    expect(readdirSync(join(folder.path, "a/truth")).sort()).toEqual(["hazards.parquet", "offers.parquet"]);
    expect(stdout).toMatch(/a\/subscribers\.parquet +50 /);
  });

  test("writes the same bytes for the same seed, others for another, and no truth when told", async () => {
    for (const [out, seed] of [
      ["b", "7"],
      ["c", "7"],
      ["d", "8"],
    ]) {
      const args = ["simulate", ...SMALL, "--seed", seed, "--format", "csv", "--no-truth", "--out", out];
      expect((await runCli(args, folder.path)).code).toBe(0);
    }
    const usage = (out: string) => readFileSync(join(folder.path, out, "usage.csv"), "utf8");
    expect(usage("c")).toBe(usage("b"));
    expect(usage("d")).not.toBe(usage("b"));
    expect(existsSync(join(folder.path, "b/truth"))).toBe(false);
  });

  test("ends with code 2 and a sentence for options out of range", async () => {
    const { code, stderr } = await runCli(["simulate", "--start", "2024-08-15", "--out", "e"], folder.path);
    expect(code).toBe(2);
    expect(stderr).toContain("holdfast simulate: --start: must be the first day of a month");
    expect((await runCli(["simulate"], folder.path)).code).toBe(2);
  });

  test("stops at Ctrl-C with code 130 and leaves no file behind", async () => {
    // The operator must take longer than the signal.
    const args = ["simulate", "--subscribers", "400000", "--months", "24", "--no-truth", "--out", "f"];
    const { code } = await runCli(args, folder.path, "simulating");
    expect(code).toBe(130);
    expect(readdirSync(join(folder.path, "f"))).toEqual([]);
  });
});
