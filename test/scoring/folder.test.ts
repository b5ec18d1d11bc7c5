import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import type { ScoreFileOptions } from "../../src/scoring/score-options.js";
import { modelWithoutId, scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const model = await scoringModel();
const other = await modelWithoutId();
const IN = join(folder.path, "in");
const OUT = join(folder.path, "out");
const REJECTS = join(folder.path, "rejects.ndjson");
const PARTS = ["a.csv", "b.csv", join("深", "c.parquet")];
const HEADER = "subscriber,tenure,客服 calls,charge,套餐,group";

/** All files of a folder with their bytes. */
function contentOf(path: string): Record<string, string> {
  const files = (readdirSync(path, { recursive: true }) as string[]).filter((file) =>
    statSync(join(path, file)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((file) => [file, readFileSync(join(path, file)).toString("base64")]),
  );
}

function score(options: ScoreFileOptions = {}, output = OUT) {
  return scoreFile(model, IN, output, { rejects: REJECTS, ...options });
}

/** Scores until one part is done. */
async function scoreOnePart(output = OUT): Promise<void> {
  const stopping = new AbortController();
  const error = await thrownBy(() =>
    score({ onPart: () => stopping.abort(), stopSignal: stopping.signal }, output),
  );
  expect([error.code, error.hint]).toEqual(["aborted", "1 of 3 parts done; continue with `resume: true`"]);
}

beforeEach(async () => {
  for (const path of [IN, OUT, REJECTS]) rmSync(path, { recursive: true, force: true });
  mkdirSync(join(IN, "深"), { recursive: true });
  writeFileSync(join(IN, "a.csv"), `${HEADER}\n1,3,2,5,随心,true\n2,odd,2,5,随心,true\n`);
  writeFileSync(join(IN, "b.csv"), `${HEADER}\n3,3,2,5,随心,true\n4,x,2,5,随心,true\n5,9,2,5,新,false\n`);
  await writeTable(subscriberTable(500, 3), join(IN, "深", "c.parquet"));
  writeFileSync(join(IN, "_SUCCESS"), "");
  writeFileSync(join(IN, ".hidden.csv"), "no header of ours\n1\n");
});

describe("a folder is scored part by part", () => {
  test("into files of the same names, with a manifest of the input of each part", async () => {
    const summary = await score({ write: { format: "ndjson" } });
    expect(Object.keys(contentOf(OUT)).sort()).toEqual([
      join("_holdfast", "manifest.json"),
      join("_holdfast", "rejects-000001.ndjson"),
      join("_holdfast", "rejects-000002.ndjson"),
      "a.ndjson",
      "b.ndjson",
      join("深", "c.ndjson"),
    ]);
    expect([summary.rows, summary.scored, summary.rejected]).toEqual([505, 503, 2]);
    expect(summary.parts.map(({ rows, scored, rejected }) => [rows, scored, rejected])).toEqual([
      [2, 1, 1],
      [3, 2, 1],
      [500, 500, 0],
    ]);
    expect(summary.unseenCategories).toEqual([{ column: "套餐", rows: 1, examples: ["新"] }]);
    const manifest = JSON.parse(readFileSync(join(OUT, "_holdfast", "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({ format: "holdfast-scores", complete: true });
    expect(
      manifest.parts.map(({ rows, scored, rejected }: Record<string, number>) => [rows, scored, rejected]),
    ).toEqual(summary.parts.map(({ rows, scored, rejected }) => [rows, scored, rejected]));
    const rejects = readFileSync(REJECTS, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rejects.map(({ source, row }) => [source, row])).toEqual([
      [join(IN, "a.csv"), 2],
      [join(IN, "b.csv"), 2],
    ]);
  });

  test("in the format of each part by default", async () => {
    await score();
    expect(PARTS.filter((part) => existsSync(join(OUT, part)))).toEqual(PARTS);
  });

  test("from the files of a pattern, and into one file where the output is one", async () => {
    await scoreFile(model, join(IN, "*.csv"), OUT, { rejects: REJECTS });
    expect(Object.keys(contentOf(OUT)).filter((file) => !file.startsWith("_"))).toEqual(["a.csv", "b.csv"]);
    const one = join(folder.path, "one.csv");
    await scoreFile(model, join(IN, "**", "*.csv"), one, { rejects: REJECTS });
    const ids = readFileSync(one, "utf8")
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect(ids).toEqual(["1", "3", "5"]);
  });
});

describe("a resumed job", () => {
  test("does no finished part again, and ends with the bytes of an undisturbed one", async () => {
    const undisturbed = join(folder.path, "undisturbed");
    rmSync(undisturbed, { recursive: true, force: true });
    await score({}, undisturbed);
    const rejects = readFileSync(REJECTS, "utf8");
    rmSync(REJECTS);
    await scoreOnePart();
    // A job that was killed before it had the lock.
    writeFileSync(join(OUT, "_holdfast", "lock-of-a-killed-job"), "");
    expect(existsSync(REJECTS)).toBe(false);
    const before = statSync(join(OUT, "a.csv"));
    const summary = await score({ resume: true });
    expect(summary.parts.map(({ wasDone }) => wasDone)).toEqual([true, false, false]);
    expect(statSync(join(OUT, "a.csv")).ino).toBe(before.ino);
    expect(contentOf(OUT)).toEqual(contentOf(undisturbed));
    expect(readFileSync(REJECTS, "utf8")).toBe(rejects);
    const { parts: _, ...again } = await score({ resume: true });
    const { parts: __, ...first } = summary;
    expect(again).toEqual(first);
  });

  const later = new Date(Date.now() + 60_000);
  test.each([
    ["a part that is gone", () => rmSync(join(OUT, "a.csv"))],
    [
      "a part that was changed",
      () => writeFileSync(join(OUT, "a.csv"), readFileSync(join(OUT, "a.csv"), "utf8").replace("0.", "1.")),
    ],
    [
      "a part that was cut short",
      () => writeFileSync(join(OUT, "a.csv"), readFileSync(join(OUT, "a.csv"), "utf8").slice(0, -5)),
    ],
    ["rejects that were changed", () => writeFileSync(join(OUT, "_holdfast", "rejects-000001.ndjson"), "")],
    ["an input that was written again", () => utimesSync(join(IN, "a.csv"), later, later)],
    [
      "an input that is another file now",
      () => writeFileSync(join(IN, "a.csv"), `${HEADER}\n1,3,2,5,随心,true\n`),
    ],
  ])("does not trust a part that changed: %s", async (_, disturb) => {
    await score();
    const good = contentOf(OUT);
    disturb();
    const summary = await score({ resume: true });
    expect(summary.parts.map(({ wasDone }) => wasDone)).toEqual([false, true, true]);
    // With an unchanged input everything is the same again, except the input time in the manifest.
    const found = contentOf(OUT);
    for (const part of ["b.csv", join("深", "c.parquet")]) expect(found[part]).toBe(good[part]);
    expect(summary.parts[0].rows).toBe(
      readFileSync(join(IN, "a.csv"), "utf8").trimEnd().split("\n").length - 1,
    );
  });

  test("removes what killed writers left, and parts whose input is gone", async () => {
    await score();
    const left = join(OUT, "深", ".c.parquet.01234567-89ab-cdef-0123-456789abcdef.tmp");
    writeFileSync(left, "half");
    mkdirSync(`${left}-parts`);
    writeFileSync(join(OUT, ".mine.tmp"), "no temporary file of ours");
    rmSync(join(IN, "b.csv"));
    await score({ resume: true });
    expect(existsSync(join(OUT, "_holdfast", "rejects-000002.ndjson"))).toBe(false);
    expect([left, `${left}-parts`, join(OUT, "b.csv")].map((path) => existsSync(path))).toEqual([
      false,
      false,
      false,
    ]);
    expect(existsSync(join(OUT, ".mine.tmp"))).toBe(true);
  });

  test("ignores an incomplete record of a killed job", async () => {
    await scoreOnePart();
    const journal = join(OUT, "_holdfast", "parts.ndjson");
    writeFileSync(journal, '{"input":{"file":', { flag: "a" });
    const { parts } = await score({ resume: true });
    expect(parts.map(({ wasDone }) => wasDone)).toEqual([true, false, false]);
    expect(existsSync(journal)).toBe(false);
  });

  test("into one file scores all rows, and removes what a killed job left", async () => {
    const out = join(folder.path, "one.csv");
    const left = join(folder.path, ".one.csv.01234567-89ab-cdef-0123-456789abcdef.tmp");
    writeFileSync(left, "half");
    await scoreFile(model, join(IN, "b.csv"), out, { resume: true, rejects: REJECTS });
    expect(existsSync(left)).toBe(false);
    expect(readFileSync(out, "utf8").trimEnd().split("\n").length).toBe(3);
  });

  test.each([
    ["another model", () => scoreFile(other, IN, OUT, { rejects: REJECTS, resume: true }), "model"],
    ["other options", () => score({ intervals: true, resume: true }), "options"],
  ])("is refused with %s", async (_, work, argument) => {
    await scoreOnePart();
    expect((await thrownBy(work)).path).toEqual({ function: "scoreFile", argument });
  });
});

describe("a folder that holds something", () => {
  test("is not overwritten without overwrite; with it the files of the previous job are removed", async () => {
    await score();
    expect((await thrownBy(() => score())).hint).toBe("`overwrite: true` starts again");
    rmSync(join(IN, "b.csv"));
    await score({ overwrite: true });
    expect(Object.keys(contentOf(OUT)).filter((file) => !file.startsWith("_"))).toEqual([
      "a.csv",
      join("深", "c.parquet"),
    ]);
  });

  test("is refused where its files are not scores, even with overwrite", async () => {
    mkdirSync(OUT);
    writeFileSync(join(OUT, "mine.txt"), "mine");
    for (const options of [{}, { overwrite: true }, { resume: true }]) {
      expect((await thrownBy(() => score(options))).expected).toMatch(/must be a new or empty folder/);
    }
    expect(readFileSync(join(OUT, "mine.txt"), "utf8")).toBe("mine");
  });

  test("is refused with an invalid manifest; a manifest with outside paths removes nothing there", async () => {
    await score();
    const path = join(OUT, "_holdfast", "manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    const victim = folder.file("victim.txt", "stays");
    manifest.parts[0].output.file = join("..", "victim.txt");
    writeFileSync(path, JSON.stringify(manifest));
    rmSync(join(OUT, "a.csv"));
    await score({ overwrite: true });
    expect(existsSync(victim)).toBe(true);
    writeFileSync(path, "{}");
    expect((await thrownBy(() => score({ resume: true }))).code).toBe("data.malformed");
  });

  test("is used by one job at a time; the lock of a killed job is ignored", async () => {
    await scoreOnePart();
    const lock = join(OUT, "_holdfast", "lock");
    writeFileSync(lock, `1 elsewhere`);
    expect((await thrownBy(() => score({ resume: true }))).expected).toBe(
      "must be written by one job at a time",
    );
    // No process has this number.
    writeFileSync(lock, `4194305 ${hostname()}`);
    await score({ resume: true });
    expect(existsSync(lock)).toBe(false);
  });
});

test.each([
  [
    "a folder that is a file",
    () => scoreFile(model, IN, join(folder.file("file", ""), "out")),
    "data.unwritable",
  ],
  ["a folder without files", () => scoreFile(model, join(folder.path, "empty"), OUT), "data.unreadable"],
  [
    "two files that would become one part",
    () => scoreFile(model, join(folder.path, "twice"), OUT),
    "argument.invalid",
  ],
  ["a part of the input that is gone before its turn", () => vanishing(), "data.unreadable"],
  ["a file whose rows change while they are read", () => changing(), "data.unreadable"],
])("%s is refused", async (_, work, code) => {
  mkdirSync(join(folder.path, "empty"), { recursive: true });
  mkdirSync(join(folder.path, "twice"), { recursive: true });
  for (const name of ["a.csv", "a.txt"]) writeFileSync(join(folder.path, "twice", name), "x\n1\n");
  expect((await thrownBy(work)).code).toBe(code);
});

async function changing(): Promise<unknown> {
  const path = join(IN, "b.csv");
  const onProgress = () => utimesSync(path, new Date(0), new Date(0));
  return scoreFile(model, path, join(folder.path, "never.csv"), { rejects: REJECTS, onProgress });
}

/** The parts that were done before stay, and the others do not exist. */
async function vanishing(): Promise<unknown> {
  const onPart = () => rmSync(join(IN, "b.csv"), { force: true });
  try {
    return await score({ onPart });
  } finally {
    expect(Object.keys(contentOf(OUT)).filter((file) => !file.startsWith("_"))).toEqual(["a.csv"]);
  }
}
