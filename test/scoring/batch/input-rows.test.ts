import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeTable } from "../../../src/formats/write-table.js";
import { countInputRows, unusualInputs } from "../../../src/scoring/batch/input-rows.js";
import { scoreFile } from "../../../src/scoring/score-file.js";
import { scoringModel } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
const model = await scoringModel();
const numbers = (values: readonly number[]) =>
  ({ kind: "numeric", name: "x", values: Float64Array.from(values) }) as const;
const codes = (values: readonly number[]) =>
  ({ kind: "categorical", name: "c", codes: Int32Array.from(values), levels: ["a", "b"] }) as const;

describe("countInputRows", () => {
  test("counts missing values, and numbers beyond the ends of the range", () => {
    expect(countInputRows(numbers([1, 2, 3, Number.NaN, 0, 9]), [1, 3])).toEqual({
      missing: 1,
      outOfRange: 2,
    });
    expect(countInputRows(codes([-1, 0, 2, -1]), undefined)).toEqual({ missing: 2, outOfRange: 0 });
    expect(countInputRows(numbers([1e300]), undefined)).toEqual({ missing: 0, outOfRange: 0 });
  });

  test("counts every row once", () => {
    const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const { missing, outOfRange } = countInputRows(numbers(values), [-2, 2]);
        expect(missing).toBe(values.filter(Number.isNaN).length);
        expect(outOfRange).toBe(values.filter((each) => Math.abs(each) > 2).length);
      }),
    );
  });
});

test("unusualInputs puts the inputs with the most rows that differ from training first, and leaves out those without", () => {
  const input = { missing: 0, missingInTraining: 0, outOfRange: null, range: null, unseen: null } as const;
  const given = [
    { ...input, column: "nothing" },
    { ...input, column: "as often missing", missing: 50, missingInTraining: 0.5 },
    { ...input, column: "few", missing: 1, outOfRange: 1 },
    { ...input, column: "more missing", missing: 55, missingInTraining: 0.5 },
    { ...input, column: "unseen", unseen: 3 },
  ];
  expect(unusualInputs(given, 100).map(({ column }) => column)).toEqual(["more missing", "unseen", "few"]);
});

test("a summary counts every row of each input, on one thread and on several", async () => {
  // More than the batches that are counted in every row for drift, and more than one thread does alone.
  const table = subscriberTable(160_000, 3);
  const path = join(folder.path, "many.parquet");
  await writeTable(table, path);
  const [one, two] = [
    await scoreFile(model, path, join(folder.path, "one.parquet"), { threads: 1 }),
    await scoreFile(model, path, join(folder.path, "two.parquet"), { threads: 2 }),
  ];
  expect(two.inputs).toEqual(one.inputs);
  const [charge, group, tenure, tariff] = one.inputs ?? [];
  const values = table.columns.find(({ name }) => name === "charge") as { values: Float64Array };
  const [low, high] = charge.range as readonly [number, number];
  expect(charge).toEqual({
    column: "charge",
    missing: values.values.filter(Number.isNaN).length,
    missingInTraining: expect.closeTo(0.1, 1),
    outOfRange: values.values.filter((value) => value < low || value > high).length,
    range: [low, high],
    unseen: null,
  });
  expect(group).toMatchObject({ column: "group", missing: 0, outOfRange: null, range: null, unseen: 0 });
  expect(tenure).toMatchObject({ outOfRange: 0, range: [0, 71] });
  expect(tariff.missing).toBeGreaterThan(0);
});
