import { argumentProblem, type Problem } from "../../errors.js";
import { nearestName } from "../../nearest-name.js";
import type { FeatureFamily } from "../query/feature.js";
import { DEFAULT_FAMILIES } from "./default-features.js";

/** What is wrong with a list of families of features; the hints write them from names and uncalled functions. */
export function familyProblems(functionName: string, argument: string, families: unknown): Problem[] {
  const expected = "must be a list of families of features";
  if (!Array.isArray(families)) {
    const hint = isFamily(families)
      ? `write ${argument}: [family]`
      : `write ${argument}: [${callOf(families) ?? "tenure()"}]`;
    return [argumentProblem(functionName, argument, expected, shown(families), hint)];
  }
  return families.flatMap((family: unknown, i): Problem[] => {
    if (isFamily(family)) return [];
    const inside = `${argument}[${i}]`;
    const hint = Array.isArray(family)
      ? `join the lists: ${argument}: [...families, …]`
      : `write ${callOf(family) ?? "tenure(), or featuresFrom({ … }) for your own"}`;
    return [argumentProblem(functionName, inside, "must be a family of features", shown(family), hint)];
  });
}

function isFamily(value: unknown): value is FeatureFamily {
  const { name, needs, plan } = (value ?? {}) as Partial<FeatureFamily>;
  return typeof name === "string" && Array.isArray(needs) && typeof plan === "function";
}

/** The call of the family that a text or an uncalled function means. */
function callOf(value: unknown): string | undefined {
  if (typeof value === "function") return value.name === "" ? undefined : `${value.name}()`;
  if (typeof value !== "string") return undefined;
  const names = DEFAULT_FAMILIES.map((create) => create().name);
  const nearest = nearestName(value, names);
  return nearest === undefined ? undefined : `${nearest}()`;
}

/** A family has functions, a function has a name: neither shows as JSON. */
function shown(value: unknown): unknown {
  if (isFamily(value)) return `the family ${value.name}`;
  if (typeof value === "function") return `the function ${value.name}`;
  return value;
}
