import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { makeFolder } from "../../files/make-folder.js";
import { writeWholeFile } from "../../files/whole-file.js";
import { writeTable } from "../../formats/write-table.js";
import { disconnected } from "../../history/churn/disconnected.js";
import { type History, openHistory } from "../../history/history.js";
import type { HistoryReport } from "../../history/report/history-report.js";
import { snapshots } from "../../history/snapshots.js";
import { splitByTime } from "../../history/split-by-time.js";
import { monthly } from "../../history/windows/windows.js";
import { metricText } from "../../metrics/evaluation/shown-metric.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import type { ModelEvaluation } from "../../predict/model-evaluation.js";
import { tierDriftLines } from "../../predict/tier-drift.js";
import { decimal, percent, range, whole } from "../../printing/numbers.js";
import { textTable } from "../../printing/text-table.js";
import type { ChurnReport } from "../../report/churn/report.js";
import { scoreTable } from "../../scoring/scores-table.js";
import { tierTableAsTable } from "../../scoring/tier-table-as-table.js";
import type { Table } from "../../table/table.js";
import { trainChurnModel } from "../../training/train.js";
import { packageFile } from "../../version.js";
import { wholeNumber } from "../options/arguments.js";
import { blocksText } from "../print/blocks.js";
import { decilesText, metricsText, segmentsText, tiersText, valueGridText } from "../print/evaluation.js";
import { trainingText } from "../print/training.js";
import { watchWork } from "../progress-display.js";

const HISTORY = fileURLToPath(packageFile("datasets/simulated"));
/** The prediction window of the last one has closed when the test begins. */
const TRAIN_AT = monthly("2025-02", "2025-06");
/** The latest cutoff whose prediction window the history covers. */
const TEST_AT = "2025-10-01";
/** Columns by which the evaluation is divided. */
const SEGMENTS = ["tenure_band", "tariff", "group_kind", "region", "payment_kind"];
const DEFINITION = "the number was disconnected in the three months that begin one month after the snapshot";
const WINDOWS = { observe: 6, gap: 1, horizon: 3 } as const;

const EXAMPLES = `
Examples:
  holdfast demo
  holdfast demo --out /tmp/demo --seed 7`;

export function demoCommand(): Command {
  return new Command("demo")
    .option("--out <folder>", "where to write the model, the scores and the report", "models/simulated")
    .option("--seed <n>", "seed of all randomness", wholeNumber("--seed"), 0)
    .addHelpText("after", EXAMPLES)
    .action(demo);
}

async function demo({ out, seed }: { out: string; seed: number }): Promise<void> {
  await makeFolder(out);
  const work = watchWork();
  const { onProgress, signal } = work;
  let history: History | undefined;
  try {
    history = await openHistory(HISTORY, { onProgress, signal });
    const churn = disconnected();
    const at = [...TRAIN_AT, TEST_AT];
    const table = await snapshots(history, { at, ...WINDOWS, churn, onProgress, signal });
    section("1. Raw history", historyText(history.report));

    const embargo = WINDOWS.gap + WINDOWS.horizon;
    const { train, test } = splitByTime(table, { column: "cutoff", testFrom: TEST_AT, embargo });
    section(
      "2. Snapshots: what was known before each cutoff, and whether the subscriber left after it",
      snapshotsText(train, test),
    );

    const model = await trainChurnModel(train, {
      label: "churn",
      id: "subscriber_id",
      exclude: ["cutoff"],
      value: "arpu_mean",
      repeats: 1, // a demo should be short; the default for data of this size is 2
      seed,
      onProgress,
      signal,
    });
    section("3. Training on the earlier cutoffs", trainingText(model));

    const paths = pathsIn(out);
    const { churnReport } = await import("../../report/index.js");
    const report = await churnReport(model, test, {
      name: paths.model,
      segments: SEGMENTS,
      definition: DEFINITION,
      command: "npm start",
      seed,
      onProgress,
      signal,
    });
    const { evaluation } = report;
    if (evaluation === null) throw new Error(report.missing[0]?.reason);
    section(`4. Evaluation on the months after ${TEST_AT}`, evaluationText(evaluation));

    await writeResults(paths, model, test, report);
    const preview = (await readFile(paths.scores, "utf8")).split("\n", 4).join("\n");
    section("5. Scores", `${preview}\n…`);
    section("6. In short", summaryText(evaluation));

    const { analyze } = await import("../../analytics/analyze.js");
    const { analysisBlocks, writeAnalysis } = await import("../../analytics/write-analysis.js");
    const analysis = await analyze(history, { model, onProgress, signal });
    await writeAnalysis(analysis, paths.analysis);
    const [, , ...monday] = analysisBlocks(analysis, "en");
    section("7. The operator's month: what to do on Monday", blocksText(monday.slice(0, 2)));
    section(
      "8. Files",
      Object.entries(paths)
        .map(([what, path]) => `${what.padEnd(10)}  ${path}`)
        .join("\n"),
    );
    console.log(`For people: open ${paths.report} and ${paths.analysis} in a browser.`);
  } finally {
    work.stop();
    history?.close();
  }
}

