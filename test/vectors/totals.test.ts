import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { findTotals } from "../../src/vectors/totals.js";
import { Vectorizer } from "../../src/vectors/vectorizer.js";
import type { NumericFeature } from "../../src/vectors/vectors.js";
import { thrownBy } from "../support/thrown.js";
import { numeric } from "../support/vectors.js";

function totalsOf(names: readonly string[]): (readonly [string, readonly number[]])[] {
  const numbers = names.map((name, position) => ({
    position,
    name,
    values: Float64Array.of(position + 1, 2 * position),
  }));
  return findTotals(numbers).map(({ name, of }) => [name, of] as const);
}

describe("findTotals", () => {
  test("adds up what differs in a word of time, place or direction only", () => {
    expect(
      totalsOf([
        "Total day charge",
        "Total eve charge",
        "Total day calls",
        "Total night charge",
        "Total eve calls",
      ]),
    ).toEqual([
      ["Total day + eve + night charge", [0, 1, 3]],
      ["Total day + eve calls", [2, 4]],
    ]);
  });

  test.each([
    [["incoming_calls", "outgoing_calls"], "incoming + outgoing_calls"],
    [["PeakCallsInOut", "OffPeakCallsInOut"], "Peak + OffPeakCallsInOut"],
    [["minutes_on_net", "minutes_off_net"], "minutes_on_net + off_net"],
    [["DayMins", "EveMins"], "Day + EveMins"],
    [["本地通话时长", "长途通话时长", "漫游通话时长"], "本地 + 长途 + 漫游通话时长"],
  ])("recognises %j", (names, total) => {
    expect(totalsOf(names).map(([name]) => name)).toEqual([total]);
  });

  test.each([
    [["day_calls", "eve_minutes"]],
    [["birthday", "eventful"]],
    [["payday_calls", "eve_calls"]],
    [["calls_mean", "sms_mean"]],
    [["day_calls"]],
    [["Day calls", "day calls"]],
  ])("makes no total of %j", (names) => {
    expect(totalsOf(names)).toEqual([]);
  });

  test("makes no total that the table already has, by name or by value", () => {
    const numbers = (third: Parameters<typeof numeric>) =>
      [numeric("day_calls", [1, 2, null]), numeric("eve_calls", [3, 5, 1]), numeric(...third)].map(
        (feature, position) => ({ ...(feature as NumericFeature), position }),
      );
    expect(findTotals(numbers(["calls", [4, 7, null]]))).toEqual([]);
    expect(findTotals(numbers(["day + eve_calls", [0, 0, 0]]))).toEqual([]);
    expect(findTotals(numbers(["calls", [4, 7, 1]]))).toHaveLength(1);
  });
});

describe("totals in a model", () => {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const day = (i * 37) % 50;
    const night = (i * 23) % 40;
    const isMissing = i % 19 === 0;
    return {
      plan: i % 3 === 0 ? "a" : "b",
      day_charge: isMissing ? null : day,
      night_charge: night,
      churned: day + night > 55 !== (i % 7 === 0) ? 1 : 0,
    };
  });
  const options = { label: "churned", classifier: "additive", repeats: 1, replicates: 10 } as const;

  test("come after the inputs, are noted, and predict the same bits from rows and from tables", async () => {
    const table = tableFromRows(rows);
    const model = await trainChurnModel(table, options);
    expect(model.inputs.map(({ name }) => name)).toEqual(["day_charge", "night_charge", "plan"]);
    expect(model.totals).toEqual([{ name: "day + night_charge", of: [0, 1] }]);
    expect(model.training.notes.map(({ kind, detail }) => [kind, detail])).toContainEqual([
      "total",
      expect.stringContaining("day + night_charge"),
    ]);
    const predictions = model.predict(table);
    rows.forEach((row, i) => {
      expect(model.predictOne(row).probability).toBe(predictions[i].probability);
    });
    const huge = { plan: "a", day_charge: 1.7e308, night_charge: 1.7e308 };
    expect(Number.isFinite(model.predictOne(huge).probability)).toBe(true);
    const without = await trainChurnModel(table, { ...options, totals: false });
    expect(without.totals).toEqual([]);
    expect(model.training.leaderboard[0].logLoss).toBeLessThan(without.training.leaderboard[0].logLoss);
  });

  test("include no part with a rule, and do not exist where interactions are limited", async () => {
    const table = tableFromRows(rows);
    const ruled = await trainChurnModel(table, { ...options, monotone: { day_charge: 1 } });
    expect(ruled.totals).toEqual([]);
    const apart = await trainChurnModel(table, { ...options, interactions: [["plan", "day_charge"]] });
    expect(apart.totals).toEqual([]);
  });

  test("are missing where a part is", () => {
    const { vectorizer } = Vectorizer.fit(tableFromRows(rows), {
      totals: true,
      exclude: new Map([["churned", "label"]]),
    });
    const { features } = vectorizer.transform(tableFromRows(rows));
    const total = features[3] as NumericFeature;
    expect(total.name).toBe("day + night_charge");
    rows.forEach(({ day_charge, night_charge }, i) => {
      expect(total.values[i]).toBe(day_charge === null ? Number.NaN : day_charge + night_charge);
    });
  });

  test("whose values determine the label are no reason to refuse a column", async () => {
    const telling = rows.map((row) => ({
      ...row,
      churned: (row.day_charge ?? 0) + row.night_charge > 55 ? 1 : 0,
    }));
    const model = await trainChurnModel(tableFromRows(telling), options);
    expect(model.totals).toHaveLength(1);
    const error = await thrownBy(() =>
      trainChurnModel(tableFromRows(telling), { ...options, monotone: { total: 1 } }),
    );
    expect(error.code).toBe("data.missing-column");
  });
});
