import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import type { CategoricalColumn } from "../../../src/table/table.js";
import { rowsAlone } from "../../../src/training/backtest/rows-alone.js";

test("some rows are the table that would be made of them: categories of other rows are not known, in their own order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("甲", "乙", "丙", null), { minLength: 1, maxLength: 12 }),
      fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 8 }),
      (values, wanted) => {
        const all = values.map((plan, row) => ({ plan, row }));
        const options = { columns: { plan: "categorical" } } as const;
        const rows = wanted.map((row) => row % values.length);
        const alone = rowsAlone(tableFromRows(all, options), rows);
        const made = tableFromRows(
          rows.map((row) => all[row]),
          options,
        );
        expect(rowsOf(alone)).toEqual(rowsOf(made));
        const categoriesOf = (table: typeof made) => (table.columns[0] as CategoricalColumn).categories;
        expect(categoriesOf(alone)).toEqual(categoriesOf(made));
      },
    ),
  );
});
