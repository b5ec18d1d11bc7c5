import { looksSensitive } from "../../../explain/facts/sensitive-names.js";
import { type ColumnFairness, groupFairness } from "../../../metrics/evaluation/fairness/group-fairness.js";
import type { ChurnModel } from "../../../predict/churn-model.js";
import type { Table } from "../../../table/table.js";
import { segmentColumns } from "../../../vectors/column-roles/segment-columns.js";
import { existing } from "./evaluated.js";
import { markedInputs } from "./marked-columns.js";
import type { MissingParts } from "./missing-parts.js";
import type { ScoredData } from "./scored-data.js";

/** How groups of people are treated: who is in the highest tier, by the columns that are marked; null where none is. */
export function fairnessOf(
  model: ChurnModel,
  { table, labels, probabilities, tiers, weights, groups }: ScoredData,
  given: readonly string[] | undefined,
  missing: MissingParts,
): ColumnFairness[] | null {
  const columns =
    given === undefined ? markedColumns(model, table) : existing("fairness", given, table, missing);
  if (columns.length === 0) return null;
  const decisions = Uint8Array.from(tiers, (tier) => (tier === 0 ? 1 : 0));
  const known = typeof labels === "string" ? null : labels;
  return groupFairness(known, probabilities, decisions, segmentColumns(table, columns), { weights, groups });
}

/** Columns that training marked as sensitive, and those whose names say it; not the id nor the label. */
function markedColumns({ scorer: { content } }: ChurnModel, table: Table): string[] {
  const marked = new Set(markedInputs(content));
  const others = [content.id, content.label.column];
  return table.columns.flatMap(({ name }) =>
    (marked.has(name) || looksSensitive(name)) && !others.includes(name) ? [name] : [],
  );
}
