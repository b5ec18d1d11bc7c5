import type { ChurnModel } from "../../predict/churn-model.js";
import type { DeclaredKind } from "../../table/resolve-column.js";

/** `--weights <column>` and `--no-weights` as the library has it; commander gives true where neither was given. */
export function weightsOption(given: string | boolean | undefined): string | null | undefined {
  if (given === false) return null;
  return typeof given === "string" ? given : undefined;
}

/** The kinds of the columns of a model, and of the weight column. */
export function weightKinds(
  given: string | boolean | undefined,
  model: ChurnModel,
): Readonly<Record<string, DeclaredKind>> {
  const weights = weightsOption(given);
  const column = weights === undefined ? model.weights : weights;
  return column === null ? model.columnKinds : { ...model.columnKinds, [column]: "numeric" };
}
