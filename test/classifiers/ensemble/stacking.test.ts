import { describe, expect, test } from "vitest";
import { stackMargins } from "../../../src/classifiers/ensemble/stacking.js";

/** Numbers that any language can make: (1103515245 · s + 12345) mod 2^31, from 7. */
function numbers(): () => number {
  let state = 7n;
  return () => {
    state = (state * 1_103_515_245n + 12_345n) % 2_147_483_648n;
    return Number(state) / 2_147_483_648;
  };
}

const next = numbers();
const ROWS = 60;
const LABELS = Uint8Array.from({ length: ROWS }, () => (next() < 0.4 ? 1 : 0));
const ROW_MARGINS = Array.from(LABELS, (label) =>
  [
    [1, 1.2],
    [2, 0.8],
    [1.5, -0.3],
  ].map(([spread, shift]) => (next() - 0.5) * 2 * spread + (label - 0.4) * shift),
);
const MARGINS = [0, 1, 2].map((member) => Float64Array.from(ROW_MARGINS, (row) => row[member]));
const WEIGHTS = Float64Array.from({ length: ROWS }, (_, row) => 1 + (row % 3));

describe("stackMargins", () => {
  // scipy.optimize.minimize, L-BFGS-B with bounds 0 on the weights, of the same loss and ridge on the same numbers.
  test.each([
    [undefined, -0.43136796, [0.86128848, 0.4090945, 0.10943645]],
    [WEIGHTS, -0.29905361, [0.89231687, 0.4104628, 0.14597188]],
  ])("finds the weights that scipy finds", (rowWeights, offset, weights) => {
    const stacked = stackMargins(MARGINS, LABELS, rowWeights);
    // The reference ends where the loss no longer changes in its sixteenth digit: seven digits of the weights.
    expect(stacked.offset).toBeCloseTo(offset, 6);
    stacked.weights.forEach((weight, member) => {
      expect(weight).toBeCloseTo(weights[member], 6);
    });
  });

  test("gives a member that turns the ranking round no weight, never one below 0", () => {
    const turned = MARGINS[0].map((margin) => -5 * margin);
    const { weights } = stackMargins([MARGINS[0], turned], LABELS, undefined);
    expect(weights[1]).toBe(0);
    expect(weights[0]).toBeGreaterThan(0.5);
  });

  test("does not depend on the scale of the weights, and takes rows of weight 0 as absent", () => {
    const plain = stackMargins(MARGINS, LABELS, WEIGHTS);
    const scaled = stackMargins(
      MARGINS,
      LABELS,
      WEIGHTS.map((weight) => 1e-6 * weight),
    );
    scaled.weights.forEach((weight, member) => {
      expect(weight).toBeCloseTo(plain.weights[member], 9);
    });
    const half = Int32Array.from(LABELS.keys()).filter((row) => row % 2 === 0);
    const masked = stackMargins(
      MARGINS,
      LABELS,
      WEIGHTS.map((weight, row) => (row % 2 === 0 ? weight : 0)),
    );
    const without = stackMargins(
      MARGINS.map((margins) => Float64Array.from(half, (row) => margins[row])),
      Uint8Array.from(half, (row) => LABELS[row]),
      Float64Array.from(half, (row) => WEIGHTS[row]),
    );
    expect(masked.offset).toBeCloseTo(without.offset, 9);
  });

  test("divides weight evenly between equal members", () => {
    const { weights } = stackMargins([MARGINS[0], MARGINS[0].slice()], LABELS, undefined);
    expect(weights[0]).toBeCloseTo(weights[1], 9);
  });
});
