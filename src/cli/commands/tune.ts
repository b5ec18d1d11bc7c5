import { Command } from "commander";
import { HoldfastError } from "../../errors.js";
import { trainChurnModel } from "../../training/train.js";
import {
  DEFAULT_FAMILIES,
  TUNABLE_FAMILIES,
  type TunableFamily,
} from "../../training/tuning/configuration.js";
import { type Tuning, tune } from "../../training/tuning/tune.js";
import { namesOf, wholeNumber } from "../options/arguments.js";
import { sourceOf } from "../options/source-options.js";
import {
  addTrainingOptions,
  readTrainingTable,
  type TrainingOptions,
  trainOptionsOf,
} from "../options/training-options.js";
import { checkFolderOf, checkModelPath } from "../options/writable-folder.js";
import { trainingText } from "../print/training.js";
import { tuningText } from "../print/tuning.js";
import { watchWork } from "../progress-display.js";

interface Options extends TrainingOptions {
  out?: string;
  families?: TunableFamily[];
  configurations: number;
  nested: number;
  journal?: string;
  timeBudget?: number;
  repeats?: number;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast tune telco.csv --label Churn --id customerID --journal tuning.ndjson --out telco.model.json
  holdfast tune telco.csv --label Churn --id customerID --families boosting,additive --configurations 81 --nested 0

A search that was stopped continues from its journal when it is started again with the same data and options.`;

export function tuneCommand(): Command {
  const command = new Command("tune");
  return addTrainingOptions(command)
    .option(
      "--out <file>",
      "train with the options found and save the model here (.json or .json.gz; default: not trained)",
    )
    .option(
      "--families <which>",
      `what to tune, one or more of ${TUNABLE_FAMILIES.join(", ")} (default: ${DEFAULT_FAMILIES.join(", ")})`,
      namesOf(TUNABLE_FAMILIES),
    )
    .option(
      "--configurations <n>",
      "configurations to try per family, the defaults included",
      wholeNumber("--configurations"),
      27,
    )
    .option(
      "--nested <folds>",
      "outer folds of the nested cross-validation, 0 for none",
      wholeNumber("--nested"),
      3,
    )
    .option("--journal <file>", "record the search in this file, to continue from it")
    .option(
      "--time-budget <seconds>",
      "start no further round of the search after this time (default: none)",
      wholeNumber("--time-budget"),
    )
    .option(
      "--repeats <n>",
      "repeats of the final cross-fit (default: 3 up to 300,000 values, 2 up to 4,000,000, else 1)",
      wholeNumber("--repeats"),
    )
    .option("--json", "print the result as JSON")
    .addHelpText("after", EXAMPLES)
    .action(tuneFile);
}

async function tuneFile(file: string | undefined, options: Options): Promise<void> {
  const { out, families, configurations, nested, journal, timeBudget, repeats } = options;
  const source = sourceOf("holdfast tune", "file", file, options);
  if (out !== undefined) checkModelPath("holdfast tune", out);
  for (const path of [out, journal]) if (path !== undefined) await checkFolderOf(path);
  const work = watchWork();
  try {
    const { table, unread } = await readTrainingTable(source, options, work);
    const trainOptions = { ...trainOptionsOf(options, work, unread), repeats };
    const tuning = await tune(table, {
      ...trainOptions,
      ...(families === undefined ? {} : { families }),
      configurations,
      nested,
      journal,
      timeBudget,
    });
    const model =
      out === undefined
        ? undefined
        : await trainChurnModel(table, { ...trainOptions, classifier: tuning.classifiers });
    if (out !== undefined) await model?.save(out);
    work.stop();
    if (options.json) console.log(JSON.stringify({ model: out ?? null, ...plain(tuning) }, null, 2));
    else {
      const trained = model === undefined ? [] : [trainingText(model), `Saved ${out}`];
      console.log([tuningText(tuning), ...trained].join("\n\n"));
    }
  } catch (error) {
    work.stop();
    if (journal !== undefined && error instanceof HoldfastError && error.code === "aborted")
      console.error(`holdfast tune: the search so far is in ${journal}; the same command continues from it`);
    throw error;
  } finally {
    work.stop();
  }
}

/** Without classifiers, which are functions, and without the probabilities of every row. */
function plain({ families, nested }: Tuning) {
  if (nested === null) return { families, nested };
  const { probabilities: _, ...rest } = nested;
  return { families, nested: rest };
}
