import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { writeTable } from "../../../src/formats/write-table.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();

test("it names inputs with more missing values than in training, values out of range and unseen ones", async () => {
  const header = "subscriber,tenure,客服 calls,charge,套餐,group";
  const input = folder.file("odd.csv", `${header}\n1,99,2,50,Gold,true\n2,99,2,,Family,\n`);
  const model = await scoringModel();
  const summary = await scoreFile(model, input, join(folder.path, "odd.scores.csv"));
  const charge = summary.inputs?.find(({ column }) => column === "charge")?.missingInTraining ?? Number.NaN;
  const lines = String(summary).split("\n");
  expect(lines).toContain("  unseen categories  套餐");
  expect(lines).toContain(
    `  missing            group 50.0% (in training 0.0%), charge 50.0% (in training ${(100 * charge).toFixed(1)}%)`,
  );
  expect(lines).toContain("  out of range       tenure 100.0%");
});

test("console.log of a scoring summary says rows, mean, tiers, drift and what was written", async () => {
  const input = join(folder.path, "march.csv");
  const output = join(folder.path, "scores.csv");
  await writeTable(subscriberTable(50, 3), input);
  const summary = await scoreFile(await scoringModel(), input, output);
  const lines = inspect(summary).split("\n");
  const tiers = summary.tiers.map(({ tier, rows }) => `${tier} ${((100 * rows) / 50).toFixed(1)}%`);
  expect(lines.slice(0, 3)).toEqual([
    "50 rows scored",
    `  mean probability  ${(100 * summary.meanProbability).toFixed(1)}%`,
    `  tiers             ${tiers.join(", ")}`,
  ]);
  const moved = summary.drift?.inputs.filter(({ isDrift }) => isDrift).length;
  expect(lines[3]).toMatch(new RegExp(`^ {2}drift {13}(of scores, )?of ${moved} of 5 inputs$`));
  expect(lines.at(-1)).toBe(`  written           ${summary.parts[0].output}`);
  expect(inspect({ summary })).toBe("{ summary: [Scores 50 rows] }");
  expect(structuredClone(summary)).toStrictEqual(summary);
});
