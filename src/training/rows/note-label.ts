import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Labels } from "../../vectors/column-roles/labels.js";

/** Says so where the name of the label column turned the answers round: in `retained`, yes means stayed. */
export function noteLabel(column: string, { by, positive, negative }: Labels): TrainingNote[] {
  if (by !== "turned") return [];
  const shown = JSON.stringify(negative);
  const detail = `named for staying: ${JSON.stringify(positive)} is read as churned, ${shown} as stayed (positive: ${shown} reads it the other way round)`;
  return [{ kind: "label-turned", column, detail }];
}
