import { Command } from "commander";
import { formatOf } from "../../formats/formats.js";
import { writeTable } from "../../formats/write-table.js";
import { loadChurnModel } from "../../predict/load.js";
import { evaluationMarkdown } from "../../report/evaluation-markdown.js";
import { tierTableAsTable } from "../../scoring/tier-table-as-table.js";
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
import { weightKinds, weightsOption } from "../options/weights-option.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { unseenLines } from "../print/unseen.js";
import { watchWork } from "../progress-display.js";

interface Options extends ReadingOptions, SourceOptions {
  seed: number;
  segments?: string[];
  weights?: string | boolean;
  curves?: boolean;
  out?: string;
  tiersOut?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast evaluate telco.model.json march.csv
  holdfast evaluate telco.model.json march.csv --segments Contract,tenure --out march.md
  holdfast evaluate telco.model.json march.parquet --json > march.evaluation.json`;

export function evaluateCommand(): Command {
  const command = new Command("evaluate")
    .argument("<model>", "a model file that holdfast train saved")
    .argument("[file]", `labelled rows: ${FILES_HELP}, or -`)
    .option(
      "--segments <columns>",
      "columns of segments, with commas between (default: the model's categorical columns of at most 20 levels)",
      columnList,
    )
    .option(
      "--weights <column>",
      "the column of row weights (default: that of the model, where the file has it)",
    )
    .option("--no-weights", "measure every row alike, though the model was trained with weights")
    .option("--seed <n>", "seed of the bootstrap", wholeNumber("--seed"), 0)
    .option("--curves", "also give the curves (ROC, precision-recall, gain, lift, calibration), in JSON")
    .option("--out <file>", "also write the evaluation to a file: .md or .json")
    .option("--tiers-out <file>", "also write the tier table to a file, in the format of its extension")
    .option("--json", "print the evaluation as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(addSourceOptions(command)).action(evaluate);
}

async function evaluate(modelPath: string, file: string | undefined, options: Options): Promise<void> {
  const { segments, seed, curves, out, tiersOut } = options;
  const source = sourceOf("holdfast evaluate", "file", file, options);
  if (out !== undefined) checkEvaluationPath(out);
  if (tiersOut !== undefined) formatOf("holdfast evaluate", "--tiers-out", tiersOut);
  for (const path of [out, tiersOut]) if (path !== undefined) await checkFolderOf(path);
  const model = await loadChurnModel(modelPath);
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const kinds = weightKinds(options.weights, model);
    const needed = new Set([...Object.keys(kinds), model.label.column, ...(segments ?? [])]);
    const { table } = await readNeeded(
      source,
      { ...readingOptions(options, kinds), ...fileFormatOf(source, options), onProgress, signal },
      (name) => needed.has(name),
    );
    const weights = weightsOption(options.weights);
    const measured = { seed, segments, weights, curves, onProgress, signal };
    const evaluation = await model.evaluateInWorkers(table, measured);
    work.stop();
    if (out !== undefined) await writeEvaluation(out, evaluation, evaluation);
    for (const line of unseenLines(model.unseenCategories(table))) console.error(`Warning: ${line}`);
    if (tiersOut !== undefined) await writeTable(tierTableAsTable(evaluation.tierTable), tiersOut);
    console.log(options.json ? JSON.stringify(evaluation, null, 2) : evaluationMarkdown(evaluation));
  } finally {
    work.stop();
  }
}
