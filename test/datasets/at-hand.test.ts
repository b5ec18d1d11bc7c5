import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DATASETS, listDatasets, loadDataset, type Table } from "../../src/datasets/index.js";
import { openHistory } from "../../src/history/index.js";
import { cellOf } from "../../src/table/column.js";
import { findColumn } from "../../src/table/index.js";
import { readLabels } from "../../src/vectors/column-roles/labels.js";
import { DATASETS as FOLDER, isThere } from "../support/shared-data.js";

// The cache of whoever runs the tests is not looked into.
function atHand(): readonly string[] {
  if (!isThere(FOLDER, "facts of public data sets")) return [];
  const found = listDatasets({ folder: FOLDER, cache: join(FOLDER, "none") });
  return found.flatMap(({ name, path }) => (path === null || name === "simulated" ? [] : [name]));
}

const NAMES = atHand();

describe.skipIf(NAMES.length === 0)("the catalogue says of data sets at hand", () => {
  test.each(NAMES.length === 0 ? ["none"] : NAMES)(
    "%s: its hash, rows, columns with their kinds, and how many churned",
    async (name) => {
      const { table, train, dataset } = await loadDataset(name, { folder: FOLDER });
      expect(table.rowCount).toBe(dataset.rows);
      expect(table.columns.map((column) => [column.name, kindOf(column)])).toEqual(
        dataset.columns.map((column) => [column.name, column.kind]),
      );
      if (dataset.label !== null) {
        const labels = readLabels(table, dataset.label, train.positive);
        expect([labels.positive, labels.positives]).toEqual([dataset.positive, dataset.positives]);
      }
      if (train.id !== undefined) expect(distinct(table, [train.id])).toBe(table.rowCount);
    },
  );
});

function kindOf(column: Table["columns"][number]): string {
  return column.kind === "numeric" && column.isDate ? "date" : column.kind;
}

/** How many different rows there are, by some columns. */
function distinct(table: Table, names: readonly string[]): number {
  const columns = names.map((name) => findColumn(table, name));
  const rows = new Set<string>();
  for (let row = 0; row < table.rowCount; row++) {
    rows.add(JSON.stringify(columns.map((column) => column && cellOf(column, row))));
  }
  return rows.size;
}

const has = (name: string) => NAMES.includes(name);
const names = (table: Table) => table.columns.map(({ name }) => name);

describe("traps that the catalogue names are there", () => {
  test.runIf(has("telco"))(
    "telco: rows that equal others but for the id, and 11 blanks at a tenure of 0",
    async () => {
      const { table } = await loadDataset("telco", { folder: FOLDER });
      const others = names(table).filter((name) => name !== "customerID");
      expect(table.rowCount - distinct(table, others)).toBe(22);
      const features = others.filter((name) => name !== "Churn");
      expect(table.rowCount - distinct(table, features)).toBe(22 + 18);
      const [tenure, total] = [numbers(table, "tenure"), numbers(table, "TotalCharges")];
      expect(Array.from(tenure.keys()).filter((row) => Number.isNaN(total[row]))).toEqual(
        Array.from(tenure.keys()).filter((row) => tenure[row] === 0),
      );
      expect(total.filter(Number.isNaN)).toHaveLength(11);
    },
  );

  test.runIf(has("bigml"))("bigml: charges are multiples of minutes, to the cent", async () => {
    const { table } = await loadDataset("bigml", { folder: FOLDER });
    for (const [period, rate] of Object.entries({ day: 0.17, eve: 0.085, night: 0.045, intl: 0.27 })) {
      const charges = numbers(table, `Total ${period} charge`);
      numbers(table, `Total ${period} minutes`).forEach((minutes, row) => {
        expect(Math.abs(minutes * rate - charges[row])).toBeLessThan(0.00501);
      });
    }
  });

  test.runIf(has("cell2cell"))(
    "cell2cell: who called the retention team, and values that stand for unknown",
    async () => {
      const { table } = await loadDataset("cell2cell", { folder: FOLDER });
      const [called, churned] = ["MadeCallToRetentionTeam", "Churn"].map((name) => findColumn(table, name));
      const share = (answer: string) => {
        const rows = Array.from({ length: table.rowCount }, (_, row) => row).filter(
          (row) => called && cellOf(called, row) === answer,
        );
        return rows.filter((row) => churned && cellOf(churned, row) === "Yes").length / rows.length;
      };
      expect([share("Yes"), share("No")].map((each) => each.toFixed(3))).toEqual(["0.450", "0.282"]);
      const price = findColumn(table, "HandsetPrice");
      expect(price?.kind === "categorical" && price.categories).toContain("Unknown");
      expect(numbers(table, "AgeHH1").filter((age) => age === 0)).toHaveLength(13_917);
      expect(Math.min(...numbers(table, "CurrentEquipmentDays").filter((days) => !Number.isNaN(days)))).toBe(
        -5,
      );
    },
  );

  test.runIf(has("hillstrom"))("hillstrom: 6,562 rows equal an earlier one, 0.9% converted", async () => {
    const { table, dataset } = await loadDataset("hillstrom", { folder: FOLDER });
    expect(table.rowCount - distinct(table, names(table))).toBe(6562);
    expect(numbers(table, "conversion").reduce((sum, each) => sum + each, 0)).toBe(578);
    const segment = findColumn(table, "segment");
    expect(segment?.kind === "categorical" && segment.categories).toContain(dataset.experiment?.control);
  });

  test.runIf(has("cdnow"))("cdnow: dates, customers, repeated purchases and those of nothing", async () => {
    const { table, path } = await loadDataset("cdnow", { folder: FOLDER });
    const days = numbers(table, "date");
    const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
    expect([Math.min(...days), Math.max(...days)].map(iso)).toEqual(["2021-01-01", "2022-06-30"]);
    expect(distinct(table, ["customer_id"])).toBe(23_544);
    expect(table.rowCount - distinct(table, names(table))).toBe(255);
    expect(numbers(table, "amount").filter((amount) => amount === 0)).toHaveLength(80);
    // As the text says it, line by line.
    const lines = gunzipSync(await readFile(path))
      .toString("latin1")
      .trim()
      .split("\n");
    const amount = lines.reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[3]), 0);
    expect(numbers(table, "amount").reduce((sum, each) => sum + each, 0)).toBeCloseTo(amount, 6);
  });
});

function numbers(table: Table, name: string): Float64Array {
  const column = findColumn(table, name);
  if (column?.kind !== "numeric") throw new Error(`${name} must be a number`);
  return column.values;
}

test("the simulated operator has the subscribers and the column that the catalogue says", async () => {
  const listed = listDatasets().find(({ name }) => name === "simulated");
  const history = await openHistory(String(listed?.path));
  history.close();
  const subscribers = await readFile(join(String(listed?.path), "subscribers.csv"), "utf8");
  const [header, ...rows] = subscribers.trim().split("\n");
  expect(rows).toHaveLength(listed?.rows ?? 0);
  const simulated = DATASETS.find(({ name }) => name === "simulated");
  for (const { name } of simulated?.columns ?? []) expect(header.split(",")).toContain(name);
});
