import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { migrationList } from "../../../src/analytics/tariffs/migration-list.js";
import { prices } from "../../../src/history/families/prices.js";
import { openHistory, snapshots } from "../../../src/history/index.js";
import { rowsOf } from "../../../src/table/index.js";
import { listOf, on, person, price, use } from "./migration-tables.js";

describe("migrationList", () => {
  test("has the savings of the features of prices() where discounts are ignored, all tariffs are offered and no service has a price", async () => {
    const history = await openHistory("datasets/simulated");
    try {
      const tables = await snapshots(history, { at: "2025-10", churn: false, features: [prices()] });
      const { services: _, billing: __, ...schema } = history.schema;
      const withoutServices = { ...history, schema };
      const { rows } = await migrationList(withoutServices, {
        at: "2025-10",
        offered: "all",
        discount: "ignored",
      });
      const expected = rowsOf(tables).filter(({ tariff_saving }) => Number(tariff_saving) > 0);
      expect(rows.length).toBeGreaterThan(300);
      const listed = new Map(rows.map((row) => [row.subscriber, [row.saving, row.cheapestTariff]]));
      expect(listed).toEqual(
        new Map(expected.map((row) => [String(row.subscriber_id), [row.tariff_saving, row.cheapest_tariff]])),
      );
    } finally {
      history.close();
    }
  });

  test("equals a row by row calculation on random histories; savings are above 0, and pairs add up to the list", async () => {
    const money = fc.integer({ min: 0, max: 400 }).map((tenths) => tenths / 10);
    const units = fc.option(fc.integer({ min: 0, max: 300 }));
    const tariff = fc.record({
      ...{
        fee: fc.option(money),
        included: units,
        beyond: fc.option(fc.integer({ min: 0, max: 8 }).map((each) => each / 8)),
      },
      ...{ isPriced: fc.integer({ min: 0, max: 5 }).map((each) => each > 0), tv: fc.option(money) },
    });
    const subscriber = fc.record({
      tariff: fc.integer({ min: 0, max: 3 }),
      fee: fc.option(money),
      // A multiple of three months, so that their mean is the same in any order of sums.
      minutes: fc.array(
        fc.integer({ min: 0, max: 300 }).map((each) => 3 * each),
        { minLength: 3, maxLength: 3 },
      ),
      hasTv: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(tariff, { minLength: 4, maxLength: 4 }),
        fc.array(subscriber, { minLength: 1, maxLength: 8 }),
        async (tariffs, people) => {
          const names = tariffs.map((_, i) => `T${i}`);
          const tables = {
            subscribers: people.map((_, i) => person(`P${i}`)),
            tariffs: people.map((each, i) => on(`P${i}`, names[each.tariff], each.fee)),
            usage: people.flatMap((each, i) => use(`P${i}`, each.minutes)),
            services: [
              { subscriber_id: "P0", service: "radio", valid_from: "2024-01-01" },
              ...people.flatMap((each, i) =>
                each.hasTv ? [{ subscriber_id: `P${i}`, service: "tv", valid_from: "2024-01-01" }] : [],
              ),
            ],
            prices: [
              price("never had", "other", 1000, null, null),
              ...tariffs.flatMap((each, i) =>
                each.isPriced
                  ? [
                      price(names[i], "base", each.fee, null, null),
                      price(names[i], "minutes", null, each.included, each.beyond),
                      price(names[i], "tv", each.tv, null, null),
                    ]
                  : [],
              ),
            ],
          };
          const list = await listOf({}, tables);
          const isTvService = people.some(({ hasTv }) => hasTv);
          const expected = people.flatMap((each, i) => {
            const own = tariffs[each.tariff];
            if (!own.isPriced) return [];
            const mean = each.minutes.reduce((sum, month) => sum + month, 0) / 3;
            const listFee = (of: typeof own) => (of.fee ?? 0) + (isTvService ? 0 : (of.tv ?? 0));
            const share =
              each.fee !== null && each.fee > 0 && listFee(own) > 0
                ? Math.min(1, each.fee / listFee(own))
                : 1;
            const rest = (of: typeof own) =>
              Math.max(0, mean - (of.included ?? 0)) * (of.beyond ?? 0) + (each.hasTv ? (of.tv ?? 0) : 0);
            const present = (each.fee ?? listFee(own)) + rest(own);
            const costs = tariffs.flatMap((of, place) =>
              of.isPriced && place !== each.tariff ? [listFee(of) * share + rest(of)] : [],
            );
            const saving = present - Math.min(present, 1000 * share, ...costs);
            return saving > 0.00015 ? [{ subscriber: `P${i}`, saving }] : [];
          });
          const clear = list.rows.filter(({ saving }) => saving > 0.00015);
          expect(clear.map(({ subscriber: id }) => id).sort()).toEqual(
            expected.map(({ subscriber: id }) => id).sort(),
          );
          // Fees are rounded to ten-thousandths, and so is what lies beyond.
          for (const { subscriber: id, saving } of expected)
            expect(clear.find((row) => row.subscriber === id)?.saving).toBeCloseTo(saving, 3);
          for (const row of list.rows) {
            expect(row.saving).toBeGreaterThan(0);
            expect(row.cost - row.cheapestCost).toBeCloseTo(row.saving, 9);
          }
          const sum = (values: readonly { readonly saving: number }[]) =>
            values.reduce((all, each) => all + each.saving, 0);
          expect(sum(list.pairs)).toBeCloseTo(sum(list.rows), 6);
          expect(list.saving).toBeCloseTo(sum(list.rows), 6);
          expect(list.pairs.reduce((all, each) => all + each.subscribers, 0)).toBe(list.listed);
        },
      ),
      { numRuns: 12 },
    );
  });
});
