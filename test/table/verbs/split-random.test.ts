import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsOf, tableFromRows } from "../../../src/table/rows.js";
import type { Table } from "../../../src/table/table.js";
import { concatTables } from "../../../src/table/verbs/concat-tables.js";
import { filterRows } from "../../../src/table/verbs/filter-rows.js";
import { sortRows } from "../../../src/table/verbs/sort-rows.js";
import { splitRandom } from "../../../src/table/verbs/split-random.js";
import { withColumn } from "../../../src/table/verbs/with-column.js";
import { errorOf } from "../../support/thrown.js";

/** Every fifth row churned, households of three, places from 0. */
function subscribers(count: number): Table {
  return tableFromRows(
    Array.from({ length: count }, (_, place) => ({
      place,
      流失: place % 5 === 0 ? "是" : "否",
      家庭: `h${Math.floor(place / 3)}`,
    })),
    { source: "用户.csv", columns: { 家庭: "text" } },
  );
}

const table = subscribers(1000);
const places = (part: Table) => rowsOf(part).map(({ place }) => place);
const churners = (part: Table) => filterRows(part, (row) => row.流失 === "是").rowCount;
const households = (part: Table) => new Set(rowsOf(part).map(({ 家庭 }) => 家庭));

describe("splitRandom", () => {
  test("gives a fifth of the rows to the test part, in the order of the table", () => {
    const { train, test: part } = splitRandom(table);
    expect([train.rowCount, part.rowCount]).toEqual([800, 200]);
    expect(places(part)).toEqual([...places(part)].sort((a, b) => Number(a) - Number(b)));
    expect(part.source).toBe("用户.csv");
  });

  test("rounds the share of rows", () => {
    expect(splitRandom(table, { test: 0.3337 }).test.rowCount).toBe(334);
    expect(splitRandom(subscribers(3), { test: 0.5 }).test.rowCount).toBe(2);
  });

  test("draws every row about equally often", () => {
    const drawn = new Float64Array(40);
    const small = subscribers(40);
    for (let seed = 0; seed < 2000; seed++) {
      for (const place of places(splitRandom(small, { test: 0.25, stratify: "流失", seed }).test)) {
        drawn[Number(place)]++;
      }
    }
    // 500 expected; 5 standard deviations of the binomial, √(2000 · ¼ · ¾) ≈ 19.4.
    expect(Math.min(...drawn)).toBeGreaterThan(500 - 97);
    expect(Math.max(...drawn)).toBeLessThan(500 + 97);
  });

  test("depends on the seed, 0 by default, and on nothing else", () => {
    expect(splitRandom(table)).toEqual(splitRandom(table, { seed: 0, test: 0.2 }));
    expect(splitRandom(table, { seed: 1 })).not.toEqual(splitRandom(table));
    const wider = withColumn(table, "new", (_, index) => -index);
    expect(places(splitRandom(wider).test)).toEqual(places(splitRandom(table).test));
  });

  test("with stratify gives every value its share within one row, missing as a value", () => {
    const withMissing = withColumn(table, "流失", (row: { place: number; 流失: string }) =>
      row.place % 7 === 0 ? null : row.流失,
    );
    const missing = (part: Table) => filterRows(part, (row) => row.流失 === null).rowCount;
    const { test: part } = splitRandom(withMissing, { test: 0.3, stratify: "流失" });
    expect(part.rowCount).toBe(300);
    expect(Math.abs(churners(part) - 0.3 * churners(withMissing))).toBeLessThan(1);
    expect(Math.abs(missing(part) - 0.3 * missing(withMissing))).toBeLessThan(1);
  });

  test("with group keeps rows of a value together; the share counts groups", () => {
    const { train, test: part } = splitRandom(table, { test: 0.25, group: "家庭" });
    // 334 households, the last of one row.
    expect(households(part).size).toBe(84);
    expect([...households(part)].filter((household) => households(train).has(household))).toEqual([]);
  });

  test("with group takes each row where it is missing by itself", () => {
    const alone = withColumn(subscribers(10), "家庭", () => null, { kind: "text" });
    expect(splitRandom(alone, { test: 0.3, group: "家庭" }).test.rowCount).toBe(3);
  });

  test("with both spreads the groups that have a churner, the rarer value", () => {
    const withChurner = (part: Table) => households(filterRows(part, (row) => row.流失 === "是")).size;
    const { test: part } = splitRandom(table, { test: 0.25, stratify: "流失", group: "家庭" });
    expect(Math.abs(withChurner(part) - 0.25 * withChurner(table))).toBeLessThan(1);
    expect(households(part).size).toBe(84);
  });

  test.each<[string, () => unknown, string]>([
    [
      "a share of 0",
      () => splitRandom(table, { test: 0 }),
      "test: must be a share between 0 and 1, such as 0.2, received 0",
    ],
    [
      "a share of 1",
      () => splitRandom(table, { test: 1 }),
      "test: must be a share between 0 and 1, such as 0.2, received 1",
    ],
    [
      "a share in per cent",
      () => splitRandom(table, { test: 20 }),
      "test: must be a share between 0 and 1, such as 0.2, received 20",
    ],
    [
      "an unknown column",
      () => splitRandom(table, { stratify: "是否流失" }),
      '用户.csv: stratify, column "是否流失": must be a column of the table, which has place, 流失, 家庭 (did you mean "流失"?)',
    ],
    [
      "a seed that is no whole number",
      () => splitRandom(table, { seed: 0.5 }),
      "seed: must be a whole number, received 0.5",
    ],
    [
      "too few rows for a test part",
      () => splitRandom(subscribers(2)),
      "用户.csv: table: must have more than 2 rows for a share of 0.2: the test part would be empty",
    ],
    [
      "too few groups for a training part",
      () => splitRandom(subscribers(3), { group: "家庭", test: 0.6 }),
      "用户.csv: table: must have more than 1 group for a share of 0.6: the training part would be empty",
    ],
    ["no rows", () => splitRandom(filterRows(table, () => false)), "用户.csv: table: must have rows"],
  ])("refuses %s", (_, call, message) => {
    expect(errorOf(call).message).toBe(`splitRandom: ${message}`);
  });

  test("names all that is wrong together", () => {
    expect(errorOf(() => splitRandom(table, { test: -1, stratify: "x", group: "y" })).problems).toHaveLength(
      3,
    );
  });

  test("is a partition of the rows, for any share, seed, strata and groups", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            label: fc.option(fc.constantFrom("a", "b", "c")),
            group: fc.option(fc.integer({ min: 0, max: 5 })),
          }),
          { minLength: 8, maxLength: 60 },
        ),
        fc.double({ min: 0.3, max: 0.7, noNaN: true }),
        fc.integer(),
        fc.constantFrom({}, { stratify: "label" }),
        (rows, share, seed, strata) => {
          const given = tableFromRows(rows.map((row, place) => ({ place, ...row })));
          const { train, test: part } = splitRandom(given, { test: share, seed, ...strata });
          expect(part.rowCount).toBe(Math.round(share * rows.length));
          expect(sortRows(concatTables(train, part), "place")).toEqual(given);
          for (const value of ["a", "b", "c", null]) {
            if (!("stratify" in strata)) continue;
            const count = (of: Table) => filterRows(of, (row) => row.label === value).rowCount;
            expect(Math.abs(count(part) - (part.rowCount / rows.length) * count(given))).toBeLessThan(1);
          }
        },
      ),
    );
  });

  test("never divides a group", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 30, maxLength: 60 }),
        fc.integer(),
        (groups, seed) => {
          fc.pre(new Set(groups).size > 3);
          const given = tableFromRows(groups.map((group, place) => ({ place, group, label: place % 4 })));
          const parts = splitRandom(given, { test: 0.4, group: "group", stratify: "label", seed });
          const groupsOf = (part: Table) => new Set(rowsOf(part).map(({ group }) => group));
          const [train, test] = [groupsOf(parts.train), groupsOf(parts.test)];
          expect(train.size + test.size).toBe(new Set(groups).size);
          expect(parts.train.rowCount + parts.test.rowCount).toBe(groups.length);
        },
      ),
    );
  });
});
