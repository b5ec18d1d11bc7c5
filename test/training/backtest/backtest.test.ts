import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { arpu, tenure } from "../../../src/history/index.js";
import {
  disconnected,
  evaluateScores,
  findColumn,
  monthly,
  openHistory,
  snapshots,
  splitByTime,
  trainChurnModel,
} from "../../../src/index.js";
import type { ProgressEvent } from "../../../src/progress.js";
import { concatTables } from "../../../src/table/index.js";
import type { NumericColumn, Table } from "../../../src/table/table.js";
import { type Backtest, backtest } from "../../../src/training/index.js";
import { rowGroups } from "../../../src/vectors/column-roles/row-groups.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { thrownBy } from "../../support/thrown.js";

const FOLDER = fileURLToPath(new URL("../../../datasets/simulated", import.meta.url));
const history = await openHistory(FOLDER);
afterAll(() => history.close());

const WINDOWS = { observe: 6, gap: 1, horizon: 3 } as const;
const SNAPSHOTS = { ...WINDOWS, features: [tenure(), arpu()], churn: disconnected() };
const TRAIN = {
  classifier: "logistic",
  repeats: 1,
  folds: 3,
  replicates: 20,
  seed: 3,
  tiers: "call=8%,rest",
} as const;
const made = (from: string, to: string) => snapshots(history, { ...SNAPSHOTS, at: monthly(from, to) });

