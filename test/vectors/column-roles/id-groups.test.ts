import { expect, test } from "vitest";
import { idGroups } from "../../../src/vectors/column-roles/id-groups.js";

test("idGroups numbers ids in order of first appearance", () => {
  const { of, repeat } = idGroups({ kind: "text", name: "id", values: ["b", "a", "b", "c"] });
  expect([...of]).toEqual([0, 1, 0, 2]);
  expect(repeat).toBe(true);
});

test("idGroups takes every missing id for a different one", () => {
  const values = Float64Array.of(7, Number.NaN, 8, Number.NaN);
  const { of, repeat } = idGroups({ kind: "numeric", name: "id", values });
  expect([...of]).toEqual([0, 1, 2, 3]);
  expect(repeat).toBe(false);
});
