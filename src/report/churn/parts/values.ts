import type { ChurnModel } from "../../../predict/churn-model.js";
import { formatOfColumn } from "../../../predict/column-format.js";
import type { ModelEvaluation } from "../../../predict/model-evaluation.js";
import { type ValueGridCell, valueGrid } from "../../../tiers/summary/value-grid.js";
import { isByExpectedLoss } from "../../../tiers/tiers.js";
import { valueBands } from "../../../tiers/value-bands.js";
import { valuesOf } from "../../../vectors/column-roles/subscriber-value.js";
import type { MissingParts } from "./missing-parts.js";
import type { ScoredData } from "./scored-data.js";

/** The value of each row by the column that was asked for, or that of the model; undefined without one. */
export async function valuesOfReport(
  model: ChurnModel,
  { table, values }: ScoredData,
  column: string | undefined,
  missing: MissingParts,
): Promise<Float64Array | undefined> {
  if (column === undefined || column === model.value) return values;
  const format = formatOfColumn(model.scorer.content, column);
  return (await missing.tried("worth", () => valuesOf(table, column, format))) ?? undefined;
}

/** Risk tiers by value bands: those of the model, or of another value column on these rows; null without values. */
export function gridOf(
  model: ChurnModel,
  { probabilities, labels, weights, values: own }: ScoredData,
  values: Float64Array | undefined,
  evaluation: ModelEvaluation | null,
): readonly ValueGridCell[] | null {
  if (values === undefined) return null;
  if (evaluation !== null && values === own) return evaluation.valueGrid;
  const { tiers, valueBands: ofModel } = model.scorer.content;
  // Tiers by expected loss are drawn on the values of the model.
  if (isByExpectedLoss(tiers) && values !== own) return null;
  const bands = values === own && ofModel !== null ? ofModel : valueBands(values, undefined, { weights });
  const known = typeof labels === "string" ? undefined : labels;
  return valueGrid(tiers, bands, probabilities, values, known, { weights });
}
