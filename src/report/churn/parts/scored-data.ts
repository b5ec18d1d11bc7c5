import { attempt, HoldfastError, Problems } from "../../../errors.js";
import { formatOfColumn } from "../../../predict/column-format.js";
import { type MeasuredWeights, measuredRows } from "../../../predict/measured-rows.js";
import type { Scorer } from "../../../predict/scorer.js";
import { emptyTableProblem } from "../../../table/check-table.js";
import type { Table } from "../../../table/table.js";
import { repeatedIds } from "../../../vectors/column-roles/id-groups.js";
import { labelsIfAny } from "../../../vectors/column-roles/labels-if-any.js";
import { valuesOf } from "../../../vectors/column-roles/subscriber-value.js";
import type { Vectors } from "../../../vectors/vectors.js";

/** The rows of a report with what every part needs, computed once. */
export interface ScoredData {
  /** Rows of weight above 0. */
  readonly table: Table;
  readonly vectors: Vectors;
  readonly probabilities: Float64Array;
  /** The place of each row's tier. */
  readonly tiers: Int32Array;
  /** Of the model's value column. */
  readonly values: Float64Array | undefined;
  readonly weights: Float64Array | undefined;
  readonly weighedBy: MeasuredWeights | null;
  /** Rows of one number are of one subscriber. */
  readonly groups: ArrayLike<number> | undefined;
  /** 1 = churned; or why there are none. */
  readonly labels: Uint8Array | string;
}

/**
 * Reads and scores a table once for all parts of a report.
 * @throws HoldfastError with all problems, as `predict`.
 */
export function scoredData(
  scorer: Scorer,
  given: Table,
  weightColumn: string | null | undefined,
): ScoredData {
  const { content } = scorer;
  const empty = emptyTableProblem("churnReport", "table", given);
  if (empty !== undefined) throw new HoldfastError(empty);
  const { table, weights, by } = measuredRows("churnReport", given, weightColumn, content.weights);
  const problems = new Problems();
  const { value } = content;
  const values =
    value === null
      ? undefined
      : attempt(problems, () => valuesOf(table, value, formatOfColumn(content, value)));
  const vectors = scorer.vectorizer.transform(table, problems);
  problems.throwIfAny();
  const { probabilities, tiers } = scorer.columnsOf(scorer.classifier.margin(vectors), values, false);
  return {
    table,
    vectors,
    probabilities,
    tiers,
    values,
    weights,
    weighedBy: by,
    groups: repeatedIds(table, content.id),
    labels: labelsIfAny(table, content.label),
  };
}
