import { Command } from "commander";
import type { Table } from "../../table/table.js";
import type { LearningCurve } from "../../training/learning-curve/curve.js";
import { learningCurveOf } from "../../training/learning-curve/learning-curve.js";
import type { MeasuredTraining } from "../../training/pipeline.js";
import { measuredTraining, type TrainOptions } from "../../training/train.js";
import { addModelOptions, type ModelOptions, modelOptionsOf } from "../options/model-options.js";
import { sourceOf } from "../options/source-options.js";
import {
  addTrainingOptions,
  readTrainingTable,
  type TrainingOptions,
  trainOptionsOf,
} from "../options/training-options.js";
import { checkFolderOf, checkModelPath } from "../options/writable-folder.js";
import { learningCurveText, trainingText } from "../print/training.js";
import { watchWork } from "../progress-display.js";

interface Options extends TrainingOptions, ModelOptions {
  out?: string;
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
  holdfast train snapshots.parquet --tiers "call=500,rest"
  holdfast train --duckdb "SELECT * FROM subscribers" --database crm.duckdb --label churned --id subscriber_id`;

export function trainCommand(): Command {
  const command = new Command("train");
  addTrainingOptions(command).option(
    "--out <file>",
    "where to save the model (.json or .json.gz; default: not saved)",
  );
  return addModelOptions(command)
    .option(
      "--learning-curve",
      "also train on 10%, 20%, 40% and 70% of the rows, to say what more rows would buy",
    )
    .option("--json", "print the training report as JSON")
    .addHelpText("after", EXAMPLES)
    .action(train);
}

async function train(file: string | undefined, options: Options): Promise<void> {
  const { out, value } = options;
  const source = sourceOf("holdfast train", "file", file, options);
  const modelOptions = modelOptionsOf(options);
  if (out !== undefined) {
    checkModelPath("holdfast train", out);
    await checkFolderOf(out);
  }
  const work = watchWork();
  try {
    const { table, unread } = await readTrainingTable(
      source,
      options,
      work,
      value === undefined ? {} : { [value]: "numeric" },
    );
    const trainOptions: TrainOptions = {
      ...trainOptionsOf(options, work, unread),
      ...modelOptions,
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
