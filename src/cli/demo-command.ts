import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { splitByTime } from "../history/split-by-time.js";
import type { ModelEvaluation } from "../model/churn-model.js";
import { trainChurnModel } from "../model/train.js";
import { type ScoresTable, scoreTable } from "../scoring/score-file.js";
import { readTable } from "../table/read-table.js";
import { findColumn, type NumericColumn, type Table } from "../table/table.js";
import { writeWholeFile } from "../table/whole-file.js";
import { writeTable } from "../table/write-table.js";
import { wholeNumber } from "./arguments.js";
import { decilesText, metricsText, tiersText } from "./print/evaluation.js";
import { decimal, percent, range, whole } from "./print/format.js";
import { trainingText } from "./print/training.js";
import { watchWork } from "./progress-display.js";

const DATA = fileURLToPath(new URL("../../datasets/simulated/snapshots.csv", import.meta.url));
/** The newest snapshot is scored; its label window starts where those of the earlier ones have ended. */
const TEST_FROM = "2025-10-01";
/** A gap of one month and a horizon of three, in days from 2025-06-01. */
const EMBARGO_DAYS = 122;

const EXAMPLES = `
Examples:
  holdfast demo
  holdfast demo --out /tmp/demo --seed 7`;

export function demoCommand(): Command {
  return new Command("demo")
    .description("the whole walk on a simulated operator: split by time, train, evaluate, tier, score")
    .option("--out <folder>", "where to write the model, the scores and the evaluation", "models")
    .option("--seed <n>", "decides all randomness", wholeNumber("--seed"), 0)
    .addHelpText("after", EXAMPLES)
    .action(demo);
}

async function demo({ out, seed }: { out: string; seed: number }): Promise<void> {
  await mkdir(out, { recursive: true });
  const work = watchWork();
  const { onProgress, signal } = work;
  try {
    const table = await readTable(DATA, { columns: { subscriber_id: "text" }, onProgress, signal });
    const { train, test } = splitByTime(table, {
      column: "cutoff",
      testFrom: TEST_FROM,
      embargoDays: EMBARGO_DAYS,
    });
    section("1. The data", dataText(train, test));

    const options = { label: "churned", id: "subscriber_id", exclude: ["cutoff"], seed, onProgress, signal };
    const model = await trainChurnModel(train, options);
    section("2. Training on the earlier snapshots", trainingText(model));

    const evaluation = model.evaluate(test, { seed });
    const measured = [metricsText(evaluation), tiersText(evaluation.tierTable), decilesText(evaluation)];
    section(`3. What the model was worth in the months after ${TEST_FROM}`, measured.join("\n\n"));

    const scores = scoreTable(model, test);
    const paths = {
      model: join(out, "simulated.model.json"),
      scores: join(out, "simulated.scores.csv"),
      evaluation: join(out, "simulated.evaluation.json"),
    };
    await model.save(paths.model);
    await writeTable(scores, paths.scores);
    await writeWholeFile(paths.evaluation, `${JSON.stringify(evaluation, null, 2)}\n`);
    const preview = (await readFile(paths.scores, "utf8")).split("\n", 4).join("\n");
    section("4. Scores", `${preview}\n…`);
    section("5. In short", summaryText(test, scores, evaluation));
    section(
      "6. Files",
      Object.entries(paths)
        .map(([what, path]) => `${what.padEnd(10)}  ${path}`)
        .join("\n"),
    );
  } finally {
    work.stop();
  }
}

function section(title: string, text: string): void {
  console.log(`${title}\n${"=".repeat(title.length)}\n\n${text}\n`);
}

function dataText(train: Table, test: Table): string {
  return [
    "A simulated telecom operator: one row per subscriber and cutoff, with tenure, tariff, ARPU, group membership and",
    "six months of usage before the cutoff. Churned = left in the three months that start one month after the cutoff.",
    "",
    `train  ${whole(train.rowCount)} rows, cutoffs before ${TEST_FROM}`,
    `test   ${whole(test.rowCount)} rows, cutoff ${TEST_FROM}: later than every label the model learns from`,
  ].join("\n");
}

/** What a manager would want to know. */
function summaryText(
  test: Table,
  scores: ScoresTable,
  { tierTable, baseRate, metrics }: ModelEvaluation,
): string {
  const [high] = tierTable;
  const [, { values: probabilities }, { codes }] = scores.columns;
  const revenue = (findColumn(test, "arpu_mean_6m") as NumericColumn).values;
  let atStake = 0;
  let inHigh = 0;
  for (let row = 0; row < test.rowCount; row++) {
    if (Number.isNaN(revenue[row])) continue;
    const expectedLoss = probabilities[row] * revenue[row];
    atStake += expectedLoss;
    if (codes[row] === 0) inHigh += expectedLoss;
  }
  if (high.observedRate === null) return "Nobody stands in the highest tier.";
  return [
    `Of ${whole(test.rowCount)} subscribers, ${percent(baseRate)} left. The model put ${whole(high.rows)} (${percent(high.share)}) into tier "${high.tier}":`,
    `${percent(high.observedRate.value)} of them left (95% interval ${range(high.observedRate, percent)}), ${decimal(high.lift, 1)} times the average,`,
    `and they are ${percent(high.captured)} of everyone who left. It had foretold ${percent(high.meanProbability ?? 0)} for them.`,
    `By its probabilities, ${whole(atStake)} of monthly revenue was at stake, ${whole(inHigh)} of it in tier "${high.tier}".`,
    `ROC AUC on these unseen months: ${decimal(metrics.rocAuc.value, 3)} (${range(metrics.rocAuc, (value) => decimal(value, 3))}).`,
  ].join("\n");
}
