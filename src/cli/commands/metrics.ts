import { Command } from "commander";
import { evaluationMarkdown } from "../../report/evaluation-markdown.js";
import { evaluateScoreTable, type ScoreTableEvaluation } from "../../scoring/evaluate-score-table.js";
import { wholeNumber } from "../options/arguments.js";
import { checkEvaluationPath, columnList, writeEvaluation } from "../options/evaluation-output.js";
import { readNeeded } from "../options/read-needed.js";
import {
  addReadingOptions,
  FILES_HELP,
  type ReadingOptions,
  readingOptions,
} from "../options/reading-options.js";
import { addSourceOptions, fileFormatOf, type SourceOptions, sourceOf } from "../options/source-options.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { watchWork } from "../progress-display.js";

interface Options extends ReadingOptions, SourceOptions {
  label: string;
  score: string;
  positive?: string;
  weights?: string;
  id?: string;
  segments?: string[];
  replicates: number;
  seed: number;
  threads?: number;
  out?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast metrics scores.csv --label churn --score probability
  holdfast metrics scores.parquet --label 流失 --score p --segments tariff,region --out march.md
  holdfast metrics scores.csv --label churn --score probability --weights w --json`;

export function metricsCommand(): Command {
  const command = new Command("metrics")
    .argument("[file]", `labels and probabilities: ${FILES_HELP}, or -`)
    .requiredOption("--label <column>", "the column of labels: churned or not")
    .requiredOption("--score <column>", "the column of probabilities, from 0 to 1")
    .option(
      "--positive <value>",
      "the label value that means churned (default: as values and name of the column say, such as 1, Yes, 流失)",
    )
    .option("--weights <column>", "the column of row weights")
    .option("--id <column>", "the column of subscriber ids: the bootstrap keeps rows of one id together")
    .option("--segments <columns>", "columns of segments, with commas between", columnList)
    .option("--replicates <n>", "bootstrap samples behind the intervals", wholeNumber("--replicates"), 500)
    .option("--seed <n>", "seed of the bootstrap", wholeNumber("--seed"), 0)
    .option(
      "--threads <n>",
      "threads of the bootstrap (default: by the size of the data)",
      wholeNumber("--threads"),
    )
    .option("--out <file>", "also write the evaluation to a file: .md or .json")
    .option("--json", "print the evaluation as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(addSourceOptions(command)).action(measure);
}

async function measure(file: string | undefined, options: Options): Promise<void> {
  const source = sourceOf("holdfast metrics", "file", file, options);
  if (options.out !== undefined) {
    checkEvaluationPath(options.out);
    await checkFolderOf(options.out);
  }
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const { label, score, positive, weights, id, segments, replicates, seed, threads } = options;
    const columns = id === undefined ? {} : { [id]: "text" as const };
    const needed = new Set([label, score, weights, id, ...(segments ?? [])]);
    const { table } = await readNeeded(
      source,
      { ...readingOptions(options, columns), ...fileFormatOf(source, options), onProgress, signal },
      (name) => needed.has(name),
    );
    const evaluation = await evaluateScoreTable(table, {
      label,
      score,
      positive,
      weights,
      id,
      segments,
      replicates,
      seed,
      threads,
      onProgress,
      signal,
    });
    work.stop();
    if (options.out !== undefined) await writeEvaluation(options.out, evaluation, flat(evaluation));
    if (options.json) console.log(JSON.stringify(flat(evaluation), null, 2));
    else console.log(evaluationMarkdown(evaluation, { title: `Metrics of ${score}` }));
  } finally {
    work.stop();
  }
}

/** The metrics are at the top level, by the names of their functions. */
function flat({ metrics, rows, positives, baseRate, ...others }: ScoreTableEvaluation): object {
  return { rows, positives, baseRate, ...metrics, ...others };
}
