import { beforeAll, describe, expect, test } from "vitest";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import { churnReport } from "../../../src/report/churn/churn-report.js";
import type { ChurnReport } from "../../../src/report/churn/report.js";
import { reportHtml, reportMarkdown } from "../../../src/report/churn/write-report.js";
import { tableFromRows } from "../../../src/table/rows.js";
import { takeRows } from "../../../src/table/table.js";
import { filterRows } from "../../../src/table/verbs/filter-rows.js";
import { selectColumns } from "../../../src/table/verbs/select-columns.js";
import { withColumn } from "../../../src/table/verbs/with-column.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { FORMULA, hostileModel, hostileTable, MARKUP } from "../../support/hostile-model.js";
import { expectSteadyProgress } from "../../support/steady-progress.js";
import { subscriberTable } from "../../support/subscribers.js";
import { thrownBy } from "../../support/thrown.js";
import { valuedModel } from "../../support/valued-model.js";

const unseen = subscriberTable(400, 11);
let model: ChurnModel;
let report: ChurnReport;

beforeAll(async () => {
  model = await valuedModel();
  report = await churnReport(model, unseen, { segments: ["套餐"], seed: 3, replicates: 50 });
});

/** That both pages can be written, and what the English one says. */
function pagesOf(of: ChurnReport): string {
  expect(reportHtml(of, { locale: "zh" }).html).toContain("客户流失报告");
  expect(reportHtml(of).html).toContain("Churn report");
  return reportMarkdown(of).markdown;
}

const reasonsOf = ({ missing }: ChurnReport, part: string) =>
  missing.filter((each) => each.part === part).map(({ reason }) => reason);

