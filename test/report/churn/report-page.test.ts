import { beforeAll, describe, expect, test } from "vitest";
import { metricsTable } from "../../../src/metrics/evaluation/metrics-table.js";
import type { Block, Page, PageTable } from "../../../src/page/page.js";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import { churnReport } from "../../../src/report/churn/churn-report.js";
import { reportPage } from "../../../src/report/churn/page/report-page.js";
import type { ChurnReport } from "../../../src/report/churn/report.js";
import {
  modelCard,
  reportHtml,
  reportMarkdown,
  writeReport,
} from "../../../src/report/churn/write-report.js";
import { segmentsTable } from "../../../src/report/evaluation-tables.js";
import { withColumn } from "../../../src/table/verbs/with-column.js";
import { tiersTable } from "../../../src/tiers/summary/tiers-text.js";
import { backtest } from "../../../src/training/backtest/backtest.js";
import { learningCurve } from "../../../src/training/learning-curve/learning-curve.js";
import { subscriberTable } from "../../support/subscribers.js";
import { errorOf, thrownBy } from "../../support/thrown.js";
import { VALUED_SUBSCRIBERS, valuedModel } from "../../support/valued-model.js";

let model: ChurnModel;
let report: ChurnReport;

beforeAll(async () => {
  model = await valuedModel();
  const months = withColumn(subscriberTable(400, 11), "month", ({ tenure }) =>
    Number(tenure) % 2 === 0 ? "2026-01" : "2026-02",
  );
  const curve = await learningCurve(VALUED_SUBSCRIBERS, {
    label: "churned",
    id: "subscriber",
    classifier: "logistic",
    repeats: 1,
    replicates: 10,
  });
  report = await churnReport(model, months, {
    segments: ["套餐", "tenure"],
    sensitive: ["group"],
    period: "month",
    learningCurve: curve,
    replicates: 50,
    name: "march.model.json",
    command: "holdfast report march.model.json march.csv --out march.html",
  });
});

/** A backtest of six months. */
function backtestOfSix() {
  const cutoffs = ["2025-06-01", "2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01", "2025-11-01"];
  const snapshots = withColumn(
    subscriberTable(900, 21),
    "cutoff",
    ({ subscriber }) =>
      new Date(`${cutoffs[Number(String(subscriber).slice(1)) % cutoffs.length]}T00:00:00Z`),
  );
  return backtest(snapshots, {
    label: "churned",
    id: "subscriber",
    gap: 0,
    horizon: 1,
    classifier: "logistic",
    repeats: 1,
    replicates: 10,
  });
}

function blocksOf(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => (block.is === "details" ? [block, ...blocksOf(block.blocks)] : [block]));
}

const tablesOf = (page: Page): PageTable[] =>
  page.sections.flatMap(({ blocks }) =>
    blocksOf(blocks).flatMap((block) => (block.is === "table" ? [block.table] : [])),
  );
const tableOf = (page: Page, id: string) => tablesOf(page).find((table) => table.id === id);
const textsOf = (table: PageTable | undefined) =>
  table?.rows.map((cells) => cells.map((cell) => (typeof cell === "string" ? cell : cell.text)));

