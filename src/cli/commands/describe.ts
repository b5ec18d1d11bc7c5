import { Command, Option } from "commander";
import { describedTable } from "../../describe/describe-table.js";
import type { TableDescription } from "../../describe/description.js";
import { descriptionMarkdown } from "../../describe/description-markdown.js";
import { descriptionLines } from "../../describe/description-text.js";
import { writeWholeFile } from "../../files/whole-file.js";
import { type ReadTableOptions, readTable } from "../../formats/read-table.js";
import type { DeclaredKind } from "../../table/grammar/column-plan.js";
import { checkEvaluationPath } from "../options/evaluation-output.js";
import {
  addReadingOptions,
  columnsOption,
  FILES_HELP,
  type ReadingOptions,
  readingOptions,
} from "../options/reading-options.js";
import { readingWords } from "../options/reading-words.js";
import {
  addSourceOptions,
  fileFormatOf,
  type SourceOptions,
  sourceOf,
  sourceWords,
} from "../options/source-options.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { watchWork } from "../progress-display.js";

interface Options extends ReadingOptions, SourceOptions {
  exclude: string[];
  label?: string;
  positive?: string;
  id?: string;
  columns: Record<string, DeclaredKind>;
  out?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast describe telco.csv
  holdfast describe telco.csv --label Churn --id customerID --out telco.md
  holdfast describe 用户.csv --encoding gb18030 --label 是否流失
  holdfast describe usage.csv --decimal , --missing unknown --columns area=categorical --json
  holdfast describe --duckdb "SELECT * FROM subscribers" --database crm.duckdb`;

export function describeCommand(): Command {
  const command = new Command("describe")
    .argument("[file]", `${FILES_HELP}, or -`)
    .option(
      "--label <column>",
      "the column of labels: churned or not (default: churn, of a table of snapshots)",
    )
    .option(
      "--positive <value>",
      "the label value that means churned (default: as values and name of the column say, such as 1, Yes, 流失)",
    )
    .option("--id <column>", "the column of subscriber ids (default: subscriber_id, of a table of snapshots)")
    .addOption(columnsOption())
    .addOption(
      new Option("--exclude <column>", "a column that is not read, such as a nested one (repeatable)")
        .argParser((name: string, all: string[]) => [...all, name])
        .default([], "none"),
    );
  return addReadingOptions(addSourceOptions(command))
    .option("--out <file>", "also write the description to a file: .md or .json")
    .option("--json", "print the description as JSON")
    .addHelpText("after", EXAMPLES)
    .action(describe);
}

async function describe(file: string | undefined, options: Options): Promise<void> {
  const source = sourceOf("holdfast describe", "file", file, options);
  const { label, positive, id, exclude, out, json } = options;
  if (out !== undefined) {
    checkEvaluationPath(out);
    await checkFolderOf(out);
  }
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const columns = id === undefined ? options.columns : { ...options.columns, [id]: "text" as const };
    const read: ReadTableOptions = {
      ...readingOptions(options, columns),
      exclude,
      ...fileFormatOf(source, options),
    };
    const table = await readTable(source, { ...read, onProgress, signal });
    const words = [readingWords(options), sourceWords(source, options)] as const;
    const description = describedTable(table, { label, positive, id }, ...words);
    work.stop();
    if (out !== undefined) await write(out, description);
    console.log(
      json ? JSON.stringify(description, null, 2) : descriptionLines(description, "command").join("\n"),
    );
  } finally {
    work.stop();
  }
}

async function write(out: string, description: TableDescription): Promise<void> {
  const text = /\.json$/i.test(out)
    ? `${JSON.stringify(description, null, 2)}\n`
    : descriptionMarkdown(description);
  await writeWholeFile(out, text);
}
