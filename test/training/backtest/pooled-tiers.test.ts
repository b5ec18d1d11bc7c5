import { describe, expect, test } from "vitest";
import { wilsonInterval } from "../../../src/math/wilson-interval.js";
import { pooledTiers } from "../../../src/training/backtest/pooled-tiers.js";

const rows = (labels: readonly number[], tiers: readonly string[], groups?: readonly number[]) => ({
  labels: Uint8Array.from(labels),
  probabilities: new Float64Array(labels.length).fill(0.25),
  tiers,
  values: undefined,
  weights: undefined,
  groups: groups && Int32Array.from(groups),
});
const LABELS = [1, 0, 0, 0, 1, 0, 0, 0];
const HIGH = LABELS.map(() => "high");

describe("pooledTiers(names, rows)", () => {
  test("counts rows by the name of their tier, whichever model put them there; empty tiers stay", () => {
    const [high, medium, low] = pooledTiers(
      ["high", "medium", "low"],
      rows([1, 0, 0, 0], ["high", "low", "high", "low"]),
    );
    expect([high.rows, high.churners, high.captured, medium.rows, medium.observedRate, low.rows]).toEqual([
      2,
      1,
      1,
      0,
      null,
      2,
    ]);
    expect("from" in high).toBe(false);
  });

  test("rows by themselves have Wilson's interval", () => {
    const [{ observedRate }] = pooledTiers(["high"], rows(LABELS, HIGH));
    const { low, high } = wilsonInterval(0.25, 8, 0.95);
    expect(observedRate?.low).toBeCloseTo(low, 12);
    expect(observedRate?.high).toBeCloseTo(high, 12);
  });

  test("a subscriber that appears twice with the same label counts as one", () => {
    // Four subscribers of two rows each: the variance of the rate is that of four rows.
    const [{ observedRate }] = pooledTiers(
      ["high"],
      rows([1, 1, 0, 0, 0, 0, 0, 0], HIGH, [0, 0, 1, 1, 2, 2, 3, 3]),
    );
    const { low, high } = wilsonInterval(0.25, 4, 0.95);
    expect(observedRate?.low).toBeCloseTo(low, 12);
    expect(observedRate?.high).toBeCloseTo(high, 12);
    const [none] = pooledTiers(
      ["high"],
      rows(
        LABELS.map(() => 0),
        HIGH,
        [0, 0, 1, 1, 2, 2, 3, 3],
      ),
    );
    expect(none.observedRate?.high).toBeCloseTo(wilsonInterval(0, 4, 0.95).high, 12);
  });

  test("subscribers whose rows differ in label never make it narrower than rows by themselves", () => {
    const [{ observedRate }] = pooledTiers(["high"], rows([1, 0, 1, 0], HIGH.slice(0, 4), [0, 0, 1, 1]));
    const { low, high } = wilsonInterval(0.5, 4, 0.95);
    expect([observedRate?.low, observedRate?.high]).toEqual([low, high]);
  });

  test("rows of weight count by it: the variance of a weighted share, and Kish's number where there is one label", () => {
    const weights = Float64Array.of(3, 1, 1, 1);
    const [{ observedRate, share }] = pooledTiers(["high"], {
      ...rows([1, 0, 0, 0], HIGH.slice(0, 4)),
      weights,
    });
    // Σ w² (y − ½)² = (9 + 3) / 4 = 3: as of ¼ · 6² / 3 = 3 rows.
    const { low, high } = wilsonInterval(0.5, 3, 0.95);
    expect([observedRate?.value, share]).toEqual([0.5, 1]);
    expect(observedRate?.low).toBeCloseTo(low, 12);
    expect(observedRate?.high).toBeCloseTo(high, 12);
    const [none] = pooledTiers(["high"], { ...rows([0, 0, 0, 0], HIGH.slice(0, 4)), weights });
    expect(none.observedRate?.high).toBeCloseTo(wilsonInterval(0, 36 / 12, 0.95).high, 12);
  });
});
