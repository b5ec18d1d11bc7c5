import { invalidArgument } from "../../../errors.js";
import type { Backtest } from "../../../training/backtest/result.js";
import type { LearningCurve } from "../../../training/learning-curve/curve.js";
import { readJsonFile } from "../json-file.js";

/** A backtest that `holdfast backtest --json` or `--out backtest.json` wrote. @throws HoldfastError for anything else. */
export function backtestOfFile(path: string): Backtest {
  const given = readJsonFile("holdfast report", "--backtest", path) as Partial<Backtest> | null;
  if (Array.isArray(given?.months) && Array.isArray(given.trainings) && typeof given.overall === "object")
    return given as Backtest;
  const expected = "must be JSON of holdfast backtest (months, trainings, overall)";
  return invalidArgument("holdfast report", "--backtest", expected, path);
}

/** A learning curve, or the training report that holds one. @throws HoldfastError for anything else. */
export function learningCurveOfFile(path: string): LearningCurve {
  const given = readJsonFile("holdfast report", "--learning-curve", path) as
    | (Partial<LearningCurve> & { readonly learningCurve?: Partial<LearningCurve> })
    | null;
  const curve = given?.learningCurve ?? given;
  if (Array.isArray(curve?.points) && typeof curve.sentence === "string") return curve as LearningCurve;
  const expected = "must be JSON of holdfast train --learning-curve";
  return invalidArgument("holdfast report", "--learning-curve", expected, path);
}
