import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { arpu, tenure } from "../../../src/history/index.js";
import {
  disconnected,
  filterRows,
  monthly,
  openHistory,
  snapshots,
  splitByTime,
  trainChurnModel,
  withColumn,
} from "../../../src/index.js";
import type { Table } from "../../../src/table/table.js";
import { type BacktestOptions, backtest } from "../../../src/training/index.js";
import { thrownBy } from "../../support/thrown.js";

const FOLDER = fileURLToPath(new URL("../../../datasets/simulated", import.meta.url));
const history = await openHistory(FOLDER);
const table = await snapshots(history, {
  at: monthly("2025-02", "2025-07"),
  gap: 0,
  horizon: 1,
  features: [tenure(), arpu()],
  churn: disconnected(),
});
history.close();

/** Quick trainings on those snapshots. */
const SPAN: BacktestOptions = {
  ...{ gap: 0, horizon: 1, tiers: "call=8%,rest", repeats: 1, folds: 2, replicates: 20 },
  classifier: "logistic",
};

describe("backtest(snapshots, options)", () => {
  const cutoffOf = (row: { cutoff: string }) => row.cutoff.slice(0, 7);

  test("a month of one label has no metrics, and is counted with the others", async () => {
    const rows = filterRows<{ cutoff: string; churn: number }>(
      table,
      (row) => cutoffOf(row) !== "2025-06" || row.churn === 0,
    );
    const { months, overall } = await backtest(rows, { ...SPAN, from: "2025-05" });
    const [may, june, july] = months;
    expect([june.churners, june.evaluation, june.againstTraining]).toEqual([0, null, {}]);
    expect(june.tiers.map(({ churners }) => churners)).toEqual([0, 0]);
    expect(overall.rows).toBe(may.rows + june.rows + july.rows);
    expect(overall.evaluation?.rows).toBe(overall.rows);
  });

  test("months with rows that have no label are left out and named", async () => {
    const rows = withColumn(table, "churn", (row) =>
      String(row.cutoff).startsWith("2025-07") && row.churn === 0 ? null : Number(row.churn),
    );
    const { months, leftOut } = await backtest(rows, { ...SPAN, from: "2025-05" });
    expect(months.map(({ month }) => month)).toEqual(["2025-05", "2025-06"]);
    expect(leftOut).toEqual([
      { month: "2025-07", reason: expect.stringMatching(/^1,\d{3} rows without a label$/u) },
    ]);
  });

  test("months before which too little was known are left out and named", async () => {
    const tooEarly = await backtest(table, { ...SPAN, from: "2025-02", to: "2025-05" });
    expect(tooEarly.leftOut).toContainEqual({
      month: "2025-02",
      reason: "no prediction window had ended by 2025-02-01",
    });
    expect(tooEarly.to).toBe("2025-05");
    // Half of some 28 churners a month: two months are needed for a training.
    const few = filterRows<{ churn: number }>(table, (row, i) => row.churn === 0 || i % 2 === 0);
    const ofFew = await backtest(few, { ...SPAN, to: "2025-05" });
    expect(ofFew.leftOut[0].month).toBe("2025-03");
    expect(ofFew.leftOut[0].reason).toMatch(
      /^too little was known by 2025-03-01: column "churn": must have at least 20 rows of "1", received \d+$/u,
    );
  });

  test("neither the cutoff nor columns of the prediction window are features", async () => {
    const rows = withColumn(
      withColumn(table, "label_to", (row) => String(row.cutoff)),
      "label_from",
      (_, i) => i % 7,
    );
    const phases: string[] = [];
    const [plain, more] = [
      await backtest(table, { ...SPAN, from: "2025-06", to: "2025-06" }),
      await backtest(rows, {
        ...SPAN,
        from: "2025-06",
        to: "2025-06",
        onProgress: ({ phase }) => phases.push(phase),
      }),
    ];
    expect(more.months).toEqual(plain.months);
    expect(phases[0]).toBe("training 1 of 1, 2025-06-01: logistic");
  });

  test("takes columns of other names, values and weights", async () => {
    const named = withColumn(table, "w", (_, i) => 1 + (i % 3));
    const renamed = {
      ...named,
      columns: named.columns.map((column) => ({
        ...column,
        name: { cutoff: "日期", subscriber_id: "用户", churn: "流失" }[column.name] ?? column.name,
      })),
    } as Table;
    const options = { ...SPAN, from: "2025-06", to: "2025-06", weights: "w", value: "arpu_mean" };
    const plain = await backtest(named, { ...options, tiers: "loss:call>=2,rest" });
    const other = await backtest(renamed, {
      ...{ ...options, tiers: "loss:call>=2,rest" },
      ...{ cutoff: "日期", id: "用户", label: "流失" },
    });
    expect(other.months).toEqual(plain.months);
    expect(plain.months[0].tiers[0].by).toBe("expectedLoss");
    expect(plain.overall.tiers[0].expectedLoss).toBe(plain.months[0].tiers[0].expectedLoss);
    expect(plain.months[0].churnRate).toBe(plain.months[0].evaluation?.baseRate);
    expect(plain.months[0].churnRate).not.toBe(plain.months[0].churners / plain.months[0].rows);
  });

  test("is an error where no month can be trained, which says what a training needs", async () => {
    const few = filterRows<{ churn: number }>(table, (row, i) => row.churn === 0 || i % 5 === 0);
    const error = await thrownBy(() => backtest(few, { ...SPAN, window: 1 }));
    expect([error.code, error.path]).toEqual(["data.label", { function: "backtest", argument: "window" }]);
    expect(error.message).toMatch(
      /enough was known to train on, received "2025-03", .* \(too little was known by 2025-07-01: column "churn": must have at least 20 rows of "1", received \d\)$/u,
    );
  });

  test("measures with weights as the model does; rows of weight 0 are as if absent", async () => {
    const weighted = withColumn(table, "w", (row, i) =>
      String(row.cutoff).startsWith("2025-06") ? i % 3 : 1 + (i % 2),
    );
    const options = { ...SPAN, weights: "w", from: "2025-06", to: "2025-07" };
    const { months, overall } = await backtest(weighted, options);
    const known = splitByTime(weighted, { column: "cutoff", testFrom: "2025-06", embargo: 1 }).train;
    const { gap: _, horizon: __, ...train } = SPAN;
    const model = await trainChurnModel(known, {
      ...{ ...train, weights: "w", label: "churn", id: "subscriber_id" },
      exclude: ["cutoff"],
    });
    const june = filterRows<{ cutoff: string }>(weighted, (row) => row.cutoff.startsWith("2025-06"));
    const { metrics, tierTable, rows } = model.evaluate(june, { replicates: 20 });
    expect(months[0].evaluation?.metrics).toEqual(metrics);
    expect(months[0].tiers).toEqual(tierTable);
    expect(months[0].rows).toBe(rows);
    expect(rows).toBeLessThan(june.rowCount);
    expect(overall.rows).toBe(rows + months[1].rows);
  });
});
