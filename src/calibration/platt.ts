import { fallingOrder } from "../metrics/falling-order.js";
import { logisticLineOver } from "../metrics/logistic-line.js";
import type { Calibrator, FittedCalibrator, PlattJson } from "./calibrator.js";

/**
 * Platt scaling: a logistic curve over the margin, fitted to Platt's targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2)
 * instead of 1 and 0, which keeps it finite (Platt 1999). A curve that would fall is replaced by the churn rate.
 */
export function platt(): Calibrator<PlattJson> {
  return {
    name: "platt",
    fit(margins, labels) {
      const order = fallingOrder(margins);
      const sorted = Float64Array.from(order, (row) => margins[row]);
      let churned = 0;
      for (const label of labels) churned += label;
      const ofChurner = (churned + 1) / (churned + 2);
      const ofOther = 1 / (labels.length - churned + 2);
      const positives = Float64Array.from(order, (row) => (labels[row] === 1 ? ofChurner : ofOther));
      const negatives = positives.map((target) => 1 - target);
      const { line } = logisticLineOver(sorted, positives, negatives);
      if (line !== undefined && line.slope > 0) return new FittedPlatt({ method: "platt", ...line });
      const total = positives.reduce((sum, target) => sum + target, 0);
      return new FittedPlatt({
        method: "platt",
        slope: 0,
        intercept: Math.log(total / (labels.length - total)),
      });
    },
  };
}

export class FittedPlatt implements FittedCalibrator<PlattJson> {
  constructor(private readonly json: PlattJson) {}

  probabilityOf(margin: number): number {
    return 1 / (1 + Math.exp(-(this.json.intercept + this.json.slope * margin)));
  }

  toJSON(): PlattJson {
    return this.json;
  }
}
