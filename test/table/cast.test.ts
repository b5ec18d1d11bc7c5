import { describe, expect, test } from "vitest";
import { Problems } from "../../src/errors.js";
import { castColumn } from "../../src/table/cast.js";
import { grammarOf } from "../../src/table/grammar/cell-grammar.js";
import type { DeclaredKind } from "../../src/table/grammar/column-plan.js";
import { tableFromRows } from "../../src/table/rows.js";
import { type Column, cellOf, columnLength } from "../../src/table/table.js";

function cast(values: readonly unknown[], kind: DeclaredKind, from?: DeclaredKind) {
  const [column] = tableFromRows(
    values.map((x) => ({ x })),
    from === undefined ? {} : { columns: { x: from } },
  ).columns;
  const problems = new Problems();
  const result = castColumn(column, kind, problems, { function: "predict", file: "new.csv" });
  let found: unknown[] = [];
  try {
    problems.throwIfAny();
  } catch (error) {
    found = (
      error as { problems: { code: string; path: { column: string; row: number }; received: unknown }[] }
    ).problems.map(({ code, path, received }) => [code, path.column, path.row, received]);
  }
  return {
    kind: result.kind,
    isDate: result.kind === "numeric" && result.isDate === true,
    cells: cells(result),
    found,
  };
}

const cells = (column: Column) =>
  Array.from({ length: columnLength(column) }, (_, row) => cellOf(column, row));

describe("castColumn", () => {
  test("reads texts as numbers, missing tokens as missing, and reports the rest", () => {
    expect(cast(["1", " NA ", "x", null, "007", "1,5"], "numeric", "text")).toEqual({
      kind: "numeric",
      isDate: false,
      cells: [1, null, null, null, 7, null],
      found: [
        ["data.wrong-type", "x", 3, "x"],
        ["data.wrong-type", "x", 6, "1,5"],
      ],
    });
  });

  test("reports infinite numbers as such", () => {
    expect(cast(["1", "inf"], "numeric", "categorical").found).toEqual([["data.not-finite", "x", 2, "inf"]]);
  });

  test("writes numbers as categories by their shortest decimal", () => {
    expect(cast([415, 0.1, null, 1e21, 415], "categorical")).toMatchObject({
      kind: "categorical",
      cells: ["415", "0.1", null, "1e+21", "415"],
      found: [],
    });
  });

  test("turns categories into text and back", () => {
    expect(cast(["a", null, "b"], "text")).toMatchObject({ kind: "text", cells: ["a", null, "b"] });
    expect(cast([" a ", null, "b"], "categorical", "text")).toMatchObject({
      kind: "categorical",
      cells: ["a", null, "b"],
    });
  });

  test("turns an all-missing column into any kind", () => {
    for (const kind of ["numeric", "categorical", "text", "date"] as const) {
      const result = cast([null, null], kind);
      expect([result.kind, result.isDate, ...result.cells, ...result.found]).toEqual([
        kind === "date" ? "numeric" : kind,
        kind === "date",
        null,
        null,
      ]);
    }
  });

  test("does not take dates as plain numbers, nor the reverse", () => {
    expect(cast(["2023-01-31", null], "numeric").found).toEqual([["data.wrong-type", "x", 1, "2023-01-31"]]);
    expect(cast([5, null], "date").found).toEqual([["data.wrong-type", "x", 1, 5]]);
    expect(cast(["2023-01-31", "x"], "date")).toMatchObject({ isDate: true, cells: [19388, null] });
    expect(cast(["2023-01-31"], "categorical")).toMatchObject({ cells: ["2023-01-31"], found: [] });
  });

  test("does not change a column that already has the kind", () => {
    const [column] = tableFromRows([{ x: 1 }]).columns;
    expect(castColumn(column, "numeric", new Problems(), {})).toBe(column);
  });
});

test("times that were read without the time zone of a model are refused; days are days in every zone", () => {
  const grammar = grammarOf({ timeZone: "Asia/Shanghai" });
  const outcome = (text: string, options: { readonly timeZone?: string } = {}) => {
    const [column] = tableFromRows([{ x: text }], options).columns;
    const problems = new Problems();
    return [
      cellOf(castColumn(column, "date", problems, {}, grammar), 0),
      problems.list.map(({ path }) => path.row),
    ];
  };
  expect(outcome("2025-02-20 08:00", { timeZone: "Asia/Shanghai" })).toEqual([20139, []]);
  expect(outcome("2025-02-20 08:00")).toEqual([expect.anything(), [1]]);
  expect(outcome("2025-02-20")).toEqual([20139, []]);
});
