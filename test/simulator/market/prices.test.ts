import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TARIFF_TERMS, type TariffName } from "../../../src/simulator/market/catalogue.js";
import {
  chargedBeyond,
  cheapestTariff,
  type MonthlyUse,
  monthlyCost,
  tariffsFor,
} from "../../../src/simulator/market/prices.js";
import { type Row, rowsBy, rowsIn } from "../columns.js";
import { operator } from "../simulated-operator.js";

const TARIFFS = Object.keys(TARIFF_TERMS) as TariffName[];
const prices = rowsBy(rowsIn(operator.prices), (row) => row.text("tariff"));
const useOf = fc.record({
  minutes: fc.double({ min: 0, max: 3000, noNaN: true }),
  dataGb: fc.double({ min: 0, max: 80, noNaN: true }),
});
const shareOf = fc.constantFrom(1, 0.9, 0.8);

/** The cost of a month from the rows of the price table, as its description says. */
function costFromTable(tariff: string, feeShare: number, use: MonthlyUse): number {
  const used: Readonly<Record<string, number>> = { minutes: use.minutes, data_gb: use.dataGb };
  let cost = 0;
  for (const row of prices.get(tariff) ?? []) {
    const product = row.text("product");
    if (product === "base") cost += row.number("fee") * feeShare;
    if (!(product in used)) continue;
    const included = row.number("included");
    const beyond = Number.isNaN(included) ? 0 : Math.max(0, used[product] - included);
    cost += row.number("fee") + row.number("price_beyond") * beyond;
  }
  return cost;
}

describe("the table prices", () => {
  test("has each product of each tariff once, known before the records begin", () => {
    expect(new Set(prices.keys())).toEqual(new Set(TARIFFS));
    for (const rows of prices.values()) {
      expect(rows.map((row) => row.text("product")).sort()).toEqual(
        ["base", "minutes", "data_gb", "internet", "tv", "roaming"].sort(),
      );
      for (const row of rows) {
        expect(row.number("valid_from")).toBeLessThan(Date.UTC(2024, 7, 1) / 86_400_000);
        expect(row.number("valid_to")).toBeNaN();
        expect(row.number("price_beyond")).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test("gives the cost that monthlyCost has, for any use", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TARIFFS), shareOf, useOf, (tariff, feeShare, use) => {
        expect(costFromTable(tariff, feeShare, use)).toBeCloseTo(monthlyCost(tariff, feeShare, use), 6);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test("has the fees that subscribers pay, less their discount", () => {
    const fees = new Map(
      [...prices].map(([tariff, rows]) => [
        tariff,
        (rows.find((row) => row.text("product") === "base") as Row).number("fee"),
      ]),
    );
    for (const row of rowsIn(operator.tariffs)) {
      const share = row.number("monthly_fee") / (fees.get(row.text("tariff")) ?? Number.NaN);
      expect(Math.min(...[1, 0.9, 0.8].map((each) => Math.abs(share - each)))).toBeLessThan(0.001);
    }
  });
});

describe("cheapestTariff", () => {
  test("is found by hand", () => {
    const offered = tariffsFor(false, 40);
    // 500 minutes and 20 GB: basic 9.9 + 24 + 28.5; smart 17.9 + 12 + 21; plus 26.9 + 3; unlimited 39.9.
    const use = { minutes: 500, dataGb: 20 };
    const { tariff, saving } = cheapestTariff("basic", offered, 1, use);
    expect(tariff).toBe("plus");
    expect(saving).toBeCloseTo(1 - 29.9 / 62.4, 12);
    expect(cheapestTariff("plus", offered, 1, use)).toEqual({ tariff: "plus", saving: 0 });
  });

  test("agrees with a brute force over the rows of the table prices", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TARIFFS),
        fc.integer({ min: 16, max: 80 }),
        shareOf,
        useOf,
        (present, age, feeShare, use) => {
          const offered = tariffsFor(false, age);
          const { tariff, saving } = cheapestTariff(present, offered, feeShare, use);
          const costs = [present, ...offered].map((name) => costFromTable(name, feeShare, use));
          const least = Math.min(...costs);
          expect(costFromTable(tariff, feeShare, use)).toBeCloseTo(least, 6);
          expect(saving).toBeCloseTo(1 - least / costs[0], 6);
          expect(saving).toBeGreaterThanOrEqual(0);
          expect([present, ...offered]).toContain(tariff);
        },
      ),
      { numRuns: 500, seed: 2 },
    );
  });

  test("stays with the present tariff where none is cheaper, and where none is offered", () => {
    expect(cheapestTariff("business", [], 1, { minutes: 1, dataGb: 0 })).toEqual({
      tariff: "business",
      saving: 0,
    });
  });
});

test("tariffsFor offers none to accounts, and the youth tariff to the young only", () => {
  expect(tariffsFor(true, 20)).toEqual([]);
  expect(tariffsFor(false, 20)).toContain("youth");
  expect(tariffsFor(false, 28)).not.toContain("youth");
  expect(tariffsFor(false, 20)).not.toContain("business");
});

test("chargedBeyond counts what is included in proportion to the served share of the month", () => {
  // Basic includes 100 minutes and 1 GB: 50 and 0.5 of half a month.
  expect(chargedBeyond("basic", 0.5, { minutes: 60, dataGb: 1 })).toBeCloseTo(10 * 0.06 + 0.5 * 1.5, 12);
  expect(chargedBeyond("basic", 1, { minutes: 100, dataGb: 1 })).toBe(0);
  expect(chargedBeyond("unlimited", 0.1, { minutes: 1e6, dataGb: 1e6 })).toBe(0);
});
