import { describe, expect, test } from "vitest";
import { type ChangeSearch, smallestChange } from "../../src/explain/change/smallest-change.js";
import type { FeatureFacts } from "../../src/explain/facts/feature-facts.js";

const DECILES = {
  edges: [10, 20, 30, 40, 50, 60, 70, 80, 90],
  counts: new Array<number>(10).fill(100),
  missing: 0,
};
const ACTIONABLE: FeatureFacts = { noise: 0, changeable: true };

/** Two numbers and a plan of three categories, whose margin is a sum. */
function search(
  changes: Partial<ChangeSearch> & { limit?: number; facts?: ChangeSearch["facts"] } = {},
): ChangeSearch {
  const { limit = 5 } = changes;
  return {
    inputs: [
      { name: "fee", kind: "numeric", missingSeen: false, range: [0, 100] },
      { name: "calls", kind: "numeric", missingSeen: false, range: [0, 100] },
      { name: "plan", kind: "categorical", missingSeen: false, levels: ["a", "b", "c"], rareLevels: [] },
    ],
    totals: [],
    reference: {
      rows: 1000,
      scores: DECILES,
      inputs: [DECILES, DECILES, { counts: [500, 400, 10, 90], missing: 0 }],
    },
    facts: { features: [ACTIONABLE, ACTIONABLE, ACTIONABLE], alike: [] },
    marginOf: ([fee, calls, plan]) => fee / 10 + calls / 20 + [2, 0, -9, 0][plan],
    isLowEnough: (margin) => margin < limit,
    ...changes,
  };
}

const ROW = Float64Array.of(50, 40, 0);

describe("the smallest change", () => {
  test("is of the fewest columns, and then the least far", () => {
    // 5 + 2 + 2 = 9; fee 20 gives 6, plan b 7: for less than 8.5 the fee falls a little, by steps of a sixteenth.
    const found = smallestChange(ROW, search({ limit: 8.5 }));
    expect(found?.map(({ position, to }) => [position, to])).toEqual([[0, 44]]);
    const plan = smallestChange(
      ROW,
      search({ limit: 7.1, facts: { features: [{ noise: 0 }, { noise: 0 }, ACTIONABLE], alike: [] } }),
    );
    expect(plan).toEqual([{ position: 2, to: 1, distance: 1 }]);
  });

  test("changes two or three columns where one is not enough", () => {
    const two = smallestChange(ROW, search({ limit: 4 }));
    expect(two?.length).toBe(2);
    const three = smallestChange(ROW, search({ limit: 2 }));
    expect(three?.map(({ position }) => position).sort()).toEqual([0, 1, 2]);
  });

  test("is none where nothing that the training rows show is enough", () => {
    // Category c would be, but has too few rows.
    expect(smallestChange(ROW, search({ limit: 1 }))).toBeUndefined();
  });

  test("keeps the direction of a column, and combinations that never occurred", () => {
    const up = { ...ACTIONABLE, direction: "up" as const };
    const onlyUp = { features: [up, up, ACTIONABLE], alike: [] };
    expect(smallestChange(ROW, search({ limit: 8.5, facts: onlyUp }))?.[0].position).toBe(2);
    const apart = { ...onlyUp, within: [[0, 2, 1, 60, 90]] as const };
    expect(smallestChange(ROW, search({ limit: 8.5, facts: apart }))).toBeUndefined();
  });

  test("leaves missing and sensitive columns, and those that can't be acted on", () => {
    const row = Float64Array.of(Number.NaN, 40, 0);
    const facts = {
      features: [ACTIONABLE, { noise: 0 }, { ...ACTIONABLE, sensitive: true as const }],
      alike: [],
    };
    const isLow = { isLowEnough: () => true, marginOf: () => 1, facts };
    expect(smallestChange(row, search(isLow))).toBeUndefined();
  });

  test("recomputes totals", () => {
    const totals = [{ name: "fee + calls", of: [0, 1] }];
    const row = Float64Array.of(50, 40, 0, 90);
    const found = smallestChange(row, search({ totals, marginOf: (each) => each[3], limit: 70 }));
    expect(found?.length).toBe(1);
  });
});
