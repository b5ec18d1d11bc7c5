import type { TrainingNote } from "../model-file/churn/training-note.js";
import { whole } from "../printing/numbers.js";
import type { Table } from "../table/table.js";
import { idGroups } from "../vectors/column-roles/id-groups.js";
import { rowGroups } from "../vectors/column-roles/row-groups.js";
import { type RepeatedNames, repeatedNames } from "../vectors/column-roles/row-names.js";
import { checkTrainOptions } from "./check-train-options.js";
import { rolesOfSnapshots } from "./snapshot-roles.js";
import type { KnownRoles, TrainOptions } from "./train-options.js";

/** Options whose roles of columns are known, and what to say about those that were not given. */
export interface RolesOfTable {
  readonly options: KnownRoles;
  readonly notes: readonly TrainingNote[];
}

/**
 * Checks the options, and finds roles of columns that were not given: id and label where the table has the columns of
 * `snapshots`, else the group where a column clearly names subscribers and repeats. What was given always wins; of the
 * options that it returns it finds the same roles.
 * @throws HoldfastError with all problems of the options, also where the label is neither given nor known.
 */
export function rolesOf(table: Table, given: TrainOptions): RolesOfTable {
  const read = rolesOfSnapshots(table, given);
  const checked = { ...given, ...read };
  checkTrainOptions(table, checked);
  // The check refuses options without one.
  const options = checked as KnownRoles;
  const repeated = repeatedColumns(table, options);
  const isGiven = options.id !== undefined || options.group !== undefined;
  const [guessed] = isGiven
    ? []
    : repeated.filter(({ isClear }) => isClear).sort((a, b) => b.values - a.values);
  const known = guessed === undefined ? options : { ...options, group: guessed.column };
  const apart = repeated.filter(({ column }) => straddles(table, column, known));
  return {
    options: known,
    notes: [
      ...noteSnapshots(read),
      ...(guessed === undefined ? [] : [noteGroup(guessed)]),
      ...apart.map((each) => noteRepeated(each, known)),
    ],
  };
}

/** Columns that name rows and repeat, except those with a role. */
function repeatedColumns(
  table: Table,
  { label, id, group, weights, value, include = [] }: KnownRoles,
): RepeatedNames[] {
  const taken = new Set([label, id, group, weights, value, ...include]);
  return table.columns.flatMap((column) => (taken.has(column.name) ? [] : (repeatedNames(column) ?? [])));
}

/** Whether rows with the same name may lie in different folds. */
function straddles(table: Table, name: string, { id, group }: KnownRoles): boolean {
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined || name === group) return false;
  const folded = rowGroups(table, id, group);
  if (folded === undefined) return true;
  const first = new Map<number, number>();
  return idGroups(column).of.some((number, row) => {
    const other = first.get(number);
    if (other === undefined) first.set(number, folded[row]);
    return other !== undefined && other !== folded[row];
  });
}

function noteSnapshots({ id, label }: { readonly id?: string; readonly label?: string }): TrainingNote[] {
  const roles = [
    ...(id === undefined ? [] : [`${id} is the id`]),
    ...(label === undefined ? [] : [`${label} is the label`]),
  ];
  if (roles.length === 0) return [];
  const detail = `a table of snapshots: ${roles.join(", ")}`;
  return [{ kind: "snapshot-roles", column: null, detail }];
}

function noteGroup(names: RepeatedNames): TrainingNote {
  const detail = `${repeatsText(names)}: its rows share a fold, and it is no feature (include, --include makes it one)`;
  return { kind: "group-guessed", column: names.column, detail };
}

function noteRepeated(names: RepeatedNames, { id, group }: KnownRoles): TrainingNote {
  const role = id === undefined && group === undefined ? "id or group (--id, --group)" : "group (--group)";
  const detail = `${repeatsText(names)}, in several folds: if it names subscribers, name it as ${role}, or the model is measured on subscribers that it has seen`;
  return { kind: "repeated-names", column: names.column, detail };
}

/** `300 values, each 4 to 7 times` */
function repeatsText({ values, least, most }: RepeatedNames): string {
  const times = least === most ? `${most}` : `${least} to ${most}`;
  return `${whole(values)} values, each ${times} times`;
}
