import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { writeTable } from "../../../src/formats/write-table.js";
import { runJob } from "../../../src/scoring/nightly/run-job.js";
import { digestsOf } from "../../support/killed-jobs.js";
import { jobFile, jsonOf, OPERATOR, saveHistoryModel } from "../../support/nightly-job.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const MINUTES = 3 * 60_000;
const SCORING = fileURLToPath(new URL("../../../dist/scoring/index.js", import.meta.url));
const DAY = "2026-02-01";
const folder = temporaryFolder();
const at = (...names: string[]) => join(folder.path, ...names);

beforeAll(async () => {
  await saveHistoryModel(at("history.model.json"));
  await (await scoringModel()).save(at("rows.model.json"));
  for (const name of ["a", "b", "c"]) {
    mkdirSync(at("in"), { recursive: true });
    await writeTable(subscriberTable(2000, name.charCodeAt(0)), at("in", `${name}.csv`));
  }
}, MINUTES);

/** Runs a job in another process, which kills itself at its n-th report of a phase, without a chance to clean up. */
async function killedAt(job: string, phase: string, report: number): Promise<string | null> {
  const code = `
    import { runJob } from ${JSON.stringify(SCORING)};
    let reports = 0;
    const onProgress = ({ phase }) => {
      if (phase.startsWith(${JSON.stringify(phase)}) && ++reports === ${report}) process.kill(process.pid, "SIGKILL");
    };
    await runJob(${JSON.stringify(job)}, { date: "${DAY}", onProgress });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "ignore" });
  return new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
}

/** The scores and rejects that a job wrote, by digest. */
function written(place: string): Record<string, string> {
  const isSummary = (name: string) => name.endsWith(".md") || name.includes(join("_holdfast", "runs"));
  return Object.fromEntries(
    Object.entries(digestsOf(at(place, "lists"))).filter(([name]) => !isSummary(name)),
  );
}

function historyJob(place: string): string {
  return jobFile(at(place), "nightly.json", {
    model: "../history.model.json",
    history: OPERATOR,
    capacity: "call=300,watch=20%",
    output: "lists/{date}.csv",
    rejects: "lists/{date}.ndjson",
    summary: "lists/{date}.md",
  });
}

describe("a run over a history that is killed is continued to the bytes of an undisturbed one", () => {
  const expected = async () => {
    await runJob(historyJob("undisturbed"), { date: DAY });
    return written("undisturbed");
  };

  test.each([
    ["reading", 3, false],
    ["snapshots", 1, false],
    ["scoring", 1, true],
    ["writing the list", 1, true],
    ["scoring", 2, true],
  ] as const)(
    "in the phase %s, report %i",
    async (phase, report, hasSnapshots) => {
      const place = `killed ${phase} ${report}`;
      const job = historyJob(place);
      expect(await killedAt(job, phase, report)).toBe("SIGKILL");
      const record = at(place, "lists/_holdfast/runs/nightly", `${DAY}.json`);
      expect(jsonOf(record).status).toBe("running");
      const summary = await runJob(job, { date: DAY });
      expect([summary.outcome, summary.attempts]).toEqual(["done", 2]);
      const isContinued = summary.notes.includes(
        "went on from the snapshots that an earlier run of this day had made",
      );
      expect(isContinued).toBe(hasSnapshots);
      expect(written(place)).toEqual(await expected());
      // No file of the killed run is left.
      const hidden = readdirSync(at(place, "lists"), { recursive: true }).filter((name) =>
        String(name).includes(".tmp"),
      );
      expect(hidden).toEqual([]);
      expect(readdirSync(at(place, "lists/_holdfast/runs/nightly")).sort()).toEqual([
        `${DAY}.json`,
        "_holdfast",
      ]);
    },
    MINUTES,
  );

  test("after the scores were written: they are not written again", async () => {
    const job = historyJob("scored");
    await runJob(job, { date: DAY });
    const record = at("scored/lists/_holdfast/runs/nightly", `${DAY}.json`);
    writeFileSync(record, JSON.stringify({ ...jsonOf(record), status: "running", summary: null }));
    rmSync(at("scored/lists", `${DAY}.md`));
    // The snapshots are made again, as what was put aside is gone; they are the same.
    const { notes, tiers } = await runJob(job, { date: DAY });
    expect(notes).toContain("an earlier run of this day had written the scores");
    expect(tiers[0]).toMatchObject({ tier: "call", rows: 300 });
    expect(written("scored")).toEqual(await expected());
  });

  test("with another history meanwhile: from the beginning", async () => {
    const job = historyJob("changed");
    await killedAt(job, "scoring", 1);
    const edited = at("changed", "history");
    mkdirSync(edited);
    for (const name of readdirSync(OPERATOR))
      writeFileSync(join(edited, name), readFileSync(join(OPERATOR, name)));
    const text = readFileSync(job, "utf8").replace(JSON.stringify(OPERATOR), '"history"');
    writeFileSync(job, text);
    expect((await runJob(job, { date: DAY })).notes.join()).not.toContain("went on");
  });
});

test(
  "a run into a folder that is killed goes on after its last part",
  async () => {
    const job = (place: string) =>
      jobFile(at(place), "nightly.json", {
        model: "../rows.model.json",
        input: "../in",
        output: "lists/{date}",
      });
    await runJob(job("whole"), { date: DAY });
    const path = job("half");
    expect(await killedAt(path, "scoring", 3)).toBe("SIGKILL");
    expect((await runJob(path, { date: DAY })).rows?.scored).toBe(6000);
    const parts = (place: string) =>
      Object.fromEntries(Object.entries(written(place)).filter(([name]) => name.endsWith(".csv")));
    expect(parts("half")).toEqual(parts("whole"));
    expect(Object.keys(parts("half"))).toHaveLength(3);
  },
  MINUTES,
);

test(
  "what a killed run left is removed on the next day, whose record does not say that it is running",
  async () => {
    const job = historyJob("abandoned");
    await killedAt(job, "writing the list", 1);
    await runJob(job, { date: "2026-02-02" });
    const names = readdirSync(at("abandoned/lists"), { recursive: true }).map(String);
    expect(names.filter((name) => name.includes(".tmp") || name.endsWith(".parquet"))).toEqual([]);
    expect(jsonOf(at("abandoned/lists/_holdfast/runs/nightly", `${DAY}.json`)).status).toBe("stopped");
  },
  MINUTES,
);
