import { describe, expect, test } from "vitest";
import { loadChurnModel } from "../../../src/predict/load.js";
import { scoreTable } from "../../../src/scoring/scores-table.js";
import { rowsOf } from "../../../src/table/rows.js";
import { trainChurnModel } from "../../../src/training/train.js";
import {
  hostileModel,
  hostileRows,
  hostileTable,
  MARKUP,
  tableOfHostile,
} from "../../support/hostile-model.js";
import { modelWithoutId, scoringModel } from "../../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../../support/subscribers.js";
import { errorOf } from "../../support/thrown.js";

const OPTIONS = { label: "churned", replicates: 5, repeats: 1, id: "subscriber" } as const;
const model = await scoringModel();
const boosted = await trainChurnModel(subscriberTable(300), { ...OPTIONS, classifier: "boosting" });
const withoutId = await modelWithoutId();
const hostile = await hostileModel();
const rows = subscriberRows(150, 7);
const table = subscriberTable(150, 7);
const scores = (...args: Parameters<typeof scoreTable>) => rowsOf(scoreTable(...args));

/** The cells of columns of reasons. */
function reasonsIn(row: object): unknown[] {
  return Object.entries(row).flatMap(([name, value]) => (name.startsWith("reason_") ? [value] : []));
}

describe("scoreTable with reasons", () => {
  test.each([
    ["a logistic model", model, table, rows],
    ["trees", boosted, table, rows],
    ["a model without ids", withoutId, table, rows],
    ["hostile names and categories", hostile, hostileTable(150, 2), hostileRows(150, 2)],
  ] as const)("gives the sentences of predictOne, then missing values: %s", (_, by, given, each) => {
    for (const locale of ["en", "zh"] as const) {
      const found = scores(by, given, { reasons: 3, locale }).map(reasonsIn);
      const expected = each.map((row) => {
        const texts = by.predictOne(row, { reasons: 3, locale }).reasons?.map(({ text }) => text) ?? [];
        return [0, 1, 2].map((at) => texts[at] ?? null);
      });
      expect(found).toEqual(expected);
      expect(found.some(([first]) => first !== null)).toBe(true);
    }
  });

  test("names a category that training never saw, as the row has it", () => {
    const [first] = hostileRows(1, 9);
    const odd = tableOfHostile([{ ...first, [MARKUP]: '=Gold"<b>' }]);
    const templates = { [MARKUP]: "{value}" };
    const [row] = scores(hostile, odd, { reasons: 2, templates });
    expect(reasonsIn(row)).toContain('=Gold"<b>');
  });

  test("columns follow all others; only the tiers that are named have any", () => {
    const all = scoreTable(model, table, { intervals: true, reasons: 2 });
    expect(all.columns.slice(-3).map(({ name }) => name)).toEqual(["expected_loss", "reason_1", "reason_2"]);
    const some = scores(model, table, { intervals: true, reasons: 2, reasonsFor: ["high", "low"] });
    for (const [r, row] of rowsOf(all).entries()) {
      const has = (row as { tier: string }).tier !== "medium";
      expect(some[r]).toEqual(has ? row : { ...row, reason_1: null, reason_2: null });
    }
  });

  test("without reasons is as before", () => {
    expect(scoreTable(model, table, { reasons: 0, locale: "zh" })).toEqual(scoreTable(model, table));
  });

  test("a model of which no input matters has none, in columns of missing values", async () => {
    const constant = await trainChurnModel(subscriberTable(200, 3, 0), { ...OPTIONS, classifier: "auto" });
    expect(constant.training.leaderboard.find(({ chosen }) => chosen)?.name).toBe("constant");
    expect(scores(constant, table, { reasons: 2 }).map(reasonsIn)).toEqual(rows.map(() => [null, null]));
  });

  test("a model of an older version is a typed error", async () => {
    const old = await loadChurnModel("test/golden/v1.model.json");
    const { code, message } = errorOf(() => scoreTable(old, table, { reasons: 1 }));
    expect(code).toBe("model.unexplained");
    expect(message).toContain("train it again");
    expect(message).not.toContain("background");
  });
});
