import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import type { ScoreFileOptions } from "../../src/scoring/score-options.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const model = await scoringModel();
const IN = join(folder.path, "in");
const OUT = join(folder.path, "out");
const REJECTS = join(folder.path, "rejects.ndjson");
const PARTS = ["a.csv", join("深", "c.parquet")];

const score = (options: ScoreFileOptions = {}) => scoreFile(model, IN, OUT, { rejects: REJECTS, ...options });

beforeEach(async () => {
  for (const path of [IN, OUT, REJECTS]) rmSync(path, { recursive: true, force: true });
  mkdirSync(join(IN, "深"), { recursive: true });
  const header = "subscriber,tenure,客服 calls,charge,套餐,group";
  writeFileSync(join(IN, "a.csv"), `${header}\n1,3,2,5,随心,true\n2,odd,2,5,随心,true\n`);
  await writeTable(subscriberTable(50, 3), join(IN, "深", "c.parquet"));
});

describe("a job that failed before it finished a part", () => {
  const fails = async () => {
    const error = await thrownBy(() => scoreFile(model, IN, OUT, { intervals: true }));
    expect([error.code, error.path.file]).toEqual(["data.wrong-type", join(IN, "a.csv")]);
    expect(existsSync(join(OUT, "_holdfast", "manifest.json"))).toBe(true);
  };

  test.each<[string, ScoreFileOptions]>([
    ["neither resume nor overwrite", {}],
    ["resume", { resume: true }],
    ["overwrite", { overwrite: true }],
  ])("starts again with %s, also with other options", async (_, options) => {
    await fails();
    const { parts } = await score(options);
    expect(parts.map(({ wasDone }) => wasDone)).toEqual([false, false]);
    for (const part of PARTS) expect(existsSync(join(OUT, part))).toBe(true);
  });

  test("starts again where it left an empty folder, or a part that it did not note", async () => {
    await fails();
    mkdirSync(join(OUT, "深"));
    writeFileSync(join(OUT, "a.csv"), "written, not noted");
    await score();
    expect(readFileSync(join(OUT, "a.csv"), "utf8")).toMatch(/^id,probability/);
  });

  test("refuses a file that appeared since and is not of the job", async () => {
    await fails();
    mkdirSync(join(OUT, "深"));
    writeFileSync(join(OUT, "深", "mine.txt"), "mine");
    expect((await thrownBy(() => score())).expected).toMatch(/must be a new or empty folder/);
  });

  test("is refused as before once a part is done", async () => {
    const stopping = new AbortController();
    await thrownBy(() => score({ onPart: () => stopping.abort(), stopSignal: stopping.signal }));
    expect((await thrownBy(() => score())).expected).toMatch(/it holds the finished parts of an earlier job/);
  });
});
