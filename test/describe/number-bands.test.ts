import { expect, test } from "vitest";
import { numberGroups, shownNumber } from "../../src/describe/number-bands.js";
import { tallyNumbers } from "../../src/training/rows/alone-auc.js";

test("a number has four digits, or all of those before the point", () => {
  expect([0, 0.012345, -2.22249, 1987.4, 12345.6, 1e20].map(shownNumber)).toEqual([
    "0",
    "0.01235",
    "-2.222",
    "1987",
    "12,346",
    "100000000000000000000",
  ]);
});

test("up to eight numbers are a group each, rising; the missing ones are last", () => {
  const tally = tallyNumbers(Float64Array.of(3, 1, Number.NaN, 1), Uint8Array.of(1, 0, 1, 1));
  expect(numberGroups(tally, null, false)).toEqual([
    { name: "1", is: "value", churned: 1, stayed: 1 },
    { name: "3", is: "value", churned: 1, stayed: 0 },
    { name: "missing", is: "missing", churned: 1, stayed: 0 },
  ]);
});

test("quartiles that are equal, or the largest number, are one limit or none", () => {
  const numbers = Float64Array.from({ length: 100 }, (_, i) => (i < 80 ? 0 : i));
  const groups = numberGroups(
    tallyNumbers(numbers, new Uint8Array(100)),
    { lowerQuartile: 0, median: 0, upperQuartile: 0 },
    false,
  );
  expect(groups.map(({ name, stayed }) => [name, stayed])).toEqual([
    ["≤ 0", 80],
    ["> 0", 20],
    ["missing", 0],
  ]);
});
