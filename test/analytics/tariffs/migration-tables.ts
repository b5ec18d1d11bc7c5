import { migrationList } from "../../../src/analytics/tariffs/migration-list.js";
import { opened } from "./opened.js";

const AT = { at: "2025-07" };
export const price = (
  tariff: string,
  product: string,
  fee: number | null,
  included: number | null,
  price_beyond: number | null,
) => ({
  ...{ tariff, product, fee, included, price_beyond },
  valid_from: "2024-01-01",
  valid_to: null as string | null,
});
export const on = (
  subscriber_id: string,
  tariff: string,
  monthly_fee: number | null = null,
  valid_from = "2024-01-01",
) => ({
  ...{ subscriber_id, tariff, monthly_fee, valid_from },
  valid_to: null as string | null,
});
export const person = (
  subscriber_id: string,
  activated_on = "2022-01-01",
  birth_year: number | null = null,
) => ({
  ...{ subscriber_id, activated_on, birth_year },
});
/** Use of April to June. */
export const use = (subscriber_id: string, minutes: readonly (number | null)[], data = 0) =>
  minutes.map((each, i) => ({ subscriber_id, month: `2025-0${i + 4}`, minutes: each, data }));

export const TABLES = {
  subscribers: [..."ABCDEFG"].map((id) => person(id, id === "G" ? "2025-06-15" : "2022-01-01")),
  tariffs: [on("A", "S"), on("B", "L", 24), on("C", "old"), on("E", "M"), on("F", "S", 4), on("G", "S")],
  usage: [
    ...use("A", [100, 100, 130], 3),
    ...use("B", [20, 0, 10]),
    ...use("C", [50, 50, 50]),
    ...use("D", [50, 50, 50]),
    ...use("E", [100, 100, 100], 2),
    ...use("F", [900, 900, 900], 0),
  ],
  services: [{ subscriber_id: "B", service: "tv", valid_from: "2024-01-01", valid_to: null }],
  prices: [
    price("S", "base", 5, null, null),
    price("S", "minutes", null, 50, 0.3),
    price("S", "data", 1, 1, 2.5),
    price("S", "tv", 8, null, null),
    price("M", "base", 10, null, null),
    price("M", "minutes", 0.5, 100, 0.1),
    price("M", "tv", 2, null, null),
    price("L", "base", 30, null, null),
    price("L", "minutes", 0, null, 0),
    price("L", "tv", 8, null, null),
  ],
};
export const listOf = (options: object, tables: Parameters<typeof opened>[0] = TABLES) =>
  opened(tables, (history) => migrationList(history, { ...AT, offered: "all", ...options }));
