import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { runCli } from "../run-cli.js";

const folder = temporaryFolder();
const AT = ["--at", "2025-03", "--churn", "none", "--out", "out.csv"];

/** Runs `holdfast snapshots` over a folder of these files. */
async function snapshotsOf(name: string, files: Readonly<Record<string, string>>, ...args: string[]) {
  mkdirSync(join(folder.path, name));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder.path, name, file), text);
  const result = await runCli(["snapshots", name, ...AT, ...args], folder.path);
  if (result.code !== 0) return { ...result, rows: [] };
  const [header, ...lines] = readFileSync(join(folder.path, "out.csv"), "utf8").trimEnd().split("\n");
  const names = header.split(",");
  const rows = lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, i): [string, string] => [names[i], cell])),
  );
  return { ...result, rows };
}

const SUBSCRIBERS = "subscriber_id,activated_on\nx,2023-01-05\n";

describe("options of a folder of history", () => {
  test("say how cells are written, for all files, for columns by their own names, and in a map", async () => {
    const files = {
      "subscribers.csv": "subscriber_id;activated_on;fee\nx;05.01.2023;1.234,5\n",
      "usage.csv": "subscriber_id,账期,minutes\nx,02/2025,600\n",
      "map.json": "",
    };
    writeFileSync(
      join(folder.path, "map.json"),
      '{ "usage": { "month": { "name": "账期", "dateFormat": "MM/yyyy" } } }',
    );
    const options = ["--date-format", "dd.MM.yyyy", "--decimal", "fee=,", "--thousands", "fee=."];
    const { code, stderr, rows } = await snapshotsOf("formats", files, ...options, "--map", "map.json");
    expect(code, stderr).toBe(0);
    expect(rows).toMatchObject([{ fee: "1234.5", minutes_last: "600.0" }]);
  });

  test("name the operator's zone", async () => {
    const files = {
      "subscribers.csv": SUBSCRIBERS,
      "payments.csv": "subscriber_id,paid_on,amount\nx,2025-02-28T18:00:00Z,10\n",
    };
    expect((await snapshotsOf("utc", files)).rows).toMatchObject([{ payment_count: "1.0" }]);
    const shanghai = await snapshotsOf("shanghai", files, "--time-zone", "Asia/Shanghai");
    expect(shanghai.rows).toMatchObject([{ payment_count: "0.0" }]);
  });

  test("say what months without a row mean, and what today is", async () => {
    const files = {
      "subscribers.csv": `${SUBSCRIBERS}y,2023-01-05\n`,
      "usage.csv": "subscriber_id,month,minutes\nx,2025-02,600\ny,2025-01,5\n",
    };
    const zero = await snapshotsOf("zero", files);
    expect(zero.rows.map(({ minutes_mean }) => minutes_mean)).toEqual(["300.0", "2.5"]);
    const unknown = await snapshotsOf("unknown", files, "--absent-months", "unknown");
    expect(unknown.rows.map(({ minutes_mean }) => minutes_mean)).toEqual(["600.0", "5.0"]);
    const early = await snapshotsOf("early", files, "--today", "2025-01-15");
    expect([early.code, early.stderr.includes('"subscriber x: 2025-02 (line 2)"')]).toEqual([3, true]);
    expect(early.stderr).toContain("--today 2030-01-01");
  });

  test("show what was noted, and leave columns out", async () => {
    const files = {
      "subscribers.csv": "subscriber_id,activated_on,ended_on,备注\nx,2023-01-05,9999-12-31,a\n",
      "usage.csv": "subscriber_id,month,minutes,note\nx,2025-01,90,1\nx,2025-02,-,2a\nx,2024-12,1,3\n",
    };
    const refused = await snapshotsOf("refused", files);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain("--exclude note leaves the column out");
    expect(refused.stderr).toContain('"subscriber x: 2a (line 3)"');
    const { code, stdout, rows } = await snapshotsOf(
      "noted",
      files,
      "--exclude",
      "note",
      "--exclude",
      "备注",
    );
    expect(code).toBe(0);
    expect(stdout).toContain("subscribers.ended_on: 1 date stands for none, such as 9999-12-31");
    expect(stdout).toContain('usage.minutes: 1 cell taken as missing: "-" 1 (first "-", line 3)');
    expect(Object.keys(rows[0])).not.toContain("备注");
  });

  test("of a name that is taken say how a map gives it another", async () => {
    const files = { "subscribers.csv": "subscriber_id,activated_on,churn\nx,2023-01-05,1\n" };
    const { code, stderr } = await snapshotsOf("taken", files);
    expect(code).toBe(2);
    expect(stderr).toContain('--map columns.json, with {"subscribers":{"own_churn":"churn"}} in it');
  });
});