describe("the page of a report", () => {
  test("has the figures of the evaluation", () => {
    const page = reportPage(report, "en");
    const { evaluation } = report;
    if (evaluation === null) throw new Error("no evaluation");
    expect(textsOf(tableOf(page, "metrics"))).toEqual(metricsTable(evaluation).rows);
    expect(textsOf(tableOf(page, "tier-table"))).toEqual(tiersTable(evaluation.tierTable).rows);
    expect(textsOf(tableOf(page, "segment-table"))).toEqual(segmentsTable(evaluation.segments).rows);
  });

  test("has the same sections, tables and pictures in both languages", () => {
    const shapeOf = (page: Page) =>
      page.sections.map(({ id, blocks }) => [
        id,
        blocksOf(blocks).map((block) =>
          block.is === "table"
            ? [block.table.id, block.table.rows.length]
            : block.is === "pictures"
              ? block.pictures.map((picture) => picture.id)
              : block.is,
        ),
      ]);
    expect(shapeOf(reportPage(report, "zh"))).toEqual(shapeOf(reportPage(report, "en")));
  });

  test("is Chinese throughout: titles, captions, heads of tables, sentences", async () => {
    const page = reportPage({ ...report, backtest: await backtestOfSix() }, "zh");
    const names = new Set([
      "ROC AUC",
      "95%",
      "p（Holm）",
      "25%",
      "75%",
      "ECE",
      "EMPC",
      "PSI",
      "H",
      "kB",
      ...report.model.inputs.map(({ name }) => name),
      "group",
      // Of the model: value bands, tiers.
      ...(model.scorer.content.valueBands ?? []).map(({ name }) => name),
    ]);
    const isChinese = (text: string) => names.has(text) || /\p{Script=Han}/u.test(text);
    const texts = [
      ...page.sections.flatMap(({ title, blocks }) => [
        title,
        ...blocksOf(blocks).flatMap((block) => {
          if (block.is === "table") return [block.table.caption, ...block.table.head];
          if (block.is === "pictures")
            return block.pictures.flatMap(({ title: name, caption }) => [
              name,
              ...(caption === undefined ? [] : [caption]),
            ]);
          if (block.is === "details") return [block.summary];
          if (block.is === "figures") return block.items.flatMap(({ label }) => [label]);
          return block.is === "text" || block.is === "heading" || block.is === "note" ? [block.text] : [];
        }),
      ]),
    ];
    expect([...new Set(texts.filter((text) => !isChinese(text)))]).toEqual([]);
  });

  test("leaves no placeholder, and nothing undefined", () => {
    for (const locale of ["en", "zh"] as const) {
      const { html } = reportHtml(report, { locale });
      expect(html.replace(/<script>.*<\/script>/su, "").replace(/<style>.*<\/style>/su, "")).not.toMatch(
        /\{\w+(\||\})|undefined|NaN|\[object/u,
      );
    }
  });

  test("is small, and the same every time", () => {
    const { html } = reportHtml(report);
    expect(Buffer.byteLength(html)).toBeLessThan(500_000);
    expect(reportHtml(report).html).toBe(html);
  });

  test("shows a backtest that is given", async () => {
    const earlier = await backtestOfSix();
    const page = reportPage({ ...report, backtest: earlier }, "zh");
    const stability = page.sections.find(({ id }) => id === "stability");
    const blocks = blocksOf(stability?.blocks ?? []);
    expect(blocks.flatMap((block) => (block.is === "table" ? [block.table.id] : []))).toEqual([
      "period-table",
      "backtest-1",
      "backtest-2",
      "backtest-3",
      "backtest-4",
    ]);
    expect(textsOf(tableOf(page, "backtest-1"))?.[0][0]).toBe(earlier.months[0].month);
  });
});

describe("the model card", () => {
  test("says what the model is for, how good it is with intervals, its limits, and how to make it again", () => {
    const card = modelCard(report);
    const headings = [...card.matchAll(/^## (.*)$/gmu)].map(([, heading]) => heading);
    expect(headings).toEqual([
      "Model",
      "Intended use",
      "Data and definition of churn",
      "How good it is",
      "Limits",
      "Who is treated differently",
      "How to make it again",
    ]);
    const auc = report.evaluation?.metrics.rocAuc;
    expect(card).toContain(`${auc?.value.toFixed(4)} (${auc?.low.toFixed(4)}–${auc?.high.toFixed(4)})`);
    expect(card).toContain("holdfast report march.model.json march.csv --out march.html");
    expect(card).toContain(report.model.contentHash);
  });

  test("takes the caller's words for what it is for, and what counts as churn", () => {
    const told = {
      ...report,
      intendedUse: "For the care team.",
      data: { ...report.data, definition: "left" },
    };
    expect(modelCard(told)).toContain("For the care team.");
    expect(modelCard(told)).toContain("Churned means: left");
  });

  test("names a group only where its difference stands the corrected test", () => {
    const [column] = report.fairness ?? [];
    const none = column.segments.map((segment) => ({ ...segment, differs: [] }));
    const equal = { ...report, fairness: [{ ...column, segments: none }] };
    expect(modelCard(equal)).toContain("None does.");
    const [first, ...others] = none;
    const unequal = {
      ...report,
      fairness: [{ ...column, segments: [{ ...first, differs: ["flagged" as const] }, ...others] }],
    };
    expect(modelCard(unequal)).toContain(`group = ${first.segment}: share flagged`);
  });
});

describe("wrong calls", () => {
  test.each([
    ["reportHtml", () => reportHtml(undefined as never), "await churnReport(model, table) makes one"],
    ["reportHtml", () => reportHtml(Promise.resolve(report) as never), "await it first"],
    ["reportMarkdown", () => reportMarkdown(report, { locale: "de" as never }), "must be one of en, zh"],
    ["reportHtml", () => reportHtml(report, { title: 3 as never }), "must be a text"],
    ["modelCard", () => modelCard(model as never), "must be a report"],
  ])("%s says what is wrong", (name, call, expected) => {
    const { message, problems } = errorOf(call);
    expect(`${message} ${problems[0].hint ?? ""}`).toContain(expected);
    expect(message).toContain(name);
  });

  test("writeReport names the extensions that it writes", async () => {
    const { message } = await thrownBy(() => writeReport(report, "report.pdf"));
    expect(message).toContain(".html, .md or .json");
  });
});
