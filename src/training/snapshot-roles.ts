import { optionText, type Problem } from "../errors.js";
import { SNAPSHOT_COLUMNS } from "../history/snapshot-columns.js";
import { findColumn, type Table } from "../table/table.js";
import type { TrainOptions } from "./train-options.js";

/**
 * Whether a table has the columns by which a table of snapshots is known, whatever it was read from: the id of the subscriber
 * and the day of the cutoff.
 */
export function isOfSnapshots(table: Table): boolean {
  const cutoff = findColumn(table, SNAPSHOT_COLUMNS.cutoff);
  const isDay = cutoff?.kind === "numeric" && cutoff.isDate === true;
  return isDay && findColumn(table, SNAPSHOT_COLUMNS.id) !== undefined;
}

/** Roles of the columns that `snapshots` writes, as far as they were not given. */
export function rolesOfSnapshots(
  table: Table,
  { id, label }: TrainOptions,
): { readonly id?: string; readonly label?: string } {
  if (!isOfSnapshots(table)) return {};
  const isLabelled = findColumn(table, SNAPSHOT_COLUMNS.label) !== undefined;
  return {
    ...(id === undefined ? { id: SNAPSHOT_COLUMNS.id } : {}),
    ...(label === undefined && isLabelled ? { label: SNAPSHOT_COLUMNS.label } : {}),
  };
}

const OF_TIME: ReadonlyMap<string, string> = new Map([
  [SNAPSHOT_COLUMNS.cutoff, "the cutoff"],
  ["label_from", "the label's window"],
  ["label_to", "the label's window"],
]);

/** Columns of snapshots that are no features unless asked for, with the reason: their day, the window and the label. */
export function columnsOfTime(table: Table): Map<string, string> {
  const reasons = new Map<string, string>();
  for (const column of table.columns) {
    const role = OF_TIME.get(column.name.toLowerCase());
    if (role !== undefined && column.kind === "numeric" && column.isDate === true)
      reasons.set(column.name, role);
  }
  if (isOfSnapshots(table)) reasons.set(SNAPSHOT_COLUMNS.label, "the label of the snapshots");
  return reasons;
}

/** That the label is neither given nor known. */
export function noLabelProblem(functionName: string): Problem {
  const { id, cutoff, label } = SNAPSHOT_COLUMNS;
  return {
    code: "argument.missing",
    path: { function: functionName, argument: "label" },
    expected: `must be given, as the table does not have the columns of labelled snapshots (${id}, ${cutoff}, ${label})`,
    received: undefined,
    hint: `name the column that says who churned, such as ${optionText("label", "churned")}`,
  };
}
