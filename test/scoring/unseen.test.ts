import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { beforeEach, describe, expect, test } from "vitest";
import type { Prediction } from "../../src/predict/prediction.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import type { ScoreFileOptions } from "../../src/scoring/score-options.js";
import { scoreTable } from "../../src/scoring/scores-table.js";
import { tableFromRows } from "../../src/table/rows.js";
import { testMistakes } from "../mistakes/mistake.js";
import { of, wrong } from "../mistakes/of.js";
import { scoringModel } from "../support/scoring-model.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const model = await scoringModel();
const at = (name: string) => join(folder.path, name);
const HEADER = "subscriber,tenure,客服 calls,charge,套餐,group";
const OUT = at("scores.csv");

/** Rows with these tariffs, as CSV. */
function csv(tariffs: readonly string[], group = "true"): string {
  const rows = tariffs.map((tariff, row) => `s${row},3,2,5,${tariff},${group}`);
  return `${[HEADER, ...rows].join("\n")}\n`;
}

function score(text: string, options: ScoreFileOptions = {}, output = OUT) {
  return scoreFile(model, folder.file("in.csv", text), output, options);
}

beforeEach(() => {
  for (const name of ["scores.csv", "out", "in", "rejects.ndjson"])
    rmSync(at(name), { recursive: true, force: true });
});

describe("an input with more than maxUnseen unseen values stops the job", () => {
  test("where all of them are, and nothing is written", async () => {
    const error = await thrownBy(() =>
      score(csv(["Gold", "Silver", "Gold", ""]), { rejects: at("rejects.ndjson") }),
    );
    expect(error.problems).toEqual([
      {
        code: "data.unseen",
        path: { function: "scoreFile", file: at("in.csv"), column: "套餐" },
        expected:
          'must have categories that the model was trained with ("Business", "Family", "随心"): all 3 rows with a value have others',
        received: ["Gold", "Silver"],
        hint: "write them as in training; `maxUnseen: 1` scores all of them as other",
      },
    ]);
    expect(existsSync(OUT)).toBe(false);
    expect(existsSync(at("rejects.ndjson"))).toBe(false);
  });

  test("names all such inputs at once", async () => {
    const error = await thrownBy(() => score(csv(["Gold"], "maybe")));
    expect(error.problems.map(({ path: { column }, received }) => [column, received])).toEqual([
      ["group", ["maybe"]],
      ["套餐", ["Gold"]],
    ]);
    expect(error.message).toContain("the only row with a value has another");
  });

  test.each([
    ["one of two is not above the default of half", ["Gold", "Family"], undefined, true],
    ["two of three is", ["Gold", "Gold", "Family"], undefined, false],
    ["missing values do not count", ["Gold", "Family", "", "", ""], 0.4, false],
    ["a column of missing values has none", ["", ""], 0, true],
    ["0 allows none", ["Gold", "Family", "Family", "Family"], 0, false],
    ["0.25 allows one of four", ["Gold", "Family", "Family", "Family"], 0.25, true],
    ["0.99 does not allow all", ["Gold"], 0.99, false],
    ["1 allows all", ["Gold", "Gold"], 1, true],
  ] as const)("%s", async (_, tariffs, maxUnseen, isFine) => {
    const work = () => score(csv(tariffs), { maxUnseen });
    if (isFine) expect((await work()).scored).toBe(tariffs.length);
    else expect((await thrownBy(work)).code).toBe("data.unseen");
    expect(existsSync(OUT)).toBe(isFine);
  });

  test("also where many batches are scored in worker threads", async () => {
    const tariffs = Array.from({ length: 120_000 }, (_, row) => (row % 5 < 2 ? "Family" : `T${row % 30}`));
    const error = await thrownBy(() => score(csv(tariffs), { threads: 2 }));
    expect(error.expected).toContain("72,000 of 120,000 rows with a value have others, more than 50%");
  });

  test("in a list that is ranked as a whole, too", async () => {
    const error = await thrownBy(() => score(csv(["Gold"]), { capacity: "call=1" }));
    expect(error.code).toBe("data.unseen");
    expect(existsSync(OUT)).toBe(false);
    expect((await score(csv(["Gold"]), { capacity: "call=1", maxUnseen: 1 })).scored).toBe(1);
  });

  test("not when a table is scored in memory, nor a row", () => {
    const row = { subscriber: "1", tenure: 3, "客服 calls": 2, charge: 5, 套餐: "Gold", group: true };
    expect(scoreTable(model, tableFromRows([row], { columns: { ...model.columnKinds } })).rowCount).toBe(1);
    expect(model.predictOne(row) satisfies Prediction).toBeDefined();
  });
});

