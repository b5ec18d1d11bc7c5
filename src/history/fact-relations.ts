import { quoteIdentifier, quoteLiteral } from "../database/duckdb/session.js";
import type { Problems } from "../errors.js";
import { cellReader, type FoundValue } from "./sources/cell-reader.js";
import {
  FACT_TABLE_NAMES,
  type FactColumn,
  type FactTableName,
  type HistorySchema,
  SQL_TYPES,
  type StandardTable,
  standardTable,
} from "./standard-tables.js";
import { noDaysOf } from "./windows/plausible-days.js";

/** One fact, by standard column names. */
export type FactRow = Readonly<Record<string, unknown>>;

/**
 * The facts of one subscriber by standard table, for a service: days as `2025-02-01`, months as `2025-02`. The first row
 * of `subscribers` is the subscriber; rows of the other members of their groups may follow, in all tables, and of managers
 * those of the groups.
 */
export type SubscriberFacts = { readonly [name in FactTableName]?: readonly FactRow[] };

/**
 * The SQL that creates the relations of a schema from facts given as plain rows, for the few facts of a request. Cells
 * that do not fit become problems.
 * @param timeZone the zone whose days the history has. Default: UTC.
 */
export function factRelations(
  functionName: string,
  schema: HistorySchema,
  facts: SubscriberFacts,
  problems: Problems,
  timeZone?: string,
): string[] {
  const rules = { zone: timeZone, unzoned: undefined };
  const readers = { day: cellReader("day", undefined, rules), month: cellReader("month", undefined, rules) };
  return FACT_TABLE_NAMES.flatMap((name) => {
    const columns = schema[name];
    if (columns === undefined) return [];
    const { relation } = standardTable(name);
    const definitions = columns.map((column) => `${quoteIdentifier(column.name)} ${SQL_TYPES[column.kind]}`);
    const given = (facts[name] ?? []).map((row, i) =>
      cellsOf({ functionName, table: name, schema, readers, problems }, row, i + 1),
    );
    const known = given.map((cells) =>
      cells.map((cell, i) => knownCell(standardTable(name), columns[i], cell)),
    );
    const rows = (name === "tariffs" ? lastOfDay(columns, known) : known).map((cells) =>
      cells.map((cell, i) =>
        columns[i].kind === "day" && typeof cell === "number" ? Math.floor(cell) : cell,
      ),
    );
    const values = rows.map((cells) => `(${cells.map(literal).join(", ")})`);
    return [
      `CREATE TABLE ${relation} (${definitions.join(", ")})`,
      ...(values.length > 0 ? [`INSERT INTO ${relation} VALUES ${values.join(", ")}`] : []),
    ];
  });
}

/** What is known of the rows of a table. */
interface FactRows {
  readonly functionName: string;
  readonly table: FactTableName;
  readonly schema: HistorySchema;
  readonly readers: Readonly<Record<"day" | "month", (text: string) => FoundValue>>;
  readonly problems: Problems;
}

type Cell = string | number | null;

/** The cells in the order of the schema; days with their time. */
function cellsOf(
  { functionName, table, schema, readers, problems }: FactRows,
  row: FactRow,
  number: number,
): Cell[] {
  const required = new Set(
    standardTable(table)
      .columns.filter(({ isRequired }) => isRequired)
      .map(({ name }) => name),
  );
  return (schema[table] ?? []).map((column) => {
    const cell = cellOf(column, row[column.name], readers);
    const isMissing = cell === null && required.has(column.name);
    if (cell !== undefined && !isMissing) return cell;
    const place = { argument: `facts.${table}`, column: column.name, row: number };
    problems.add({
      code: "data.wrong-type",
      path: { function: functionName, ...place },
      expected: EXPECTED[column.kind],
      received: row[column.name],
    });
    return null;
  });
}

const EXPECTED = {
  text: "must be text without NUL characters",
  number: "must be a finite number",
  day: "must be a day such as 2025-02-01",
  month: "must be a month such as 2025-02",
} as const;

/** The value of a cell, undefined when it does not fit. */
function cellOf({ kind }: FactColumn, value: unknown, readers: FactRows["readers"]): Cell | undefined {
  if (value === undefined || value === null) return null;
  if (kind === "text") {
    if (typeof value === "string" && value.trim() === "") return null;
    // No database keeps it in a text.
    if (typeof value === "string" && value.includes("\u0000")) return undefined;
    return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
  }
  if (kind === "number") return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  const isDate = value instanceof Date && !Number.isNaN(value.getTime());
  const text = isDate ? value.toISOString() : value;
  return typeof text === "string" ? readers[kind](text).value : undefined;
}

/** The cell, NULL where it is a day that stands for none. */
function knownCell(table: StandardTable, column: FactColumn, cell: Cell): Cell {
  if (column.kind !== "day" || typeof cell !== "number") return cell;
  return noDaysOf(table, column)?.is(Math.floor(cell)) ? null : cell;
}

/** Of tariffs that begin on the same day and were known as early, the last one: by its time, or else its place. */
function lastOfDay(columns: readonly FactColumn[], rows: readonly Cell[][]): Cell[][] {
  const placeOf = (name: string) => columns.findIndex((column) => column.name === name);
  const [id, from, to, known] = ["subscriber_id", "valid_from", "valid_to", "known_at"].map(placeOf);
  const dayOf = (cell: Cell | undefined) => Math.floor(Number(cell));
  const last = new Map<string, Cell[]>();
  for (const row of rows) {
    const isEmpty = row[to] !== null && row[to] !== undefined && dayOf(row[to]) <= dayOf(row[from]);
    const key = JSON.stringify([row[id], dayOf(row[from]), dayOf(row[known] ?? row[from]), isEmpty]);
    const before = last.get(key);
    if (before === undefined || Number(row[from]) >= Number(before[from])) last.set(key, row);
  }
  return [...last.values()];
}

function literal(cell: Cell): string {
  if (cell === null) return "NULL";
  // Numbers through their text: a decimal literal may not become the nearest double.
  return typeof cell === "string" ? quoteLiteral(cell) : `'${cell}'::DOUBLE`;
}
