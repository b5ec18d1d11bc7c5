import { describe, expect, test } from "vitest";
import { rowsOfFold, stratifiedFolds } from "../../src/vectors/folds.js";
import { thrownBy } from "../support/thrown.js";

const LABELS = Uint8Array.from({ length: 103 }, (_, row) => (row % 9 === 0 ? 1 : 0));

function spreadOf(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts);
}

describe("stratifiedFolds", () => {
  test("gives every fold the same number of churners and of others, within one row", () => {
    const folds = stratifiedFolds(LABELS, 5, 1);
    for (const label of [0, 1]) {
      const counts = [0, 1, 2, 3, 4].map(
        (fold) => rowsOfFold(folds, fold).filter((row) => LABELS[row] === label).length,
      );
      expect(spreadOf(counts)).toBeLessThanOrEqual(1);
    }
  });

  test("gives every fold the same number of rows, within one row", () => {
    const folds = stratifiedFolds(LABELS, 4, 1);
    expect(spreadOf([0, 1, 2, 3].map((fold) => rowsOfFold(folds, fold).length))).toBeLessThanOrEqual(1);
  });

  test("is decided by the seed", () => {
    expect(stratifiedFolds(LABELS, 5, 1)).toEqual(stratifiedFolds(LABELS, 5, 1));
    expect(stratifiedFolds(LABELS, 5, 1).of).not.toEqual(stratifiedFolds(LABELS, 5, 2).of);
  });

  test("never divides a group", () => {
    const groups = Int32Array.from(LABELS, (_, row) => Math.floor(row / 2));
    const folds = stratifiedFolds(LABELS, 5, 3, groups);
    const foldsOfGroup = new Map<number, Set<number>>();
    groups.forEach((group, row) => {
      foldsOfGroup.set(group, (foldsOfGroup.get(group) ?? new Set()).add(folds.of[row]));
    });
    expect(foldsOfGroup.size).toBe(52);
    expect([...foldsOfGroup.values()].every(({ size }) => size === 1)).toBe(true);
  });

  test("takes groups that all hold a churner, as long as every fold has both classes", () => {
    const labels = Uint8Array.from({ length: 40 }, (_, row) => row % 2);
    const folds = stratifiedFolds(
      labels,
      5,
      0,
      Int32Array.from(labels, (_, row) => row >> 1),
    );
    expect([0, 1, 2, 3, 4].map((fold) => rowsOfFold(folds, fold).length)).toEqual([8, 8, 8, 8, 8]);
  });

  test("refuses labels with fewer churners than folds, saying how many there are", async () => {
    const error = await thrownBy(() => stratifiedFolds(Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 0), 5, 0));
    expect(error.code).toBe("data.label");
    expect(error.expected).toBe("must have at least 5 rows or groups with a churner, one for every fold");
    expect(error.received).toBe(3);
  });

  test("reports churners and others that are too few together", async () => {
    const error = await thrownBy(() => stratifiedFolds(Uint8Array.of(1, 0), 5, 0));
    expect(error.problems.map(({ received }) => received)).toEqual([1, 1]);
  });

  test.each([1, 256, 2.5, Number.NaN])("refuses %s folds", async (count) => {
    const error = await thrownBy(() => stratifiedFolds(LABELS, count, 0));
    expect(error.path).toEqual({ function: "stratifiedFolds", argument: "count" });
    expect(error.received).toBe(count);
  });
});

test("rowsOfFold gives the rows inside or, with outside, all others, rising", () => {
  const folds = { count: 2, of: Uint8Array.of(0, 1, 1, 0, 1) };
  expect([...rowsOfFold(folds, 1)]).toEqual([1, 2, 4]);
  expect([...rowsOfFold(folds, 1, true)]).toEqual([0, 3]);
});
