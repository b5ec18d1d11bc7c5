import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTable } from "../../../src/formats/read-table.js";
import { disconnected } from "../../../src/history/churn/disconnected.js";
import { openHistory } from "../../../src/history/history.js";
import { snapshots } from "../../../src/history/snapshots.js";
import { splitByTime } from "../../../src/history/split-by-time.js";
import { monthly } from "../../../src/history/windows/windows.js";
import { metricsTable } from "../../../src/metrics/evaluation/metrics-table.js";
import type { ModelEvaluation } from "../../../src/predict/model-evaluation.js";
import { churnReport } from "../../../src/report/churn/churn-report.js";
import { writeReport } from "../../../src/report/churn/write-report.js";
import { splitRandom } from "../../../src/table/verbs/split-random.js";
import { tiersTable } from "../../../src/tiers/summary/tiers-text.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { startBrowser } from "../../support/browser.js";
import { OPERATOR } from "../../support/nightly-job.js";
import { checkPage, withPage } from "../../support/page-checks/check-page.js";
import { DATASETS, isThere } from "../../support/shared-data.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const folder = temporaryFolder();
const browser = await startBrowser();
afterAll(() => browser?.close());

const TELCO = join(DATASETS, "telco.csv");
const hasTelco = isThere(TELCO, "the report of telco in a browser");

/** Writes the report in both languages, and gives what `evaluate` says of the same rows. */
async function telco(): Promise<ModelEvaluation> {
  const { train, test: unseen } = splitRandom(await readTable(TELCO), {
    test: 0.3,
    stratify: "Churn",
    seed: 1,
  });
  const model = await trainChurnModel(train, {
    label: "Churn",
    id: "customerID",
    value: "MonthlyCharges",
    classifier: "boosting",
    repeats: 1,
  });
  const options = { segments: ["Contract", "tenure"], period: "tenure", replicates: 100 };
  const report = await churnReport(model, unseen, options);
  for (const locale of ["en", "zh"] as const)
    await writeReport(report, join(folder.path, `telco.${locale}.html`), { locale });
  return model.evaluate(unseen, { segments: ["Contract", "tenure"], replicates: 100, curves: true });
}

/** The report of the simulated operator, two cutoffs after training. */
async function operator(): Promise<void> {
  const history = await openHistory(OPERATOR);
  const table = await snapshots(history, {
    at: [...monthly("2025-03", "2025-05"), ...monthly("2025-09", "2025-10")],
    observe: 6,
    gap: 1,
    horizon: 3,
    churn: disconnected(),
  });
  history.close();
  const { train, test: unseen } = splitByTime(table, {
    column: "cutoff",
    testFrom: "2025-09-01",
    embargo: 4,
  });
  const model = await trainChurnModel(train, {
    value: "arpu_mean",
    classifier: "logistic",
    repeats: 1,
    replicates: 20,
  });
  const report = await churnReport(model, unseen, { segments: ["tariff", "region"], replicates: 50 });
  for (const locale of ["en", "zh"] as const)
    await writeReport(report, join(folder.path, `operator.${locale}.html`), { locale });
}

describe.skipIf(!browser)("the report of the simulated operator in a browser", () => {
  beforeAll(operator, 180_000);

  test.each(["en", "zh"] as const)(
    "asks no host for anything, and is right on screens, telephones and paper (%s)",
    async (locale) => {
      if (browser) expect(await checkPage(browser, join(folder.path, `operator.${locale}.html`))).toEqual([]);
    },
    120_000,
  );
});

describe.skipIf(!browser || !hasTelco)("the report of telco in a browser", () => {
  let evaluation: ModelEvaluation;

  beforeAll(async () => {
    evaluation = await telco();
  });

  test.each(["en", "zh"] as const)(
    "asks no host for anything, and is right on screens, telephones and paper (%s)",
    async (locale) => {
      if (browser) expect(await checkPage(browser, join(folder.path, `telco.${locale}.html`))).toEqual([]);
    },
    120_000,
  );

  test("has the figures of evaluate --json, read back from the page", async () => {
    if (!browser) return;
    const problems = await withPage(
      browser,
      join(folder.path, "telco.en.html"),
      { viewport: { width: 1280, height: 900 } },
      async (page) => {
        const cellsOf = (table: string): Promise<string[][]> =>
          page.evaluate(
            `[...document.querySelectorAll("#${table} tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent))`,
          );
        expect(await cellsOf("metrics")).toEqual(metricsTable(evaluation).rows);
        const tiers = (await cellsOf("tier-table")).map((cells) =>
          cells.map((cell) => cell.replace(/^▲\s*/u, "")),
        );
        expect(tiers).toEqual(tiersTable(evaluation.tierTable).rows);
        return [];
      },
    );
    expect(problems).toEqual([]);
  });
});
