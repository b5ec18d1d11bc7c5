import { logistic, softplus } from "../math/logistic.js";
import { fitLogistic } from "../math/logistic-fit.js";
import { type BetaJson, type Calibrator, calibratorOf, type FittedCalibrator } from "./calibrator.js";
import { plattLineOf } from "./platt.js";
import { logOddsOfRate, type Targets, withPlattTargets } from "./platt-targets.js";

/**
 * Beta calibration: log-odds = a · ln p − b · ln(1 − p) + c of the uncalibrated probability p = 1 / (1 + exp(−margin)):
 * over the margin a curve of slope a far below 0 that bends to slope b far above it; with a = b it is Platt's
 * (Kull, Silva Filho and Flach 2017). Where a or b comes out negative, the curve is fitted again without it. Fitted to
 * Platt's targets, which keeps it finite.
 * @example betaCalibration().fit(margins, labels).probabilityOf(0.7)
 */
export function betaCalibration(): Calibrator<BetaJson> {
  return BETA;
}

const BETA: Calibrator<BetaJson> = calibratorOf({
  name: "beta",
  functionName: "betaCalibration",
  fitTally: (tally) => betaOf(withPlattTargets(tally)),
  fromJson: (json) => new FittedBeta(json),
  file: async () => (await import("./file-forms.js")).betaForm,
});

export function betaOf({ scores, positives, negatives }: Targets): FittedBeta {
  const below = scores.map((margin) => -softplus(-margin));
  const above = scores.map(softplus);
  const one = new Float64Array(scores.length).fill(1);
  const solve = (...columns: Float64Array[]) => fitLogistic({ columns, positives, negatives });
  let [a, b, c] = solve(below, above, one) ?? [0, 0, Number.NaN];
  // Too few distinct margins for a curve: it is a straight line.
  if (Number.isNaN(c)) {
    const { slope, intercept } = plattLineOf({ scores, positives, negatives });
    [a, b, c] = [slope, slope, intercept];
  } else if (a < 0) {
    a = 0;
    [b, c] = solve(above, one) ?? [0, 0];
  } else if (b < 0) {
    b = 0;
    [a, c] = solve(below, one) ?? [0, 0];
  }
  const isRising = a >= 0 && b >= 0 && a + b > 0;
  if (!isRising) [a, b, c] = [0, 0, logOddsOfRate({ positives, negatives })];
  return new FittedBeta({ method: "beta", a, b, c });
}

export class FittedBeta implements FittedCalibrator<BetaJson> {
  constructor(private readonly json: BetaJson) {}

  probabilityOf(margin: number): number {
    const { a, b, c } = this.json;
    return logistic(-(a * softplus(-margin) - b * softplus(margin) - c));
  }

  toJSON(): BetaJson {
    return this.json;
  }
}
