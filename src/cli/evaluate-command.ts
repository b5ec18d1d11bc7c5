import { Command } from "commander";
import { loadChurnModel } from "../model/load.js";
import { readTable } from "../table/read-table.js";
import { wholeNumber } from "./arguments.js";
import { confusionText, decilesText, metricsText, tiersText } from "./print/evaluation.js";
import { percent, whole } from "./print/format.js";
import { watchWork } from "./progress-display.js";
import { addReadingOptions, type ReadingOptions, readingOptions } from "./reading-options.js";

interface Options extends ReadingOptions {
  seed: number;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast evaluate telco.model.json march.csv
  holdfast evaluate telco.model.json march.parquet --json > march.evaluation.json`;

export function evaluateCommand(): Command {
  const command = new Command("evaluate")
    .description("measure a model on labelled rows that it was not trained on")
    .argument("<model>", "a model file that holdfast train saved")
    .argument("<file>", "labelled rows: CSV, TSV, Parquet, JSON or NDJSON (text also .gz)")
    .option("--seed <n>", "seed of the bootstrap", wholeNumber("--seed"), 0)
    .option("--json", "print the evaluation as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(command).action(evaluate);
}

async function evaluate(modelPath: string, file: string, options: Options): Promise<void> {
  const model = await loadChurnModel(modelPath);
  const work = watchWork();
  try {
    const table = await readTable(file, {
      ...readingOptions(options),
      columns: model.columnKinds,
      onProgress: work.onProgress,
      signal: work.signal,
    });
    work.stop();
    const evaluation = model.evaluate(table, { seed: options.seed });
    if (options.json) {
      console.log(JSON.stringify(evaluation, null, 2));
      return;
    }
    const { rows, positives, baseRate, tierTable } = evaluation;
    console.log(
      [
        `${whole(rows)} rows, ${whole(positives)} churned, churn rate ${percent(baseRate)}`,
        metricsText(evaluation),
        tiersText(tierTable),
        decilesText(evaluation),
        confusionText(evaluation),
      ].join("\n\n"),
    );
  } finally {
    work.stop();
  }
}
