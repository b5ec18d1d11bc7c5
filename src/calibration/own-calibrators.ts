import type { Problem } from "../errors.js";
import { ownPartProblems } from "../own-parts.js";
import type { CalibratorForm } from "./calibrator.js";
import { CALIBRATORS, calibratorNames } from "./calibrators.js";

/** All problems of the caller's calibrators for fitting. Those of this package may be among them. */
export function ownCalibratorProblems(
  functionName: string,
  argument: string,
  calibrators: unknown,
): Problem[] {
  return problemsOf(functionName, argument, calibrators, ["fit", "fromJson", "file"]);
}

/** All problems of the caller's calibrators for reading model files. Those of this package may be among them. */
export function ownCalibratorFormProblems(
  functionName: string,
  argument: string,
  calibrators: unknown,
): Problem[] {
  return problemsOf(functionName, argument, calibrators, ["fromJson", "file"]);
}

function problemsOf(functionName: string, argument: string, calibrators: unknown, functions: string[]) {
  const own = Array.isArray(calibrators) ? calibrators.filter((each) => !isBuiltIn(each)) : calibrators;
  const rules = { texts: ["name"], functions, taken: ["auto", ...calibratorNames()] };
  return ownPartProblems(functionName, argument, own, rules);
}

/** Whether a calibrator is one of this package. */
function isBuiltIn(calibrator: CalibratorForm): boolean {
  return (CALIBRATORS as readonly CalibratorForm[]).includes(calibrator);
}
