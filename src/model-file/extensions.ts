import type { CalibratorForm } from "../calibration/calibrator.js";
import { ownCalibratorFormProblems } from "../calibration/own-calibrators.js";
import type { ClassifierFamily } from "../classifiers/family.js";
import { ownFamilyProblems } from "../classifiers/own-families.js";
import { Problems } from "../errors.js";

/** @throws HoldfastError with all that is wrong with what a caller adds. */
export function checkExtensions(functionName: string, { families, calibrators }: Extensions): void {
  const problems = new Problems();
  problems.add(...ownFamilyProblems(functionName, "families", families));
  problems.add(...ownCalibratorFormProblems(functionName, "calibrators", calibrators));
  problems.throwIfAny();
}

/** What a caller adds to the lists of this package, so that models made with it can be read. */
export interface Extensions {
  /** Families of classifiers of your own. Default: none. */
  readonly families?: readonly ClassifierFamily[] | undefined;
  /** Calibrators of your own. Default: none. */
  readonly calibrators?: readonly CalibratorForm[] | undefined;
}