describe("in a folder", () => {
  const names = () => readdirSync(at("out")).sort();

  beforeEach(() => {
    mkdirSync(at("in"));
    writeFileSync(at("in/a.csv"), csv(["Family", "Business"]));
    writeFileSync(at("in/b.csv"), csv(["Gold"]));
    writeFileSync(at("in/c.csv"), csv(["随心"]));
  });

  test("the parts before stay, and a resumed job that allows it ends as an undisturbed one", async () => {
    const error = await thrownBy(() => scoreFile(model, at("in"), at("out")));
    expect(error.path).toMatchObject({ file: at("in/b.csv"), column: "套餐" });
    expect(names()).toEqual(["_holdfast", "a.csv"]);
    const again = await thrownBy(() => scoreFile(model, at("in"), at("out"), { resume: true }));
    expect(again.problems).toEqual(error.problems);
    const resumed = await scoreFile(model, at("in"), at("out"), { resume: true, maxUnseen: 1 });
    const undisturbed = await scoreFile(model, at("in"), at("other"), { maxUnseen: 1 });
    expect(resumed.parts.map(({ wasDone }) => wasDone)).toEqual([true, false, false]);
    expect(resumed.inputs).toEqual(undisturbed.inputs);
    for (const name of ["a.csv", "b.csv", "c.csv"])
      expect(readFileSync(at(`out/${name}`), "utf8")).toBe(readFileSync(at(`other/${name}`), "utf8"));
  });

  test("a list stops before any of it is written, and goes on", async () => {
    const list = { capacity: "call=2" } as const;
    await thrownBy(() => scoreFile(model, at("in"), at("out"), list));
    expect(names()).toEqual(["_holdfast"]);
    const summary = await scoreFile(model, at("in"), at("out"), { ...list, resume: true, maxUnseen: 1 });
    expect([summary.scored, names()]).toEqual([4, ["_holdfast", "a.csv", "b.csv", "c.csv"]]);
  });

  test("into one file each file is tested, and nothing is written", async () => {
    expect((await thrownBy(() => scoreFile(model, at("in"), OUT))).path.file).toBe(at("in/b.csv"));
    expect(existsSync(OUT)).toBe(false);
  });

  test("counts of an earlier version's parts are unknown, and the job resumes", async () => {
    const whole = await scoreFile(model, at("in"), at("out"), { maxUnseen: 1 });
    const path = at("out/_holdfast/manifest.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    for (const { tally } of manifest.parts) delete tally.inputRows;
    writeFileSync(path, JSON.stringify(manifest));
    writeFileSync(at("in/c.csv"), csv(["Family"]));
    const resumed = await scoreFile(model, at("in"), at("out"), { resume: true, maxUnseen: 1 });
    expect(resumed.parts.map(({ wasDone }) => wasDone)).toEqual([true, true, false]);
    expect(resumed.inputs).toBe(null);
    expect(whole.inputs?.map(({ column, unseen }) => [column, unseen])).toContainEqual(["套餐", 1]);
  });
});

describe("into a stream", () => {
  async function sent(tariffs: readonly string[]) {
    const stream = new PassThrough();
    const lines: string[] = [];
    stream.setEncoding("utf8").on("data", (text: string) => lines.push(...text.trimEnd().split("\n")));
    const input = folder.file("stream.csv", csv(tariffs));
    const error = await thrownBy(() => scoreFile(model, input, { stream, format: "csv" }, { threads: 1 }));
    return { error, rows: lines.filter((line) => /^s\d/u.test(line)).length };
  }

  test("the job fails at its end", async () => {
    const { error, rows } = await sent(["Gold", "Gold", "Family"]);
    expect([error.code, rows]).toEqual(["data.unseen", 3]);
  });

  test("or at a first batch without a known value, before any row is sent", async () => {
    const { error, rows } = await sent(new Array(40_000).fill("Gold"));
    expect([error.code, rows]).toEqual(["data.unseen", 0]);
    expect(error.expected).toContain("all 16,384 rows with a value have others");
  });

  test("a first batch with one known value does not stop it", async () => {
    const { error, rows } = await sent(["Family", ...new Array(40_000).fill("Gold")]);
    expect([error.code, rows]).toEqual(["data.unseen", 40_001]);
  });
});

describe("scoreFile", () => {
  const given = (name: string, options: object, says: RegExp) =>
    of("scoreFile", name, Object.keys(options)[0], () => score(csv([""]), wrong(options)), says);
  testMistakes([
    given("with a percentage of unseen", { maxUnseen: 50 }, /50% is 0.5/u),
    given("with a negative share", { maxUnseen: -0.1 }, /a share from 0 to 1/u),
    given("with no number for unseen", { maxUnseen: Number.NaN }, /received NaN/u),
    given("with a text for unseen", { maxUnseen: "all" }, /a share from 0 to 1/u),
    given("with details", { details: true }, /must be an option of scoreFile/u),
  ]);
});
