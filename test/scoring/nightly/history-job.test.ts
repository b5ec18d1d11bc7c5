import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runJob } from "../../../src/scoring/nightly/run-job.js";
import { jobFile, jsonOf, OPERATOR, saveHistoryModel } from "../../support/nightly-job.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
/** The record of a day of the job `nightly`. */
const recordOf = (place: string, date: string) =>
  at(place, "lists", "_holdfast", "runs", "nightly", `${date}.json`);

beforeAll(() => saveHistoryModel(at("history.model.json")));

describe("a job over a history", () => {
  const job = () =>
    jobFile(at("history"), "nightly.json", {
      model: "../history.model.json",
      history: OPERATOR,
      snapshots: { at: "start of month" },
      capacity: "call=300,watch=20%",
      output: "lists/{date}.csv",
      rejects: "lists/{date}.rejects.ndjson",
      summary: { path: "lists/{date}.md", top: 3 },
    });

  test("makes snapshots of the day, scores them, and fills the tiers exactly; summary and record say so", async () => {
    const summary = await runJob(job(), { date: "2026-01-20" });
    expect(summary).toMatchObject({
      outcome: "done",
      job: "nightly",
      date: "2026-01-20",
      attempts: 1,
      error: null,
      before: null,
    });
    expect(summary.rows).toEqual({ read: 1379, scored: 1379, rejected: 0 });
    expect(summary.tiers.map(({ tier, rows }) => [tier, rows])).toEqual([
      ["call", 300],
      ["watch", 275],
      ["rest", 804],
    ]);
    const lines = readFileSync(at("history/lists/2026-01-20.csv"), "utf8").trimEnd().split("\n").slice(1);
    expect(lines.length).toBe(1379);
    const cells = lines.map((line) => line.split(","));
    const called = cells
      .filter(([, , tier]) => tier === "call")
      .map(([, probability]) => Number(probability));
    expect(summary.tiers[0].expectedChurners).toBeCloseTo(
      called.reduce((sum, each) => sum + each, 0),
      9,
    );
    expect(summary.tiers[0].from).toBe(Math.min(...called));
    const best = cells.toSorted((a, b) => Number(b[1]) - Number(a[1])).slice(0, 3);
    expect(summary.top.map(({ id }) => id)).toEqual(best.map(([id]) => id));
    const markdown = readFileSync(at("history/lists/2026-01-20.md"), "utf8");
    expect(markdown).toContain("# nightly, 2026-01-20\n\ndone: 1,379 rows scored\n");
    expect(markdown).toMatch(/^\| call {2}\| +300 \|/m);
    expect(markdown).toContain(best[0][0]);
    const record = jsonOf(recordOf("history", "2026-01-20"));
    expect(record).toMatchObject({ format: "holdfast-run", status: "done", summary: { outcome: "done" } });
    // What was put aside is gone.
    expect(readdirSync(at("history/lists/_holdfast/runs/nightly")).sort()).toEqual([
      "2026-01-20.json",
      "_holdfast",
    ]);
  });

  test("is compared with the last day that was done: rows, tiers, and who is new on the list", async () => {
    const { before, tiers } = await runJob(job(), { date: "2026-02-03" });
    const idsOf = (day: string) =>
      new Set(
        readFileSync(at(`history/lists/${day}.csv`), "utf8")
          .split("\n")
          .filter((line) => line.endsWith(",call"))
          .map((line) => line.split(",")[0]),
      );
    const [then, now] = [idsOf("2026-01-20"), idsOf("2026-02-03")];
    const isNew = [...now].filter((id) => !then.has(id)).length;
    expect(isNew).toBeGreaterThan(0);
    expect(before).toMatchObject({
      date: "2026-01-20",
      scored: 1379,
      first: { tier: "call", new: isNew, left: isNew },
    });
    expect(tiers.map(({ rowsBefore }) => rowsBefore)).toEqual([300, 275, 804]);
  });
});
