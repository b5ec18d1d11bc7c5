import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { valueGrid } from "../../src/tiers/summary/value-grid.js";
import type { RiskTiers } from "../../src/tiers/tiers.js";
import type { ValueBands } from "../../src/tiers/value-bands.js";
import { thrownBy } from "../support/thrown.js";

const TIERS: RiskTiers = [
  { name: "high", from: 0.5 },
  { name: "low", from: 0 },
];
const BANDS: ValueBands = [
  { name: "important", from: 100 },
  { name: "small", from: 0 },
];
const PROBABILITIES = [0.9, 0.7, 0.6, 0.2, 0.1];
const VALUES = [100, 200, 50, 10, 99];
const LABELS = [1, 0, 1, 0, 0];

describe("valueGrid", () => {
  test("gives every tier and band its rows, rates and money, tier by tier", () => {
    const grid = valueGrid(TIERS, BANDS, PROBABILITIES, VALUES, LABELS);
    expect(grid.map(({ tier, band, rows, share, value }) => [tier, band, rows, share, value])).toEqual([
      ["high", "important", 2, 0.4, 300],
      ["high", "small", 1, 0.2, 50],
      ["low", "important", 0, 0, 0],
      ["low", "small", 2, 0.4, 109],
    ]);
    const [important, small, empty, rest] = grid;
    expect(important.meanProbability).toBeCloseTo(0.8, 12);
    // 0.9·100 + 0.7·200, 0.6·50, an empty cell, 0.2·10 + 0.1·99
    [230, 30, 0, 11.9].forEach((loss, i) => {
      expect(grid[i].expectedLoss).toBeCloseTo(loss, 12);
    });
    // scipy 1.17: binomtest(1, 2).proportion_ci(0.95, method="wilson")
    expect(important.observedRate?.value).toBe(0.5);
    expect(important.observedRate?.low).toBeCloseTo(0.09453120573423074, 10);
    expect(important.observedRate?.high).toBeCloseTo(0.9054687942657693, 10);
    expect(small.observedRate?.value).toBe(1);
    expect([empty.meanProbability, empty.observedRate]).toEqual([null, null]);
    expect(rest.observedRate?.value).toBe(0);
  });

  test("has no observed rates without labels, and is otherwise the same", () => {
    const withLabels = valueGrid(TIERS, BANDS, PROBABILITIES, VALUES, LABELS);
    expect(valueGrid(TIERS, BANDS, PROBABILITIES, VALUES)).toEqual(
      withLabels.map((cell) => ({ ...cell, observedRate: null })),
    );
  });

  test("takes tiers by expected loss", () => {
    const tiers: RiskTiers = TIERS.map(({ name, from }) => ({ name, from: 160 * from, by: "expectedLoss" }));
    // Expected losses 90, 140, 30, 2, 9.9 against 80.
    const rows = valueGrid(tiers, BANDS, PROBABILITIES, VALUES).map((cell) => cell.rows);
    expect(rows).toEqual([2, 0, 0, 3]);
  });

  test("adds up to all rows and all value", () => {
    const row = fc.record({
      probability: fc.double({ min: 0, max: 1, noNaN: true }),
      value: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        const grid = valueGrid(
          TIERS,
          BANDS,
          rows.map(({ probability }) => probability),
          rows.map(({ value }) => value),
        );
        expect(grid.reduce((sum, cell) => sum + cell.rows, 0)).toBe(rows.length);
        expect(grid.reduce((sum, cell) => sum + cell.value, 0)).toBe(
          rows.reduce((sum, { value }) => sum + value, 0),
        );
        for (const cell of grid) expect(cell.expectedLoss).toBeLessThanOrEqual(cell.value * (1 + 1e-12));
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  const cases: [string, unknown[], [argument: string, received: unknown][]][] = [
    ["no rows", [TIERS, BANDS, [], []], [["probabilities", 0]]],
    [
      "lengths that differ",
      [TIERS, BANDS, [0.1, 0.2], [1], [1, 0, 1]],
      [
        ["probabilities", 2],
        ["values", 1],
      ],
    ],
    [
      "no tiers, no bands, invalid probabilities and values",
      [[], [], [0.1, 2], [Number.NaN, -1]],
      [
        ["probabilities[1]", 2],
        ["tiers", []],
        ["bands", []],
        ["values[0]", Number.NaN],
        ["values[1]", -1],
      ],
    ],
  ];
  test.each(cases)("refuses %s", async (_, args, expected) => {
    const error = await thrownBy(() => (valueGrid as (...given: unknown[]) => unknown)(...args));
    expect(error.problems.map(({ path, received }) => [path.argument, received])).toEqual(expected);
  });
});
