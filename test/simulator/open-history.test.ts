import { describe, expect, test } from "vitest";
import { disconnected, openHistory, snapshots } from "../../src/history/index.js";
import { simulateOperator } from "../../src/simulator/simulate-operator.js";
import { numbersOf } from "./columns.js";

const SHOCKS = {
  tariffChange: "2024-11-01",
  priceWar: "2024-12-01",
  newCompetitor: "2024-10-01",
  unitFault: "2025-03-01",
  missingMonth: "2025-01-01",
  lateTable: "2025-02-01",
};

describe("openHistory of a simulated operator", () => {
  test.each([
    ["with the defaults", {}],
    ["with all tables, shocks and offers", { daily: true, shocks: SHOCKS, campaign: { share: 0.2 } }],
  ])("has no problems %s, and snapshots with features of all rows", async (_, options) => {
    const { truth, ...tables } = simulateOperator({ subscribers: 400, months: 12, seed: 6, ...options });
    const history = await openHistory(tables);
    try {
      expect(Object.keys(history.schema).sort()).toEqual(Object.keys(tables).sort());
      const table = await snapshots(history, { at: "2025-02-01", churn: disconnected() });
      expect(table.rowCount).toBeGreaterThan(150);
      expect(table.columns.length).toBeGreaterThan(30);
      const present = numbersOf(tables.subscribers, "activated_on").length;
      expect(table.rowCount).toBeLessThan(present);
    } finally {
      history.close();
    }
    expect(truth.causes.rowCount).toBeGreaterThan(0);
  });
});
