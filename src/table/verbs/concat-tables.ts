import { invalidArgument, optionText, type Problem, Problems } from "../../errors.js";
import { tableProblem } from "../check-table.js";
import {
  type CategoricalColumn,
  type Column,
  columnLength,
  createTable,
  findColumn,
  placeOf,
  type Table,
} from "../table.js";

const JOINED_BY = "concatTables";

/**
 * The rows of tables one below the other. All must have the same columns, of the same kinds, in any order; the result has
 * the order of the first. Categories are those of the first table, then what others add, in order of first appearance.
 * @param tables at least one; or an array of them.
 * @example concatTables(january, february, march)
 * @example concatTables(await Promise.all(paths.map((path) => readTable(path))))
 * @throws HoldfastError with every column that is missing in one of the tables or has another kind than in the first, by
 * table and column; for something else in the place of a table.
 */
export function concatTables(...tables: readonly Table[] | readonly [readonly Table[]]): Table {
  const list = (tables.length === 1 && Array.isArray(tables[0]) ? tables[0] : tables) as readonly Table[];
  if (list.length === 0) invalidArgument(JOINED_BY, "tables", "must be at least one table", undefined);
  const problems = new Problems();
  list.forEach((table, i) => {
    const problem = tableProblem(JOINED_BY, `tables[${i}]`, table);
    if (problem !== undefined) problems.add(problem);
  });
  problems.throwIfAny();
  const [first, ...others] = list;
  others.forEach((table, i) => {
    problems.add(...differences(first, table, `tables[${i + 1}]`));
  });
  problems.throwIfAny();
  const columns = first.columns.map((column) =>
    joined(
      column,
      list.map((table) => findColumn(table, column.name) as Column),
    ),
  );
  const isOneSource = list.every(({ source }) => source === first.source);
  return createTable(columns, isOneSource ? first.source : undefined);
}

/** What keeps a table from standing below the first. */
function differences(first: Table, table: Table, argument: string): Problem[] {
  const problem = (code: Problem["code"], column: string, expected: string, hint?: string): Problem => ({
    code,
    path: { function: JOINED_BY, ...placeOf(table), argument, column },
    expected,
    received: undefined,
    ...(hint === undefined ? {} : { hint }),
  });
  const missingOrOther = first.columns.flatMap((column) => {
    const { name } = column;
    const other = findColumn(table, name);
    if (other === undefined) {
      return [problem("data.missing-column", name, "must exist, as in the first table")];
    }
    if (kindOf(other) === kindOf(column)) return [];
    const hint = `read both with the same kind: ${optionText("columns", { [name]: kindOf(column) })}`;
    return [
      problem(
        "data.wrong-type",
        name,
        `must be ${kindOf(column)} as in the first table, but is ${kindOf(other)}`,
        hint,
      ),
    ];
  });
  const added = table.columns.filter(({ name }) => findColumn(first, name) === undefined);
  return [
    ...missingOrOther,
    ...added.map(({ name }) =>
      problem(
        "data.missing-column",
        name,
        "must exist in the first table too",
        "leave it out with dropColumns(table, names)",
      ),
    ),
  ];
}

function kindOf(column: Column): string {
  return column.kind === "numeric" && column.isDate ? "date" : column.kind;
}

function joined(first: Column, columns: readonly Column[]): Column {
  if (first.kind === "categorical") return joinedCategories(columns as readonly CategoricalColumn[]);
  if (first.kind === "text") {
    return { ...first, values: columns.flatMap((column) => (column.kind === "text" ? column.values : [])) };
  }
  const values = new Float64Array(columns.reduce((rows, column) => rows + columnLength(column), 0));
  let row = 0;
  for (const column of columns) {
    if (column.kind === "numeric") values.set(column.values, row);
    row += columnLength(column);
  }
  return { ...first, values };
}

function joinedCategories(columns: readonly CategoricalColumn[]): CategoricalColumn {
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(columns.reduce((rows, column) => rows + columnLength(column), 0));
  let row = 0;
  for (const column of columns) {
    for (const category of column.categories) {
      if (!codeOf.has(category)) codeOf.set(category, codeOf.size);
    }
    const common = column.categories.map((category) => codeOf.get(category) as number);
    for (const code of column.codes) codes[row++] = code < 0 ? -1 : common[code];
  }
  return { ...columns[0], codes, categories: [...codeOf.keys()] };
}
