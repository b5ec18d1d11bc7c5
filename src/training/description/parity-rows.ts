import type { ModelContent, ParityRow } from "../../model-file/churn/content.js";
import { formatDate } from "../../table/dates.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";

/** The number of rows by which a model is checked when it is loaded. */
const ROWS = 8;

/** Rows that go through the levels and deciles of all inputs, with some missing values. */
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
