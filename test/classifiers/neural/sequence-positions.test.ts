import { expect, test } from "vitest";
import { sequencePositions } from "../../../src/classifiers/neural/find-sequences.js";
import { numeric, vectorsOf } from "../../support/vectors.js";

test("sequencePositions recognises months ago and calendar months, oldest first", () => {
  const names = [
    "a_m1",
    "a_m2",
    "a_m3",
    "b_2025_01",
    "b_2024_12",
    "b_2025_02",
    "c_lag_2",
    "c_lag_1",
    "d_1",
    "d_2",
    "d_3",
  ];
  const vectors = vectorsOf(
    ...names.map((name) => numeric(name, [1, 2])),
    numeric("e_m1", [1, 2]),
    numeric("e_m5", [1, 2]),
  );
  expect(sequencePositions(vectors, "auto")).toEqual([
    [2, 1, 0],
    [4, 3, 5],
  ]);
});
