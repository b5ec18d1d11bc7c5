import { expect, test } from "vitest";
import { tableFromRows } from "../../../src/table/rows.js";
import { tableFingerprint } from "../../../src/training/rows/fingerprint.js";

const ROWS = [
  { id: "a", usage: 1, plan: "随心" },
  { id: "b", usage: null, plan: "Family" },
];
const fingerprintOf = (rows: Record<string, unknown>[], source?: string) =>
  tableFingerprint(tableFromRows(rows, { source, columns: { id: "text" } }));

test("tableFingerprint is 64 hexadecimal digits, the same for the same data from anywhere", () => {
  expect(fingerprintOf(ROWS)).toMatch(/^[0-9a-f]{64}$/);
  expect(fingerprintOf(ROWS, "telco.csv")).toBe(fingerprintOf(ROWS));
});

test("tableFingerprint differs with any name, value, kind or order of rows", () => {
  const [first, second] = ROWS;
  const others = [
    [{ ...first, id: "c" }, second],
    [{ ...first, usage: 1.0000000000000002 }, second],
    [{ ...first, plan: null }, second],
    [second, first],
    ROWS.map(({ usage, ...row }) => ({ ...row, use: usage })),
  ];
  expect(new Set([fingerprintOf(ROWS), ...others.map((rows) => fingerprintOf(rows))]).size).toBe(6);
});
