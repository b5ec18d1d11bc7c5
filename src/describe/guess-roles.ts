import { SNAPSHOT_COLUMNS } from "../history/snapshot-columns.js";
import { whole } from "../printing/numbers.js";
import { labelMeaning } from "../table/labels/label-meaning.js";
import { sideOf } from "../table/labels/side-of.js";
import type { Column, NumericColumn, Table } from "../table/table.js";
import { isOfSnapshots } from "../training/snapshot-roles.js";
import { isNameOfId, type RepeatedNames, repeatedNames } from "../vectors/column-roles/row-names.js";
import type { ColumnFacts } from "./describe-column.js";
import type { ColumnRole, Panel } from "./description.js";

/** Roles that are given as options. */
export interface GivenRoles {
  readonly label?: string | undefined;
  readonly id?: string | undefined;
}

/** Roles of columns, and whether there are several rows of one subscriber. */
export interface FoundRoles {
  readonly roles: readonly ColumnRole[];
  readonly panel: Panel | null;
}

const WEIGHTS = /^(sample_?|row_?|case_?)?(weights?|wts?)$|^(权重|权数|加权)$/iu;
/** One short word with a digit. */
const ID_LIKE = /^(?=.*\d)\S{1,40}$/u;
/** Rows of one day that make it a snapshot of many subscribers. */
const LEAST_ROWS_OF_A_DAY = 10;

/** Finds roles as training does, and guesses those that it must be told. */
export function findRoles(table: Table, facts: readonly ColumnFacts[], given: GivenRoles): FoundRoles {
  const roles: ColumnRole[] = [];
  const add = (role: ColumnRole["role"], column: string, by: ColumnRole["by"], reason: string) => {
    if (!roles.some((each) => each.column === column || each.role === role))
      roles.push({ role, column, by, reason });
  };
  if (given.label !== undefined) add("label", given.label, "given", "as given");
  if (given.id !== undefined) add("id", given.id, "given", "as given");
  if (isOfSnapshots(table)) {
    const { id, cutoff, label } = SNAPSHOT_COLUMNS;
    const reason = "a table of snapshots";
    if (table.columns.some(({ name }) => name === label)) add("label", label, "known", reason);
    add("id", id, "known", reason);
    add("cutoff", cutoff, "known", reason);
  }
  const isFree = ({ name }: { readonly name: string }) => !roles.some(({ column }) => column === name);
  for (const { name, reason } of likelyLabels(table, facts).filter(isFree)) {
    add("label", name, "guessed", reason);
  }
  const repeated = table.columns.filter(isFree).flatMap((column) => repeatedNames(column) ?? []);
  const [named] = repeated.filter(({ isClear }) => isClear).sort((a, b) => b.values - a.values);
  if (named !== undefined) {
    const role = roles.some((each) => each.role === "id") ? "group" : "id";
    add(role, named.column, "guessed", repeatsText(named));
  }
  const unique = facts.filter((each) => isFree(each) && isUniqueId(each, table.rowCount));
  const [id] = [...unique.filter(({ name }) => isNameOfId(name)), ...unique];
  if (id !== undefined) add("id", id.name, "guessed", "a different value in every row");
  // Numbers and dates that were read as words repeat too.
  const isPlain = (name: string) => facts.some((each) => each.name === name && each.notes.length === 0);
  const other = repeated.find(({ column }) => isFree({ name: column }) && isPlain(column));
  if (other !== undefined) add("group", other.column, "guessed", repeatsText(other));
  const weights = table.columns.find((column) => isFree(column) && isOfWeights(column));
  if (weights !== undefined)
    add("weights", weights.name, "guessed", "its name, and numbers that are not negative");
  const subscribers = roles.find(({ role }) => role === "id")?.column;
  const panel = panelOf(table, subscribers, named);
  const cutoff = panel && table.columns.find((column) => isFree(column) && isCutoff(column, table, panel));
  if (cutoff) add("cutoff", cutoff.name, "guessed", `a day that each ${panel.column} has once`);
  return { roles, panel };
}

