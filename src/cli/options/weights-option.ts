import type { ChurnModel } from "../../predict/churn-model.js";
import { formatOfColumn } from "../../predict/column-format.js";
import { type DeclaredColumn, declaredAs } from "../../table/grammar/column-plan.js";

/** `--weights <column>` and `--no-weights` as the library has it; commander gives true where neither was given. */
export function weightsOption(given: string | boolean | undefined): string | null | undefined {
  if (given === false) return null;
  return typeof given === "string" ? given : undefined;
}

/**
 * The kinds of the columns of a model, and of the weight column that was asked for. The one that a model remembers is not
 * declared: a file need not have it.
 */
export function weightKinds(
  given: string | boolean | undefined,
  model: ChurnModel,
): Readonly<Record<string, DeclaredColumn>> {
  const column = weightsOption(given);
  if (typeof column !== "string") return model.columnKinds;
  const format = formatOfColumn(model.scorer.content, column);
  return { ...model.columnKinds, [column]: declaredAs("numeric", format) };
}
