import { describe, expect, test } from "vitest";
import { migrationList } from "../../../src/analytics/tariffs/migration-list.js";
import { thrownBy } from "../../support/thrown.js";
import { listOf, TABLES } from "./migration-tables.js";
import { opened } from "./opened.js";

describe("migrationList", () => {
  test("compares what each tariff costs for the mean use of three months, with the services that a subscriber has", async () => {
    const list = await listOf({});
    expect(list).toMatchObject({
      ...{ missing: null, at: "2025-07-01", months: 3, active: 7, compared: 4 },
      ...{ withoutTariff: 1, withoutPrices: 1, withoutUse: 1, listed: 3 },
    });
    expect(
      list.rows.map(({ subscriber, tariff, cheapestTariff, cost, cheapestCost, saving }) => [
        ...[subscriber, tariff, cheapestTariff, cost, cheapestCost, saving],
      ]),
    ).toEqual([
      // 900 minutes, 4 of the 6 that S lists: 4 + 0.3 × 850 = 259; unlimited, at two thirds of 30: 20.
      ["F", "S", "L", 259, 20, 239],
      // 10 minutes and television; pays 24 of 30, and keeps four fifths: 24 + 8 = 32; M 10.5 × 0.8 + 2 = 10.4; S 6 × 0.8 + 8 = 12.8.
      ["B", "L", "M", 32, 10.4, 21.6],
      // 110 minutes and 3 GB: S 6 + 0.3 × 60 + 2.5 × 2 = 29; M 10.5 + 0.1 × 10 = 11.5.
      ["A", "S", "M", 29, 11.5, 17.5],
    ]);
    expect(list.saving).toBeCloseTo(278.1, 9);
    expect(list.breakEvenReduction).toBeCloseTo(278.1 / 320, 9);
    expect(
      list.pairs.map(({ tariff, cheapestTariff, subscribers }) => [tariff, cheapestTariff, subscribers]),
    ).toEqual([
      ["S", "L", 1],
      ["L", "M", 1],
      ["S", "M", 1],
    ]);
  });

  test("leaves out who is billed less than half of what the price list says, and counts them", async () => {
    const bills = (subscriber_id: string, revenue: number) =>
      [4, 5, 6].map((month) => ({ subscriber_id, month: `2025-0${month}`, revenue }));
    // B costs 32, and is billed 15.9; A costs 29; F has no bill in a month of which there are bills: none.
    const tables = { ...TABLES, billing: [...bills("A", 14.5), ...bills("B", 15.9), ...bills("E", 11)] };
    const { rows, billedLess, compared } = await listOf({}, tables);
    expect([rows.map(({ subscriber }) => subscriber), billedLess, compared]).toEqual([["A"], 2, 2]);
    const all = await listOf({ leastBilled: 0 }, tables);
    expect([all.rows.map(({ subscriber, revenue }) => [subscriber, revenue]), all.billedLess]).toEqual([
      [
        ["F", 0],
        ["B", 15.9],
        ["A", 14.5],
      ],
      0,
    ]);
  });

  test("loses or ignores a discount where it is asked to", async () => {
    const lost = await listOf({ discount: "lost" });
    // F: 30; B: M 10.5 + 2.
    expect(lost.rows.map((row) => [row.subscriber, row.cost, row.cheapestCost])).toEqual([
      ["F", 259, 30],
      ["B", 32, 12.5],
      ["A", 29, 11.5],
    ]);
    const ignored = await listOf({ discount: "ignored" });
    expect(ignored.rows.map((row) => [row.subscriber, row.cost, row.cheapestCost])).toEqual([
      ["F", 261, 30],
      ["B", 38, 12.5],
      ["A", 29, 11.5],
    ]);
  });

  test("lists those who would save enough, at most so many, with totals of all", async () => {
    const { rows, listed, saving } = await listOf({ most: 1, leastSaving: 20 });
    expect([rows.map(({ subscriber }) => subscriber), listed]).toEqual([["F"], 2]);
    expect(saving).toBeCloseTo(260.6, 9);
  });

  test("says which table is missing, and what is wrong with options", async () => {
    const { prices: _, usage: __, ...without } = TABLES;
    const billing = [4, 5, 6].map((month) => ({ subscriber_id: "A", month: `2025-0${month}`, revenue: 1 }));
    const none = await listOf({}, { ...without, billing });
    expect([none.missing, none.listed, none.rows]).toEqual(["the history has no prices and no usage", 0, []]);
    await opened(TABLES, async (history) => {
      const wrong = {
        months: 0,
        discount: "half",
        leastSaving: -1,
        leastBilled: 2,
        most: 0.5,
        offered: 3,
      } as object;
      expect(
        (await thrownBy(() => migrationList(history, wrong))).problems.map(({ path }) => path.argument),
      ).toEqual([...["months", "discount", "leastSaving", "leastBilled", "most", "offered"]]);
      const late = await thrownBy(() => migrationList(history, { at: "2026-09" }));
      expect(late.message).toMatch(/^migrationList: at: must be a day from 2025-05-01 to 2025-07-01/u);
    });
  });
});
