import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../src/table/rows.js";
import type { Table } from "../../src/table/table.js";
import { crossValidate } from "../../src/training/cross-validate.js";
import { learningCurve } from "../../src/training/learning-curve/learning-curve.js";
import { trainChurnModel } from "../../src/training/train.js";
import { tune } from "../../src/training/tuning/tune.js";
import { type SubscriberRow, subscriberRows } from "../support/subscribers.js";
import { thrownBy } from "../support/thrown.js";
import { QUICK as ALL } from "./quick-training.js";

const { id: _, ...QUICK } = ALL;

/** Five months of 100 subscribers, with further columns in the place of the id. */
function panel(more: (row: number, subscriber: number) => SubscriberRow): Table {
  const rows = subscriberRows(500).map(({ subscriber: _id, ...row }, i) => ({ ...row, ...more(i, i % 100) }));
  return tableFromRows(rows);
}

const kindsOf = (model: Awaited<ReturnType<typeof trainChurnModel>>) =>
  model.training.notes.map(({ kind, column }) => [kind, column]);
const namesOf = (model: Awaited<ReturnType<typeof trainChurnModel>>) => model.inputs.map(({ name }) => name);

describe("a column that names subscribers and repeats", () => {
  const ids = panel((_row, subscriber) => ({ customer_id: 1001 + subscriber }));
  const guessed = trainChurnModel(ids, QUICK);

  test("is the group, no feature, and a note says so", async () => {
    const model = await guessed;
    const given = await trainChurnModel(ids, { ...QUICK, group: "customer_id" });
    expect(kindsOf(model)).toContainEqual(["group-guessed", "customer_id"]);
    expect(model.training.notes.find(({ kind }) => kind === "group-guessed")?.detail).toBe(
      "100 values, each 5 times: its rows share a fold, and it is no feature (include, --include makes it one)",
    );
    expect(model.training.foldsKeepIdsTogether).toBe(true);
    expect(namesOf(model)).not.toContain("customer_id");
    expect(model.probabilities(ids)).toEqual(given.probabilities(ids));
    expect(model.training.evaluation).toEqual(given.training.evaluation);
    expect(kindsOf(given)).not.toContainEqual(["group-guessed", "customer_id"]);
  });

  test("is the group in cross-validation too", async () => {
    const options = { ...QUICK, splits: 2 };
    const [found, given] = [
      await crossValidate(ids, options),
      await crossValidate(ids, { ...options, group: "customer_id" }),
    ];
    expect(found.probabilities).toEqual(given.probabilities);
  });

  test("is a feature where it is included", async () => {
    const model = await trainChurnModel(ids, { ...QUICK, include: ["customer_id"] });
    expect(namesOf(model)).toContain("customer_id");
    expect(model.training.foldsKeepIdsTogether).toBe(false);
    expect(kindsOf(model)).not.toContainEqual(["group-guessed", "customer_id"]);
  });

  test("is noted, and nothing is guessed, where another id or group is given", async () => {
    const both = panel((row, subscriber) => ({ line: `L${row}`, customer_id: 1001 + subscriber }));
    const model = await trainChurnModel(both, { ...QUICK, id: "line" });
    expect(kindsOf(model)).toContainEqual(["repeated-names", "customer_id"]);
    expect(model.training.foldsKeepIdsTogether).toBe(false);
    expect(model.training.notes.find(({ kind }) => kind === "repeated-names")?.detail).toBe(
      "100 values, each 5 times, in several folds: if it names subscribers, name it as group (--group), or the model is measured on subscribers that it has seen",
    );
  });

  test("is not noted where its rows share a fold already", async () => {
    const both = panel((_row, subscriber) => ({
      msisdn: 86_000_000 + subscriber,
      customer_id: 1 + subscriber,
    }));
    const model = await trainChurnModel(both, { ...QUICK, id: "msisdn" });
    expect(kindsOf(model).map(([kind]) => kind)).not.toContain("repeated-names");
  });

  test("is noted where it is not clear, with what to do", async () => {
    const model = await trainChurnModel(
      panel((_row, subscriber) => ({ who: `W${subscriber}` })),
      QUICK,
    );
    expect(kindsOf(model)).toContainEqual(["repeated-names", "who"]);
    expect(model.training.notes.find(({ column }) => column === "who")?.detail).toContain(
      "name it as id or group (--id, --group)",
    );
    expect(model.training.foldsKeepIdsTogether).toBe(false);
  });

  test("plan_id of twelve values stays a feature, without a note", async () => {
    const model = await trainChurnModel(
      panel((row) => ({ plan_id: row % 12 })),
      QUICK,
    );
    expect(namesOf(model)).toContain("plan_id");
    expect(kindsOf(model).map(([, column]) => column)).not.toContain("plan_id");
  });
});

