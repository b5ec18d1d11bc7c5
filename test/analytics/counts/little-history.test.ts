import { describe, expect, test } from "vitest";
import { inactive } from "../../../src/history/churn/inactive.js";
import { thrownBy } from "../../support/thrown.js";
import { analysisOf, PAIR, problemsOf, subscriber, unwritable, used } from "./small-history.js";

describe("what a history has little of", () => {
  test("no subscribers: refused when it is opened", async () => {
    expect((await thrownBy(() => analysisOf({ subscribers: [] }))).code).toBe("data.empty");
  });

  test("less than a month: refused", async () => {
    expect(await problemsOf({}, { subscribers: [subscriber("a", "2024-01-15")] })).toEqual([
      "analyze: history",
    ]);
  });

  test("too few months to look back on: refused", async () => {
    const sources = { ...PAIR, usage: used("a", 6) };
    expect(await problemsOf({ churn: inactive() }, sources)).toEqual(["analyze: history"]);
  });

  test("only a table of subscribers: months and cuts by what it says, the rest is missing", async () => {
    const analysis = await analysisOf({
      subscribers: [
        subscriber("a", "2024-01-01"),
        subscriber("b", "2024-01-31", "2024-05-01"),
        subscriber("c", "2024-06-15", "2024-07-01"),
      ],
    });
    // By the ends: the history goes to 1 July 2024, so June is its last whole month.
    expect(analysis.period).toEqual({ from: "2024-01", to: "2024-06", months: 6 });
    expect(analysis.months.map(({ joined, left, base }) => [joined, left, base])).toEqual([
      [2, 0, 0],
      [0, 0, 2],
      [0, 0, 2],
      [0, 0, 2],
      [0, 1, 2],
      [1, 0, 1],
    ]);
    expect(analysis.total).toMatchObject({ left: 1, base: 0, churnRate: null, churnToNew: 1 / 3 });
    expect(Object.keys(analysis.cuts)).toEqual(["tenure"]);
    expect(analysis.missing.map(({ part }) => part)).toEqual(["revenue", "causes", "survey"]);
    expect(unwritable(analysis)).toEqual([]);
  });

  test("one month: its counts, without season, breaks and change", async () => {
    const analysis = await analysisOf({ ...PAIR, usage: used("a", 1) });
    expect(analysis.months).toHaveLength(1);
    expect(analysis.months[0]).toMatchObject({ month: "2024-01", joined: 0, left: 0, base: 1, churnRate: 0 });
    expect(analysis.season).toMatchObject({ method: "none", breaks: [] });
    expect(analysis.change).toEqual([]);
    expect(unwritable(analysis)).toEqual([]);
  });

  test("one subscriber: a rate of 0 with a wide interval", async () => {
    const analysis = await analysisOf({ subscribers: [subscriber("a", "2024-01-01")], usage: used("a") });
    const [{ rate, low, high, base }] = analysis.cuts.tenure;
    expect([rate, base]).toEqual([0, 1]);
    expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(0.8);
    expect(unwritable(analysis)).toEqual([]);
  });

  test("months without subscribers have no rate", async () => {
    const at = (day: string) => ({ subscriber_id: "b", at: day, kind: "complaint" });
    const analysis = await analysisOf({
      subscribers: [subscriber("a", "2025-03-15", "2025-04-01"), subscriber("b", "2025-08-15")],
      events: [at("2025-01-01"), at("2025-12-31")],
    });
    const rates = analysis.months.map(({ base, churnRate, churnToNew }) => [base, churnRate, churnToNew]);
    expect(rates.slice(0, 4)).toEqual([
      [0, null, null],
      [0, null, null],
      [0, null, 0],
      [1, 1, null],
    ]);
    expect(analysis.total).toMatchObject({ base: 0, left: 1, churnRate: null, churnRatePerMonth: null });
    expect(unwritable(analysis)).toEqual([]);
  });

  test("one subscriber for each tariff: all tariffs with one estimated rate", async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `s${i}`);
    const analysis = await analysisOf({
      subscribers: ids.map((id, i) => subscriber(id, "2024-01-01", i % 3 === 0 ? "2025-05-05" : null)),
      tariffs: ids.map((id) => ({ subscriber_id: id, tariff: `of ${id}`, valid_from: "2024-01-01" })),
      usage: used("s1"),
    });
    const { tariff } = analysis.cuts;
    expect(tariff).toHaveLength(30);
    expect(new Set(tariff.map(({ rate }) => rate))).toEqual(new Set([0, 1]));
    expect(new Set(tariff.map(({ shrunkRate }) => shrunkRate)).size).toBe(1);
    expect(analysis.outliers).toEqual([]);
    expect(unwritable(analysis)).toEqual([]);
  });

  test("subscribers without region, dealer and tariff are counted under null, which comes last", async () => {
    const analysis = await analysisOf({
      subscribers: [
        subscriber("a", "2024-01-01", null, { region: "北", dealer_id: "d" }),
        subscriber("b", "2024-01-01", "2025-05-05", { region: null, dealer_id: null }),
        subscriber("c", "2024-01-01", null, { region: null, dealer_id: null }),
      ],
      tariffs: [{ subscriber_id: "a", tariff: "59", valid_from: "2024-01-01" }],
      usage: used("a"),
    });
    for (const [cut, value] of [
      ["region", "北"],
      ["dealer", "d"],
      ["tariff", "59"],
    ]) {
      expect(analysis.cuts[cut].map((each) => [each.value, each.base, each.left])).toEqual([
        [value, 1, 0],
        [null, 2, 1],
      ]);
    }
  });
});
