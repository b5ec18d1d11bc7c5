import { describe, expect, it } from "vitest";
import { separationOf } from "../../../src/metrics/sample/separation.js";
import { tallySample } from "../../../src/metrics/sample/tally.js";

describe("separationOf", () => {
  it.each([
    [[1, 1, 0, 0], [4, 3, 2, 1], undefined, "right"],
    [[0, 0, 1, 1], [4, 3, 2, 1], undefined, "wrong"],
    [[1, 0, 1, 0], [4, 3, 2, 1], undefined, null],
    [[1, 1, 0, 0], [4, 3, 3, 1], undefined, null],
    [[1, 0], [2, 2], undefined, null],
    [[1, 0, 1, 0], [4, 3, 2, 1], [1, 0, 1, 1], "right"],
  ])("of labels %j and scores %j with weights %j is %j", (labels, scores, weights, expected) => {
    expect(separationOf(tallySample(labels, scores, weights))).toBe(expected);
  });
});
