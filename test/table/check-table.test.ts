import { describe, expect, test } from "vitest";
import { checkTable, columnProblem, columnProblems } from "../../src/table/check-table.js";
import { tableFromRows } from "../../src/table/rows.js";
import { createTable } from "../../src/table/table.js";
import { errorOf } from "../support/thrown.js";

const table = tableFromRows([{ id: "a", tenure: 3 }], { source: "march.csv" });

describe("checkTable", () => {
  test.each<[string, unknown, string]>([
    [
      "an array of rows",
      [{ id: "a" }],
      "must be a Table, not an array of rows (make one of rows with tableFromRows(rows))",
    ],
    ["tables", [table, table], "must be a Table, not a list of tables (join them with concatTables(tables))"],
    ["a path", "march.csv", 'must be a Table, received "march.csv" (read a file with await readTable(path))'],
    ["a promise", Promise.resolve(table), "must be a Table, not a promise of one (await it first)"],
    [
      "a history",
      { schema: {}, report: {}, session: {} },
      "must be a Table, not a history (make one with await snapshots(history, options))",
    ],
    [
      "a split",
      { train: table, test: table },
      "must be a Table, not two parts (pass one of them: parts.train)",
    ],
    [
      "chunks",
      (async function* () {})(),
      "must be a Table, not chunks of one (read a whole file with readTable)",
    ],
    ["undefined", undefined, "must be a Table, not undefined"],
    ["null", null, "must be a Table, received null"],
    ["a number", 3, "must be a Table, received 3"],
    [
      "columns by name",
      { tenure: [3] },
      'must be a Table, received {"tenure":[3]} (make one with readTable, tableFromRows or createTable)',
    ],
  ])("says what to do about %s", (_, given, message) => {
    const error = errorOf(() => checkTable("trainChurnModel", "table", given));
    expect(error.message).toBe(`trainChurnModel: table: ${message}`);
    expect(error.code).toBe("argument.invalid");
  });

  test("takes tables, also those that came from another thread", () => {
    checkTable("trainChurnModel", "table", table);
    checkTable("trainChurnModel", "table", createTable([]));
    checkTable("trainChurnModel", "table", structuredClone(table));
  });
});

describe("columnProblem", () => {
  test("names the columns that there are and the nearest, with the place of the argument", () => {
    expect(columnProblem("evaluate", "segments", table, "tenur")).toEqual({
      code: "data.missing-column",
      path: { function: "evaluate", file: "march.csv", argument: "segments", column: "tenur" },
      expected: "must be a column of the table, which has id, tenure",
      received: undefined,
      hint: 'did you mean "tenure"?',
    });
  });

  test("says where there are no columns, and what is no name", () => {
    expect(columnProblem("f", "a", createTable([]), "x").expected).toBe(
      "must be a column of the table, which has none",
    );
    expect(columnProblem("f", "a", table, 3)).toMatchObject({ code: "argument.invalid", received: 3 });
  });

  test("columnProblems finds those of a list", () => {
    expect(
      columnProblems("f", "a", table, ["id", "x", "tenure", "y"]).map(({ path }) => path.column),
    ).toEqual(["x", "y"]);
  });
});
