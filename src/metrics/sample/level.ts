import type { Problems } from "../../errors.js";
import { argumentProblem } from "../../errors.js";

/** Adds what is wrong with the level of an interval. */
export function addLevelProblem(problems: Problems, functionName: string, level: number): void {
  if (level > 0 && level < 1) return;
  problems.add(argumentProblem(functionName, "level", "must be between 0 and 1", level));
}
