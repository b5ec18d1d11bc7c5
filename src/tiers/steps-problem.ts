import { argumentProblem, type Problem } from "../errors.js";

/** Members by which what is often passed in the place of tiers or bands is recognised. */
interface MistakenMembers {
  readonly by?: unknown;
  readonly tiers?: unknown;
  readonly then?: unknown;
  readonly predictOne?: unknown;
}

/** What steps are called, and how they are made. */
const KINDS = {
  tiers: {
    example: `[{ name: "high", from: 0.5 }, { name: "low", from: 0 }]`,
    made: "riskTiers(rule, probabilities)",
  },
  bands: {
    example: `[{ name: "gold", from: 300 }, { name: "others", from: 0 }]`,
    made: "valueBands(values, rule)",
  },
} as const;

/** What is wrong with something in the place of drawn tiers or bands; undefined for a list of names and limits. */
export function stepsProblem(
  functionName: string,
  argument: keyof typeof KINDS,
  steps: unknown,
): Problem | undefined {
  const { example, made } = KINDS[argument];
  const problem = (instead: string, hint: string, received?: unknown) =>
    argumentProblem(
      functionName,
      argument,
      `must be ${argument} such as ${example}${instead}`,
      received,
      hint,
    );
  if (Array.isArray(steps)) {
    if (steps.length === 0) return argumentProblem(functionName, argument, "must not be empty", steps);
    return steps.every(isStep) ? undefined : problem("", `make them with ${made}`, steps);
  }
  if (typeof steps !== "object" || steps === null) {
    return problem(steps === undefined ? ", not undefined" : "", `make them with ${made}`, steps);
  }
  const { by, tiers, then, predictOne }: MistakenMembers = steps;
  if (typeof then === "function") return problem(", not a promise of them", "await it first");
  if (typeof predictOne === "function" && argument === "tiers")
    return problem(", not a ChurnModel", "pass model.tiers");
  if (by !== undefined) return problem(", not a rule", `make them of it with ${made}`);
  if (tiers !== undefined && argument === "tiers") return problem("", "pass its member .tiers");
  return problem("", `make them with ${made}`, steps);
}

function isStep(step: unknown): boolean {
  if (typeof step !== "object" || step === null) return false;
  const { name, from } = step as { readonly name?: unknown; readonly from?: unknown };
  return typeof name === "string" && typeof from === "number";
}
