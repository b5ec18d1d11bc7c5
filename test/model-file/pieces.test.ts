import fc from "fast-check";
import { expect, test } from "vitest";
import { Assembly, type Piece, piecesOf } from "../../src/model-file/pieces.js";

function assembled(pieces: Iterable<Piece>): unknown {
  const assembly = new Assembly();
  for (const piece of pieces) assembly.add(structuredClone(piece));
  return assembly.value;
}

test("pieces of any length make the same data again, to the order of its keys", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.integer({ min: 1, max: 60 }), (value, most) => {
      expect(JSON.stringify(assembled(piecesOf(value, most)))).toBe(JSON.stringify(value));
    }),
    { seed: 23, numRuns: 500 },
  );
});

test("a key called __proto__ stays a key", () => {
  const value = JSON.parse('{"a":{"__proto__":{"polluted":1},"b":[1,2,3]}}');
  const back = assembled(piecesOf(value, 2)) as { a: { polluted?: number } };
  expect(JSON.stringify(back)).toBe(JSON.stringify(value));
  expect(back.a.polluted).toBeUndefined();
});

test("no piece is longer than it may be, unless it is a single text or number", () => {
  const trees = Array.from({ length: 300 }, (_, t) => ({ feature: [t, t + 1], name: "x".repeat(t) }));
  for (const piece of piecesOf({ trees, baseMargin: -1 }, 500)) {
    const length = "elements" in piece ? piece.elements.length : "json" in piece ? piece.json.length : 0;
    expect(length).toBeLessThanOrEqual(510);
  }
});
