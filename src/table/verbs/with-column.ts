import { argumentProblem, HoldfastError, invalidArgument, Problems } from "../../errors.js";
import { castColumn } from "../cast.js";
import { CELL_KINDS } from "../cell-kinds.js";
import { checkTable } from "../check-table.js";
import { type DeclaredKind, planOf } from "../grammar/column-plan.js";
import { collectColumn } from "../row-collector.js";
import { type Column, columnLength, createTable, placeOf, type Table } from "../table.js";
import { rowViews, type TableRow } from "./row-view.js";

const ADDED_BY = "withColumn";

/** What a column can be made of: one value per row, or a column of another table. */
export type ColumnValues = ArrayLike<unknown> | Column;

/** How values become a column. */
export interface WithColumnOptions {
  /** The kind of the column: `"numeric"`, `"date"`, `"categorical"` or `"text"`. Default: what its values are. */
  readonly kind?: DeclaredKind | undefined;
}

/**
 * The table with one more column, at its end, or in the place of the one that has the name.
 *
 * Values are numbers, texts, booleans, bigints, dates, null or undefined; the kind is decided as in `tableFromRows`: a
 * column of numbers is numeric, any other is read by the rules of text over all of its values.
 * @param values one per row: an array, a typed array, a column, or a function of a row (values by column name, as in
 * `filterRows`) and its index, from 0, that returns the value.
 * @param options `kind`: the kind of the column; default: what its values are.
 * @example withColumn(table, "charge_per_line", (row) => Number(row.charge) / Number(row.lines))
 * @example withColumn(table, "id", ids, { kind: "text" })
 * @throws HoldfastError with all values that no column of the kind holds; for something else in the place of a table,
 * values of another length, and a column that the table does not have.
 */
export function withColumn<Row = TableRow>(
  table: Table,
  name: string,
  values: ColumnValues | ((row: Row, index: number) => unknown),
  options: WithColumnOptions = {},
): Table {
  checkTable(ADDED_BY, "table", table);
  if (typeof name !== "string" || name.trim() === "") {
    invalidArgument(ADDED_BY, "name", "must be a name that is not blank", name);
  }
  const { kind } = options;
  if (kind !== undefined && !Object.hasOwn(CELL_KINDS, kind)) {
    invalidArgument(ADDED_BY, "kind", `must be one of ${Object.keys(CELL_KINDS).join(", ")}`, kind);
  }
  const given = typeof values === "function" ? computed(table, values) : values;
  const problems = new Problems();
  const place = { function: ADDED_BY, ...placeOf(table) };
  let column: Column;
  if (isColumn(given)) {
    checkLength(table, columnLength(given));
    const named = { ...given, name };
    column = kind === undefined ? named : castColumn(named, kind, problems, place);
  } else {
    checkValues(given);
    checkLength(table, given.length);
    column = collectColumn(name, given, planOf(kind), problems, place);
  }
  problems.throwIfAny();
  const isNew = table.columns.every((each) => each.name !== name);
  const columns = table.columns.map((each) => (each.name === name ? column : each));
  return createTable(isNew ? [...columns, column] : columns, table.source);
}

function computed<Row>(table: Table, value: (row: Row, index: number) => unknown): unknown[] {
  const view = rowViews(table, ADDED_BY, "values");
  return Array.from({ length: table.rowCount }, (_, row) => {
    const computedValue = value(view(row) as Row, row);
    if (typeof (computedValue as { then?: unknown } | null | undefined)?.then !== "function")
      return computedValue;
    const problem = argumentProblem(
      ADDED_BY,
      "values",
      "must return values, not promises of them",
      undefined,
    );
    throw new HoldfastError({ ...problem, path: { ...problem.path, row: row + 1 } });
  });
}

function checkValues(values: unknown): asserts values is ArrayLike<unknown> {
  if (Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView))) return;
  const isScalar = typeof values !== "object" || values === null || values instanceof Date;
  const expected = "must be an array of values, a column, or a function of a row";
  const hint = isScalar ? "for the same value in every row: () => value" : undefined;
  invalidArgument(
    ADDED_BY,
    "values",
    values === undefined ? `${expected}, not undefined` : expected,
    values,
    hint,
  );
}

function checkLength(table: Table, length: number): void {
  if (length === table.rowCount) return;
  const expected = `must have ${table.rowCount} values, one per row of the table`;
  invalidArgument(ADDED_BY, "values", expected, length);
}

function isColumn(value: unknown): value is Column {
  if (typeof value !== "object" || value === null) return false;
  const { kind, values, codes } = value as { kind?: unknown; values?: unknown; codes?: unknown };
  if (kind === "categorical") return codes instanceof Int32Array;
  return (kind === "numeric" && values instanceof Float64Array) || (kind === "text" && Array.isArray(values));
}
