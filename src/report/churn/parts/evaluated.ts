import { evaluateScoresInWorkers } from "../../../metrics/evaluation/evaluate-scores.js";
import { didYouMean } from "../../../nearest-name.js";
import type { ChurnModel } from "../../../predict/churn-model.js";
import { evaluationOfRows, type ModelEvaluation } from "../../../predict/model-evaluation.js";
import { findColumn, type Table } from "../../../table/table.js";
import type { ReportOptions } from "../report-options.js";
import type { MissingParts } from "./missing-parts.js";
import type { ScoredData } from "./scored-data.js";

/** The evaluation of `model.evaluate`, of probabilities that are there; null, with its reason, without labels of both classes. */
export async function evaluated(
  model: ChurnModel,
  { labels, weighedBy, ...rows }: ScoredData,
  { segments, seed, replicates, threads, signal }: ReportOptions,
  bands: number | null,
  missing: MissingParts,
): Promise<ModelEvaluation | null> {
  if (typeof labels === "string") return missing.add("evaluation", labels);
  return missing.tried("evaluation", async () => {
    const known = segments && existing("segments", segments, rows.table, missing);
    const settings = {
      segments: known,
      seed,
      replicates,
      curves: true,
      ...(bands === null ? {} : { bands }),
    };
    const measured = { ...rows, labels, by: weighedBy };
    const { probabilities, bootstrap, complete } = evaluationOfRows(model.scorer, measured, settings);
    return complete(await evaluateScoresInWorkers(labels, probabilities, { ...bootstrap, threads, signal }));
  });
}

/** The columns that the table has; the others are noted as missing, with the name that was probably meant. */
export function existing(
  part: "segments" | "fairness",
  names: readonly string[],
  table: Table,
  missing: MissingParts,
): string[] {
  return names.filter((name) => {
    if (findColumn(table, name) !== undefined) return true;
    const hint = didYouMean(
      name,
      table.columns.map((column) => column.name),
    );
    missing.add(
      part,
      `the data have no column ${JSON.stringify(name)}${hint === undefined ? "" : `: ${hint}`}`,
    );
    return false;
  });
}

/** How many rows churned. */
export function churnersOf(labels: Uint8Array): number {
  return labels.reduce((sum, label) => sum + label, 0);
}
