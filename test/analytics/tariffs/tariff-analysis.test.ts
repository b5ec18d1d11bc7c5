import { describe, expect, test } from "vitest";
import { tariffAnalysis } from "../../../src/analytics/tariffs/tariff-analysis.js";
import { thrownBy } from "../../support/thrown.js";
import { opened } from "./opened.js";

const person = (subscriber_id: string, activated_on: string, ended_on: string | null = null) => ({
  subscriber_id,
  activated_on,
  ended_on,
});
const on = (subscriber_id: string, tariff: string, valid_from: string, valid_to: string | null = null) => ({
  subscriber_id,
  tariff,
  valid_from,
  valid_to,
});
const bills = (subscriber_id: string, revenue: number, months: readonly string[]) =>
  months.map((month) => ({ subscriber_id, month, revenue }));
const Q1 = ["2025-01", "2025-02", "2025-03"];
const ALL = ["2024-12", ...Q1];

const TABLES = {
  subscribers: [
    person("A", "2024-01-01"),
    // On the last day of the period: still within it.
    person("B", "2024-01-01", "2025-03-31"),
    // On the first day after it: active in all of it.
    person("C", "2024-01-01", "2025-04-01"),
    // On the first day: in the base, and left.
    person("D", "2024-01-01", "2025-01-01"),
    // Joined on the first day: not in the base.
    person("E", "2025-01-01", "2025-02-11"),
    person("F", "2024-01-01", "2024-12-31"),
    person("G", "2024-01-01"),
  ],
  tariffs: [
    on("A", "S", "2024-01-01", "2025-01-01"),
    on("A", "L", "2025-01-01"),
    on("B", "S", "2024-01-01"),
    on("C", "L", "2024-01-01"),
    on("D", "L", "2024-01-01"),
    on("E", "S", "2025-01-01", "2025-02-10"),
    on("E", "L", "2025-02-10"),
    on("F", "S", "2024-01-01"),
  ],
  billing: [
    ...bills("A", 10, ALL),
    ...bills("B", 20, ["2024-12", "2025-01", "2025-03"]),
    ...bills("C", 50, ALL),
    ...bills("D", 70, ["2024-12"]),
    ...bills("E", 90, ["2025-01", "2025-02"]),
  ],
};
const PERIOD = { from: "2025-01", to: "2025-03" };

describe("tariffAnalysis", () => {
  test("counts base and departures by the tariff on the day before, and the mean bills of the base before the period", async () => {
    const analysis = await opened(TABLES, (history) => tariffAnalysis(history, PERIOD));
    const figures = Object.fromEntries(analysis.tariffs.map((each) => [each.tariff, each]));
    // A and B; B left. Bills of December, the only month before the period: 10 and 20.
    expect(figures.S).toMatchObject({ base: 2, leftOfBase: 1, left: 1, arpu: 15 });
    // C and D; D left on the first day. E left too, but was not there before.
    expect(figures.L).toMatchObject({ base: 2, leftOfBase: 1, left: 2, leftPerMonth: 2 / 3, arpu: 60 });
    // G has no row in a month that the table has: no bill.
    expect(figures.null).toMatchObject({ base: 1, leftOfBase: 0, left: 0, arpu: 0 });
    expect(analysis.all).toMatchObject({ base: 5, left: 3, leftOfBase: 2, leftPerMonth: 1, arpu: 30 });
    expect([figures.S.bill, figures.L.bill, figures.null.bill]).toEqual(["low", "high", "low"]);
    expect([analysis.missing, analysis.missingBills, analysis.months]).toEqual([null, null, 3]);
  });

  test("names high churn by the level of the bill", async () => {
    const many = Array.from({ length: 200 }, (_, i) => ({ id: `N${i}`, isLow: i < 100 }));
    const tables = {
      subscribers: many.map(({ id, isLow }, i) =>
        person(id, "2024-01-01", isLow && i < 60 ? "2025-02-01" : null),
      ),
      tariffs: many.map(({ id, isLow }) => on(id, isLow ? "low" : "high", "2024-01-01")),
      billing: many.flatMap(({ id, isLow }) => bills(id, isLow ? 5 : 50, ["2024-12", ...Q1])),
    };
    const { tariffs } = await opened(tables, (history) => tariffAnalysis(history, PERIOD));
    expect(tariffs.map(({ tariff, churn, finding }) => [tariff, churn, finding])).toEqual([
      ["low", "high", "high churn, low bill"],
      ["high", "low", null],
    ]);
    const { billing: _, ...others } = tables;
    const without = await opened(
      {
        ...others,
        usage: [
          { subscriber_id: "N1", month: "2025-01", minutes: 1 },
          { subscriber_id: "N199", month: "2025-03", minutes: 1 },
        ],
      },
      (history) => tariffAnalysis(history, PERIOD),
    );
    expect(without.tariffs[0]).toMatchObject({
      finding: "high churn, bill not known",
      bill: null,
      arpu: null,
    });
    expect(without.missingBills).toBe("the history has no billing");
  });

  test("says that tariffs are missing, and is plain JSON without infinite numbers for one subscriber per tariff", async () => {
    const { tariffs: _, ...without } = TABLES;
    const none = await opened(without, (history) => tariffAnalysis(history, PERIOD));
    expect(none.missing).toBe("the history has no tariffs");
    expect(none.tariffs).toHaveLength(1);
    const own = { ...TABLES, tariffs: ["A", "B", "C", "D"].map((id) => on(id, `only ${id}`, "2024-01-01")) };
    const each = await opened(own, (history) => tariffAnalysis(history, PERIOD));
    expect(each.tariffs).toHaveLength(5);
    expect(JSON.parse(JSON.stringify(each))).toEqual(each);
    expect(each.tariffs.every(({ churn }) => churn === "usual")).toBe(true);
  });

  test("refuses months that the history does not cover, and unknown options", async () => {
    await opened(TABLES, async (history) => {
      expect((await thrownBy(() => tariffAnalysis(history, { from: "2023-01" }))).message).toMatch(
        /^tariffAnalysis: from: must be a month that the history covers/u,
      );
      expect((await thrownBy(() => tariffAnalysis(history, { at: "2025-01" } as object))).code).toBe(
        "argument.invalid",
      );
    });
  });
});