/** What the demo writes into a folder. */
function pathsIn(out: string) {
  return {
    model: join(out, "model.json"),
    scores: join(out, "scores.csv"),
    tiers: join(out, "tiers.csv"),
    card: join(out, "MODEL_CARD.md"),
    markdown: join(out, "report.md"),
    numbers: join(out, "report.json"),
    report: join(out, "report.html"),
    analysis: join(out, "analysis.html"),
  };
}

async function writeResults(
  paths: ReturnType<typeof pathsIn>,
  model: ChurnModel,
  test: Table,
  report: ChurnReport,
): Promise<void> {
  const { modelCard, writeReport } = await import("../../report/index.js");
  await model.save(paths.model);
  await writeTable(scoreTable(model, test), paths.scores);
  if (report.evaluation !== null)
    await writeTable(tierTableAsTable(report.evaluation.tierTable), paths.tiers);
  const title = `The simulated operator after ${TEST_AT}`;
  await writeWholeFile(paths.card, modelCard(report));
  for (const path of [paths.markdown, paths.numbers, paths.report])
    await writeReport(report, path, { title });
}

function section(title: string, text: string): void {
  console.log(`${title}\n${"=".repeat(title.length)}\n\n${text}\n`);
}

function evaluationText(evaluation: ModelEvaluation): string {
  const { valueGrid, segments } = evaluation;
  const off = segments.filter((each) => each.isMiscalibrated || each.isRankedWorse);
  return [
    metricsText(evaluation),
    tiersText(evaluation.tierTable),
    ...tierDriftLines(evaluation.tierDrift).map((line) => `Warning: ${line}`),
    ...(valueGrid === null
      ? []
      : [
          `Risk tiers by value: subscribers, and monthly expected loss of revenue\n\n${valueGridText(valueGrid)}`,
        ]),
    `By ${SEGMENTS.join(", ")}: ${off.length} of ${segments.length} segments deviate beyond chance${
      off.length === 0 ? "" : `\n\n${segmentsText(off)}`
    }`,
    decilesText(evaluation),
  ].join("\n\n");
}

function historyText({ tables }: HistoryReport): string {
  const read = Object.entries(tables).map(([table, { rowsRead }]) => [table, whole(rowsRead)]);
  return [
    "A simulated telecom operator, as its systems record it: one file per kind of fact, checked when it is opened.",
    "",
    textTable(["table", "facts"], read),
  ].join("\n");
}

function snapshotsText(train: Table, test: Table): string {
  const features = train.columns.length - 3;
  return [
    `One row per active subscriber and cutoff: ${features} features of the six months before it, and the label: left in the three`,
    "months that begin one month after it. No feature uses a fact of the cutoff or later.",
    "",
    `train  ${whole(train.rowCount)} rows, cutoffs ${TRAIN_AT[0]} to ${TRAIN_AT[TRAIN_AT.length - 1]}`,
    `test   ${whole(test.rowCount)} rows, cutoff ${TEST_AT}: later than every label that the model learns from`,
  ].join("\n");
}

/** The result in a few sentences. */
function summaryText({ rows, positives, tierTable, baseRate, metrics }: ModelEvaluation): string {
  const [high] = tierTable;
  const atStake = tierTable.reduce((sum, { expectedLoss }) => sum + (expectedLoss ?? 0), 0);
  if (high.observedRate === null) return "The highest tier has no subscribers.";
  return [
    `Of ${whole(rows)} subscribers, ${percent(baseRate)} left. The model put ${whole(high.rows)} (${percent(high.share)}) into tier "${high.tier}":`,
    `${percent(high.observedRate.value)} of them left (95% interval ${range(high.observedRate, percent)}), ${decimal(high.lift, 1)} times the average,`,
    `and they are ${percent(high.captured)} of all who left. The model had predicted ${percent(high.meanProbability ?? 0)} for this tier.`,
    `The expected loss of monthly revenue was ${whole(atStake)}, ${whole(high.expectedLoss ?? 0)} of it in tier "${high.tier}".`,
    `ROC AUC on these unseen months: ${metricText(metrics.rocAuc, positives, (value) => decimal(value, 3))}.`,
  ].join("\n");
}