describe("churnReport on labelled rows", () => {
  test("has the evaluation of model.evaluate to the last bit, with curves", () => {
    const evaluation = model.evaluate(unseen, { segments: ["套餐"], seed: 3, replicates: 50, curves: true });
    expect(JSON.stringify(report.evaluation)).toBe(JSON.stringify(evaluation));
  });

  test("goes to JSON and back", () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test("is the same twice, and has nothing in it that a clock measured", async () => {
    const again = await churnReport(model, unseen, { segments: ["套餐"], seed: 3, replicates: 50 });
    expect(again).toEqual(report);
    expect(report.training.leaderboard.map(({ fitSeconds }) => fitSeconds)).toEqual(
      report.training.leaderboard.map(() => null),
    );
  });

  test("counts the rows of tiers and of the histogram", () => {
    const { tiers, histogram } = report.scores;
    expect(tiers.reduce((sum, { rows }) => sum + rows, 0)).toBe(400);
    expect(histogram.rows.reduce((sum, rows) => sum + rows, 0)).toBe(400);
    expect(tiers.map(({ rows }) => rows)).toEqual(report.evaluation?.tierTable.map(({ rows }) => rows));
  });

  test("shows the riskiest, who was missed and who was not, each once", () => {
    const probabilities = model.probabilities(unseen);
    const riskiest = probabilities.indexOf(Math.max(...probabilities));
    expect(report.examples[0]).toMatchObject({ is: "riskiest", row: riskiest + 1 });
    expect(report.examples[0].explanation.probability).toBe(probabilities[riskiest]);
    const [missed] = report.examples.filter(({ is }) => is === "missed");
    const [alarm] = report.examples.filter(({ is }) => is === "false-alarm");
    expect([missed.churned, alarm.churned]).toEqual([true, false]);
    expect(new Set(report.examples.map(({ row }) => row)).size).toBe(report.examples.length);
  });

  test("says what contacting earns by the values of subscribers", () => {
    const { worth } = report;
    expect(worth?.campaign).toMatchObject({ lifetimeValue: null, column: model.value, months: 12 });
    expect(worth?.contacted?.contacted).toBe(worth?.expected.contacted);
    expect(worth?.curve?.best.profit).toBeGreaterThanOrEqual(worth?.contacted?.profit?.value ?? Infinity);
  });

  test("finds no drift in the rows that the model was trained on", async () => {
    const { drift } = await churnReport(model, subscriberTable(300, 6), { replicates: 20, examples: 0 });
    expect(drift?.inputs.filter(({ psi }) => psi > 1e-9)).toEqual([]);
  });

  test("takes a campaign, segments, groups and a period that are asked for", async () => {
    const months = withColumn(unseen, "month", ({ tenure }) =>
      Number(tenure) % 2 === 0 ? "2026-01" : "2026-02",
    );
    const asked = await churnReport(model, months, {
      period: "month",
      sensitive: ["group"],
      campaign: { lifetimeValue: 500, offerCost: 20, contactCost: 2, acceptance: 0.5 },
      replicates: 20,
      examples: 1,
      locale: "zh",
    });
    expect(asked.periods?.periods.map(({ segment }) => segment)).toEqual(["2026-01", "2026-02"]);
    expect(asked.fairness?.map(({ by }) => by)).toEqual(["group"]);
    expect(asked.worth?.campaign).toEqual({
      lifetimeValue: 500,
      column: null,
      months: null,
      offerCost: 20,
      contactCost: 2,
      acceptance: 0.5,
    });
    expect(asked.examples).toHaveLength(1);
    expect(asked.examples[0].explanation.reasons[0].text).toMatch(/\p{Script=Han}/u);
  });

  test("names no one where no examples are asked for", async () => {
    const anonymous = await churnReport(model, unseen, { replicates: 20, examples: 0 });
    expect(JSON.stringify(anonymous)).not.toMatch(/S\d{5}/u);
    expect(JSON.stringify(report)).toMatch(/S\d{5}/u);
  });

  test("takes periods of any kind in their order", async () => {
    const orderOf = async (of: (tenure: number) => string | number) => {
      const table = withColumn(unseen, "period", ({ tenure }) => of(Number(tenure)));
      const timed = await churnReport(model, table, { period: "period", replicates: 20, examples: 0 });
      pagesOf(timed);
      return timed.periods?.periods.map(({ segment }) => segment);
    };
    expect(await orderOf((tenure) => 8 + (tenure % 4))).toEqual(["8", "9", "10", "11"]);
    expect(await orderOf((tenure) => `Q${1 + (tenure % 2)} 2025`)).toEqual(["Q1 2025", "Q2 2025"]);
  });

  test("reports progress, and stops when it is aborted", async () => {
    const events: Parameters<typeof expectSteadyProgress>[0][number][] = [];
    await churnReport(model, unseen, {
      replicates: 20,
      examples: 0,
      onProgress: (event) => events.push(event),
    });
    expectSteadyProgress(events);
    const error = await thrownBy(() => churnReport(model, unseen, { signal: AbortSignal.abort() }));
    expect(error.code).toBe("aborted");
  });
});

describe("churnReport says what could not be computed, and why, of", () => {
  test("rows without labels: predictions, drift and examples only", async () => {
    const names = unseen.columns.map(({ name }) => name).filter((name) => name !== model.label.column);
    const without = await churnReport(model, selectColumns(unseen, names), { replicates: 20 });
    expect(without.evaluation).toBeNull();
    expect(reasonsOf(without, "evaluation")).toEqual([`the table has no column ${model.label.column}`]);
    expect(without.worth?.contacted).toBeNull();
    expect(without.drift?.inputs.length).toBeGreaterThan(0);
    expect(without.examples.length).toBeGreaterThan(2);
    const text = pagesOf(without);
    expect(text).toContain("is not known, so this report says what the model predicts");
    expect(text).not.toContain("ROC curve");
  });

  test("rows of which no one churned", async () => {
    const stayed = filterRows(unseen, (row) => String(row[model.label.column]) === model.label.negative);
    const none = await churnReport(model, stayed, { replicates: 20, examples: 2 });
    expect(none.evaluation).toBeNull();
    expect(reasonsOf(none, "evaluation")[0]).toContain(model.label.column);
    expect(pagesOf(none)).toContain("Not available");
  });

  test("one row", async () => {
    const one = await churnReport(model, takeRows(unseen, Int32Array.of(0)), { replicates: 20 });
    expect(one.data.rows).toBe(1);
    expect(one.examples).toHaveLength(1);
    expect(pagesOf(one)).toContain("Who of these 1 subscriber leaves is not known");
  });

  test("columns that are not there: the others are measured", async () => {
    const asked = await churnReport(model, unseen, {
      segments: ["套餐", "套餐s"],
      sensitive: ["nothing"],
      period: "never",
      value: "worth",
      replicates: 20,
      examples: 0,
    });
    expect(reasonsOf(asked, "segments")).toEqual([
      expect.stringContaining('no column "套餐s": did you mean'),
    ]);
    expect(asked.evaluation?.segments.every(({ by }) => by === "套餐")).toBe(true);
    expect(reasonsOf(asked, "fairness")).toHaveLength(1);
    expect(reasonsOf(asked, "periods")).toHaveLength(1);
    expect(reasonsOf(asked, "worth")).toHaveLength(1);
    expect(pagesOf(asked)).toContain("套餐s");
  });

  test("a model that puts all rows into one tier", async () => {
    const noise = subscriberTable(300, 3, 0);
    const constant = await trainChurnModel(noise, {
      label: "churned",
      id: "subscriber",
      classifier: "logistic",
      repeats: 1,
      replicates: 10,
    });
    expect(constant.tiers).toHaveLength(1);
    const flat = await churnReport(constant, subscriberTable(300, 4, 0), { replicates: 20 });
    const text = pagesOf(flat);
    expect(text).toContain("the model tells no one apart");
    expect(text).toContain("No column matters");
  });

  test("hostile names and categories: they are text, on every page", async () => {
    const hostile = await churnReport(await hostileModel(), hostileTable(200, 2), { replicates: 20 });
    const { html } = reportHtml(hostile);
    const script = html.split("<script>").length - 1;
    expect(script).toBe(1);
    expect(html).not.toContain(MARKUP);
    expect(html).not.toMatch(/\u202E/u);
    expect(reportMarkdown(hostile).markdown).not.toContain(MARKUP);
    for (const { name, text } of reportHtml(hostile).files) {
      if (name.endsWith(".csv")) expect(text.split(/[\n,]/u)).not.toContain(FORMULA);
    }
  });

  test("many columns and categories: tables are cut, with all rows in files beside", async () => {
    const wide = tableFromRows(
      Array.from({ length: 300 }, (_, row) => ({
        id: `r${row}`,
        code: `c${(row * 31) % 299}`,
        churn: (row * 104_729) % 10 < 3 ? "yes" : "no",
        ...Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`x${at}`, Math.sin(row * (at + 1))])),
      })),
    );
    const wideModel = await trainChurnModel(wide, {
      label: "churn",
      id: "id",
      classifier: "logistic",
      repeats: 1,
    });
    const many = await churnReport(wideModel, wide, { segments: ["code"], replicates: 20, examples: 1 });
    const { html, files } = reportHtml(many, { name: "wide" });
    expect(Buffer.byteLength(html)).toBeLessThan(600_000);
    expect(files.map(({ name }) => name)).toContain("wide-drift-inputs.csv");
    const drift = files.find(({ name }) => name === "wide-drift-inputs.csv");
    expect(drift?.text.trimEnd().split("\n")).toHaveLength(1 + (many.drift?.inputs.length ?? 0));
  });
});

test.each([
  [{ segmnts: ["套餐"] }, "segmnts"],
  [{ segments: "套餐" }, "segments"],
  [{ sensitive: [3] }, "sensitive"],
  [{ period: 3 }, "period: must be a text"],
  [{ examples: -1 }, "examples: must be a whole number ≥ 0"],
  [{ replicates: 0 }, "replicates: must be a whole number ≥ 1"],
  [{ locale: "de" }, "locale: must be one of en, zh"],
  [{ campaign: { offers: 2 } }, "offers"],
  [{ campaign: { months: 0 } }, "campaign.months: must be finite and above 0"],
  [{ campaign: { acceptance: 30 } }, "campaign.acceptance: must be between 0 and 1"],
  [{ campaign: { offerCost: -1 } }, "campaign.offerCost: must be finite and not negative"],
])("churnReport names what is wrong with %j", async (options, expected) => {
  const { message } = await thrownBy(() => churnReport(model, unseen, options as never));
  expect(message).toContain("churnReport: ");
  expect(message).toContain(expected);
});
