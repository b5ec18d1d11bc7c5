import { argumentProblem, type Problem } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import { CALIBRATION_METHODS } from "../calibrators.js";
import { ownCalibratorProblems } from "../own-calibrators.js";

/** What other libraries call calibrators that have another name here. */
const ELSEWHERE: Readonly<Record<string, string>> = { sigmoid: "platt", logistic: "platt" };

/** What is wrong with a method of calibration. */
export function methodProblems(functionName: string, method: unknown): Problem[] {
  if (typeof method === "object" && method !== null) {
    return ownCalibratorProblems(functionName, "method", [method]);
  }
  const known: readonly string[] = CALIBRATION_METHODS;
  if (typeof method === "string" && known.includes(method)) return [];
  const expected = `must be one of ${known.join(", ")}, or a calibrator such as platt()`;
  return [argumentProblem(functionName, "method", expected, method, hintOfMethod(method, known))];
}

function hintOfMethod(method: unknown, known: readonly string[]): string | undefined {
  if (typeof method === "function") return `call it: ${method.name || "platt"}()`;
  if (typeof method !== "string") return undefined;
  const here = ELSEWHERE[method.toLowerCase()];
  return here === undefined ? didYouMean(method, known) : `did you mean ${JSON.stringify(here)}?`;
}
