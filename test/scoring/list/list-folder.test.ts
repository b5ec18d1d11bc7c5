import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { writeTable } from "../../../src/formats/write-table.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import type { ScoreFileOptions } from "../../../src/scoring/score-options.js";
import { modelWithoutId, scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();
const model = await scoringModel();
const IN = join(folder.path, "in");
const OUT = join(folder.path, "out");
const UNDISTURBED = join(folder.path, "undisturbed");
const REJECTS = join(folder.path, "rejects.ndjson");
const SCORES = join(OUT, "_holdfast", "scores");
const PARTS = 3;

/** All files of a folder with their bytes. */
function contentOf(path: string): Record<string, string> {
  const files = (readdirSync(path, { recursive: true }) as string[]).filter((file) =>
    statSync(join(path, file)).isFile(),
  );
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(path, file), "latin1")]));
}

function list(options: ScoreFileOptions = {}, output = OUT) {
  return scoreFile(model, IN, output, { rejects: REJECTS, capacity: "call=30,watch=20%", ...options });
}

function called(output = OUT): number[] {
  return [1, 2, 3].map(
    (p) =>
      readFileSync(join(output, `${p}.csv`), "utf8")
        .split("\n")
        .filter((line) => line.includes(",call,")).length,
  );
}

/** Aborts the job at the first progress of a phase for which `isDue`. */
async function abortedAt(isDue: (phase: string) => boolean, options: ScoreFileOptions = {}): Promise<void> {
  const controller = new AbortController();
  const onProgress = ({ phase }: { phase: string }) => {
    if (isDue(phase)) controller.abort();
  };
  expect((await thrownBy(() => list({ onProgress, signal: controller.signal, ...options }))).code).toBe(
    "aborted",
  );
}

beforeEach(async () => {
  for (const path of [IN, OUT, UNDISTURBED, REJECTS]) rmSync(path, { recursive: true, force: true });
  mkdirSync(IN);
  for (let p = 1; p <= PARTS; p++) {
    await writeTable(subscriberTable(300, p), join(IN, `${p}.csv`));
    appendFileSync(join(IN, `${p}.csv`), "bad,odd,0,0,A,true,No\n");
  }
});

