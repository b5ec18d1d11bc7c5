import { FittedBeta } from "./beta.js";
import type { CalibratorJson, FittedCalibrator } from "./calibrator.js";
import { FittedCrossVennAbers } from "./cross-venn-abers.js";
import { FittedIsotonic } from "./isotonic.js";
import { FittedMixture } from "./mixture.js";
import { FittedPlatt } from "./platt.js";
import { FittedTemperature } from "./temperature.js";
import { FittedVennAbers } from "./venn-abers.js";

/** A calibrator from its file form. */
export function calibratorFromJson(json: CalibratorJson): FittedCalibrator {
  switch (json.method) {
    case "temperature":
      return new FittedTemperature(json);
    case "platt":
      return new FittedPlatt(json);
    case "beta":
      return new FittedBeta(json);
    case "isotonic":
      return new FittedIsotonic(json);
    case "mixture":
      return new FittedMixture(json);
    case "venn-abers":
      return new FittedVennAbers(json);
    case "cross-venn-abers":
      return new FittedCrossVennAbers(json);
  }
}
