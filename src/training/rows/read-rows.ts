import { attempt, Problems } from "../../errors.js";
import type { Table } from "../../table/table.js";
import type { LeftOutColumn } from "../../vectors/column-roles/features.js";
import { checkClassSizes, type Labels, readLabels } from "../../vectors/column-roles/labels.js";
import { rowGroups } from "../../vectors/column-roles/row-groups.js";
import { weighedTable } from "../../vectors/column-roles/row-weights.js";
import { Vectorizer } from "../../vectors/vectorizer.js";
import type { Vectors } from "../../vectors/vectors.js";
import { columnsOfTime } from "../snapshot-roles.js";
import type { KnownRoles } from "../train-options.js";

/** A table as training uses it. */
export interface TrainingRows {
  /** Without the rows of weight 0: everything else is of these rows. */
  readonly table: Table;
  readonly labels: Labels;
  readonly vectorizer: Vectorizer;
  readonly vectors: Vectors;
  /** Columns that are not features, and why. */
  readonly leftOut: readonly LeftOutColumn[];
  /** A number per row; rows of one number share a fold. Undefined where every row is a separate group. */
  readonly groups: Int32Array | undefined;
  /** Above 0, on a scale of rows; undefined where all are equal. */
  readonly weights: Float64Array | undefined;
  /** How many rows of weight 0 were left out. */
  readonly withoutWeight: number;
}

/**
 * Labels, vectors, groups and weights of the rows of a table that have weight.
 * @throws HoldfastError with all problems of labels, weights and features.
 */
export function readRows(given: Table, options: KnownRoles): TrainingRows {
  const { table, weights, withoutWeight } = weighedTable(given, options.weights);
  const problems = new Problems();
  const labels = attempt(problems, () => {
    const read = readLabels(table, options.label, options.positive);
    checkClassSizes(read, table, options.label, options.weights, weights);
    return read;
  });
  const { totals = true, monotone = {}, interactions = [] } = options;
  const fitted = attempt(problems, () =>
    Vectorizer.fit(table, {
      exclude: excludedColumns(table, options),
      include: options.include ?? [],
      // A rule about a part does not bind the total, through which the part could break the rule.
      totals: totals && interactions.length === 0,
      noParts: Object.keys(monotone),
    }),
  );
  problems.throwIfAny();
  const { vectorizer, leftOut } = fitted as NonNullable<typeof fitted>;
  return {
    table,
    labels: labels as Labels,
    vectorizer,
    vectors: vectorizer.transform(table),
    leftOut,
    groups: rowGroups(table, options.id, options.group),
    weights,
    withoutWeight,
  };
}

/**
 * The reason of every column that is left out on request, and of those that tell the time of snapshots unless they are asked
 * for; the label and the id win over the wish to exclude them.
 */
function excludedColumns(
  table: Table,
  { label, id, group, weights, exclude = [], include = [] }: KnownRoles,
): Map<string, string> {
  const reasons = columnsOfTime(table);
  for (const name of include) reasons.delete(name);
  for (const name of exclude) reasons.set(name, "excluded by option");
  if (group !== undefined) reasons.set(group, "the group");
  if (weights !== undefined) reasons.set(weights, "the weights");
  if (id !== undefined) reasons.set(id, "the id");
  return reasons.set(label, "the label");
}
