import { logistic } from "../math/logistic.js";
import { fitLogistic } from "../math/logistic-fit.js";
import { type Calibrator, calibratorOf, type FittedCalibrator, type TemperatureJson } from "./calibrator.js";
import { type Targets, withPlattTargets } from "./platt-targets.js";

/**
 * Temperature scaling: the margin divided by one number, so that a margin of 0 stays a probability of one half
 * (Guo et al. 2017); fitted to Platt's targets, which keeps it finite. Right for margins that are log-odds already and
 * only too extreme or not extreme enough. A decreasing curve is replaced by one half everywhere.
 * @example temperature().fit(margins, labels).probabilityOf(0.7)
 */
export function temperature(): Calibrator<TemperatureJson> {
  return TEMPERATURE;
}

const TEMPERATURE: Calibrator<TemperatureJson> = calibratorOf({
  name: "temperature",
  functionName: "temperature",
  fitTally: (tally) => temperatureOf(withPlattTargets(tally)),
  fromJson: (json) => new FittedTemperature(json),
  file: async () => (await import("./file-forms.js")).temperatureForm,
});

export function temperatureOf({ scores, positives, negatives }: Targets): FittedTemperature {
  // Where all margins are 0 nothing can be learnt, and they stay as they are.
  const [inverse] = fitLogistic({ columns: [scores], positives, negatives }) ?? [1];
  return new FittedTemperature({ method: "temperature", inverseTemperature: Math.max(inverse, 0) });
}

export class FittedTemperature implements FittedCalibrator<TemperatureJson> {
  constructor(private readonly json: TemperatureJson) {}

  probabilityOf(margin: number): number {
    return logistic(this.json.inverseTemperature * margin);
  }

  toJSON(): TemperatureJson {
    return this.json;
  }
}
