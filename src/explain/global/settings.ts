import { argumentProblem, HoldfastError, type Problem } from "../../errors.js";
import type { ExplainGloballyOptions } from "./options.js";

/** What is computed, and on how many rows. */
export interface GlobalSettings {
  readonly seed: number;
  readonly rows: number;
  readonly contributionRows: number;
  readonly curveRows: number;
  readonly interactionRows: number;
  readonly repeats: number;
  readonly by: "logLoss" | "rocAuc";
  readonly level: number;
  readonly curves: number;
  readonly points: number;
  readonly interactions: number;
}

/** Fewer rows for classifiers that take a millisecond a row, and whose contributions are sampled. */
const SLOW = { rows: 500, contributionRows: 20, curveRows: 100, interactionRows: 30 } as const;

const DEFAULTS = {
  seed: 0,
  rows: 5000,
  contributionRows: 1000,
  curveRows: 500,
  interactionRows: 100,
  repeats: 10,
  by: "logLoss",
  level: 0.95,
  curves: 10,
  points: 20,
  interactions: 5,
} as const satisfies GlobalSettings;

/** The least of each option that counts something. */
const LEAST = {
  seed: 0,
  rows: 1,
  contributionRows: 0,
  curveRows: 1,
  interactionRows: 1,
  repeats: 2,
  curves: 0,
  points: 2,
  interactions: 0,
} as const;

/** Options with their defaults. @param isSlow whether contributions are sampled. @throws HoldfastError with all values out of range. */
export function globalSettings(
  functionName: string,
  options: ExplainGloballyOptions,
  isSlow: boolean,
): GlobalSettings {
  const given = Object.entries(options).filter(([name, value]) => value !== undefined && name in DEFAULTS);
  const settings: GlobalSettings = { ...DEFAULTS, ...(isSlow ? SLOW : {}), ...Object.fromEntries(given) };
  const problems: Problem[] = [];
  const refuse = (name: keyof GlobalSettings, expected: string) =>
    problems.push(argumentProblem(functionName, name, expected, settings[name]));
  for (const [name, least] of Object.entries(LEAST) as [keyof typeof LEAST, number][]) {
    const value: unknown = settings[name];
    if (!(Number.isSafeInteger(value) && Number(value) >= least))
      refuse(name, `must be a whole number ≥ ${least}`);
  }
  const by: unknown = settings.by;
  if (by !== "logLoss" && by !== "rocAuc") refuse("by", 'must be "logLoss" or "rocAuc"');
  const level: unknown = settings.level;
  if (!(typeof level === "number" && level > 0 && level < 1)) refuse("level", "must be between 0 and 1");
  if (problems.length > 0) throw new HoldfastError(problems);
  return settings;
}
