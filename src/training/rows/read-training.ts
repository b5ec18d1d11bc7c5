import { attempt, Problems } from "../../errors.js";
import type { Table } from "../../table/table.js";
import { checkClassSizes, type Labels, readLabels } from "../../vectors/column-roles/labels.js";
import { Vectorizer } from "../../vectors/vectorizer.js";
import type { TrainOptions } from "../train-options.js";

/** The labels and which columns are features. @throws HoldfastError with all that is wrong with either. */
export function readTraining(table: Table, options: TrainOptions) {
  const problems = new Problems();
  const labels = attempt(problems, () => {
    const read = readLabels(table, options.label, options.positive);
    checkClassSizes(read, table, options.label);
    return read;
  });
  const { totals = true, monotone = {}, interactions = [] } = options;
  const fitted = attempt(problems, () =>
    Vectorizer.fit(table, {
      exclude: excludedColumns(options),
      // A rule about a part says nothing of the whole, which would carry it past the rule.
      totals: totals && interactions.length === 0,
      noParts: Object.keys(monotone),
    }),
  );
  problems.throwIfAny();
  return { labels: labels as Labels, ...(fitted as NonNullable<typeof fitted>) };
}

/** The reason of every column that is left out on request; the label and the id win over the wish to exclude them. */
function excludedColumns({ label, id, group, weights, exclude = [] }: TrainOptions): Map<string, string> {
  const reasons = new Map(exclude.map((name) => [name, "excluded by option"]));
  if (group !== undefined) reasons.set(group, "the group");
  if (weights !== undefined) reasons.set(weights, "the weights");
  if (id !== undefined) reasons.set(id, "the id");
  return reasons.set(label, "the label");
}
