import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/random.js";
import {
  FINGERPRINTS,
  fingerprintSet,
  keptFingerprints,
  lookUp,
  MOST_FINGERPRINTS,
} from "../../../src/vectors/fingerprints/fingerprint-set.js";
import {
  differentIds,
  trainingFingerprints,
} from "../../../src/vectors/fingerprints/training-fingerprints.js";

function drawn(count: number, key: string): Uint32Array {
  const random = createRandom(1, key);
  return Uint32Array.from({ length: count }, () => random.integer(FINGERPRINTS));
}

describe("a set of fingerprints", () => {
  it("keeps all different ones up to 8,192, and finds exactly those", () => {
    const set = fingerprintSet(Uint32Array.of(0, 3, 3, 7, 0xffffffff));
    expect(set).toEqual({ hashes: "AAAAAAMAAAAHAAAA/////w==", below: 2 ** 32, count: 4 });
    expect(keptFingerprints(set)).toEqual(Uint32Array.of(0, 3, 7, 0xffffffff));
    expect(lookUp(Uint32Array.of(3, 3, 4, 0xffffffff, 1), set)).toEqual({ checked: 5, found: 3 });
  });

  it("keeps the smallest of more, all that are less than its limit", () => {
    const rising = drawn(100_000, "many").sort();
    const set = fingerprintSet(rising);
    const kept = keptFingerprints(set) as Uint32Array;
    const different = [...new Set(rising)];
    expect(set.count).toBe(different.length);
    expect([...kept]).toEqual(different.slice(0, MOST_FINGERPRINTS));
    expect(set.below).toBe(different[MOST_FINGERPRINTS]);
  });

  it("gives an unbiased share of those that could be looked up", () => {
    const known = drawn(100_000, "known");
    const set = fingerprintSet(known.slice().sort());
    // A quarter of 40,000 rows is known; some 3,300 of them lie in the range that is kept.
    const asked = drawn(40_000, "others");
    asked.set(known.subarray(0, 10_000));
    const { checked, found } = lookUp(asked, set);
    expect(checked).toBeGreaterThan(3000);
    // A binomial share of 3,300 rows has a deviation of .75%.
    expect(Math.abs(found / checked - 0.25)).toBeLessThan(0.025);
  });

  it("is empty where there is nothing, and of no text that holds no whole numbers", () => {
    expect(fingerprintSet(new Uint32Array())).toEqual({ hashes: "", below: 2 ** 32, count: 0 });
    expect(lookUp(Uint32Array.of(1), { hashes: "", below: 2 ** 32, count: 0 })).toEqual({
      checked: 1,
      found: 0,
    });
    expect(keptFingerprints({ hashes: "AAA=" })).toBeUndefined();
  });
});

describe("trainingFingerprints", () => {
  const rows = (numbers: number[], ids?: number[]) => ({
    features: [{ kind: "numeric" as const, name: "x", values: Float64Array.from(numbers) }],
    labels: new Uint8Array(numbers.length),
    ids: ids && Float64Array.from(ids),
  });

  it("say which share of the rows equals another one", () => {
    expect(trainingFingerprints(rows([1, 2, 2, 3, 3, 3, 4, 5]), "salt")).toMatchObject({
      repeatedShare: 5 / 8,
      rows: { count: 5 },
      subscribers: null,
    });
    expect(trainingFingerprints(rows([2, 2, 2], [8, 9, 9]), "salt")).toMatchObject({
      repeatedShare: 2 / 3,
      rows: { count: 2 },
      subscribers: { count: 2 },
    });
  });

  it("know each id once, and no missing one", () => {
    expect(differentIds(Float64Array.of(9, -1, 4, 9, -1))).toEqual(Uint32Array.of(4, 9));
  });
});
