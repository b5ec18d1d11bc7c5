import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../../src/table/rows.js";
import type { Table } from "../../../src/table/table.js";
import { checkClassSizes, readKnownLabels, readLabels } from "../../../src/vectors/column-roles/labels.js";
import { thrownBy } from "../../support/thrown.js";

function labelled(...values: (string | number | boolean | null)[]): Table {
  return tableFromRows(
    values.map((churn, row) => ({ churn, usage: row })),
    { source: "telco.csv" },
  );
}

describe("readLabels", () => {
  test.each([
    [["Yes", "No", "No"], "Yes"],
    [["no", "YES", "No", "yes"], "YES"],
    [["TRUE", "False", "true", "FALSE"], "true"],
    [[true, false], "true"],
    [[1, 0, 0, 1], "1"],
    [["1", "0"], "1"],
    [["是", "否", "是"], "是"],
    [["在网", "流失"], "流失"],
    [[" churned ", "stayed"], "churned"],
    [["Y", "N"], "Y"],
  ])("knows which value of %j means churned", (values, positive) => {
    const labels = readLabels(labelled(...values), "churn");
    expect(labels.positive).toBe(positive);
    const meansChurned = (value: unknown) => String(value).trim().toLowerCase() === positive.toLowerCase();
    expect([...labels.values]).toEqual(values.map((value) => (meansChurned(value) ? 1 : 0)));
    expect(labels.positives).toBe(values.filter(meansChurned).length);
  });

  test("takes the given value, in any case", () => {
    const labels = readLabels(labelled("Stay", "Go", "stay"), "churn", "GO ");
    expect([...labels.values]).toEqual([0, 1, 0]);
    expect([labels.positive, labels.negative]).toEqual(["Go", "Stay"]);
  });

  test("accepts that the unlikely value means churned", () => {
    expect([...readLabels(labelled("Yes", "No"), "churn", "No").values]).toEqual([0, 1]);
  });

  test.each([
    ["neither value says so", ["a", "b"]],
    ["both do", ["yes", "true"]],
  ])("asks which value means churned when %s", async (_, values) => {
    const error = await thrownBy(() => readLabels(labelled(...values), "churn"));
    expect(error.code).toBe("data.label");
    expect(error.path).toEqual({ file: "telco.csv", column: "churn" });
    expect(error.received).toEqual(values.map((value) => `${value} (1)`));
    expect(error.hint).toBe(
      `name the one that means churned: \`positive: "${values[0]}"\` or \`positive: "${values[1]}"\``,
    );
  });

  test("refuses a positive value that does not occur", async () => {
    const error = await thrownBy(() => readLabels(labelled("Yes", "No"), "churn", "Ja"));
    expect(error.expected).toBe("must be one of Yes, No");
    expect(error.received).toBe("Ja");
  });

  test("shows both values with their counts where it is not certain, the rarer first, and prefers neither", async () => {
    const error = await thrownBy(() => readLabels(labelled(1, 1, 1, 2), "churn"));
    expect(error.expected).toBe("must say which value means churned");
    expect(error.received).toEqual(["2 (1)", "1 (3)"]);
    expect(error.hint).toBe('name the one that means churned: `positive: "2"` or `positive: "1"`');
  });

  test.each([
    ["texts", ["Yes", "No", "Yes"]],
    ["booleans", [true, false, true]],
    ["numbers", [1, 0, 1]],
  ])("in a column named for staying %s mean that yes stayed", (_, values) => {
    const table = tableFromRows(values.map((retained) => ({ retained })));
    const labels = readLabels(table, "retained");
    expect([...labels.values]).toEqual([0, 1, 0]);
    expect([labels.positive, labels.negative, labels.by]).toEqual([
      String(values[1]),
      String(values[0]),
      "turned",
    ]);
    expect(readLabels(table, "retained", String(values[0])).by).toBe("option");
  });

  test("takes 1 and 1.0, and True and true., as the same value", () => {
    const numbers = tableFromRows(["1", "0", "1.0", "0.0", "x"].map((churn) => ({ churn })));
    const rows = { ...numbers, rowCount: 4 };
    expect([...readLabels(rows, "churn").values]).toEqual([1, 0, 1, 0]);
    expect([...readLabels(labelled("True.", "False.", "true"), "churn").values]).toEqual([1, 0, 1]);
  });

  test("names every row without a label", async () => {
    const error = await thrownBy(() => readLabels(labelled("Yes", null, "No", " "), "churn"));
    expect(error.problems.map(({ code, path, received }) => [code, path, received])).toEqual([
      ["data.label", { file: "telco.csv", column: "churn", row: 2 }, ""],
      ["data.label", { file: "telco.csv", column: "churn", row: 4 }, ""],
    ]);
  });

  test("refuses more than two values, with each and its count, before the rows without a label", async () => {
    const blanks = new Array<null>(150).fill(null);
    const error = await thrownBy(() => readLabels(labelled("Yes", "No", "Maybe", "no", ...blanks), "churn"));
    expect(error.expected).toBe("must have exactly two values, churned and stayed");
    expect(error.received).toEqual(["Yes (1)", "No (2)", "Maybe (1)"]);
    expect(error.problemCount).toBe(151);
  });

  test("refuses a single value and no value at all", async () => {
    const one = await thrownBy(() => readLabels(labelled("No", "no"), "churn"));
    expect(one.received).toEqual(["No (2)"]);
    const none = await thrownBy(() => readLabels(labelled(null, null), "churn"));
    expect(none.received).toBe("no value");
  });

  test("names the existing columns when the label column is missing", async () => {
    const error = await thrownBy(() => readLabels(labelled("Yes", "No"), "Churn?"));
    expect(error.code).toBe("data.missing-column");
    expect(error.path).toEqual({ file: "telco.csv", column: "Churn?" });
    expect(error.expected).toContain("churn, usage");
  });
});