/** Columns of two values that say who churned, by name or by values; the surest first. */
function likelyLabels(table: Table, facts: readonly ColumnFacts[]): { name: string; reason: string }[] {
  const found = table.columns.flatMap((column, at) => {
    if (facts[at].distinct !== 2 || column.kind === "text") return [];
    const values = valuesOf(column, facts[at]);
    const asks = sideOf(column.name);
    const meaning = values && labelMeaning(values, column.name);
    if (meaning?.by === "word")
      return [{ name: column.name, rank: 1, reason: "two values that say who churned" }];
    if (meaning === undefined || asks === "unknown") return [];
    const rank = asks === "churned" ? 0 : 2;
    return [{ name: column.name, rank, reason: "its name, and two values" }];
  });
  return found.sort((a, b) => a.rank - b.rank);
}

function valuesOf(column: Column, { levels, numbers }: ColumnFacts): [string, string] | undefined {
  if (column.kind === "numeric") {
    return column.isDate === true || numbers === null
      ? undefined
      : [String(numbers.minimum), String(numbers.maximum)];
  }
  const [first, second] = levels ?? [];
  return second === undefined ? undefined : [first.value, second.value];
}

/** A different value in every row, and a name of ids, or texts that read like ones. */
function isUniqueId({ kind, distinct, missing, name, examples, notes }: ColumnFacts, rows: number): boolean {
  if (rows < 2 || missing.rows > 0 || distinct < rows || kind === "date" || kind === "flag") return false;
  if (isNameOfId(name)) return true;
  // Numbers and dates that were read as words are in the notes.
  return kind === "text" && notes.length === 0 && (examples ?? []).every((text) => ID_LIKE.test(text));
}

function isOfWeights(column: Column): boolean {
  return (
    column.kind === "numeric" &&
    column.isDate !== true &&
    WEIGHTS.test(column.name) &&
    column.values.every((value) => value >= 0)
  );
}

function panelOf(table: Table, id: string | undefined, named: RepeatedNames | undefined): Panel | null {
  const column = table.columns.find(({ name }) => name === id);
  const ofId = column && repeatedIds(column);
  if (ofId !== undefined && id !== undefined) return { column: id, ...ofId };
  if (named === undefined) return null;
  return { column: named.column, subscribers: named.values, least: named.least, most: named.most };
}

/** How often ids occur; undefined where each does once. */
function repeatedIds(column: Column): Omit<Panel, "column"> | undefined {
  const rows = new Map<number | string, number>();
  const isMissing = (cell: number | string) =>
    Number.isNaN(cell) || (column.kind === "categorical" && cell === -1);
  const cells: ArrayLike<number | string | null> =
    column.kind === "categorical" ? column.codes : column.values;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell !== null && !isMissing(cell)) rows.set(cell, (rows.get(cell) ?? 0) + 1);
  }
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const each of rows.values()) {
    least = Math.min(least, each);
    most = Math.max(most, each);
  }
  return most > 1 ? { subscribers: rows.size, least, most } : undefined;
}

/** Whether a column of dates says when each row of a subscriber was: no subscriber has a day twice, and many have each day. */
function isCutoff(column: Column, table: Table, panel: Panel): column is NumericColumn {
  if (column.kind !== "numeric" || column.isDate !== true || column.values.some(Number.isNaN)) return false;
  const days = new Set(column.values).size;
  if (days < 2 || days * LEAST_ROWS_OF_A_DAY > table.rowCount) return false;
  const ids = table.columns.find(({ name }) => name === panel.column);
  if (ids === undefined) return false;
  const cells = ids.kind === "categorical" ? ids.codes : ids.values;
  const pairs = new Set(Array.from(column.values, (day, row) => `${cells[row]} ${day}`));
  return pairs.size === table.rowCount;
}

function repeatsText({ values, least, most }: RepeatedNames): string {
  const times = least === most ? `${most}` : `${least} to ${most}`;
  return `${whole(values)} values, each ${times} times`;
}
