import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/random.js";
import { createTable, type Table } from "../../../src/table/table.js";
import { idFingerprints, NO_ID } from "../../../src/vectors/fingerprints/id-fingerprints.js";
import { rowFingerprints } from "../../../src/vectors/fingerprints/row-fingerprints.js";
import { Vectorizer } from "../../../src/vectors/vectorizer.js";
import type { Feature } from "../../../src/vectors/vectors.js";

const values = Float64Array.of(1, 1, 2, Number.NaN, Number.NaN, 0, -0, 0.1);
const codes = Int32Array.of(0, 0, 0, -1, -1, 1, 1, 2);
const features: Feature[] = [
  { kind: "numeric", name: "charge", values },
  { kind: "categorical", name: "tariff", codes, levels: ["S", "L"] },
];
const labels = Uint8Array.of(0, 0, 0, 1, 1, 0, 0, 1);
const hashes = rowFingerprints({ features, labels, ids: undefined }, "salt");

describe("rowFingerprints", () => {
  it("are equal for rows of equal inputs and labels, and only for those", () => {
    expect(hashes[1]).toBe(hashes[0]);
    // Missing equals missing, and −0 equals 0.
    expect(hashes[4]).toBe(hashes[3]);
    expect(hashes[6]).toBe(hashes[5]);
    expect(new Set(hashes).size).toBe(5);
  });

  it("differ by label, by id, by the order of columns and by salt", () => {
    const others = [
      rowFingerprints({ features, labels: labels.map((label) => 1 - label), ids: undefined }, "salt"),
      rowFingerprints({ features, labels, ids: Float64Array.from(labels, () => 3) }, "salt"),
      rowFingerprints({ features, labels, ids: Float64Array.from(labels, () => 4) }, "salt"),
      rowFingerprints({ features: features.toReversed(), labels, ids: undefined }, "salt"),
      rowFingerprints({ features, labels, ids: undefined }, "pepper"),
    ];
    const first = [hashes, ...others].map(([hash]) => hash);
    expect(new Set(first).size).toBe(6);
    const withoutIds = rowFingerprints(
      { features, labels, ids: Float64Array.from(labels, () => NO_ID) },
      "salt",
    );
    expect(withoutIds).toEqual(hashes);
  });

  it("spread evenly, and do not collide more often than chance", () => {
    const random = createRandom(4, "fingerprints");
    const drawn = Float64Array.from({ length: 100_000 }, () => random.next());
    const many = rowFingerprints(
      {
        features: [{ kind: "numeric", name: "x", values: drawn }],
        labels: new Uint8Array(100_000),
        ids: undefined,
      },
      "salt",
    );
    // 100,000² / 2³³ = 1.2 pairs are expected to collide.
    expect(new Set(many).size).toBeGreaterThan(100_000 - 8);
    const sixteenths = new Float64Array(16);
    for (const hash of many) sixteenths[hash >>> 28]++;
    // Chi-squared of 15 degrees of freedom: above 44.3 with probability 1e-4.
    const chiSquared = sixteenths.reduce((total, count) => total + (count - 6250) ** 2 / 6250, 0);
    expect(chiSquared).toBeLessThan(44.3);
  });

  it("are the same for numbers that were read as numbers and as texts", () => {
    const charges = [30.5, 12.25, null, 7];
    const asNumbers = {
      kind: "numeric",
      name: "charge",
      values: Float64Array.of(30.5, 12.25, Number.NaN, 7),
    } as const;
    const asTexts = {
      kind: "text",
      name: "charge",
      values: charges.map((each) => (each === null ? null : String(each))),
    } as const;
    const vectorizer = new Vectorizer([{ name: "charge", kind: "numeric", missingSeen: true }]);
    const of = (table: Table) =>
      rowFingerprints(
        { features: vectorizer.transform(table).features, labels: new Uint8Array(4), ids: undefined },
        "salt",
      );
    expect(of(createTable([asTexts]))).toEqual(of(createTable([asNumbers])));
  });
});

describe("idFingerprints", () => {
  it("are the same for an id that was read as a number, a text and a category; missing ids have none", () => {
    const expected = idFingerprints({ kind: "text", name: "id", values: ["7", "12", null, "7"] }, "salt");
    const numbers = Float64Array.of(7, 12, Number.NaN, 7);
    expect(idFingerprints({ kind: "numeric", name: "id", values: numbers }, "salt")).toEqual(expected);
    const categories = { codes: Int32Array.of(0, 1, -1, 0), categories: ["7", "12"] };
    expect(idFingerprints({ kind: "categorical", name: "id", ...categories }, "salt")).toEqual(expected);
    expect(expected[2]).toBe(NO_ID);
    expect(expected[3]).toBe(expected[0]);
    expect(idFingerprints({ kind: "text", name: "id", values: ["7"] }, "pepper")[0]).not.toBe(expected[0]);
  });
});
