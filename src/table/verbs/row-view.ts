import { HoldfastError } from "../../errors.js";
import { INSPECT } from "../../printing/print-as-text.js";
import { columnProblem } from "../check-table.js";
import { valueInRow } from "../rows.js";
import type { Table } from "../table.js";

/** One row of a table: values by column name as `rowsOf` gives them, missing values null, dates as ISO 8601 texts. */
export type TableRow = Readonly<Record<string, number | string | null>>;

/** What the language and tools ask of any object, which is no column that was misspelt. */
const ASKED_OF_OBJECTS = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  "then",
  "toJSON",
  "nodeType",
  "asymmetricMatch",
  "$$typeof",
]);

/** The object behind a view: which row it shows. */
class ViewedRow {
  constructor(readonly row: number) {}

  /** Node.js asks the object behind a proxy, but calls it on the proxy. */
  [INSPECT](): object {
    return { ...this };
  }
}

/**
 * Makes views of a table's rows, which read a value when it is asked for: a predicate over two columns of a wide table costs
 * only those. A view behaves like the object that `rowsOf` gives and stays valid after the call, but a name that is no
 * column is an error: as undefined, a misspelt one would give an empty table without a word.
 * @param functionName the public function, for the error.
 * @param argument likewise.
 */
export function rowViews(table: Table, functionName: string, argument: string): (row: number) => TableRow {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const handler: ProxyHandler<ViewedRow> = {
    get({ row }, name) {
      const column = columns.get(name as string);
      if (column !== undefined) return valueInRow(column, row);
      if (typeof name === "symbol" || ASKED_OF_OBJECTS.has(name)) return Reflect.get(Object.prototype, name);
      throw new HoldfastError(columnProblem(functionName, argument, table, name));
    },
    has: (_, name) => columns.has(name as string),
    ownKeys: () => [...columns.keys()],
    getOwnPropertyDescriptor({ row }, name) {
      const column = columns.get(name as string);
      return (
        column && { value: valueInRow(column, row), enumerable: true, configurable: true, writable: false }
      );
    },
    set: () => false,
  };
  return (row) => new Proxy(new ViewedRow(row), handler) as unknown as TableRow;
}
