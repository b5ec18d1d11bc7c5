import { Command } from "commander";
import { loadChurnModel } from "../model/load.js";
import { percent, whole } from "../report/format.js";
import { printable, textTable } from "../report/text-table.js";
import { type ScoreSummary, scoreFile } from "../scoring/score-file.js";
import { watchWork } from "./progress-display.js";
import { addReadingOptions, type ReadingOptions, readingOptions } from "./reading-options.js";

interface Options extends ReadingOptions {
  out: string;
  intervals?: boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast score telco.model.json subscribers.csv --out scores.csv
  holdfast score telco.model.json subscribers.parquet --out scores.parquet --json`;

export function scoreCommand(): Command {
  const command = new Command("score")
    .description("write id, probability and risk tier of every row")
    .argument("<model>", "a model file that holdfast train saved")
    .argument("<file>", "rows to score: CSV, TSV, Parquet, JSON or NDJSON (text also .gz)")
    .requiredOption("--out <file>", "where to write the scores: CSV, Parquet, JSON or NDJSON, by extension")
    .option("--intervals", "also write how far the data let each probability be told, and who is uncertain")
    .option("--json", "print the summary as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(command).action(score);
}

async function score(modelPath: string, file: string, options: Options): Promise<void> {
  const model = await loadChurnModel(modelPath);
  const work = watchWork();
  try {
    const summary = await scoreFile(model, file, options.out, {
      read: readingOptions(options),
      intervals: options.intervals,
      onProgress: work.onProgress,
      signal: work.signal,
    });
    work.stop();
    if (options.json) console.log(JSON.stringify({ out: options.out, ...summary }, null, 2));
    else console.log(`${scoreSummaryText(summary)}\n\nWrote ${options.out}`);
  } finally {
    work.stop();
  }
}

export function scoreSummaryText({ rows, meanProbability, tiers, unseenCategories }: ScoreSummary): string {
  const unseen = unseenCategories.map(
    ({ column, rows, examples }) =>
      `Note: ${printable(column)} has ${whole(rows)} rows with categories that training never saw, scored as other: ${examples.map(printable).join(", ")}`,
  );
  return [
    `${whole(rows)} rows scored, mean probability of churn ${percent(meanProbability)}`,
    textTable(
      ["tier", "rows", "share"],
      tiers.map(({ tier, rows: inTier }) => [tier, whole(inTier), percent(inTier / rows)]),
    ),
    ...unseen,
  ].join("\n\n");
}
