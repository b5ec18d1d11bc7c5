import fc from "fast-check";
import { expect, test } from "vitest";
import { alikeRows } from "../../src/vectors/alike-rows.js";

const ROWS = 40;
const column = fc.oneof(
  fc
    .array(fc.constantFrom(0, -0, 1, 2.5, Number.NaN), { minLength: ROWS, maxLength: ROWS })
    .map((list) => Float64Array.from(list)),
  fc
    .array(fc.integer({ min: -1, max: 2 }), { minLength: ROWS, maxLength: ROWS })
    .map((list) => Int32Array.from(list)),
  fc.array(fc.constantFrom("a", "b", "流失", null), { minLength: ROWS, maxLength: ROWS }),
);

test("groups rows that are equal in all columns, NaN as NaN and −0 as 0", () => {
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 6 }), (columns) => {
      const groups = new Map<string, number[]>();
      for (let row = 0; row < ROWS; row++) {
        const key = columns
          .map((cells) => cells[row])
          .map((cell) => (typeof cell === "number" ? String(cell + 0) : JSON.stringify(cell)))
          .join("|");
        groups.set(key, [...(groups.get(key) ?? []), row]);
      }
      const expected = [...groups.values()].filter((rows) => rows.length > 1);
      const first = (rows: readonly number[]) => rows[0];
      const found = alikeRows(columns);
      expect([...found].sort((a, b) => first(a) - first(b))).toEqual(expected);
    }),
  );
});

test("nothing is alike without columns or rows", () => {
  expect(alikeRows([])).toEqual([]);
  expect(alikeRows([new Float64Array(0)])).toEqual([]);
});
