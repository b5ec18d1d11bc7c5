import { expect, it } from "vitest";
import { ks } from "../../../src/metrics/ranking/kolmogorov-smirnov.js";
import * as golden from "../golden.js";

it("ks is the largest gap between the two cumulative shares", () => {
  // By hand: above 0.35 are all 4 churners and 7 of 16 others; above 0.6, 3 of 4 and 3 of 16 (both gaps 9/16).
  expect(ks(golden.labels, golden.scores)).toBe(9 / 16);
});

it("ks looks only between distinct scores", () => {
  expect(ks([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5])).toBe(0);
});

it("ks does not depend on which class scores higher", () => {
  expect(ks([1, 1, 0, 0], [0.1, 0.2, 0.8, 0.9])).toBe(1);
});
