import { HoldfastError } from "../../errors.js";
import { findColumn, type Table } from "../../table/table.js";
import { type LabelSpec, readKnownLabels } from "./labels.js";

/** The labels of the rows, 1 = churned, or why they can't be used: what is measured without them need not have them. */
export function labelsIfAny(table: Table, label: LabelSpec): Uint8Array | string {
  if (findColumn(table, label.column) === undefined) return `the table has no column ${label.column}`;
  try {
    return readKnownLabels(table, label);
  } catch (error) {
    if (!(error instanceof HoldfastError && error.code === "data.label")) throw error;
    return error.problemCount === 1
      ? error.message
      : `${error.problemCount} problems with ${label.column}, the first: ${new HoldfastError(error.problems[0]).message}`;
  }
}