const labelsOf = (table: Table) => Uint8Array.from((findColumn(table, "churn") as NumericColumn).values);
// One after the other: a history makes one set of snapshots at a time.
const found = await backtest(history, { ...SNAPSHOTS, ...TRAIN });
describe("backtest of the simulated operator", () => {
  test("is the hand-made training at each cutoff, to the last bit", async () => {
    const { trainings, months, overall } = found;
    // The history begins in August 2024, so that February 2025 is the first month with six behind it; its labels are known
    // from June on. It ends with January 2026: the labels of October are the last.
    const scored = ["2025-06", "2025-07", "2025-08", "2025-09", "2025-10"];
    const lastKnown = ["2025-02", "2025-03", "2025-04", "2025-05", "2025-06"];
    expect(months.map(({ month }) => month)).toEqual(scored);
    const tables: Table[] = [];
    const all: number[] = [];
    for (const [i, month] of scored.entries()) {
      const known = await made("2025-02", lastKnown[i]);
      const model = await trainChurnModel(known, {
        ...TRAIN,
        label: "churn",
        id: "subscriber_id",
        exclude: ["cutoff"],
      });
      const table = await made(month, month);
      const { tierTable, ...evaluation } = model.evaluate(table, { seed: 3, replicates: 20 });
      expect(trainings[i]).toMatchObject({
        at: `${month}-01`,
        firstCutoff: "2025-02-01",
        lastCutoff: `${lastKnown[i]}-01`,
        cutoffs: i + 1,
        rows: known.rowCount,
        dataFingerprint: model.training.dataFingerprint,
        reported: model.training.evaluation.metrics,
        classifier: model.training.leaderboard[0].name,
      });
      expect(trainings[i].tiers.map(({ name, from }) => ({ name, from }))).toEqual(model.tiers);
      expect(evaluation).toMatchObject({ ...months[i].evaluation });
      expect(months[i].tiers).toEqual(tierTable);
      expect(months[i]).toMatchObject({ trainedAt: `${month}-01`, cutoffs: [`${month}-01`] });
      tables.push(table);
      all.push(...model.probabilities(table));
    }
    const table = concatTables(tables);
    const pooled = evaluateScores(labelsOf(table), all, {
      seed: 3,
      replicates: 20,
      groups: rowGroups(table, "subscriber_id", undefined),
    });
    expect(overall.evaluation).toEqual(pooled);
    expect(overall).toMatchObject({ rows: table.rowCount, churners: pooled.positives });
    expect(overall.tiers.map(({ rows }) => rows)).toEqual(
      [0, 1].map((tier) => months.reduce((sum, month) => sum + month.tiers[tier].rows, 0)),
    );
  });

  test("names the months whose labels are not known yet", () => {
    const { leftOut } = found;
    expect(leftOut.map(({ month }) => month)).toEqual(["2025-11", "2025-12", "2026-01"]);
    expect(leftOut[0].reason).toBe("the history ends at 2026-02-01, before the prediction window does");
  });

  test("says how the limits of tiers moved, and compares every month with what its training reported", () => {
    const { trainings, months, overall } = found;
    expect(trainings[0].tiers.map(({ change }) => change)).toEqual([null, null]);
    const limits = trainings.map(({ tiers }) => tiers[0].from);
    expect(trainings[2].tiers[0].change).toBe(limits[2] - limits[1]);
    expect(trainings[2].tiers[1]).toEqual({ name: "rest", from: 0, change: 0 });
    for (const [i, { againstTraining, evaluation }] of months.entries()) {
      expect(againstTraining.rocAuc.reported).toEqual(trainings[i].reported.rocAuc);
      const change = (evaluation?.metrics.rocAuc.value ?? 0) - trainings[i].reported.rocAuc.value;
      expect(againstTraining.rocAuc.difference.value).toBe(change);
    }
    const rows = months.reduce((sum, each) => sum + each.rows, 0);
    const mean =
      months.reduce((sum, each, i) => sum + each.rows * trainings[i].reported.logLoss.value, 0) / rows;
    expect(overall.againstTraining.logLoss.reported.value).toBeCloseTo(mean, 12);
  });

  test("goes to JSON, prints a line for each month and all, and inside another object a short form", () => {
    expect(JSON.parse(JSON.stringify(found))).toEqual({ ...found });
    const lines = String(found).split("\n");
    expect(lines[0]).toBe(
      "Backtest 2025-06 to 2025-10, trained every month on all that was known; churned: churn = 1",
    );
    expect(lines.slice(1, 7).map((line) => line.trim().split(/\s+/u)[0])).toEqual([
      ...found.months.map(({ month }) => month),
      "all",
    ]);
    expect(lines[7]).toMatch(/^ {2}call \d+\.\d% of rows, \d+\.\d% churned; rest /u);
    expect(lines[8]).toMatch(/^ {2}without 2025-11, 2025-12, 2026-01: the history ends/u);
    expect(lines.slice(9)).toEqual([found.sentence]);
    expect(inspect({ found })).toMatch(/\[Backtest 2025-06 to 2025-10, [\d,]+ rows\]/u);
  });

  test("of a table of its snapshots is the same", async () => {
    const table = await made("2025-02", "2025-10");
    const options = { ...TRAIN, gap: 1, horizon: 3, from: "2025-08", to: "2025-09" };
    const ofTable = await backtest(table, options);
    const { months, trainings } = found;
    expect(ofTable.months).toEqual(months.slice(2, 4));
    expect(ofTable.trainings.map(withoutChange)).toEqual(trainings.slice(2, 4).map(withoutChange));
    expect(ofTable.leftOut).toEqual([]);
    // The training rows are those of a split by time with an embargo of gap plus horizon.
    const { train } = splitByTime(table, { column: "cutoff", testFrom: "2025-08", embargo: 4 });
    expect(ofTable.trainings[0].rows).toBe(train.rowCount);
  });

  test("says which training and month it works on, and stops when aborted", async () => {
    const events: ProgressEvent[] = [];
    const controller = new AbortController();
    const options = { ...SNAPSHOTS, ...TRAIN, from: "2025-09", signal: controller.signal };
    const error = await thrownBy(() =>
      backtest(history, {
        ...options,
        onProgress: (event) => {
          events.push(event);
          if (event.phase.startsWith("training 2 of 2")) controller.abort();
        },
      }),
    );
    expect(error.code).toBe("aborted");
    expectSteadyProgress(events.filter(({ phase }) => !phase.startsWith("training 2")));
    expect(new Set(events.map(({ phase }) => phase.split(": ")[0]))).toEqual(
      new Set([
        "snapshots",
        "reading",
        "outcomes",
        "training 1 of 2, 2025-09-01",
        "2025-09",
        "training 2 of 2, 2025-10-01",
      ]),
    );
  });

  test("cutoffs within a month are scored together, rows of one subscriber drawn as one", async () => {
    const at = [
      "2025-02-01",
      "2025-02-15",
      "2025-03-01",
      "2025-03-15",
      "2025-04-01",
      "2025-04-15",
      "2025-05-05",
    ];
    const options = { ...SNAPSHOTS, ...TRAIN, gap: 0, horizon: 1, at, from: "2025-04" };
    const { months, trainings } = await backtest(history, options);
    expect(months.map(({ month, cutoffs }) => [month, cutoffs.length])).toEqual([
      ["2025-04", 2],
      ["2025-05", 1],
    ]);
    expect(trainings.map(({ lastCutoff }) => lastCutoff)).toEqual(["2025-03-01", "2025-04-01"]);
  });

  test("trains every third month on a window of two", async () => {
    const options = { ...SNAPSHOTS, ...TRAIN, retrainEvery: 3, window: 2, from: "2025-07", to: "2025-10" };
    const { trainings, months } = await backtest(history, options);
    expect(trainings.map(({ at, firstCutoff, lastCutoff }) => [at, firstCutoff, lastCutoff])).toEqual([
      ["2025-07-01", "2025-02-01", "2025-03-01"],
      ["2025-10-01", "2025-05-01", "2025-06-01"],
    ]);
    expect(months.map(({ month, trainedAt }) => [month, trainedAt])).toEqual([
      ["2025-07", "2025-07-01"],
      ["2025-08", "2025-07-01"],
      ["2025-09", "2025-07-01"],
      ["2025-10", "2025-10-01"],
    ]);
    const known = await made("2025-05", "2025-06");
    const model = await trainChurnModel(known, {
      ...TRAIN,
      label: "churn",
      id: "subscriber_id",
      exclude: ["cutoff"],
    });
    expect(trainings[1].dataFingerprint).toBe(model.training.dataFingerprint);
  });
});

function withoutChange({ tiers, ...training }: Backtest["trainings"][number]) {
  return { ...training, tiers: tiers.map(({ change: _, ...tier }) => tier) };
}
