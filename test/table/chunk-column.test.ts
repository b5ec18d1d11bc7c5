import { expect, test } from "vitest";
import { argumentProblem, Problems } from "../../src/errors.js";
import { rowsFrom } from "../../src/table/chunk-column.js";

test("rowsFrom passes all problems of a call on, with rows counted from the start of the input", () => {
  const problems = new Problems();
  const ofRow = (row: number) => ({ ...argumentProblem("f", "x", "must be finite", row), path: { row } });
  rowsFrom(100, problems).add(ofRow(1), ofRow(2));
  expect(problems.list.map(({ path }) => path.row)).toEqual([101, 102]);
});
