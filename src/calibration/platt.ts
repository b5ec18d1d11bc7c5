import { logistic } from "../math/logistic.js";
import { type LogisticLine, logisticLineOver } from "../math/logistic-line.js";
import { type Calibrator, calibratorOf, type FittedCalibrator, type PlattJson } from "./calibrator.js";
import { logOddsOfRate, type Targets, withPlattTargets } from "./platt-targets.js";

/**
 * Platt scaling: a logistic curve over the margin, fitted to Platt's targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2)
 * instead of 1 and 0, which keeps it finite (Platt 1999). A decreasing curve is replaced by the churn rate.
 * @example platt().fit(margins, labels).probabilityOf(0.7)
 */
export function platt(): Calibrator<PlattJson> {
  return PLATT;
}

const PLATT: Calibrator<PlattJson> = calibratorOf({
  name: "platt",
  functionName: "platt",
  fitTally: plattOf,
  fromJson: (json) => new FittedPlatt(json),
  file: async () => (await import("./file-forms.js")).plattForm,
});

export function plattOf(tally: Targets): FittedPlatt {
  return new FittedPlatt({ method: "platt", ...plattLineOf(withPlattTargets(tally)) });
}

/** The rising line of log-odds over the margin that fits targets best. */
export function plattLineOf(targets: Targets): LogisticLine {
  const { line } = logisticLineOver(targets.scores, targets.positives, targets.negatives);
  return line !== undefined && line.slope > 0 ? line : { slope: 0, intercept: logOddsOfRate(targets) };
}

export class FittedPlatt implements FittedCalibrator<PlattJson> {
  constructor(private readonly json: PlattJson) {}

  probabilityOf(margin: number): number {
    return logistic(this.json.intercept + this.json.slope * margin);
  }

  toJSON(): PlattJson {
    return this.json;
  }
}
