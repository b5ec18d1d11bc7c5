import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChurnModel } from "../../src/predict/churn-model.js";
import { trainChurnModel } from "../../src/training/train.js";
import { startPostgres } from "../support/postgres-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { furnish, type Places, SCORING_DOORS, TRAINING_DOORS } from "./matrix-doors.js";
import { typedRows } from "./typed-rows.js";

// The same subscriber gets the same score: 500 rows with a column of every kind, as databases, data frames and files hold it
// with its own type or as text; a model that is trained through any door scores them through any other to the same bits.

const folder = temporaryFolder();
const server = startPostgres();
const places: Places = { rows: typedRows(500), folder: folder.path, postgres: server?.connection };
afterAll(() => server?.stop());
beforeAll(() => furnish(places));

const MODELS = new Map<string, ChurnModel>();
const OPTIONS = {
  label: "churn",
  id: "id",
  classifier: "logistic",
  calibration: "platt",
  repeats: 1,
  replicates: 5,
} as const;

describe("trained through", () => {
  let expected: readonly number[] | undefined;
  for (const { name, needsPostgres, table } of TRAINING_DOORS) {
    test.skipIf(needsPostgres === true && server === undefined)(`${name}, it is the same model`, async () => {
      const model = await trainChurnModel(await table(places), OPTIONS);
      MODELS.set(name, model);
      expect(model.inputs.map(({ name: input, kind }) => [input, kind])).toEqual([
        ["code", "categorical"],
        ["fee", "numeric"],
        ["last_login", "date"],
        ["paperless", "categorical"],
        ["partner", "categorical"],
        ["points", "numeric"],
        ["since", "date"],
        ["tenure", "numeric"],
        ["usage", "numeric"],
        ["套餐", "categorical"],
      ]);
      const found = places.rows.map((row) => model.predictOne(row).probability);
      expected ??= found;
      expect(found).toEqual(expected);
    });
  }
});

describe("scored through", () => {
  for (const { name, needsPostgres, probabilities } of SCORING_DOORS) {
    test.skipIf(needsPostgres === true && server === undefined)(`${name}: the same bits`, async () => {
      expect(MODELS.size).toBeGreaterThan(5);
      for (const [trained, model] of MODELS) {
        const expected = places.rows.map((row) => model.predictOne(row).probability);
        const found = await probabilities(model, places);
        const wrong = found.flatMap((each, row) => (each === expected[row] ? [] : [places.rows[row]]));
        expect([trained, wrong.slice(0, 3)]).toEqual([trained, []]);
      }
    });
  }
});
