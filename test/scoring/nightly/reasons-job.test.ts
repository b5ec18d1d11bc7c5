import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { readTable } from "../../../src/formats/read-table.js";
import { writeTable } from "../../../src/formats/write-table.js";
import { planJob, runJob } from "../../../src/scoring/nightly/run-job.js";
import { scoreTable } from "../../../src/scoring/scores-table.js";
import { rowsOf } from "../../../src/table/rows.js";
import { jobFile } from "../../support/nightly-job.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const model = await scoringModel();
const table = subscriberTable(200, 3);
const DAY = { date: "2026-02-01" };
const JOB = {
  model: "a.model.json",
  input: "rows.csv",
  capacity: "call=20,watch=10%",
  reasons: 2,
  reasonsFor: ["call"],
  locale: "zh",
  templates: { tenure: "在网{value}个月" },
};

beforeAll(async () => {
  await model.save(at("a.model.json"));
  await writeTable(table, at("rows.csv"));
});

test("a nightly job writes reasons for the tiers that it names, and says so in its plan", async () => {
  const job = jobFile(folder.path, "nightly.json", { ...JOB, output: "{date}.csv" });
  const { steps } = await planJob(job, DAY);
  expect(steps[1]).toBe(
    "score them with a.model.json, into call=20,watch=10%, with up to 2 reasons for rows of call",
  );
  await runJob(job, DAY);
  const columns = { id: "text", reason_1: "text", reason_2: "text" } as const;
  const rows = rowsOf(await readTable(at("2026-02-01.csv"), { columns })) as Record<string, unknown>[];
  const { reasons, locale, templates } = JOB;
  const expected = rowsOf(scoreTable(model, table, { reasons, locale: locale as "zh", templates }));
  for (const [r, { tier, reason_1, reason_2 }] of rows.entries()) {
    const { reason_1: first, reason_2: second } = expected[r] as Record<string, unknown>;
    expect([reason_1, reason_2]).toEqual(tier === "call" ? [first, second] : [null, null]);
  }
  expect(readFileSync(at("2026-02-01.csv"), "utf8")).toMatch(/在网\d+个月/u);
});

test("the figures of the summary are found without a header line, too", async () => {
  const output = { path: "bare/{date}.csv", header: false };
  const job = jobFile(folder.path, "bare.json", { ...JOB, output, summary: "bare/{date}.md" });
  const { tiers } = await runJob(job, DAY);
  expect(tiers.map(({ tier, rows }) => [tier, rows])).toEqual([
    ["call", 20],
    ["watch", 20],
    ["rest", 160],
  ]);
});

test("a job with other reasons writes its folder again", async () => {
  const job = (further: object) =>
    jobFile(folder.path, "parts.json", { ...JOB, output: { path: "parts/", format: "csv" }, ...further });
  await runJob(job({}), DAY);
  const chinese = readFileSync(at("parts", "rows.csv"), "utf8");
  await runJob(job({ locale: "en", templates: {} }), { ...DAY, again: true } as never);
  const english = readFileSync(at("parts", "rows.csv"), "utf8");
  expect(english).not.toBe(chinese);
  expect(english).toContain("tenure is");
});
