import type { ModelContent } from "../model-file/churn/content.js";
import type { CellFormat } from "../table/grammar/cell-format.js";
import { type DeclaredColumn, declaredAs } from "../table/grammar/column-plan.js";
import type { InputColumn } from "../vectors/input-column.js";

/** How the cells of a column that a model reads are written; undefined where they are plain. */
export function formatOfColumn(
  { inputs, readings }: Pick<ModelContent, "inputs" | "readings">,
  name: string,
): CellFormat | undefined {
  const input = inputs.find((each) => each.name === name);
  if (input !== undefined) return input.reading;
  return Object.hasOwn(readings, name) ? readings[name] : undefined;
}

function declaredInput(input: InputColumn): DeclaredColumn {
  return declaredAs(input.kind, input.reading, input.kind === "numeric" && input.isFlag);
}

/** The kind of every column that a model reads, with how its cells are written, in the order of the training table. */
export function columnKindsOf({
  inputs,
  value,
  id,
  columnOrder,
  readings,
}: ModelContent): Readonly<Record<string, DeclaredColumn>> {
  const kindOf = new Map(inputs.map((input) => [input.name, declaredInput(input)]));
  const kinds = (columnOrder ?? [...kindOf.keys()]).map((name): [string, DeclaredColumn] => [
    name,
    kindOf.get(name) ?? "numeric",
  ]);
  if (value !== null && !kindOf.has(value)) kinds.push([value, declaredAs("numeric", readings[value])]);
  return Object.fromEntries(id === null ? kinds : [...kinds, [id, "text"]]);
}