describe("checkClassSizes", () => {
  const table = (churned: number, stayed: number) =>
    labelled(...new Array<string>(churned).fill("Yes"), ...new Array<string>(stayed).fill("No"));
  const check = (each: Table) => checkClassSizes(readLabels(each, "churn"), each, "churn");

  test("accepts 20 rows of each", () => {
    expect(() => check(table(20, 20))).not.toThrow();
  });

  test("refuses 19 of either, naming the value", async () => {
    const error = await thrownBy(() => check(table(19, 7)));
    expect(error.problems.map(({ expected, received }) => [expected, received])).toEqual([
      ['must have at least 20 rows of "Yes"', 19],
      ['must have at least 20 rows of "No"', 7],
    ]);
    expect(error.problems[0]).toMatchObject({
      code: "data.label",
      path: { file: "telco.csv", column: "churn" },
    });
  });
});

describe("readKnownLabels", () => {
  const spec = { column: "churn", positive: "Yes", negative: "No" };

  test("reads the values of training, in any case", () => {
    expect([...readKnownLabels(labelled("no", "YES"), spec)]).toEqual([0, 1]);
  });

  test("reads answers in another notation than in training", () => {
    expect([...readKnownLabels(labelled(true, false), spec)]).toEqual([1, 0]);
    expect([...readKnownLabels(labelled(0, 1), spec)]).toEqual([0, 1]);
    const turned = { column: "retained", positive: "No", negative: "Yes" };
    const table = tableFromRows([{ retained: true }, { retained: false }]);
    expect([...readKnownLabels(table, turned)]).toEqual([0, 1]);
  });

  test("refuses values that training did not have", async () => {
    const error = await thrownBy(() => readKnownLabels(labelled("Yes", "Never"), spec));
    expect(error.code).toBe("data.label");
    expect(error.expected).toBe('must be "Yes" or "No", as in training');
    expect(error.received).toEqual(["Yes", "Never"]);
  });
});
