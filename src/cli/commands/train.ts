import { Command, Option } from "commander";
import { CALIBRATION_METHODS, type CalibrationMethod } from "../../calibration/calibrators.js";
import type { Table } from "../../table/table.js";
import { tierRuleFrom } from "../../tiers/tier-spec.js";
import { CHOICES, type FamilyName } from "../../training/families.js";
import type { LearningCurve } from "../../training/learning-curve/curve.js";
import { learningCurveOf } from "../../training/learning-curve/learning-curve.js";
import type { MeasuredTraining } from "../../training/pipeline.js";
import { measuredTraining, type Preference, type TrainOptions } from "../../training/train.js";
import { namesOf, wholeNumber } from "../options/arguments.js";
import {
  addTrainingOptions,
  readTrainingTable,
  type TrainingOptions,
  trainOptionsOf,
} from "../options/training-options.js";
import { checkFolderOf } from "../options/writable-folder.js";
import { learningCurveText, trainingText } from "../print/training.js";
import { watchWork } from "../progress-display.js";

interface Options extends TrainingOptions {
  out?: string;
  classifier: FamilyName[];
  prefer: Preference;
  timeBudget?: number;
  repeats?: number;
  calibration: CalibrationMethod;
  tiers?: string;
  value?: string;
  learningCurve?: boolean;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  holdfast train telco.csv --label Churn --id customerID --out telco.model.json
  holdfast train 用户.csv --encoding gb18030 --label 是否流失 --id 用户编号 --out 流失.model.json.gz
  holdfast train telco.csv --label Churn --id customerID --classifier additive,logistic --monotone tenure=-1
  holdfast train telco.csv --label Churn --id customerID --prefer speed --time-budget 60
  holdfast train telco.csv --label Churn --id customerID --classifier boosting --learning-curve
  holdfast train snapshots.parquet --tiers "call=500,rest"`;

const TIERS_HELP =
  'risk tiers, the highest first: "high=10%,medium=20%,low", "call=500,rest", "high>=0.6,low", "loss:call>=200,rest" (probability × value) or "auto" ("auto:3": at most three)';

export function trainCommand(): Command {
  const command = new Command("train");
  return addTrainingOptions(command)
    .option("--out <file>", "where to save the model (.json or .json.gz; default: not saved)")
    .option("--classifier <which>", `what to train, one or more of ${CHOICES.join(", ")}`, namesOf(CHOICES), [
      "auto",
    ])
    .addOption(
      new Option("--prefer <what>", "what decides between equally good candidates")
        .choices(["accuracy", "speed", "readability"])
        .default("accuracy"),
    )
    .option(
      "--time-budget <seconds>",
      "start no further classifier after this time (default: none)",
      wholeNumber("--time-budget"),
    )
    .option(
      "--repeats <n>",
      "repeats of the cross-fit (default: 3 up to 300,000 values, 2 up to 4,000,000, else 1)",
      wholeNumber("--repeats"),
    )
    .addOption(
      new Option("--calibration <method>", "calibration method").choices(CALIBRATION_METHODS).default("auto"),
    )
    .option("--tiers <spec>", `${TIERS_HELP} (default: high=10%,medium=20%,low)`)
    .option(
      "--value <column>",
      "the column of subscriber values in money, for tiers by loss, value bands and expected losses",
    )
    .option(
      "--learning-curve",
      "also train on 10%, 20%, 40% and 70% of the rows, to say what more rows would buy",
    )
    .option("--json", "print the training report as JSON")
    .addHelpText("after", EXAMPLES)
    .action(train);
}

async function train(file: string, options: Options): Promise<void> {
  const { out, value } = options;
  const tiers =
    options.tiers === undefined ? undefined : tierRuleFrom("holdfast train", "--tiers", options.tiers);
  if (out !== undefined) await checkFolderOf(out);
  const work = watchWork();
  try {
    const table = await readTrainingTable(
      file,
      options,
      work,
      value === undefined ? {} : { [value]: "numeric" },
    );
    const trainOptions: TrainOptions = {
      ...trainOptionsOf(options, work),
      classifier: options.classifier,
      prefer: options.prefer,
      timeBudget: options.timeBudget,
      repeats: options.repeats,
      calibration: options.calibration,
      ...(tiers === undefined ? {} : { tiers }),
      value,
    };
    const training = await measuredTraining("trainChurnModel", table, trainOptions);
    const { model } = training;
    if (out !== undefined) await model.save(out);
    work.stop();
    if (!options.json) console.log(`${trainingText(model)}${out === undefined ? "" : `\n\nSaved ${out}`}`);
    // After the model is saved and shown, so that stopping the curve does not lose it.
    const curve = options.learningCurve ? await curveAfter(training, table, trainOptions) : undefined;
    if (options.json) {
      const report = { model: out ?? null, ...model.training, timings: model.timings };
      console.log(
        JSON.stringify(curve === undefined ? report : { ...report, learningCurve: curve }, null, 2),
      );
    } else if (curve !== undefined) console.log(`\n${learningCurveText(curve)}`);
  } finally {
    work.stop();
  }
}

async function curveAfter(
  training: MeasuredTraining,
  table: Table,
  options: TrainOptions,
): Promise<LearningCurve> {
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    return await learningCurveOf(table, { ...options, onProgress, signal }, training);
  } finally {
    work.stop();
  }
}
