import { basename } from "node:path";
import { Command } from "commander";
import { count } from "../../errors.js";
import type { PairedDifference } from "../../metrics/evaluation/compare-scores.js";
import { metricLabel } from "../../metrics/metrics.js";
import { compareModels, type ModelComparison } from "../../predict/compare-models.js";
import { loadChurnModel } from "../../predict/load.js";
import { weightsLine } from "../../predict/measured-rows.js";
import { trainedOnLines } from "../../predict/trained-on-lines.js";
import { decimal, range, whole } from "../../printing/numbers.js";
import { printable } from "../../printing/printable.js";
import { markdownTable } from "../../printing/text-table.js";
import { wholeNumber } from "../options/arguments.js";
import { readNeeded } from "../options/read-needed.js";
import {
  addReadingOptions,
  FILES_HELP,
  type ReadingOptions,
  readingOptions,
} from "../options/reading-options.js";
import { addSourceOptions, fileFormatOf, type SourceOptions, sourceOf } from "../options/source-options.js";
import { weightKinds, weightsOption } from "../options/weights-option.js";
import { unseenLines } from "../print/unseen.js";
import { watchWork } from "../progress-display.js";

interface Options extends ReadingOptions, SourceOptions {
  seed: number;
  replicates: number;
  weights?: string | boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast compare telco.model.json candidate.model.json march.csv
  holdfast compare old.model.json new.model.json march.parquet --json`;

export function compareCommand(): Command {
  const command = new Command("compare")
    .argument("<a>", "a model file that holdfast train saved")
    .argument("<b>", "another model file, of the same label")
    .argument("[file]", `labelled rows: ${FILES_HELP}, or -`)
    .option(
      "--weights <column>",
      "the column of row weights (default: that of the models, where the file has it)",
    )
    .option("--no-weights", "measure every row alike, though the models were trained with weights")
    .option("--replicates <n>", "bootstrap samples behind the intervals", wholeNumber("--replicates"), 1000)
    .option("--seed <n>", "seed of the bootstrap", wholeNumber("--seed"), 0)
    .option("--json", "print the comparison as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(addSourceOptions(command)).action(compare);
}

async function compare(
  pathA: string,
  pathB: string,
  file: string | undefined,
  options: Options,
): Promise<void> {
  const source = sourceOf("holdfast compare", "file", file, options);
  const [a, b] = [await loadChurnModel(pathA), await loadChurnModel(pathB)];
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const kinds = { ...weightKinds(options.weights, b), ...weightKinds(options.weights, a) };
    const needed = new Set([...Object.keys(kinds), a.label.column, b.label.column]);
    const { table } = await readNeeded(
      source,
      { ...readingOptions(options, kinds), ...fileFormatOf(source, options), onProgress, signal },
      (name) => needed.has(name),
    );
    work.stop();
    const names = [basename(pathA), basename(pathB)] as const;
    const { seed, replicates } = options;
    const weights = weightsOption(options.weights);
    const comparison = compareModels(a, b, table, { names, seed, replicates, weights });
    for (const [side, model] of [a, b].entries()) {
      for (const line of unseenLines(model.unseenCategories(table)))
        console.error(printable(`Warning: ${names[side]}: ${line}`));
    }
    console.log(options.json ? JSON.stringify(comparison, null, 2) : comparisonText(comparison));
  } finally {
    work.stop();
  }
}

function comparisonText(comparison: ModelComparison): string {
  const { names, rows, positives, rocAuc, metrics, trainedOn, verdict } = comparison;
  const weights = weightsLine(comparison.weights);
  const lines = Object.entries<PairedDifference>({ rocAuc, ...metrics }).map(([metric, each]) => [
    metricLabel(metric),
    decimal(each.a),
    decimal(each.b),
    decimal(each.difference),
    range(each),
    each.better === null ? "" : names[each.better === "a" ? 0 : 1],
  ]);
  return [
    verdict,
    `${count(rows, "row")}, ${whole(positives)} churned${weights === undefined ? "" : printable(`, ${weights}`)}`,
    ...[trainedOn.a, trainedOn.b].flatMap((seen, side) =>
      trainedOnLines(seen, rows).map((line) => printable(`${names[side]}: ${line}`)),
    ),
    markdownTable({
      head: ["metric", names[0], names[1], "difference", "95% interval", "better beyond chance"],
      rows: lines,
    }),
  ].join("\n\n");
}
