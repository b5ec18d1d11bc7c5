import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { beforeEach, describe, expect, test } from "vitest";
import { scoreFile } from "../../src/scoring/score-file.js";
import { scoringModel } from "../support/scoring-model.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const model = await scoringModel();
const at = (name: string) => join(folder.path, name);
const HEADER = "subscriber,tenure,客服 calls,charge,套餐,group";
const BAD = `${HEADER}\n1,x,2,5,Family,true\n2,odd,2,5,Family,true\n`;
const GOOD = `${HEADER}\n3,3,2,5,Family,true\n`;
const REJECTS = at("rejects.ndjson");
const OPTIONS = { rejects: REJECTS };
const rejected = () => readFileSync(REJECTS, "utf8").trimEnd().split("\n").length;

beforeEach(() => {
  for (const name of ["scores.csv", "out", "in", "rejects.ndjson"])
    rmSync(at(name), { recursive: true, force: true });
});

describe("a job that rejects every row fails, and its rejects stay to be read", () => {
  test("into a file, which keeps what it held", async () => {
    writeFileSync(at("scores.csv"), "yesterday");
    const error = await thrownBy(() =>
      scoreFile(model, folder.file("bad.csv", BAD), at("scores.csv"), OPTIONS),
    );
    expect(error.problems).toEqual([
      {
        code: "data.rejected",
        path: { function: "scoreFile", argument: "input" },
        expected: "must have a row that can be scored: all 2 rows were rejected",
        received: undefined,
        hint: `${REJECTS} holds the rows with the reasons; the first: ${at("bad.csv")}: line 2, column "tenure", row 1: must be a number, received "x"`,
      },
    ]);
    expect(rejected()).toBe(2);
    expect(readFileSync(at("scores.csv"), "utf8")).toBe("yesterday");
  });

  test("of a stream, with one row", async () => {
    const stream = Readable.from([Buffer.from(`${HEADER}\n1,x,2,5,Family,true\n`)]);
    const error = await thrownBy(() =>
      scoreFile(model, { stream, format: "csv" }, at("scores.csv"), OPTIONS),
    );
    expect(error.expected).toContain("its only row was rejected");
  });

  test("as a list", async () => {
    const bad = folder.file("bad.csv", BAD);
    const error = await thrownBy(() =>
      scoreFile(model, bad, at("scores.csv"), { ...OPTIONS, capacity: "call=1" }),
    );
    expect([error.code, rejected(), existsSync(at("scores.csv"))]).toEqual(["data.rejected", 2, false]);
    expect(error.hint).toContain('received "x"');
  });

  test.each([{}, { capacity: "call=1" }])("into a folder, which is as before: %o", async (options) => {
    mkdirSync(at("in"));
    for (const name of ["a", "b"]) writeFileSync(at(`in/${name}.csv`), BAD);
    const work = (more: object = {}) =>
      scoreFile(model, at("in"), at("out"), { ...OPTIONS, ...options, ...more });
    const error = await thrownBy(() => work());
    expect(error.expected).toContain("all 4 rows were rejected");
    expect(rejected()).toBe(4);
    expect(readdirSync(at("out"), { recursive: true })).toEqual(["_holdfast"]);
    // Nothing to resume, and nothing in the way of the next job.
    expect((await thrownBy(() => work({ resume: true }))).code).toBe("data.rejected");
    writeFileSync(at("in/b.csv"), GOOD);
    const { scored, parts } = await work();
    expect([scored, parts.map((part) => part.rejected), rejected()]).toEqual([1, [2, 0], 2]);
  });
});

test("a job without rows is as before: no error of a stream or a folder", async () => {
  const stream = Readable.from([Buffer.from(`${HEADER}\n`)]);
  expect((await scoreFile(model, { stream, format: "csv" }, at("scores.csv"), OPTIONS)).rows).toBe(0);
  mkdirSync(at("in"));
  writeFileSync(at("in/a.csv"), `${HEADER}\n`);
  expect((await scoreFile(model, at("in"), at("out"), OPTIONS)).rows).toBe(0);
});
