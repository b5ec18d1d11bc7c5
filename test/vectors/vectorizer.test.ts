import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../src/table/rows.js";
import { createTable, type Table } from "../../src/table/table.js";
import { type InputColumn, Vectorizer } from "../../src/vectors/vectorizer.js";
import type { Feature } from "../../src/vectors/vectors.js";
import { thrownBy } from "../support/thrown.js";

function repeated(...parts: [value: string | number | null, times: number][]) {
  return parts.flatMap(([value, times]) => new Array<string | number | null>(times).fill(value));
}

function tableOf(columns: Record<string, readonly (string | number | null)[]>, source?: string): Table {
  const names = Object.keys(columns);
  const rows = columns[names[0]].map((_, row) =>
    Object.fromEntries(names.map((name) => [name, columns[name][row]])),
  );
  return tableFromRows(rows, { source });
}

const PLANS = repeated(["A", 12], ["随心", 10], ["rare", 9], [null, 2]);
const TRAINING = tableOf({ plan: PLANS, usage: PLANS.map((_, row) => (row === 4 ? null : row % 7)) });

function codesOf(feature: Feature): number[] {
  return feature.kind === "categorical" ? [...feature.codes] : [];
}

describe("Vectorizer.fit", () => {
  test("keeps categories of ten rows or more as levels and notes the others as rare", () => {
    const { vectorizer } = Vectorizer.fit(TRAINING);
    expect(vectorizer.columns).toEqual([
      { name: "plan", kind: "categorical", missingSeen: true, levels: ["A", "随心"], rareLevels: ["rare"] },
      { name: "usage", kind: "numeric", missingSeen: true, range: [0, 6] },
    ] satisfies InputColumn[]);
  });

  test("keeps the 254 most frequent of many categories, in the order of their names", () => {
    const codes = Int32Array.from({ length: 300 * 10 + 260 }, (_, row) =>
      row < 3000 ? row % 300 : 299 - (row % 260),
    );
    const categories = Array.from({ length: 300 }, (_, code) => `c${code}`);
    const { vectorizer } = Vectorizer.fit(
      createTable([{ kind: "categorical", name: "x", codes, categories }]),
    );
    const [input] = vectorizer.columns;
    if (input.kind !== "categorical") throw new Error("not categorical");
    expect(input.levels).toHaveLength(254);
    // Codes 40 to 299 are in eleven rows, the others in ten.
    const frequent = categories.slice(40).sort();
    expect(input.levels).toEqual(frequent.slice(0, 254));
    expect(input.rareLevels).toEqual([...categories.slice(0, 40), ...frequent.slice(254)].sort());
  });

  test("leaves out excluded columns with their reason, also one named like a method of objects", () => {
    const table = tableOf({ a: PLANS.map((_, row) => row % 5), toString: PLANS.map((_, row) => row % 3) });
    expect(Vectorizer.fit(table).leftOut).toEqual([]);
    const { vectorizer, leftOut } = Vectorizer.fit(table, {
      exclude: new Map([["a", "excluded by option"]]),
    });
    expect(vectorizer.columns.map(({ name }) => name)).toEqual(["toString"]);
    expect(leftOut).toEqual([{ name: "a", reason: "excluded by option" }]);
  });

  test("leaves out a column whose categories are all rare", () => {
    const table = tableOf({ x: PLANS.map((_, row) => `c${row % 15}`), y: PLANS.map((_, row) => row % 4) });
    expect(Vectorizer.fit(table).leftOut).toEqual([{ name: "x", reason: "no category in 10 rows or more" }]);
  });

  test("names every infinite value by column and row, of the columns that are not excluded", async () => {
    const values = Float64Array.of(1, Infinity, 3, -Infinity);
    const table = createTable(
      [
        { kind: "numeric", name: "a", values },
        { kind: "numeric", name: "b", values },
      ],
      "usage.csv",
    );
    const error = await thrownBy(() => Vectorizer.fit(table, { exclude: new Map([["b", "the label"]]) }));
    expect(error.problems).toMatchObject([
      { code: "data.not-finite", path: { file: "usage.csv", column: "a", row: 2 }, received: Infinity },
      { code: "data.not-finite", path: { file: "usage.csv", column: "a", row: 4 }, received: -Infinity },
    ]);
  });

  test("refuses a table without any feature, with the reason for every column", async () => {
    const error = await thrownBy(() => Vectorizer.fit(tableOf({ a: [1, 1], b: [null, null] }, "few.csv")));
    expect(error.code).toBe("data.no-feature");
    expect(error.path.file).toBe("few.csv");
    expect(error.received).toEqual(["a: constant", "b: no value in any row"]);
  });
});

