import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { autoTiers } from "../../src/tiers/auto-tiers.js";
import { riskTiers } from "../../src/tiers/risk-tiers.js";
import { tierTable } from "../../src/tiers/summary/tier-table.js";
import { valueGrid } from "../../src/tiers/summary/value-grid.js";
import type { TierRule } from "../../src/tiers/tier-rule.js";
import type { RiskTiers } from "../../src/tiers/tiers.js";
import { valueBands } from "../../src/tiers/value-bands.js";
import { thrownBy } from "../support/thrown.js";

const TIERS: RiskTiers = [
  { name: "high", from: 0.5 },
  { name: "low", from: 0 },
];
const CAPACITY: TierRule = {
  by: "capacity",
  tiers: [{ name: "high", share: 0.1 }, { name: "medium", share: 0.3 }, { name: "low" }],
};

interface Row {
  readonly probability: number;
  readonly label: number;
  readonly value: number;
  readonly weight: number;
}

const rows = (weight: fc.Arbitrary<number>) =>
  fc
    .array(
      fc.record({
        probability: fc.integer({ min: 0, max: 20 }).map((step) => step / 20),
        label: fc.integer({ min: 0, max: 1 }),
        value: fc.integer({ min: 0, max: 9 }),
        weight,
      }),
      { minLength: 5, maxLength: 60 },
    )
    .filter((all) => {
      const counted = all.filter((row) => row.weight > 0);
      return new Set(counted.map(({ label }) => label)).size === 2;
    });

function columnsOf(all: readonly Row[]) {
  return {
    probabilities: all.map(({ probability }) => probability),
    labels: all.map(({ label }) => label),
    values: all.map(({ value }) => value),
    weights: all.map(({ weight }) => weight),
  };
}

/** All that is drawn and counted of some rows. */
function drawnOf(all: readonly Row[], isWeighted: boolean) {
  const { probabilities, labels, values, ...columns } = columnsOf(all);
  const weights = isWeighted ? columns.weights : undefined;
  const bands = valueBands(values, undefined, { weights });
  return {
    capacity: riskTiers(CAPACITY, probabilities, { weights }),
    auto: autoTiers(probabilities, labels, { weights, replicates: 20 }),
    bands,
    table: tierTable(TIERS, probabilities, labels, { values, weights }),
    grid: valueGrid(TIERS, bands, probabilities, values, labels, { weights }),
  };
}

/** Without how many rows there are, which weights and repeated rows say differently, and the money of as many. */
function withoutRows({ table, grid, ...drawn }: ReturnType<typeof drawnOf>) {
  return {
    ...drawn,
    table: table.map(({ rows, churners, value, capturedValue, expectedLoss, ...summary }) => summary),
    grid: grid.map(({ rows, value, expectedLoss, ...cell }) => cell),
  };
}

/** The same numbers up to rounding. */
function expectClose(a: unknown, b: unknown): void {
  if (typeof a === "number" && typeof b === "number") expect(a).toBeCloseTo(b, 8);
  else if (typeof a === "object" && a !== null && typeof b === "object" && b !== null) {
    expect(Object.keys(a)).toEqual(Object.keys(b));
    for (const key of Object.keys(a)) expectClose(a[key as never], b[key as never]);
  } else expect(a).toEqual(b);
}

describe("tiers, bands and their tables with weights", () => {
  test("take whole weights for that many rows", () => {
    fc.assert(
      fc.property(rows(fc.integer({ min: 0, max: 3 })), (all) => {
        const repeated = all.flatMap((row) => new Array<Row>(row.weight).fill(row));
        expectClose(withoutRows(drawnOf(all, true)), withoutRows(drawnOf(repeated, false)));
      }),
    );
  });

  test("do not depend on the scale of weights that are no counts, nor on rows of weight 0", () => {
    const fraction = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 7.3, noNaN: true }));
    fc.assert(
      fc.property(rows(fraction), fc.constantFrom(1e-6, 0.3, 1 / 7, 12_345.678), (all, scale) => {
        const isCount = ({ weight }: Row) => Number.isInteger(weight) || Number.isInteger(weight * scale);
        fc.pre(!all.every(isCount));
        const base = drawnOf(all, true);
        const scaled = all.map((row) => ({ ...row, weight: row.weight * scale }));
        expectClose(withoutRows(drawnOf(scaled, true)), withoutRows(base));
        const counted = all.filter(({ weight }) => weight > 0);
        expectClose(withoutRows(drawnOf(counted, true)), withoutRows(base));
        expect(drawnOf(counted, true).table.map(({ rows }) => rows)).toEqual(
          base.table.map(({ rows }) => rows),
        );
      }),
    );
  });

  test("a share is of the population: one row in ten of those who stayed stands for ten", () => {
    // 100 churners of weight 1 at the top, 90 others of weight 10: 1,000 in the population.
    const probabilities = Array.from({ length: 190 }, (_, row) => (190 - row) / 200);
    const weights = probabilities.map((_, row) => (row < 100 ? 1 : 10));
    const [high] = riskTiers(CAPACITY, probabilities, { weights });
    expect(high.from).toBe(probabilities[99]);
    const [unweighted] = riskTiers(CAPACITY, probabilities);
    expect(unweighted.from).toBe(probabilities[18]);
    // 19 of 190 are a tenth too.
    expect(riskTiers("call=19,rest", probabilities, { weights })[0].from).toBe(probabilities[99]);
  });

  test("the interval of a rate is Wilson's for as many rows as its variance by linearization is that of", () => {
    const probabilities = [0.9, 0.8, 0.7, 0.6, 0.95, 0.55];
    const labels = [1, 0, 1, 0, 1, 0];
    const weights = [1.5, 2.5, 1.5, 2.5, 1.5, 2.5];
    const [{ observedRate }] = tierTable(TIERS, probabilities, labels, { weights });
    // Python: r = Σwy/Σw, n = r(1 − r)(Σw)²/Σ(w(y − r))², Wilson's formula with z = 1.959964
    expect(observedRate?.value).toBeCloseTo(0.375, 12);
    expect(observedRate?.low).toBeCloseTo(0.12170318468900082, 10);
    expect(observedRate?.high).toBeCloseTo(0.7220690719775003, 10);
  });

  test("money is that of as many subscribers as there are rows", () => {
    const options = { values: [30, 10], weights: [0.25, 0.75] };
    const [high, low] = tierTable(TIERS, [0.9, 0.2], [1, 0], options);
    expect([high.value, low.value]).toEqual([15, 15]);
    expect(high.expectedLoss).toBeCloseTo(13.5, 12);
    expect([high.share, low.share]).toEqual([0.25, 0.75]);
  });

  test.each([
    ["riskTiers", () => riskTiers(CAPACITY, [0.1, 0.2], { weights: [1, -1] })],
    ["valueBands", () => valueBands([1, 2], undefined, { weights: [0, 0] })],
    ["tierTable", () => tierTable(TIERS, [0.1, 0.2], [1, 0], { weights: [1, Number.NaN] })],
    ["valueGrid", () => valueGrid(TIERS, TIERS, [0.1], [1], undefined, { weights: [1, 2] })],
    ["autoTiers", () => autoTiers([0.1, 0.2], [1, 0], { weights: [1] })],
  ])("%s refuses weights that are none", async (name, call) => {
    const error = await thrownBy(call);
    expect(error.path.function).toBe(name);
    expect(error.path.argument).toMatch(/weights/u);
  });
});
