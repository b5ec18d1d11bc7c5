import { Command, Option } from "commander";
import { count, HoldfastError, invalidArgument } from "../../errors.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import type { ReasonTemplates } from "../../explain/reasons/templates.js";
import { writeWholeFile } from "../../files/whole-file.js";
import { readTable } from "../../formats/read-table.js";
import { didYouMean } from "../../nearest-name.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { explainGlobally, type GlobalExplanation } from "../../predict/explaining/explain-globally.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import { loadChurnModel } from "../../predict/load.js";
import { idOf } from "../../predict/rows-of-table.js";
import { explanationText } from "../../report/explanation-text.js";
import { globalExplanationMarkdown, globalExplanationText } from "../../report/global-explanation.js";
import { cellOf, findColumn, type Table, takeRows } from "../../table/table.js";
import { wholeNumber } from "../options/arguments.js";
import { checkEvaluationPath } from "../options/evaluation-output.js";
import { readJsonFile } from "../options/json-file.js";
import {
  addReadingOptions,
  FILES_HELP,
  type ReadingOptions,
  readingOptions,
} from "../options/reading-options.js";
import { addSourceOptions, fileFormatOf, type SourceOptions, sourceOf } from "../options/source-options.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { unseenLines } from "../print/unseen.js";
import { watchWork } from "../progress-display.js";

interface Options extends ReadingOptions, SourceOptions {
  id?: string;
  row?: number;
  reasons: number;
  locale: LocaleName;
  templates?: string;
  background?: string;
  global?: boolean;
  seed: number;
  out?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast explain telco.model.json telco.csv --id 7590-VHVEG
  holdfast explain telco.model.json telco.csv --id 7590-VHVEG --locale zh --reasons 5
  holdfast explain telco.model.json telco.csv --row 17 --json
  holdfast explain telco.model.json march.csv --global --out what-matters.md
  holdfast explain old.model.json telco.csv --id 7590-VHVEG --background sample.csv

Which columns can be acted on, and which must never be named, is said in training: --actionable, --sensitive,
--feature-notes. Templates are a JSON object of sentences by column: { "tenure": "a subscriber for {value} months" }.`;

export function explainCommand(): Command {
  const command = new Command("explain")
    .argument("<model>", "a model file that holdfast train saved")
    .argument("[file]", `rows of subscribers: ${FILES_HELP}, or -`)
    .option("--id <id>", "the subscriber, by the model's id column; of several rows the last")
    .option("--row <number>", "the row, from 1", wholeNumber("--row"))
    .option("--reasons <number>", "most reasons", wholeNumber("--reasons"), 3)
    .addOption(new Option("--locale <language>", "language of reasons").choices(LOCALE_NAMES).default("en"))
    .option("--templates <file>", "your own sentences of reasons by column, in JSON")
    .option(
      "--background <file>",
      "rows to compare with, 1 to 500 (default: the training rows, as far as the model knows them)",
    )
    .option(
      "--global",
      "say what matters overall instead, by labelled rows that the model was not trained on",
    )
    .option("--seed <n>", "with --global: seed of samples and permutations", wholeNumber("--seed"), 0)
    .option("--out <file>", "with --global: also write it to a file: .md or .json")
    .option("--json", "print the explanation as JSON")
    .addHelpText("after", EXAMPLES);
  return addReadingOptions(addSourceOptions(command)).action(explain);
}

async function explain(modelPath: string, file: string | undefined, options: Options): Promise<void> {
  const source = sourceOf("holdfast explain", "file", file, options);
  await checkOptions(options);
  const { reasons, locale } = options;
  const templates = templatesOf(options);
  const model = await loadChurnModel(modelPath);
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const read = { ...readingOptions(options, model.columnKinds), onProgress, signal };
    const table = await readTable(source, { ...read, ...fileFormatOf(source, options) });
    if (options.global === true) {
      const overall = await explainGlobally(model, table, { seed: options.seed, onProgress, signal });
      work.stop();
      await printOverall(overall, options);
      return;
    }
    const background =
      options.background === undefined ? undefined : await readTable(options.background, read);
    work.stop();
    const one = takeRows(table, Int32Array.of(rowToExplain(model, table, options)));
    for (const line of unseenLines(model.unseenCategories(one))) console.error(`Warning: ${line}`);
    const [explanation] = model.explain(one, { reasons, locale, templates, background, change: true });
    console.log(options.json ? JSON.stringify(explanation, null, 2) : explanationText(explanation, locale));
  } finally {
    work.stop();
  }
}

/** What can be said before anything is read. */
async function checkOptions({ id, row, global: isGlobal, out }: Options): Promise<void> {
  if (isGlobal !== true) {
    const expected = "must be left out, or --global given";
    if (out !== undefined) invalidArgument("holdfast explain", "--out", expected, out);
    return;
  }
  for (const [option, value] of [
    ["--id", id],
    ["--row", row],
  ]) {
    const expected = "must be left out with --global, which is about all rows";
    if (value !== undefined) invalidArgument("holdfast explain", String(option), expected, value);
  }
  if (out === undefined) return;
  checkEvaluationPath(out);
  await checkFolderOf(out);
}

async function printOverall(overall: GlobalExplanation, { out, json }: Options): Promise<void> {
  const text = () => `${JSON.stringify(overall, null, 2)}\n`;
  if (out !== undefined)
    await writeWholeFile(out, /\.json$/i.test(out) ? text() : globalExplanationMarkdown(overall));
  console.log(json ? text().trimEnd() : globalExplanationText(overall));
}

/** The row that the options name, from 0. */
function rowToExplain(model: ChurnModel, table: Table, { id, row }: Options): number {
  if ((id === undefined) === (row === undefined)) {
    const expected = "must be given, or --row or --global, and not both";
    invalidArgument("holdfast explain", "--id", expected, id);
  }
  if (id === undefined) {
    const isThere = row !== undefined && row >= 1 && row <= table.rowCount;
    if (!isThere) {
      const expected = `must be from 1 to ${table.rowCount}, the rows of the file`;
      invalidArgument("holdfast explain", "--row", expected, row);
    }
    return row - 1;
  }
  if (model.id === null) {
    const hint = "name the row by its number: --row 17";
    invalidArgument("holdfast explain", "--id", "must not be given: the model has no id column", id, hint);
  }
  const column = findColumn(table, model.id);
  const ids = Array.from({ length: column === undefined ? 0 : table.rowCount }, (_, r) =>
    column === undefined ? "" : (idOf(cellOf(column, r)) ?? ""),
  );
  const rows = ids.flatMap((each, r) => (each === id ? [r] : []));
  const last = rows.at(-1);
  if (last === undefined) {
    throw new HoldfastError({
      code: "argument.invalid",
      path: { function: "holdfast explain", argument: "--id" },
      expected: `must be an id in the column ${JSON.stringify(model.id)}`,
      received: id,
      hint: didYouMean(id, ids) ?? `such as ${ids.slice(0, 3).join(", ")}`,
    });
  }
  if (rows.length > 1)
    console.error(`Note: ${count(rows.length, "row")} of ${id}; this is the last, row ${last + 1}`);
  return last;
}

/** What the file holds is checked where it is used. */
function templatesOf({ templates }: Options): ReasonTemplates {
  if (templates === undefined) return {};
  return readJsonFile("holdfast explain", "--templates", templates) as ReasonTemplates;
}
