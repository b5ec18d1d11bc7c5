import { HoldfastError, Problems } from "../errors.js";
import type { ModelContent, ParityRow } from "../model-file/churn/content.js";
import { formatDate } from "../table/dates.js";
import type { ReferenceDistribution } from "../vectors/reference-distribution.js";
import type { Row } from "./row-reader.js";

/** How many rows a model is checked by. */
const ROWS = 8;
/** Far beyond rounding, far below anything that matters. */
const TOLERANCE = 1e-6;

/** Rows that go through the levels and deciles of all inputs, with a missing value now and then. */
export function parityRows(
  { inputs, value }: Pick<ModelContent, "inputs" | "value">,
  reference: ReferenceDistribution,
) {
  return Array.from({ length: ROWS }, (_, r): ParityRow["row"] => {
    const cells = inputs.map((input, i): [string, number | string | null] => {
      const bins = reference.inputs[i];
      const place = r * (i + 1) + i;
      if (input.missingSeen && place % ROWS === ROWS - 1) return [input.name, null];
      if (input.kind === "categorical")
        return [input.name, input.levels[place % input.levels.length] ?? null];
      const edges = "edges" in bins ? bins.edges : [];
      const number = edges.length === 0 ? 0 : edges[place % edges.length];
      return [input.name, input.kind === "date" ? formatDate(number) : number];
    });
    if (value !== null && !inputs.some(({ name }) => name === value)) cells.push([value, 100 * r]);
    return Object.fromEntries(cells);
  });
}

/** @throws HoldfastError `model.invalid` with every parity row of which the model says something else than when it was trained. */
export function checkParity(
  { parity }: Pick<ModelContent, "parity">,
  predictOne: (row: Row) => { readonly probability: number },
  file: string,
): void {
  const problems = new Problems();
  parity.forEach(({ row, probability }, r) => {
    const found = probabilityOf(predictOne, row);
    if (Math.abs(found - probability) <= TOLERANCE) return;
    problems.add({
      code: "model.invalid",
      path: { file, argument: `parity.${r}` },
      expected: `must predict what it did when it was trained, ${probability}`,
      received: found,
    });
  });
  problems.throwIfAny();
}

function probabilityOf(predictOne: (row: Row) => { readonly probability: number }, row: Row): number {
  try {
    return predictOne(row).probability;
  } catch (error) {
    if (error instanceof HoldfastError) return Number.NaN;
    throw error;
  }
}
