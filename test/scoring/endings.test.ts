import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { runCli } from "../cli/run-cli.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();
await writeTable(subscriberTable(20), at("rows.csv"));

describe("an extension that no format has is refused before any work", () => {
  test.each([
    ["scores.xlsx", {}, "output"],
    ["scores.pdf", {}, "output"],
    ["scores", {}, "output"],
    ["scores.csv.zip", {}, "output"],
    ["scores.parquet.gz", {}, "output"],
    ["scores.csv", { rejects: "rejects.xlsx" }, "rejects"],
    ["scores.csv", { rejects: "rejects" }, "rejects"],
    ["scores.csv", { rejects: "rejects.ndjson.gz" }, "rejects"],
  ])("%s %j", async (output, options, argument) => {
    const before = readdirSync(folder.path);
    // Neither is the input looked at.
    const error = await thrownBy(() => scoreFile(model, at("none.csv"), at(output), options));
    expect(error.code).toBe("argument.invalid");
    expect(error.path).toEqual({ function: "scoreFile", argument });
    expect(error.problems[0].expected).toMatch(/^must end in .*\.csv/u);
    expect(readdirSync(folder.path)).toEqual(before);
  });

  test("a format that is named, a folder, and a folder of many files need none", async () => {
    await scoreFile(model, at("rows.csv"), at("scores.out"), { write: { format: "csv" } });
    await scoreFile(model, at("rows.csv"), at("one.v1/"));
    await scoreFile(model, at("*.csv"), at("many"));
    expect(readdirSync(at("many")).sort()).toEqual(["_holdfast", "rows.csv"]);
  });
});

describe("on the command line, before a model or a file is read", () => {
  let before: string[];
  beforeAll(() => {
    before = readdirSync(folder.path);
  });
  test.each([
    ["score m.json rows.csv --out scores.xlsx", "--out"],
    ["score m.json rows.csv --out scores.csv --rejects rejects.txt", "--rejects"],
    ["train rows.csv --label churned --out model.bin", "--out"],
    ["tune rows.csv --label churned --out model.txt", "--out"],
    ["snapshots nowhere --at 2025-06 --out snapshots.xlsx", "--out"],
    ["snapshots nowhere --at 2025-06 --out snapshots.json", "--out"],
    ["evaluate m.json rows.csv --out report.pdf", "--out"],
    ["evaluate m.json rows.csv --tiers-out tiers.pdf", "--tiers-out"],
    ["metrics rows.csv --label churned --score p --out report.html", "--out"],
    ["describe rows.csv --out report.docx", "--out"],
    ["backtest nowhere --out report.txt", "--out"],
  ])("%s", async (args, option) => {
    const { code, stderr } = await runCli(args.split(" "), folder.path);
    expect(stderr).toMatch(new RegExp(`^holdfast \\w+: ${option}: must end in `, "u"));
    expect(code).toBe(2);
    expect(readdirSync(folder.path)).toEqual(before);
  });
});