describe("a list over a folder", () => {
  test("leaves the manifest with its limits, rejects, and no scores that were put aside", async () => {
    const summary = await list();
    expect([summary.rows, summary.scored, summary.rejected]).toEqual([903, 900, 3]);
    expect(summary.tiers).toEqual([
      { tier: "call", rows: 30 },
      { tier: "watch", rows: 180 },
      { tier: "rest", rows: 690 },
    ]);
    expect(called().reduce((sum, rows) => sum + rows)).toBe(30);
    expect(Object.keys(contentOf(OUT))).toEqual([
      "1.csv",
      "2.csv",
      "3.csv",
      ...["manifest.json", "rejects-000001.ndjson", "rejects-000002.ndjson", "rejects-000003.ndjson"].map(
        (file) => join("_holdfast", file),
      ),
    ]);
    const manifest = JSON.parse(readFileSync(join(OUT, "_holdfast", "manifest.json"), "utf8"));
    expect(manifest.list.tiers.map(({ tier, rows }: Record<string, unknown>) => [tier, rows])).toEqual([
      ["call", 30],
      ["watch", 180],
      ["rest", 690],
    ]);
    expect(readFileSync(REJECTS, "utf8").trimEnd().split("\n").length).toBe(3);
  });

  test.each([
    ["while its parts are scored", "scoring"],
    ["while its parts are written", "writing the list"],
  ])("that was stopped %s continues, and ends with the bytes of an undisturbed one", async (_, when) => {
    const first = await list({}, UNDISTURBED);
    const rejects = readFileSync(REJECTS, "utf8");
    let seen = 0;
    await abortedAt((phase) => phase === when && ++seen === 2);
    expect(existsSync(SCORES)).toBe(true);
    expect((await thrownBy(() => list())).hint).toMatch(/`resume: true` continues it/);
    const summary = await list({ resume: true });
    expect(contentOf(OUT)).toEqual(contentOf(UNDISTURBED));
    expect(readFileSync(REJECTS, "utf8")).toBe(rejects);
    expect(summary.list).toEqual(first.list);
    expect(summary.tiers).toEqual(first.tiers);
  });

  test("of which nothing was left to do is not written again", async () => {
    const first = await list();
    const before = statSync(join(OUT, "1.csv")).ino;
    const again = await list({ resume: true });
    expect(again.parts.map(({ wasDone }) => wasDone)).toEqual([true, true, true]);
    expect(statSync(join(OUT, "1.csv")).ino).toBe(before);
    expect([again.list, again.tiers]).toEqual([first.list, first.tiers]);
  });

  test("whose capacity is another one is refused; lists are not mixed", async () => {
    await list();
    const before = contentOf(OUT);
    for (const capacity of ["call=31,watch=20%", undefined]) {
      const { path, hint } = await thrownBy(() => list({ capacity, resume: true }));
      expect(path).toEqual({ function: "scoreFile", argument: "options" });
      expect(hint).toMatch(/`overwrite: true`/);
    }
    expect(contentOf(OUT)).toEqual(before);
    await list({ capacity: "call=31", overwrite: true });
    expect(called().reduce((sum, rows) => sum + rows)).toBe(31);
  });

  test("is drawn again, and all of it written again, where an input has changed", async () => {
    await list();
    const before = called();
    // The riskiest of the third part are gone.
    await writeTable(subscriberTable(10, 9), join(IN, "3.csv"));
    const summary = await list({ resume: true });
    expect(summary.parts.map(({ wasDone }) => wasDone)).toEqual([false, false, false]);
    expect(called().reduce((sum, rows) => sum + rows)).toBe(30);
    expect(called()).not.toEqual(before);
    rmSync(OUT, { recursive: true });
    const fresh = await list();
    expect(fresh.tiers).toEqual(summary.tiers);
  });

  test("is drawn again where a part of the input is gone, and its output is removed", async () => {
    await list();
    rmSync(join(IN, "2.csv"));
    const { parts } = await list({ resume: true });
    expect(parts.map(({ wasDone }) => wasDone)).toEqual([false, false]);
    expect(existsSync(join(OUT, "2.csv"))).toBe(false);
  });

  test("writes only the part again that was changed, with the same tiers", async () => {
    await list();
    const good = contentOf(OUT);
    writeFileSync(join(OUT, "2.csv"), "changed");
    const { parts } = await list({ resume: true });
    expect(parts.map(({ wasDone }) => wasDone)).toEqual([true, false, true]);
    expect(contentOf(OUT)).toEqual(good);
  });

  test("does not trust scores put aside that are not as they were recorded", async () => {
    await list({}, UNDISTURBED);
    let seen = 0;
    await abortedAt((phase) => phase === "writing the list" && ++seen === 1);
    const spill = join(SCORES, "1.csv.spill");
    writeFileSync(
      spill,
      readFileSync(spill).map((byte, k) => (k === 100 ? byte ^ 1 : byte)),
    );
    await list({ resume: true });
    expect(contentOf(OUT)).toEqual(contentOf(UNDISTURBED));
  });

  test("of another model is refused even before any part was written", async () => {
    let seen = 0;
    await abortedAt((phase) => phase === "scoring" && ++seen === 2);
    const other = await modelWithoutId();
    const options = { rejects: REJECTS, capacity: "call=30,watch=20%", resume: true };
    expect((await thrownBy(() => scoreFile(other, IN, OUT, options))).path.argument).toBe("model");
    await scoreFile(other, IN, OUT, { ...options, resume: false, overwrite: true });
    expect(existsSync(SCORES)).toBe(false);
  });

  test("stops between two parts when it is asked to", async () => {
    const stopping = new AbortController();
    const onProgress = () => stopping.abort();
    const error = await thrownBy(() => list({ stopSignal: stopping.signal, onProgress }));
    expect(error.hint).toBe("1 of 3 parts done; continue with `resume: true`");
    const parts: string[] = [];
    await list({ resume: true, onPart: ({ output }) => parts.push(output) });
    expect(parts).toEqual(["1.csv", "2.csv", "3.csv"]);
  });
});
