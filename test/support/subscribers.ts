import { createRandom } from "../../src/random.js";
import type { RowsOptions } from "../../src/table/rows.js";
import { tableFromRows } from "../../src/table/rows.js";
import type { Table } from "../../src/table/table.js";

export type SubscriberRow = Record<string, string | number | boolean | null>;

/**
 * Subscribers made by formula: the log-odds of churn fall with tenure and rise with calls to the hotline and with the
 * tariff 随心 and, with `signal` 0, are the same for all. Charges and tariffs have missing values.
 */
export function subscriberRows(count: number, seed = 1, signal = 1): SubscriberRow[] {
  const random = createRandom(seed, "subscribers");
  const tariffs = ["随心", "Family", "Business", null];
  return Array.from({ length: count }, (_, row) => {
    const tenure = random.integer(72);
    const calls = random.integer(6);
    const charge = Math.round((20 + 80 * random.next()) * 100) / 100;
    const tariff = tariffs[random.integer(8) % 4];
    const isInGroup = random.next() < 0.4;
    const chargeIsMissing = random.next() < 0.1;
    const logOdds = signal * (0.4 - 0.05 * tenure + 0.35 * calls + (tariff === "随心" ? 1 : 0)) - 0.6;
    return {
      subscriber: `S${String(row).padStart(5, "0")}`,
      tenure,
      "客服 calls": calls,
      charge: chargeIsMissing ? null : charge,
      套餐: tariff,
      group: isInGroup,
      churned: random.next() < 1 / (1 + Math.exp(-logOdds)) ? "Yes" : "No",
    };
  });
}

export function subscriberTable(count: number, seed = 1, signal = 1, options: RowsOptions = {}): Table {
  return tableFromRows(subscriberRows(count, seed, signal), {
    ...options,
    columns: { subscriber: "text", ...options.columns },
  });
}
