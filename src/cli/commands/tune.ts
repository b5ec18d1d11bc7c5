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
import {
  addTrainingOptions,
  readTrainingTable,
  type TrainingOptions,
  trainOptionsOf,
} from "../options/training-options.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { trainingText } from "../print/training.js";
import { tuningText } from "../print/tuning.js";
import { watchWork } from "../progress-display.js";

interface Options extends TrainingOptions {
  out?: string;
  family?: TunableFamily[];
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
  holdfast tune telco.csv --label Churn --id customerID --family boosting,additive --configurations 81 --nested 0

A tuning that was stopped goes on from its journal when it is started again with the same data and options.`;

export function tuneCommand(): Command {
  const command = new Command("tune").description(
    "find good options for each family, say what that is worth, train and save the model",
  );
  return addTrainingOptions(command)
    .option("--out <file>", "train with what was found and save the model there (default: not trained)")
    .option(
      "--family <which>",
      `what to tune, one or more of ${TUNABLE_FAMILIES.join(", ")} (default: ${DEFAULT_FAMILIES.join(", ")})`,
      namesOf(TUNABLE_FAMILIES),
    )
    .option(
      "--configurations <n>",
      "configurations of each family, defaults included",
      wholeNumber("--configurations"),
      27,
    )
    .option(
      "--nested <folds>",
      "outer folds of the honest score; 0: no such score",
      wholeNumber("--nested"),
      3,
    )
    .option("--journal <file>", "keep what was found in this file, to go on from it")
    .option(
      "--time-budget <seconds>",
      "begin no further round of a search after so many",
      wholeNumber("--time-budget"),
    )
    .option(
      "--repeats <n>",
      "repeats of the final cross-fit (default: 3 to 300,000 values, 2 to 4,000,000, else 1)",
      wholeNumber("--repeats"),
    )
    .option("--json", "print what was found as JSON")
    .addHelpText("after", EXAMPLES)
    .action(tuneFile);
}

async function tuneFile(file: string, options: Options): Promise<void> {
  const { out, family, configurations, nested, journal, timeBudget, repeats } = options;
  for (const path of [out, journal]) if (path !== undefined) await checkFolderOf(path);
  const work = watchWork();
  try {
    const table = await readTrainingTable(file, options, work);
    const trainOptions = { ...trainOptionsOf(options, work), repeats };
    const tuning = await tune(table, {
      ...trainOptions,
      ...(family === undefined ? {} : { families: family }),
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
      console.error(`holdfast: what was found is in ${journal}; the same command goes on from it`);
    throw error;
  } finally {
    work.stop();
  }
}

/** Classifiers are functions, and the probabilities of every row no part of a report. */
function plain({ families, nested }: Tuning) {
  if (nested === null) return { families, nested };
  const { probabilities: _, ...rest } = nested;
  return { families, nested: rest };
}
