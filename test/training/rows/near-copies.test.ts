import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/random.js";
import { nearCopies, noteNearCopies } from "../../../src/training/rows/near-copies.js";
import type { Folds } from "../../../src/vectors/folds.js";
import type { Feature } from "../../../src/vectors/vectors.js";

function foldsOf(rows: number, seed = 1): Folds {
  const random = createRandom(seed, "folds");
  return { count: 5, of: Uint8Array.from({ length: rows }, () => random.integer(5)) };
}

function numbers(count: number, rows: number, of: (feature: number, row: number) => number): Feature[] {
  return Array.from({ length: count }, (_, feature) => ({
    kind: "numeric",
    name: `f${feature}`,
    values: Float64Array.from({ length: rows }, (_row, row) => of(feature, row)),
  }));
}

/** Several rows of each subscriber, whose numbers differ by noise. */
function panel(rows: number, each: number, features: number, noise: number): Feature[] {
  const random = createRandom(rows, "panel");
  const levels = Array.from({ length: features }, () =>
    Float64Array.from({ length: rows / each }, () => Math.exp(3 + 0.7 * random.normal())),
  );
  return numbers(
    features,
    rows,
    (feature, row) => levels[feature][row % (rows / each)] * (1 + noise * random.normal()),
  );
}

describe("near-copies of rows", () => {
  test.each([
    [300, 5, 8],
    [2000, 5, 6],
    [20000, 4, 8],
    [4000, 2, 12],
  ])("are found in %i rows, %i of each subscriber, %i numbers that move by 1%%", (rows, each, features) => {
    const found = nearCopies(panel(rows, each, features, 0.01), foldsOf(rows));
    // A subscriber's other rows all lie in the same fold with the probability 0.2 each.
    expect(found?.share).toBeGreaterThan(0.9 * (1 - 0.2 ** (each - 1)));
    expect(found?.measurements).toBe(features);
  });

  test("are noted with their share", () => {
    const [note, ...others] = noteNearCopies(panel(2000, 5, 8, 0.01), foldsOf(2000));
    expect(others).toEqual([]);
    expect([note.kind, note.column]).toEqual(["near-copies", null]);
    expect(note.detail).toMatch(
      /^about (9\d|100)% of the rows equal a row of another fold but for noise, in most of 8 measurements \(of a sample of 400 rows\); where/,
    );
  });

  test("are no copies where they share a fold, nor where they are exact", () => {
    const folds = { count: 5, of: Uint8Array.from({ length: 2000 }, (_, row) => (row % 400) % 5) };
    expect(nearCopies(panel(2000, 5, 8, 0.01), folds)).toBeUndefined();
    expect(nearCopies(panel(2000, 5, 8, 0), foldsOf(2000))).toBeUndefined();
  });

  test("do not depend on the order of the features", () => {
    const features = panel(2000, 5, 8, 0.01);
    expect(nearCopies(features.toReversed(), foldsOf(2000))).toEqual(nearCopies(features, foldsOf(2000)));
  });
});

describe("independent rows raise no alarm", () => {
  const shapes: Readonly<Record<string, (shared: number, own: number) => number>> = {
    normal: (shared, own) => shared + own,
    "nearly one number": (shared, own) => shared + 0.1 * own,
    "many zeros": (shared, own) => Math.max(0, Math.exp(shared + own) - 1),
    "with one decimal": (shared, own) => Math.round(10 * Math.exp(2 + shared + own)) / 10,
    "whole numbers": (shared, own) => Math.round(100 * (shared + own)),
    "whole numbers that were jittered": (shared, own) => Math.round(2 * (shared + own)) + 0.001 * own,
  };
  test.each(Object.entries(shapes))("%s", (_, of) => {
    for (const [rows, count] of [
      [300, 6],
      [1000, 10],
      [5000, 4],
      [5000, 20],
    ]) {
      const random = createRandom(rows, "independent", count);
      const shared = Float64Array.from({ length: rows }, () => random.normal());
      const features = numbers(count, rows, (_feature, row) => of(shared[row], random.normal()));
      expect(nearCopies(features, foldsOf(rows)), `${rows} × ${count}`).toBeUndefined();
    }
  });

  test("nor do clusters, which have many rows each", () => {
    const random = createRandom(1, "clusters");
    const features = numbers(
      8,
      4000,
      (feature, row) => (((row % 10) * 7 + feature * 3) % 11) + 0.001 * random.normal(),
    );
    expect(nearCopies(features, foldsOf(4000))).toBeUndefined();
  });
});
