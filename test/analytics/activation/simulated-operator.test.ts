import { describe, expect, test } from "vitest";
import { abnormalActivation } from "../../../src/analytics/activation/abnormal-activation.js";
import { abnormalDealers } from "../../../src/analytics/activation/named-activations.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { filledTextsOf } from "../../simulator/columns.js";
import { opened } from "../../support/history/facts-of.js";

// `npm run bench -- activation` measures ten operators of the usual size.
const OPERATOR = { subscribers: 5000, dealers: 20, months: 18, seed: 101 };

describe("abnormalActivation of a simulated operator", () => {
  test("names its bulk dealers, and no honest ones, whether their customers are poor or not", async () => {
    const { truth, ...tables } = simulateOperator({ ...OPERATOR, bulkDealers: 4 });
    const kinds = filledTextsOf(truth.dealers, "kind");
    const bulk = filledTextsOf(truth.dealers, "dealer_id").filter((_, row) => kinds[row] === "bulk");
    expect(kinds).toContain("poor");
    const result = await abnormalActivation(await opened(tables));
    expect(
      abnormalDealers(result)
        .map(({ dealer }) => dealer)
        .sort(),
    ).toEqual(bulk);
    expect(result.tariffs.filter(({ isNamed }) => isNamed)).toEqual([]);
  });

  test("names no dealer and no tariff where all are honest, also in a history with faults of the data", async () => {
    const shocks = {
      unitFault: "2025-03-01",
      missingMonth: "2025-01-01",
      lateTable: "2025-02-01",
      priceWar: "2024-12-01",
    };
    const { truth: _, ...tables } = simulateOperator({ ...OPERATOR, bulkDealers: 0, shocks });
    const { dealers, tariffs } = await abnormalActivation(await opened(tables));
    expect([...dealers, ...tariffs].filter(({ isNamed }) => isNamed)).toEqual([]);
    expect(dealers).toHaveLength(20);
  });
});
