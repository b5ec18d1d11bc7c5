import { afterAll, describe, expect, test } from "vitest";
import { tableFromRows } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { startPostgres } from "../support/postgres-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { DOORS, type PlainRow } from "./doors.js";

// The same value read in another way is the same input of a model, to the last bit.

const folder = temporaryFolder();
const server = startPostgres();
afterAll(() => server?.stop());

const PLANS = ["随心 5G", "Family", 'a "b", c', "2", null];

/** Training rows; each column has missing values and its own effect. */
function trainingRow(row: number): PlainRow {
  const plan = PLANS[row % 5];
  const charge = row % 11 === 0 ? null : ((row * 37) % 400) / 8 - 5;
  const roaming = row % 7 === 0 ? null : row % 3 === 0;
  const since =
    row % 13 === 0 ? null : new Date((15000 + ((row * 53) % 4000)) * 864e5).toISOString().slice(0, 10);
  const risk = (plan === "Family" ? 2 : 0) + (charge ?? 10) / 10 + (roaming ? 1 : 0) + (row % 3);
  return { id: `S${row}`, 套餐: plan, charge, roaming, since, churn: risk > 4.2 ? "Yes" : "No" };
}

const MODEL = await trainChurnModel(
  tableFromRows(
    Array.from({ length: 400 }, (_, row) => trainingRow(row)),
    { columns: { id: "text", 套餐: "categorical" } },
  ),
  { label: "churn", id: "id", classifier: "logistic", calibration: "platt", repeats: 1, replicates: 5 },
);

/** Unusual values of every column; each is in a separate row. */
const VALUES = {
  套餐: ["随心 5G", "Family", 'a "b", c', "2", "never seen", "  Family ", "family", null],
  charge: [0, -0, 1, -3.75, 0.1 + 0.2, 1e-7, 123456.789, 1e15, 2 ** 53 - 1, 5e-324, null],
  roaming: [true, false, null],
  since: ["2011-01-26", "1969-12-31", "2052-02-29", null],
} satisfies Record<string, readonly PlainRow[string][]>;

const BASE: PlainRow = { 套餐: "Family", charge: 12.5, roaming: true, since: "2015-06-30" };
const CELLS = Object.entries(VALUES).flatMap(([column, values]) =>
  values.map((value) => ({ column, value, title: `${column} = ${JSON.stringify(value)}` })),
);
const ROWS: PlainRow[] = CELLS.map(({ column, value }, row) => ({
  id: `00${row}`,
  ...BASE,
  [column]: value,
}));
const EXPECTED = new Map(ROWS.map((row, r) => [CELLS[r].title, MODEL.predictOne(row).probability] as const));

test("the model uses each of its columns", () => {
  expect(MODEL.inputs.map(({ name, kind }) => [name, kind])).toEqual([
    ["charge", "numeric"],
    ["roaming", "categorical"],
    ["since", "date"],
    ["套餐", "categorical"],
  ]);
  for (const values of Object.values(VALUES)) expect(values).toContain(null);
  for (const name of Object.keys(VALUES)) {
    const found = CELLS.flatMap(({ column, title }) => (column === name ? [EXPECTED.get(title)] : []));
    expect(new Set(found).size).toBeGreaterThan(2);
  }
});

describe("the same value gives the same bits through", () => {
  for (const { name, needsPostgres, probabilities } of DOORS) {
    test.skipIf(needsPostgres === true && server === undefined)(name, async () => {
      const found = await probabilities(MODEL, ROWS, {
        folder: folder.path,
        postgres: server?.connection,
      });
      expect(new Map(found.map((probability, r) => [CELLS[r].title, probability]))).toEqual(EXPECTED);
    });
  }
});
