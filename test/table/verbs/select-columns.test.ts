import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../../src/table/rows.js";
import { selectColumns } from "../../../src/table/verbs/select-columns.js";
import { errorOf } from "../../support/thrown.js";

const table = tableFromRows([{ id: "a", 套餐: "基本", tenure: 3 }], { source: "march.csv" });

describe("selectColumns", () => {
  test("gives the columns in the order of their names", () => {
    const selected = selectColumns(table, ["tenure", "id"]);
    expect(selected.columns).toEqual([table.columns[2], table.columns[0]]);
    expect(selected).toMatchObject({ rowCount: 1, source: "march.csv" });
  });

  test("refuses all names that are no columns or are repeated, together", () => {
    expect(errorOf(() => selectColumns(table, ["id", "Tenure", "套", "id"])).message).toBe(
      [
        "3 problems:",
        '  - selectColumns: march.csv: names, column "Tenure": must be a column of the table, which has id, 套餐, tenure (did you mean "tenure"?)',
        '  - selectColumns: march.csv: names, column "套": must be a column of the table, which has id, 套餐, tenure',
        '  - selectColumns: names[3]: must not name a column again, received "id"',
      ].join("\n"),
    );
  });

  test("refuses a name by itself, no name, and names that are no texts", () => {
    expect(errorOf(() => selectColumns(table, "id" as never)).message).toBe(
      'selectColumns: names: must be an array of names, received "id" (write ["id"])',
    );
    expect(errorOf(() => selectColumns(table, [])).message).toBe("selectColumns: names: must name a column");
    expect(errorOf(() => selectColumns(table, [2] as never)).message).toBe(
      "selectColumns: names: must be the name of a column, received 2",
    );
  });
});
