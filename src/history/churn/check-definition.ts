import { argumentProblem, HoldfastError, type Problem } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";
import type { ChurnDefinition } from "./churn-definition.js";
import { CHURN_SPECS } from "./definitions.js";

/**
 * Makes sure that an argument is a churn definition, for public functions.
 * @throws HoldfastError that says how one is made of a name or of an uncalled function.
 */
export function checkDefinition(
  functionName: string,
  argument: string,
  churn: unknown,
): asserts churn is ChurnDefinition {
  const problem = definitionProblem(functionName, argument, churn);
  if (problem !== undefined) throw new HoldfastError(problem);
}

/** What {@link checkDefinition} would throw, or undefined. */
export function definitionProblem(
  functionName: string,
  argument: string,
  churn: unknown,
): Problem | undefined {
  const { outcomes, needs } = (churn ?? {}) as Partial<ChurnDefinition>;
  if (typeof outcomes === "function" && Array.isArray(needs)) return undefined;
  const received = typeof churn === "function" ? `the function ${churn.name}` : churn;
  const hint = hintFor(argument, churn);
  return argumentProblem(functionName, argument, "must be a churn definition", received, hint);
}

function hintFor(argument: string, churn: unknown): string {
  const write = (value: string) => (argument === "churn" ? `write churn: ${value}` : `write ${value}`);
  if (typeof churn === "function") {
    const call = CHURN_SPECS.map((spec) => spec.call).find((each) => each.startsWith(`${churn.name}(`));
    return call === undefined
      ? "call the function"
      : `call the function: ${write(call).slice("write ".length)}`;
  }
  if (churn === "none" || churn === "" || churn === null) return write("false");
  const [name] = typeof churn === "string" ? churn.split(":") : [];
  return write(callNamed(name) ?? CHURN_SPECS[0].call);
}

/** The call of the definition that is named, by its function or as on the command line; undefined where none is near. */
function callNamed(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const calls = new Map(
    CHURN_SPECS.flatMap(({ name: onCommandLine, call }) => [
      [onCommandLine, call],
      [call.slice(0, call.indexOf("(")), call],
    ]),
  );
  return calls.get(nearestName(name, [...calls.keys()]) ?? "");
}
