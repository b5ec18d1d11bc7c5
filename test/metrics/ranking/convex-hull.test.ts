import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rocConvexHull } from "../../../src/metrics/ranking/convex-hull.js";

const hullOf = (positives: number[], negatives: number[]) =>
  rocConvexHull(Float64Array.from(positives), Float64Array.from(negatives));

describe("rocConvexHull", () => {
  it("joins what lies under the hull", () => {
    // Corners by hand: (0, 0), (0, 1), (1, 2), (3, 3), (4, 3) in others and churners.
    expect(hullOf([1, 0, 1, 0, 0, 1, 0], [0, 1, 0, 1, 1, 0, 1])).toEqual({
      positives: [1, 1, 1, 0],
      negatives: [0, 1, 2, 1],
    });
  });
  it("makes one edge of those in one line and leaves out scores without weight", () => {
    expect(hullOf([1, 0, 2, 0, 1], [2, 0, 4, 0, 2])).toEqual({ positives: [4], negatives: [8] });
  });
  it("of a ranking turned around is the diagonal", () => {
    expect(hullOf([0, 0, 1], [2, 3, 0])).toEqual({ positives: [1], negatives: [5] });
  });
  it("is concave, lies nowhere below the ROC curve and touches it at every corner", () => {
    const weights = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(weights, (pairs) => {
        const edges = hullOf(
          pairs.map(([positive]) => positive),
          pairs.map(([, negative]) => negative),
        );
        const corners = cumulate(edges.positives.map((positive, i) => [positive, edges.negatives[i]]));
        const curve = cumulate(pairs);
        const steepness = edges.positives.map((positive, i) => positive / (positive + edges.negatives[i]));
        for (let i = 1; i < steepness.length; i++) expect(steepness[i]).toBeLessThan(steepness[i - 1]);
        for (const corner of corners) expect(curve).toContainEqual(corner);
        for (let i = 0; i < edges.positives.length; i++) {
          for (const [positive, negative] of curve) {
            const below =
              edges.positives[i] * (negative - corners[i][1]) -
              edges.negatives[i] * (positive - corners[i][0]);
            expect(below).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { seed: 2026, numRuns: 150 },
    );
  });
});

function cumulate(pairs: readonly (readonly number[])[]): number[][] {
  const points = [[0, 0]];
  for (const [positive, negative] of pairs) {
    const [positives, negatives] = points[points.length - 1];
    points.push([positives + positive, negatives + negative]);
  }
  return points;
}
