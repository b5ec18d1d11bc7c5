import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();

beforeEach(async () => {
  rmSync(at("in"), { recursive: true, force: true });
  mkdirSync(at("in/more"), { recursive: true });
  await writeTable(subscriberTable(20), at("in/a.csv"));
  await writeTable(subscriberTable(30, 2), at("in/more/b.csv"));
  // A row that is rejected.
  const lines = readFileSync(at("in/a.csv"), "utf8").trimEnd().split("\n");
  const odd = lines[1].split(",").map((cell, c) => (c === 1 ? "odd" : cell));
  appendFileSync(at("in/a.csv"), `${odd.join(",")}\n`);
});

/** What a job reads: twice, the second time with what the first one wrote among its inputs. */
async function inputsOf(input: string, output: string, options: ScoreFileOptions = {}) {
  const runs = [];
  for (const overwrite of [false, true]) {
    const { parts, rows, notes } = await scoreFile(model, at(input), at(output), {
      rejects: at("rejects.ndjson"),
      ...options,
      overwrite,
    });
    runs.push({ inputs: parts.map((part) => part.input?.slice(folder.path.length + 4)), rows, notes });
  }
  return runs;
}

describe("a second run scores the same inputs as the first, and says what it does not read:", () => {
  test.each<[name: string, input: string, output: string, options: ScoreFileOptions, written: string[]]>([
    ["a folder of scores within the input", "in", "in/scores/", {}, ["in/scores"]],
    ["a deeper one", "in", "in/more/deep/scores/", {}, ["in/more/deep/scores"]],
    ["the same by a pattern", "in/**/*.csv", "in/scores/", {}, ["in/scores"]],
    ["scores of another format", "in", "in/scores/", { write: { format: "parquet" } }, ["in/scores"]],
    ["a list", "in", "in/lists/", { capacity: "call=3" }, ["in/lists"]],
    ["one file within the input", "in", "in/scores.csv", {}, ["in/scores.csv"]],
    ["one file of Parquet", "in", "in/scores.parquet", {}, ["in/scores.parquet"]],
    ["one file of JSON", "in", "in/scores.json", {}, ["in/scores.json"]],
    ["one file with intervals", "in", "in/scores.tsv", { intervals: true }, ["in/scores.tsv"]],
    ["rejects within the input", "in", "scores/", { rejects: "in/r.ndjson" }, ["in/r.ndjson"]],
    ["rejects of CSV", "in", "scores/", { rejects: "in/r.csv" }, ["in/r.csv"]],
    ["both", "in", "in/s.csv", { rejects: "in/r.csv" }, ["in/r.csv", "in/s.csv"]],
  ])("%s", async (_, input, output, { rejects, ...options }, written) => {
    rmSync(at("scores"), { recursive: true, force: true });
    const [first, second] = await inputsOf(input, output, {
      ...options,
      ...(rejects === undefined ? {} : { rejects: at(rejects) }),
    });
    expect(first).toEqual({ inputs: ["a.csv", "more/b.csv"], rows: 51, notes: [] });
    expect([second.inputs, second.rows]).toEqual([first.inputs, first.rows]);
    const shown = written.map((path) => at(path.replace(/\/$/u, "")));
    expect(second.notes.map((note) => note.split(" holds ")[0].replace(/\/$/u, ""))).toEqual(shown);
    expect(second.notes[0]).toMatch(
      / holds what a job of holdfast wrote: \d+ files? there (?:is|are) not read$/u,
    );
  });

  test("a folder of another job, and one of a job that was not finished", async () => {
    await scoreFile(model, at("in"), at("in/old/"), { rejects: at("rejects.ndjson") });
    const stopping = new AbortController();
    await thrownBy(() =>
      scoreFile(model, at("in"), at("in/stopped/"), {
        rejects: at("rejects.ndjson"),
        onPart: () => stopping.abort(),
        stopSignal: stopping.signal,
      }),
    );
    const { parts, notes } = await scoreFile(model, at("in"), at("in/new/"), {
      rejects: at("rejects.ndjson"),
    });
    expect(parts.map(({ input }) => input)).toEqual([at("in/a.csv"), at("in/more/b.csv")]);
    expect(notes.map((note) => note.split(" holds ")[0])).toEqual([at("in/old"), at("in/stopped")]);
  });
});

describe("what is not an output stays an input:", () => {
  test("a file in the place of the scores that holds something else is not replaced", async () => {
    const before = readFileSync(at("in/a.csv"), "utf8");
    const error = await thrownBy(() => scoreFile(model, at("in"), at("in/a.csv")));
    expect(error.path).toEqual({ function: "scoreFile", argument: "output" });
    expect(readFileSync(at("in/a.csv"), "utf8")).toBe(before);
  });

  test.each(["in", "in/a.csv"])("nor one in the place of the rejects, of %s", async (input) => {
    const before = readFileSync(at("in/a.csv"), "utf8");
    const rejects = at("in/a.csv");
    const error = await thrownBy(() => scoreFile(model, at(input), at("s.csv"), { rejects }));
    expect(error.path).toEqual({ function: "scoreFile", argument: "rejects" });
    expect(readFileSync(at("in/a.csv"), "utf8")).toBe(before);
  });

  test("a folder of files that no job wrote is not replaced", async () => {
    const error = await thrownBy(() => scoreFile(model, at("in"), at("in/more/")));
    expect(error.code).toBe("data.unwritable");
    expect(error.problems[0].expected).toContain("it holds files that are not scores");
  });

  test("a folder of scores is no input", async () => {
    await scoreFile(model, at("in"), at("in/scores/"), { rejects: at("rejects.ndjson") });
    for (const input of ["in/scores", "in/scores/*.csv"]) {
      const error = await thrownBy(() => scoreFile(model, at(input), at("again.csv")));
      expect(error.problems[0].expected).toContain("it holds the scores of a job");
    }
    rmSync(at("in/a.csv"));
    rmSync(at("in/more"), { recursive: true });
    const error = await thrownBy(() => scoreFile(model, at("in"), at("again.csv")));
    expect(error.hint).toContain("2 files there are not read");
  });
});

describe("a file that changes while it is read is refused, and no row of it is scored:", () => {
  test.each([
    ["it grows", (path: string) => appendFileSync(path, "9,3,2,5,A,true,No\n"), "it grew by 18 bytes"],
    ["it is replaced", (path: string) => writeFileSync(path, "other\n"), "while it is read"],
  ])("%s", async (_, change, says) => {
    const path = at("in/more/b.csv");
    let isFirst = true;
    const onProgress = () => {
      if (isFirst) change(path);
      isFirst = false;
    };
    await writeTable(subscriberTable(40_000, 3), path);
    const error = await thrownBy(() => scoreFile(model, path, at("grown.csv"), { onProgress }));
    expect(error.code).toBe("data.unreadable");
    expect(error.problems[0].expected).toContain(says);
    expect(error.hint).toContain("score it when it is complete");
  });
});