describe("Vectorizer.transform", () => {
  const { vectorizer } = Vectorizer.fit(TRAINING);

  test("codes missing as −1, and rare and unseen categories as other", () => {
    const scored = tableOf({ plan: ["随心", null, "rare", "new", "A"], usage: [1, 2, 3, 4, 5] });
    expect(codesOf(vectorizer.transform(scored).features[0])).toEqual([1, -1, 2, 2, 0]);
  });

  test("reads text of numbers as numbers and ignores further columns and their order", () => {
    const scored = tableOf({ more: ["x", "y"], usage: ["3", " 4.5 "], plan: ["A", "A"] });
    expect(vectorizer.transform(scored).features[1]).toMatchObject({
      name: "usage",
      values: Float64Array.of(3, 4.5),
    });
  });

  // Other is written as *, missing as an empty text.
  test.each([
    [
      "true FALSE",
      { yes: "true", True: "true", no: "false", 1: "true", 0: "false", 否: "false", maybe: "*" },
    ],
    ["TRUE False maybe", { true: "TRUE", yes: "TRUE", no: "False", maybe: "maybe", perhaps: "*" }],
    ["Yes No", { true: "Yes", false: "No", 是: "Yes", N: "No", y: "Yes", "1.0": "Yes", 0: "No", "-1": "*" }],
    ["N S E W", { N: "N", yes: "*", no: "*", 1: "*" }],
    ["1 2 x", { 1: "1", "1.0": "1", "01": "1", "2.00": "2", yes: "*", 3: "*" }],
    ["007 7 x", { "007": "007", 7: "7", "7.0": "7", "07": "*" }],
    ["007 x", { "007": "007", 7: "007", "7.0": "007", 8: "*" }],
    ["7.50 x", { "7.5": "7.50", "7.50": "7.50", 8: "*" }],
    ["Größe x", { "Gro\u0308\u00dfe": "Größe", " Größe\u00a0": "Größe", "\u3000": "" }],
  ])("categories meet in any spelling: trained on %s", (trained, expected) => {
    const rows = (values: readonly string[]) =>
      tableFromRows(
        values.map((flag) => ({ flag })),
        { columns: { flag: "categorical" } },
      );
    const words = trained.split(" ");
    const { vectorizer } = Vectorizer.fit(rows(words.flatMap((word) => new Array<string>(12).fill(word))));
    const { levels } = vectorizer.columns[0] as { levels: readonly string[] };
    const asked = Object.keys(expected);
    // One by one, as a table of true and false only is written in lower case.
    const found = asked.map((text) => {
      const [feature] = vectorizer.transform(rows([text])).features;
      const [code] = codesOf(feature);
      const unseen = vectorizer.unseenCategories(rows([text])).length;
      expect([text, unseen]).toEqual([text, code === levels.length ? 1 : 0]);
      return [text, code < 0 ? "" : (levels[code] ?? "*")];
    });
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  test("reports a missing column and every unreadable and infinite cell at once, each once", async () => {
    const both = Vectorizer.fit(
      tableOf({ a: PLANS.map((_, row) => row % 5), b: PLANS.map((_, row) => row % 4), plan: PLANS }),
    );
    const scored = createTable([
      { kind: "text", name: "a", values: ["1", "many", "inf"] },
      { kind: "numeric", name: "b", values: Float64Array.of(1, 2, Infinity) },
    ]);
    const error = await thrownBy(() => both.vectorizer.transform(scored));
    expect(error.problems.map(({ code, path }) => [code, path.column, path.row])).toEqual([
      ["data.wrong-type", "a", 2],
      ["data.not-finite", "a", 3],
      ["data.not-finite", "b", 3],
      ["data.missing-column", "plan", undefined],
    ]);
  });

  test("does not touch the table", () => {
    const scored = tableOf({ plan: ["new", "A"], usage: [1, 2] });
    const before = structuredClone(scored.columns);
    vectorizer.transform(scored);
    expect(scored.columns).toEqual(before);
  });
});

test("unseenCategories counts rows of categories that training never saw, rare ones not among them", () => {
  const { vectorizer } = Vectorizer.fit(TRAINING);
  const scored = tableOf({ plan: ["new", "rare", "newer", "new", null], usage: [1, 2, 3, 4, 5] });
  expect(vectorizer.unseenCategories(scored)).toEqual([
    { column: "plan", rows: 3, examples: ["new", "newer"] },
  ]);
});
