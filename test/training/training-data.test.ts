import { describe, expect, test } from "vitest";
import type { TrainingNote } from "../../src/model-file/churn/training-note.js";
import { createRandom } from "../../src/random.js";
import type { Table } from "../../src/table/table.js";
import { trainChurnModel } from "../../src/training/train.js";
import { type SubscriberRow, subscriberRows } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";
import { QUICK, tableOf, withColumn } from "./quick-training.js";

async function notesOf(table: Table, options = {}): Promise<readonly TrainingNote[]> {
  return (await trainChurnModel(table, { ...QUICK, ...options })).training.notes;
}

describe("a column that determines the label is refused, with its name", () => {
  test.each([
    ["in other words", (row: SubscriberRow) => (row.churned === "Yes" ? "gone" : "here")],
    ["as a number", (row: SubscriberRow) => (row.churned === "Yes" ? 7 : 3)],
    ["by being missing", (row: SubscriberRow) => (row.churned === "Yes" ? "moved" : null)],
    [
      "by a number that only churners have",
      (row: SubscriberRow, i: number) => (row.churned === "Yes" ? i : null),
    ],
    [
      "in several categories",
      (row: SubscriberRow, i: number) => `${row.churned === "Yes" ? "out" : "in"}${i % 3}`,
    ],
  ])("%s", async (_, of) => {
    const error = await thrownBy(() => trainChurnModel(withColumn("离网原因", of), QUICK));
    expect(error.problems.map(({ code, path }) => [code, path.column])).toEqual([["data.leak", "离网原因"]]);
    expect(error.hint).toContain("离网原因");
  });

  test("unless it is allowed, which is noted", async () => {
    const table = withColumn("mark", (row) => (row.churned === "Yes" ? "gone" : "here"));
    const notes = await notesOf(table, { allowLeaks: ["mark"] });
    expect(notes.map(({ kind, column }) => [kind, column])).toContainEqual(["leak-allowed", "mark"]);
  });
});

describe("the training report notes", () => {
  test("a number that alone ranks churners nearly perfectly", async () => {
    const random = createRandom(1, "leak");
    const table = withColumn(
      "last_bill",
      (row) => (row.churned === "Yes" ? 0 : 20) + 10 * random.normal() ** 3 * 0.1,
    );
    const [note] = (await notesOf(table)).filter(({ kind }) => kind === "probable-leak");
    expect([note.column, note.detail]).toEqual(["last_bill", expect.stringContaining("AUC of 0.99")]);
  });

  test("a category that does, counted out of fold: levels of few rows are no leak", async () => {
    const leak = withColumn("closing", (row, i) =>
      i % 45 === 1 ? "in" : row.churned === "Yes" ? `out${i % 4}` : "in",
    );
    expect((await notesOf(leak)).map(({ kind, column }) => [kind, column])).toContainEqual([
      "probable-leak",
      "closing",
    ]);
    const many = withColumn("area", (_, i) => `A${i % 29}`);
    expect((await notesOf(many)).filter(({ kind }) => kind === "probable-leak")).toEqual([]);
  });

  test("equal rows in different folds, and how many of them disagree", async () => {
    const rows = subscriberRows(200).map((row, i) => ({ ...row, charge: i / 7, subscriber: `S${i}` }));
    const twice = [...rows, ...rows.slice(0, 40).map((row, i) => ({ ...row, subscriber: `T${i}` }))];
    const [note] = (await notesOf(tableOf(twice))).filter(({ kind }) => kind === "duplicate-rows");
    const [, count] = /^(\d+) rows/u.exec(note.detail) ?? [];
    // 40 pairs, of which a fifth happens to share a fold.
    expect(Number(count)).toBeGreaterThan(50);
    expect(Number(count)).toBeLessThan(80);
    expect(note.detail).toContain("0 of them in groups of both labels");
    expect((await notesOf(tableOf(rows))).filter(({ kind }) => kind === "duplicate-rows")).toEqual([]);
  });

  test("few churners", async () => {
    const rows = subscriberRows(400);
    const few = [
      ...rows.filter(({ churned }) => churned === "Yes").slice(0, 30),
      ...rows.filter(({ churned }) => churned === "No"),
    ];
    const notes = await notesOf(tableOf(few));
    expect(notes.map(({ kind }) => kind)).toContain("few-churners");
    expect(notes.map(({ detail }) => detail).join()).toContain("30 churners");
  });

  test("numbers of extreme size", async () => {
    const random = createRandom(2, "extreme");
    for (const size of [1e300, 1e-300]) {
      const notes = await notesOf(withColumn("odd", () => size * random.next()));
      expect(notes.map(({ kind, column }) => [kind, column])).toContainEqual(["extreme-values", "odd"]);
    }
  });
});

describe("auto handles unusual tables", () => {
  const auto = { ...QUICK, classifier: "auto" as const };

  test.each([
    ["extreme numbers", () => withColumn("odd", (_, i) => (i % 2 === 0 ? 1e300 : -1e300) * (i % 7), 150)],
    ["tiny numbers", () => withColumn("odd", (_, i) => 1e-300 * (i % 9), 150)],
    ["a column without any value", () => withColumn("odd", () => null, 150)],
    ["a constant", () => withColumn("odd", () => "CN", 150)],
    ["categories of one row each", () => withColumn("odd", (_, i) => `B${i}x`, 150)],
    ["a thousand categories", () => withColumn("odd", (_, i) => `A${(i * 7) % 1000}`, 2000)],
  ])(
    "%s",
    async (_, make) => {
      const model = await trainChurnModel(make(), auto);
      const [{ probability }] = model.predict(make());
      expect(probability > 0 && probability < 1).toBe(true);
    },
    60_000,
  );

  test("very many columns: 2,000", async () => {
    const random = createRandom(3, "wide");
    const rows = subscriberRows(120).map((row) => ({
      ...row,
      ...Object.fromEntries(
        Array.from({ length: 2000 }, (_, c) => [`c${c}`, Math.round(100 * random.next())]),
      ),
    }));
    const model = await trainChurnModel(tableOf(rows), auto);
    expect(model.inputs.length).toBeGreaterThan(1900);
  });
});
