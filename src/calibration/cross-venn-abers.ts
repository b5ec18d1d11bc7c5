import { logistic } from "../math/logistic.js";
import { type Folds, rowsOfFold } from "../vectors/folds.js";
import type { CalibratorForm, CrossVennAbersJson, IntervalCalibrator } from "./calibrator.js";
import { checkMargins } from "./checks/check-margins.js";
import { FittedVennAbers, vennAbers } from "./venn-abers.js";

/**
 * Cross Venn-Abers calibration: one inductive Venn-Abers calibrator ({@link vennAbers}) for the margins of every fold,
 * which a classifier trained on the other folds gave; they are combined by geometric means, p = GM(p1) / (GM(1 − p0) +
 * GM(p1)), which minimises the maximum regret of log loss summed over the folds (Vovk, Petej and Fedorova 2015, section
 * 4). The interval is the mean of the folds' intervals, widened to contain p where the folds disagree more than their
 * intervals are wide.
 * @example crossVennAbers(outOfFoldMargins, labels, folds).intervalOf(0.7)
 * @throws HoldfastError as {@link vennAbers}.
 */
export function crossVennAbers(
  margins: Float64Array,
  labels: Uint8Array,
  folds: Folds,
): IntervalCalibrator<CrossVennAbersJson> {
  checkMargins("crossVennAbers", margins, labels, folds);
  const members = Array.from({ length: folds.count }, (_, fold) => {
    const rows = rowsOfFold(folds, fold);
    const ofFold = vennAbers(
      Float64Array.from(rows, (row) => margins[row]),
      Uint8Array.from(rows, (row) => labels[row]),
    );
    return ofFold.toJSON();
  });
  return new FittedCrossVennAbers({ method: "cross-venn-abers", folds: members });
}

/** How {@link crossVennAbers} is read from a model file. */
export const crossVennAbersCalibrator: CalibratorForm<CrossVennAbersJson> = {
  name: "cross-venn-abers",
  fromJson: (json) => new FittedCrossVennAbers(json),
  file: async () => (await import("./file-forms.js")).crossVennAbersForm,
};

export class FittedCrossVennAbers implements IntervalCalibrator<CrossVennAbersJson> {
  private readonly members: readonly FittedVennAbers[];

  constructor(private readonly json: CrossVennAbersJson) {
    this.members = json.folds.map((fold) => new FittedVennAbers(fold));
  }

  /** The means of p0 and of p1, widened to contain the probability. */
  intervalOf(margin: number): readonly [low: number, high: number] {
    const probability = this.probabilityOf(margin);
    let low = 0;
    let high = 0;
    for (const member of this.members) {
      const [p0, p1] = member.intervalOf(margin);
      low += p0 / this.members.length;
      high += p1 / this.members.length;
    }
    return [Math.min(low, probability), Math.max(high, probability)];
  }

  probabilityOf(margin: number): number {
    // The odds are the geometric mean of the folds' odds p1 / (1 − p0).
    let logOdds = 0;
    for (const member of this.members) {
      const [p0, p1] = member.intervalOf(margin);
      logOdds += Math.log(p1 / (1 - p0)) / this.members.length;
    }
    return logistic(logOdds);
  }

  toJSON(): CrossVennAbersJson {
    return this.json;
  }
}
