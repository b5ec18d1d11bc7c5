import { invalidArgument } from "../errors.js";

/** @throws HoldfastError for what is not the result of `explainGlobally`. */
export function checkGlobalExplanation(functionName: string, explanation: unknown): void {
  const { curves, missing, then } = (explanation ?? {}) as Readonly<Record<string, unknown>>;
  if (Array.isArray(curves) && Array.isArray(missing)) return;
  const expected = "must be the result of explainGlobally";
  if (typeof then === "function") {
    invalidArgument(
      functionName,
      "explanation",
      `${expected}, not a promise of it`,
      undefined,
      "await it first",
    );
  }
  invalidArgument(functionName, "explanation", expected, explanation);
}
