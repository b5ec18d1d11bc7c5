import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const folder = temporaryFolder();
const FACTS = [
  "billing",
  "contacts",
  "events",
  "managers",
  "memberships",
  "payments",
  "prices",
  "services",
  "subscribers",
  "tariffs",
  "usage",
];
const TRUTH = [
  "cause_means",
  "causes",
  "dealers",
  "departures",
  "offer_terms",
  "offers",
  "properties",
  "relations",
  "shocks",
  "triggers",
];
const SMALL = ["--subscribers", "50", "--months", "6"];

describe("holdfast simulate", () => {
  test("writes one Parquet file per table and the truth apart, and prints files and rows", async () => {
    const { code, stdout } = await runCli(["simulate", ...SMALL, "--out", "a"], folder.path);
    expect(code).toBe(0);
    expect(readdirSync(join(folder.path, "a")).sort()).toEqual(
      [...FACTS.map((name) => `${name}.parquet`), "truth"].sort(),
    );
    expect(readdirSync(join(folder.path, "a/truth")).sort()).toEqual(TRUTH.map((name) => `${name}.parquet`));
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

  test("passes all options on: days of use, dealers, the campaign and shocks", async () => {
    const options = ["--daily", "--dealers", "4", "--bulk-dealers", "1", "--price-war", "2024-10-01"];
    const campaign = [
      "--campaign-share",
      "50%",
      "--hold-out",
      "0",
      "--offers",
      "discount,care_call",
      "--no-effect",
    ];
    const months = [
      "--campaign-from",
      "2024-09-01",
      "--campaign-to",
      "2024-12-01",
      "--missing-month",
      "2024-11-01",
    ];
    const args = [
      "simulate",
      ...SMALL,
      ...options,
      ...campaign,
      ...months,
      "--format",
      "csv",
      "--out",
      "all",
    ];
    expect((await runCli(args, folder.path)).code).toBe(0);
    const lines = (name: string) =>
      readFileSync(join(folder.path, "all", name), "utf8")
        .trim()
        .split("\n");
    expect(lines("activity.csv").length).toBeGreaterThan(1000);
    expect(lines("truth/dealers.csv")).toHaveLength(1 + 4);
    expect(lines("truth/shocks.csv")).toHaveLength(1 + 2);
    expect(lines("usage.csv").filter((line) => line.includes(",2024-11-01,"))).toEqual([]);
    const contacts = lines("contacts.csv").slice(1);
    expect(contacts.length).toBeGreaterThan(5);
    for (const line of contacts) {
      expect(line).toMatch(/discount|care_call/);
      expect(line).not.toContain("held_out");
      expect(line).toMatch(/retention 2024-(09|10|11)/);
    }
    for (const line of lines("truth/offers.csv").slice(1)) expect(line).toMatch(/(,-?0){4}$/);
  });

  test("has a help that names every option", async () => {
    const { code, stdout } = await runCli(["simulate", "--help"], folder.path);
    expect(code).toBe(0);
    const names = [
      "subscribers",
      "months",
      "seed",
      "start",
      "dealers",
      "bulk-dealers",
      "daily",
      "campaign-share",
    ];
    const others = [
      "hold-out",
      "no-effect",
      "campaign-from",
      "campaign-to",
      "offers",
      "tariff-change",
      "price-war",
    ];
    const rest = ["new-competitor", "unit-fault", "missing-month", "late-table", "format", "no-truth", "out"];
    for (const name of [...names, ...others, ...rest])
      expect(stdout).toMatch(new RegExp(`^ +--${name}\\b`, "mu"));
  });

  test.each([
    ["no subscribers", ["--subscribers", "0"], "--subscribers: must be a whole number from 1"],
    [
      "more dealers than subscribers",
      ["--subscribers", "10", "--dealers", "11"],
      "--dealers: must be a whole number from 1 to 10",
    ],
    [
      "more bulk dealers than dealers",
      ["--bulk-dealers", "61"],
      "--bulk-dealers: must be a whole number from 0 to 60",
    ],
    [
      "a shock outside the months",
      ["--price-war", "2030-01-01"],
      "--price-war: must be the first day of a recorded month",
    ],
    [
      "a shock in the middle of a month",
      ["--unit-fault", "2025-01-15"],
      "--unit-fault: must be the first day of a recorded month",
    ],
    [
      "a campaign that ends before it begins",
      ["--campaign-from", "2025-05-01", "--campaign-to", "2025-02-01"],
      "--campaign-to: must be after",
    ],
    [
      "a campaign without subscribers, without effect",
      ["--campaign-share", "0", "--no-effect"],
      "--no-effect: must not be given",
    ],
    [
      "offers that reach no subscriber",
      ["--offers", "discount", "--hold-out", "1"],
      "--offers: must not be given",
    ],
    ["a share of 3", ["--campaign-share", "3"], "--campaign-share: must be a share from 0 to 1"],
    [
      "an unknown offer",
      ["--offers", "discout"],
      "one or more of discount, data_pack, care_call, new_contract",
    ],
    ["a misspelt option", ["--price-wor", "2025-01-01"], "Did you mean --price-war?"],
  ])("ends with code 2 and a sentence for %s", async (_, args, says) => {
    const { code, stderr } = await runCli(["simulate", ...args, "--out", "wrong"], folder.path);
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(existsSync(join(folder.path, "wrong"))).toBe(false);
  });

  test("names the options of the command line in its messages", async () => {
    const { stderr } = await runCli(
      ["simulate", "--campaign-share", "0", "--no-effect", "--out", "wrong"],
      folder.path,
    );
    expect(stderr).not.toContain("campaign.share");
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
