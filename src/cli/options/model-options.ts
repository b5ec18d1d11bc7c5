import { type Command, Option } from "commander";
import { CALIBRATION_METHODS, type CalibrationMethod } from "../../calibration/calibrators.js";
import { tierRuleFrom } from "../../tiers/tier-spec.js";
import { CHOICES, type FamilyName } from "../../training/families.js";
import type { Preference, TrainOptions } from "../../training/train.js";
import { namesOf, wholeNumber } from "./arguments.js";

/** What the options below put into a command's options: what a training makes of its rows. */
export interface ModelOptions {
  classifier: FamilyName[];
  prefer: Preference;
  timeBudget?: number;
  repeats?: number;
  calibration: CalibrationMethod;
  tiers?: string;
  value?: string;
}

const TIERS_HELP =
  'risk tiers, the highest first: "high=10%,medium=20%,low", "call=500,rest", "high>=0.6,low", "loss:call>=200,rest" (probability × value) or "auto" ("auto:3": at most three)';

/** Adds the options that `train` and `backtest` have in common beyond those of columns and folds. */
export function addModelOptions(command: Command): Command {
  return command
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
    );
}

/** @throws HoldfastError for tiers that can't be read. */
export function modelOptionsOf(options: ModelOptions): Omit<TrainOptions, "label"> {
  const { classifier, prefer, timeBudget, repeats, calibration, value } = options;
  const tiers =
    options.tiers === undefined ? undefined : tierRuleFrom("holdfast train", "--tiers", options.tiers);
  return {
    classifier,
    prefer,
    timeBudget,
    repeats,
    calibration,
    value,
    ...(tiers === undefined ? {} : { tiers }),
  };
}
