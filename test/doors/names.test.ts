import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readTable } from "../../src/formats/read-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { rowsOf, tableFromRows } from "../../src/table/rows.js";
import { trainChurnModel } from "../../src/training/train.js";
import { temporaryFolder } from "../support/temporary-folder.js";

// A column is the same however its name is composed, and whatever white space is around it; those of id and value too.

const folder = temporaryFolder();
const NAMES = ["Schlüssel", "Gebühr", "Größe", "Umsätze"] as const;
const rowOf = (row: number) => ({
  Schlüssel: `K${row}`,
  Gebühr: (row * 37) % 90,
  Größe: ["klein", "groß"][row % 2],
  Umsätze: 10 + (row % 50),
});
const model = await trainChurnModel(
  tableFromRows(
    Array.from({ length: 300 }, (_, row) => ({
      ...rowOf(row),
      churn: (row * 37) % 90 > 50 || row % 7 === 0 ? "yes" : "no",
    })),
  ),
  { label: "churn", id: "Schlüssel", value: "Umsätze", classifier: "logistic", repeats: 1, replicates: 5 },
);
const expected = model.predictOne(rowOf(4));

test.each<[string, (name: string) => string]>([
  ["decomposed", (name) => name.normalize("NFD")],
  ["between blanks", (name) => ` ${name}\t`],
  ["both", (name) => `${name.normalize("NFD")} `],
])("names %s give the same id, value and probability in every way", async (_, written) => {
  const row = Object.fromEntries(Object.entries(rowOf(4)).map(([name, value]) => [written(name), value]));
  expect(model.predictOne(row)).toEqual(expected);
  expect(model.predictOne(row, { details: true })).toEqual({
    ...expected,
    details: { unseen: [], missing: [], outOfRange: [] },
  });
  expect(model.predict(tableFromRows([row]))).toEqual([expected]);
  const lines = join(folder.path, "rows.ndjson");
  writeFileSync(lines, `${JSON.stringify(row)}\n`);
  const csv = join(folder.path, "rows.csv");
  const quoted = (cells: readonly unknown[]) => cells.map((cell) => `"${cell}"`).join(",");
  writeFileSync(csv, `${quoted(NAMES.map(written))}\n${quoted(NAMES.map((name) => rowOf(4)[name]))}\n`);
  for (const path of [lines, csv]) {
    expect(model.predict(await readTable(path))).toEqual([expected]);
    const output = join(folder.path, "scores.csv");
    await scoreFile(model, path, output, { maxUnseen: 1 });
    const [scored] = rowsOf(await readTable(output));
    expect([scored.id, scored.probability]).toEqual([expected.id, expected.probability]);
  }
});