describe("a table of snapshots", () => {
  const months = ["2025-02-01", "2025-03-01", "2025-04-01", "2025-05-01", "2025-06-01"];
  const columns = (row: number, subscriber: number) => ({
    subscriber_id: `S${subscriber}`,
    cutoff: months[Math.floor(row / 100)],
    churn: 0,
  });
  const rows = subscriberRows(500).map(({ subscriber: _id, churned, ...row }, i) => ({
    ...columns(i, i % 100),
    ...row,
    churn: churned === "Yes" ? 1 : 0,
  }));
  const table = tableFromRows(rows);
  const { label: _label, ...withoutLabel } = QUICK;
  const read = trainChurnModel(table, withoutLabel);

  test("needs no option: id and label are known, the cutoff is no feature, and a note says so", async () => {
    const model = await read;
    const given = await trainChurnModel(table, {
      ...withoutLabel,
      label: "churn",
      id: "subscriber_id",
      exclude: ["cutoff"],
    });
    expect([model.label.column, model.id]).toEqual(["churn", "subscriber_id"]);
    expect(model.training.notes[0]).toEqual({
      kind: "snapshot-roles",
      column: null,
      detail: "a table of snapshots: subscriber_id is the id, churn is the label",
    });
    expect(model.training.leftOut).toContainEqual({ name: "cutoff", reason: "the cutoff" });
    expect(model.probabilities(table)).toEqual(given.probabilities(table));
    expect(model.evaluate(table, { replicates: 5 }).rows).toBe(500);
    expect(kindsOf(given).map(([kind]) => kind)).not.toContain("snapshot-roles");
  });

  test("in cross-validation, tuning and learning curves too", async () => {
    const { classifier: _classifier, ...forTuning } = withoutLabel;
    expect((await crossValidate(table, { ...withoutLabel, splits: 2 })).pooled.rows).toBe(500);
    const tuned = { ...forTuning, families: ["logistic" as const], configurations: 2, nested: 0 };
    expect((await tune(table, tuned)).families).toHaveLength(1);
    const curve = await learningCurve(table, { ...withoutLabel, shares: [0.5] });
    expect(curve.points.map(({ rows: each }) => each).at(-1)).toBe(500);
  });

  test("what is given wins", async () => {
    const other = tableFromRows(rows.map((row, i) => ({ ...row, account: `A${i % 50}`, gone: row.churn })));
    const model = await trainChurnModel(other, { ...withoutLabel, label: "gone", id: "account" });
    expect([model.label.column, model.id]).toEqual(["gone", "account"]);
    expect(model.training.leftOut).toContainEqual({ name: "churn", reason: "the label of the snapshots" });
    const included = await trainChurnModel(table, { ...withoutLabel, include: ["cutoff"] });
    expect(namesOf(included)).toContain("cutoff");
  });

  test("other tables need a label", async () => {
    const error = await thrownBy(() =>
      trainChurnModel(tableFromRows(rows.map(({ cutoff: _cutoff, ...row }) => row)), withoutLabel),
    );
    expect([error.code, error.path]).toEqual([
      "argument.missing",
      { function: "trainChurnModel", argument: "label" },
    ]);
    expect(error.expected).toContain("(subscriber_id, cutoff, churn)");
    const unlabelled = tableFromRows(rows.map(({ churn: _churn, ...row }) => row));
    for (const [name, call] of [
      ["crossValidate", () => crossValidate(unlabelled, withoutLabel)],
      ["trainChurnModel", () => trainChurnModel(unlabelled, withoutLabel)],
    ] as const) {
      expect((await thrownBy(call)).path).toEqual({ function: name, argument: "label" });
    }
  });
});

describe("include", () => {
  const table = panel((row, subscriber) => ({ customer_id: 1 + subscriber, remark: `text ${row}` }));
  test.each([
    [["churned"], "must not name the column of label"],
    [["customer_id"], "must not name the column of group"],
    [["tenure"], "must not name a column that is excluded"],
    [["remark"], "must not name a column of text"],
  ])("%j is refused", async (include, expected) => {
    const options = { ...QUICK, group: "customer_id", exclude: ["tenure"], include };
    const error = await thrownBy(() => trainChurnModel(table, options));
    expect(error.problems.map(({ path, expected: each }) => [path.argument, each])).toEqual([
      ["include", expected],
    ]);
  });
});

describe("groups", () => {
  const grouped = (of: (row: number, churned: boolean) => string) => {
    const rows = subscriberRows(500).map(({ subscriber: _id, ...row }, i) => ({
      ...row,
      household: of(i, row.churned === "Yes"),
    }));
    return tableFromRows(rows, { columns: { household: "text" } });
  };
  const options = { ...QUICK, group: "household" };

  test("fewer than folds are refused, by the option that named them", async () => {
    const table = grouped((row) => `H${row % 3}`);
    for (const [name, call] of [
      ["trainChurnModel", () => trainChurnModel(table, options)],
      ["crossValidate", () => crossValidate(table, options)],
    ] as const) {
      const error = await thrownBy(call);
      expect([error.code, error.path, error.received]).toEqual([
        "data.label",
        { function: name, argument: "group" },
        3,
      ]);
      expect(error.expected).toBe(
        "must have at least 5 values, one for every fold: the rows of one share a fold",
      );
    }
  });

  test("of one label each train where every fold gets both", async () => {
    const table = grouped((row, churned) => `${churned ? "left" : "here"} ${row % 10}`);
    const model = await trainChurnModel(table, options);
    expect(model.training.foldsKeepIdsTogether).toBe(true);
    expect(model.training.evaluation.metrics.rocAuc).not.toBeNull();
  });

  test("of one label each are refused where a fold would have one label only, saying how many there are", async () => {
    const table = grouped((row, churned) => (churned ? `left ${row % 2}` : `here ${row % 10}`));
    const error = await thrownBy(() => trainChurnModel(table, options));
    expect([error.expected, error.received]).toEqual([
      "must have at least 5 rows or groups with a churner, one for every fold",
      2,
    ]);
  });
});
