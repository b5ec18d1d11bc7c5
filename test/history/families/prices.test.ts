import { describe, expect, test } from "vitest";
import { prices } from "../../../src/history/families/prices.js";
import { populationFigures } from "../../../src/history/population-figures.js";
import { vectorFromFacts } from "../../../src/history/vector-from-facts.js";
import {
  type HistoryTables,
  schemaOf,
  snapshotRows,
  withFacts,
} from "../../support/history/history-tables.js";
import { openPlainHistory } from "../../support/history/open-plain-history.js";
import { NO_FACTS } from "../../support/history/random-history.js";

const AT = { at: "2025-07", observe: 6 };
const price = (
  tariff: string,
  product: string,
  [fee, included, price_beyond]: readonly (number | null)[],
  [valid_from, valid_to = null]: readonly (string | null)[] = ["2024-01-01"],
  known_at: string | null = null,
) => ({ tariff, product, fee, included, price_beyond, valid_from, valid_to, known_at });
const on = (subscriber_id: string, tariff: string, valid_to: string | null = null) => ({
  subscriber_id,
  tariff,
  valid_from: "2024-01-01",
  valid_to,
});
/** Use of March to June. */
const use = (subscriber_id: string, minutes: readonly number[], data: number | null = 0) =>
  minutes.map((each, i) => ({ subscriber_id, month: `2025-0${i + 3}`, minutes: each, data }));
const HISTORY: HistoryTables = {
  subscribers: ["A", "B", "C", "D", "E", "F"].map((subscriber_id) => ({
    subscriber_id,
    activated_on: "2022-01-01",
  })),
  tariffs: [
    on("A", "S"),
    on("B", "L"),
    on("C", "old"),
    on("D", "S", "2025-05-01"),
    on("E", "M"),
    on("F", "S"),
  ],
  usage: [
    ...use("A", [900, 100, 100, 130], 3),
    ...use("B", [0, 20, 0, 10]),
    ...use("C", [50, 50, 50, 50]),
    ...use("D", [50, 50, 50, 50]),
    ...use("E", [100, 100, 100, 100], 2),
    ...use("F", [100, 100, 100, 100], null),
  ],
  prices: [
    price("S", "base", [5, null, null]),
    price("S", "minutes", [null, 50, 0.3]),
    price("S", "data", [1, 1, 2.5]),
    // A price that has ended, and the one after it.
    price("M", "base", [9, null, null], ["2024-01-01", "2025-06-01"]),
    price("M", "base", [10, null, null], ["2025-06-01"]),
    price("M", "minutes", [0.5, 100, 0.1]),
    price("L", "base", [30, null, null]),
    // Not of use: no measure has this name.
    price("L", "roaming", [2, 0, 99]),
    price("gone", "base", [0, null, null], ["2024-01-01", "2025-06-30"]),
    // The same price as M.
    price("K", "base", [10.5, null, null]),
    price("K", "minutes", [null, 100, 0.1]),
  ],
};
const NAMES = ["tariff_saving", "tariff_saving_share", "cheapest_tariff"];
const featuresOf = (rows: Awaited<ReturnType<typeof snapshotRows>>) =>
  Object.fromEntries(rows.map((row) => [row.subscriber_id, NAMES.map((name) => row[name])]));

describe("prices", () => {
  test("compare the subscriber's tariff with the one that is the cheapest for the mean use of three months", async () => {
    const rows = await snapshotRows(HISTORY, AT, [prices()]);
    expect(Object.keys(rows[0]).slice(2)).toEqual(NAMES);
    expect(featuresOf(rows)).toEqual({
      // 110 minutes and 3 GB. S: 5 + 0.3 × 60 + 1 + 2.5 × 2 = 29; M: 10 + 0.5 + 0.1 × 10 = 11.5, as the other, first by name.
      A: [17.5, 17.5 / 29, "K"],
      // 10 minutes. L: 30 + 2, S: 5 + 1.
      B: [26, 26 / 32, "S"],
      // A tariff without prices, and none at all.
      C: [null, null, null],
      D: [null, null, null],
      // 10.5 in M, and in the other one: the own one stays.
      E: [0, 0, "M"],
      // How much data is not known, of which S has a price.
      F: [null, null, null],
    });
  });

  test("are 0 for columns that the table does not have, and count one price of a product at a time", async () => {
    const some = [
      { tariff: "S", product: "minutes", price_beyond: 0.1, valid_from: "2024-01-01" },
      { tariff: "S", product: "minutes", price_beyond: 0.2, valid_from: "2025-01-01" },
      { tariff: "M", product: "minutes", price_beyond: 0.05, valid_from: "2025-01-01" },
      { tariff: "M", product: "minutes", price_beyond: 0.07, valid_from: "2025-01-01" },
    ];
    const { A, F } = featuresOf(await snapshotRows({ ...HISTORY, prices: some }, AT, [prices()]));
    expect(A).toEqual([14.3, 14.3 / 22, "M"]);
    expect(F).toEqual([13, 0.65, "M"]);
  });

  test("need a month of use", async () => {
    const [row] = await snapshotRows(HISTORY, { at: "2025-07", observe: { days: 20 } }, [prices()]);
    expect(Object.keys(row)).toEqual(["subscriber_id", "cutoff"]);
  });

  test("are figures of all subscribers for a service that has the facts of one", async () => {
    const history = await openPlainHistory({ ...NO_FACTS, ...HISTORY }, schemaOf(HISTORY));
    const features = [prices()];
    const figures = await populationFigures(history, "2025-07", { features });
    history.close();
    // Not through a decimal: the price of a unit is a double.
    const { columns, rows } = figures.relations.tariff_prices;
    expect(columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      ...["tariff text", "place whole", "fees whole"],
      ...["included_1 number", "price_1 number", "included_2 number", "price_2 number"],
    ]);
    expect(rows[3]).toEqual(["S", 4, 60_000, 50, 0.3, 1, 2.5]);
    const { prices: _, ...facts } = Object.fromEntries(
      Object.entries(HISTORY).map(([name, all]) => [
        name,
        all.filter(({ subscriber_id }) => subscriber_id === "A"),
      ]),
    );
    const population = JSON.parse(JSON.stringify(figures));
    expect(await vectorFromFacts(facts, "2025-07", { population, features })).toMatchObject({
      tariff_saving: 17.5,
      cheapest_tariff: "K",
    });
  });

  test("does not use facts that begin, end or become known on the cutoff or later", async () => {
    const later = {
      prices: [
        price("new", "base", [0, null, null], ["2025-07-01"]),
        price("secret", "base", [0, null, null], ["2025-01-01"], "2025-07-01"),
      ],
    };
    const ending = {
      ...HISTORY,
      prices: (HISTORY.prices ?? []).map((fact) => ({ ...fact, valid_to: fact.valid_to ?? "2025-07-01" })),
    };
    expect(await snapshotRows(withFacts(ending, later), AT, [prices()])).toEqual(
      await snapshotRows(HISTORY, AT, [prices()]),
    );
  });
});
