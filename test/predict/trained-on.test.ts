import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { readTable } from "../../src/formats/read-table.js";
import type { ChurnModel } from "../../src/predict/churn-model.js";
import { compareModels } from "../../src/predict/compare-models.js";
import { loadChurnModel } from "../../src/predict/load.js";
import { knownSubscribers } from "../../src/predict/trained-on.js";
import { createRandom } from "../../src/random.js";
import { evaluationMarkdown } from "../../src/report/evaluation-markdown.js";
import { tableFromRows } from "../../src/table/rows.js";
import { dropColumns, type Table, takeRows } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import {
  FINGERPRINTS,
  fingerprintSet,
  keptFingerprints,
  lookUp,
} from "../../src/vectors/fingerprints/fingerprint-set.js";
import { modelWithoutId, scoringModel } from "../support/scoring-model.js";
import { type SubscriberRow, subscriberRows, subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const OPTIONS = { label: "churned", classifier: "logistic", replicates: 5, repeats: 1 } as const;
const QUICK = { replicates: 5, segments: [] };
const folder = temporaryFolder();
/** Those of 400 rows were trained on. */
const all = subscriberTable(1000);
const part = (from: number, to: number, table: Table = all) =>
  takeRows(
    table,
    Array.from({ length: to - from }, (_, i) => from + i),
  );
const withoutId = dropColumns(all, ["subscriber"]);

let model: ChurnModel;
let anonymous: ChurnModel;
beforeAll(async () => {
  model = await scoringModel();
  anonymous = await modelWithoutId();
});

describe("what an evaluation says of rows that the model was trained on", () => {
  test("counts them exactly, and says that what is measured on them is too good", () => {
    const evaluation = model.evaluate(part(350, 750), QUICK);
    expect(evaluation.trainedOn).toEqual({
      rows: 50,
      rowsShare: 0.125,
      rowsByChance: 0,
      isBeyondChance: true,
      isEstimate: false,
      subscribers: { count: 400, known: 50, isEstimate: false },
    });
    const line =
      "50 of 400 rows were trained on (same id, inputs and label): what is measured on them is too good";
    expect(inspect(evaluation).split("\n")[1]).toBe(`  ${line}`);
    expect(evaluationMarkdown(evaluation)).toContain(`\n\n**${line}**\n\n## Metrics\n`);
    expect(JSON.parse(JSON.stringify(evaluation)).trainedOn).toEqual(evaluation.trainedOn);
  });

  test("has no line on new rows", () => {
    const evaluation = model.evaluate(part(400, 1000), QUICK);
    expect(evaluation.trainedOn).toMatchObject({ rows: 0, isBeyondChance: false, subscribers: { known: 0 } });
    expect(inspect(evaluation)).not.toMatch(/trained on|known/u);
    expect(evaluationMarkdown(evaluation)).not.toMatch(/trained on|known/u);
  });

  test("tells other rows of the same subscribers from the same rows", () => {
    // A month later: longer tenure, the same ids.
    const later = subscriberRows(500).map((row) => ({ ...row, tenure: Number(row.tenure) + 1 }));
    const evaluation = model.evaluate(tableOf(later), QUICK);
    expect(evaluation.trainedOn).toMatchObject({ rows: 0, subscribers: { count: 500, known: 400 } });
    expect(inspect(evaluation).split("\n")[1]).toBe(
      "  400 of 500 subscribers are known from training (other rows)",
    );
  });

  test("takes a row with another label for another row", () => {
    const relabelled = subscriberRows(400).map((row) => ({
      ...row,
      churned: row.churned === "Yes" ? "No" : "Yes",
    }));
    expect(model.evaluate(tableOf(relabelled), QUICK).trainedOn?.rows).toBe(0);
  });

  test("recognises rows from another source, and by a model from its file", async () => {
    const path = `${folder.path}/seen.model.json`;
    await model.save(path);
    const loaded = await loadChurnModel(path);
    const columns = Object.keys(subscriberRows(1)[0]);
    const lines = subscriberRows(500).map((row) => columns.map((name) => row[name] ?? "").join(","));
    const { writeFile } = await import("node:fs/promises");
    await writeFile(`${folder.path}/rows.csv`, [columns.join(","), ...lines].join("\n"));
    const table = await readTable(`${folder.path}/rows.csv`, { columns: loaded.columnKinds });
    const { trainedOn } = loaded.evaluate(table, QUICK);
    expect(trainedOn).toMatchObject({ rows: 400, subscribers: { count: 500, known: 400 } });
    const { trainedOn: inWorkers } = await loaded.evaluateInWorkers(table, { ...QUICK, threads: 1 });
    expect(inWorkers).toEqual(trainedOn);
  });

  test("says that rows are equal, not that they are the same, where there is no id", () => {
    const evaluation = anonymous.evaluate(part(350, 750, withoutId), QUICK);
    expect(evaluation.trainedOn).toMatchObject({ rows: 50, isBeyondChance: true, subscribers: null });
    expect(inspect(evaluation).split("\n")[1]).toBe(
      "  50 of 400 rows equal rows that the model was trained on: what is measured on them is too good",
    );
  });

  test("is null without fingerprints, in older models, and for a table without the ids", async () => {
    const without = await trainChurnModel(part(0, 400), {
      ...OPTIONS,
      id: "subscriber",
      fingerprints: false,
    });
    expect(without.evaluate(part(0, 400), QUICK).trainedOn).toBeNull();
    expect(model.evaluate(dropColumns(part(0, 400), ["subscriber"]), QUICK).trainedOn).toBeNull();
    const old = await loadChurnModel("test/golden/v1.model.json");
    expect(old.scorer.content.fingerprints).toBeNull();
  });
});

describe("where equal rows are no rarity", () => {
  /** Two inputs of few values: almost every row equals many others. */
  const coarse = (count: number, seed: number) =>
    tableFromRows(
      subscriberRows(count, seed).map((row) => ({
        calls: row["客服 calls"],
        tariff: row.套餐,
        churned: row.churned,
      })),
    );

  test("has no line on new rows, almost all of which equal a training row", async () => {
    const coarseModel = await trainChurnModel(coarse(400, 1), OPTIONS);
    const evaluation = coarseModel.evaluate(coarse(300, 2), QUICK);
    const { rows, rowsByChance, isBeyondChance } = evaluation.trainedOn ?? {};
    expect(rows).toBeGreaterThan(280);
    expect(rowsByChance).toBeGreaterThan(280);
    expect(isBeyondChance).toBe(false);
    expect(inspect(evaluation)).not.toMatch(/trained on/u);
  });

  test("says how many chance explains where there are more", async () => {
    // Every fifth training row appears twice; a third input tells the others apart.
    const distinct = subscriberRows(400).map(({ subscriber: _, ...row }) => row as SubscriberRow);
    const repeated = distinct.map((row, i) => (i % 10 === 1 ? distinct[i - 1] : row));
    const table = tableFromRows(repeated);
    const repeatedModel = await trainChurnModel(table, OPTIONS);
    const evaluation = repeatedModel.evaluate(table, QUICK);
    expect(evaluation.trainedOn).toMatchObject({ rows: 400, rowsByChance: 80, isBeyondChance: true });
    expect(inspect(evaluation).split("\n")[1]).toBe(
      "  400 of 400 rows equal rows that the model was trained on (80 would by chance): what is measured on them is too good",
    );
  });

  test("takes few hits among independent tables for chance", async () => {
    // 20 pairs of tables whose rows repeat by chance: no pair is beyond it.
    const medium = (count: number, seed: number) =>
      tableFromRows(
        subscriberRows(count, seed).map((row) => ({
          calls: row["客服 calls"],
          tenure: row.tenure,
          tariff: row.套餐,
          churned: row.churned,
        })),
      );
    const mediumModel = await trainChurnModel(medium(400, 1), OPTIONS);
    for (let seed = 2; seed < 22; seed++) {
      const { trainedOn } = mediumModel.evaluate(medium(300, seed), QUICK);
      expect(trainedOn?.rows).toBeGreaterThan(20);
      expect(trainedOn?.isBeyondChance, `seed ${seed}`).toBe(false);
    }
  });
});

test("compareModels says what each model was trained on", async () => {
  const { trainedOn } = compareModels(model, anonymous, part(200, 600), { replicates: 5 });
  expect(trainedOn.a).toMatchObject({ rows: 200, subscribers: { known: 200 } });
  expect(trainedOn.b).toMatchObject({ rows: 200, subscribers: null });
});

test("takes ids that share a fingerprint by chance for unknown ones", () => {
  // Of a million known ids the smallest 8,192 fingerprints are kept: some 230 of a million new ids share one.
  const random = createRandom(5, "ids");
  const draw = () => Uint32Array.from({ length: 1_000_000 }, () => random.integer(FINGERPRINTS)).sort();
  const set = fingerprintSet(draw());
  const others = draw();
  expect(knownSubscribers(others, set)).toEqual({ count: 1_000_000, known: 0, isEstimate: true });
  const known = others.slice();
  known.set(keptFingerprints(set)?.subarray(0, 2000) ?? []);
  const { checked, found } = lookUp(known, set);
  expect(knownSubscribers(known, set).known).toBe(Math.round((1_000_000 * found) / checked));
});

function tableOf(rows: SubscriberRow[]): Table {
  return tableFromRows(rows, { columns: { subscriber: "text" } });
}
