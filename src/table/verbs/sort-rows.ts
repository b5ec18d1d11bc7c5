import { argumentProblem, invalidArgument, Problems } from "../../errors.js";
import { checkTable, columnProblems } from "../check-table.js";
import { type Column, findColumn, type Table, takeRows } from "../table.js";

const SORTED_BY = "sortRows";

/** A column to sort by, and which way. */
export interface SortKey {
  readonly column: string;
  /** Whether the greatest comes first. Default: the option of `sortRows`. */
  readonly descending?: boolean | undefined;
}

/** How rows are sorted. */
export interface SortRowsOptions {
  /** Whether the greatest comes first, where a key does not say it. Default false. */
  readonly descending?: boolean | undefined;
}

/**
 * The rows of a table sorted by one column or several, the first counting most. Rows that are equal keep their order,
 * missing values come last either way. Numbers and dates are sorted by size, texts and categories by the code points
 * of their characters (`"Z"` before `"a"`, Chinese in the order of Unicode).
 * @param by the name of a column, `{ column, descending }`, or an array of those.
 * @param options `descending`: the greatest first; default false.
 * @example sortRows(scores, "probability", { descending: true })
 * @example sortRows(table, ["region", { column: "tenure", descending: true }])
 * @throws HoldfastError with all columns that the table does not have; for no column at all, and for something else in
 * the place of a table.
 */
export function sortRows(
  table: Table,
  by: string | SortKey | readonly (string | SortKey)[],
  options: SortRowsOptions = {},
): Table {
  checkTable(SORTED_BY, "table", table);
  const orders = checkedKeys(table, by, options.descending ?? false).map(({ column, descending }) => ({
    ranks: ranksOf(findColumn(table, column) as Column),
    sign: descending ? -1 : 1,
  }));
  const rows = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  rows.sort((a, b) => {
    for (const { ranks, sign } of orders) {
      const [left, right] = [ranks[a], ranks[b]];
      if (left === right) continue;
      const isMissing = Number.isNaN(left);
      if (isMissing && Number.isNaN(right)) continue;
      if (isMissing) return 1;
      if (Number.isNaN(right)) return -1;
      return left < right ? -sign : sign;
    }
    return a - b;
  });
  return takeRows(table, rows);
}

function checkedKeys(table: Table, by: unknown, descending: unknown) {
  const list: readonly unknown[] = Array.isArray(by) ? by : [by];
  if (list.length === 0) invalidArgument(SORTED_BY, "by", "must name a column", undefined);
  const problems = new Problems();
  const keys = list.map((key): { column: string; descending: boolean } => {
    const { column, descending: own = descending } =
      typeof key === "object" && key !== null ? (key as Partial<SortKey>) : { column: key as string };
    problems.add(...columnProblems(SORTED_BY, "by", table, [column]));
    if (typeof own !== "boolean") {
      problems.add(argumentProblem(SORTED_BY, "descending", "must be true or false", own));
    }
    return { column: column as string, descending: own === true };
  });
  problems.throwIfAny();
  return keys;
}

/** Numbers in the order of the values, NaN where missing. */
function ranksOf(column: Column): Float64Array {
  if (column.kind === "numeric") return column.values;
  if (column.kind === "categorical") {
    const rankOf = textRanks(column.categories);
    const ranks = column.categories.map((category) => rankOf.get(category) as number);
    return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : ranks[code]));
  }
  const rankOf = textRanks(column.values.filter((value) => value !== null));
  return Float64Array.from(column.values, (value) =>
    value === null ? Number.NaN : (rankOf.get(value) as number),
  );
}

function textRanks(texts: readonly string[]): Map<string, number> {
  const sorted = [...new Set(texts)].sort(byCodePoints);
  return new Map(sorted.map((text, rank) => [text, rank]));
}

/** JavaScript compares texts by halves of surrogate pairs, which puts characters beyond U+FFFF before some that are smaller. */
function byCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    return (a.codePointAt(i) as number) - (b.codePointAt(i) as number);
  }
  return a.length - b.length;
}
