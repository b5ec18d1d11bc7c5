import { argumentProblem, type Problems } from "../../errors.js";

/** Adds what is wrong with the level of an interval. */
export function addLevelProblem(problems: Problems, functionName: string, level: unknown): void {
  if (typeof level === "number" && level > 0 && level < 1) return;
  problems.add(
    argumentProblem(functionName, "level", "must be between 0 and 1", level, percentHint("level", level)),
  );
}

/** How a percentage is written as a share: `write level: 0.95`; undefined for what is no percentage. */
export function percentHint(option: string, value: unknown): string | undefined {
  const isPercentage = typeof value === "number" && value > 1 && value <= 100;
  return isPercentage ? `shares are of 1: write ${option}: ${value / 100}` : undefined;
}
