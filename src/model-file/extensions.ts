import type { CalibratorForm } from "../calibration/calibrator.js";
import { ownCalibratorFormProblems } from "../calibration/own-calibrators.js";
import type { ClassifierFamily } from "../classifiers/family.js";
import { ownFamilyProblems } from "../classifiers/own-families.js";
import { Problems } from "../errors.js";

/** @throws HoldfastError with all problems of the caller's families and calibrators. */
export function checkExtensions(functionName: string, { families, calibrators }: Extensions): void {
  const problems = new Problems();
  problems.add(...ownFamilyProblems(functionName, "families", families));
  problems.add(...ownCalibratorFormProblems(functionName, "calibrators", calibrators));
  problems.throwIfAny();
}

/** The caller's own families and calibrators, so that models made with them can be read. */
export interface Extensions {
  /** Your own families of classifiers. Default: none. */
  readonly families?: readonly ClassifierFamily[] | undefined;
  /** Your own calibrators. Default: none. */
  readonly calibrators?: readonly CalibratorForm[] | undefined;
}
