import { quoteIdentifier, quoteLiteral } from "../database/duckdb/session.js";
import type { Problems } from "../errors.js";
import { monthOf, parseDay } from "../table/calendar.js";
import {
  FACT_TABLE_NAMES,
  type FactColumn,
  type FactTableName,
  type HistorySchema,
  standardTable,
} from "./standard-tables.js";

/** One fact, by standard column names. */
export type FactRow = Readonly<Record<string, unknown>>;

/**
 * The facts of one subscriber by standard table, for a service: days as `2025-02-01`, months as `2025-02`. The first row
 * of `subscribers` is the subscriber; rows of the other members of their groups may follow, in all tables.
 */
export type SubscriberFacts = { readonly [name in FactTableName]?: readonly FactRow[] };

/**
 * The SQL that creates the relations of a schema from facts given as plain rows, for the few facts of a request. Cells
 * that do not fit become problems.
 */
export function factRelations(
  functionName: string,
  schema: HistorySchema,
  facts: SubscriberFacts,
  problems: Problems,
): string[] {
  return FACT_TABLE_NAMES.flatMap((name) => {
    const columns = schema[name];
    if (columns === undefined) return [];
    const { relation } = standardTable(name);
    const definitions = columns.map((column) => `${quoteIdentifier(column.name)} ${TYPES[column.kind]}`);
    const rows = (facts[name] ?? []).map((row, i) =>
      cellsOf(functionName, name, schema, row, i + 1, problems),
    );
    const values = rows.map((cells) => `(${cells.map(literal).join(", ")})`);
    return [
      `CREATE TABLE ${relation} (${definitions.join(", ")})`,
      ...(values.length > 0 ? [`INSERT INTO ${relation} VALUES ${values.join(", ")}`] : []),
    ];
  });
}

const TYPES = { text: "VARCHAR", number: "DOUBLE", day: "INTEGER", month: "INTEGER" } as const;

function cellsOf(
  functionName: string,
  table: FactTableName,
  schema: HistorySchema,
  row: FactRow,
  number: number,
  problems: Problems,
): (string | number | null)[] {
  const required = new Set(
    standardTable(table)
      .columns.filter(({ isRequired }) => isRequired)
      .map(({ name }) => name),
  );
  return (schema[table] ?? []).map((column) => {
    const cell = cellOf(column, row[column.name]);
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
  text: "must be text",
  number: "must be a finite number",
  day: "must be a day such as 2025-02-01",
  month: "must be a month such as 2025-02",
} as const;

/** The cell as the relation holds it; undefined when it does not fit. */
function cellOf({ kind }: FactColumn, value: unknown): string | number | null | undefined {
  if (value === undefined || value === null) return null;
  if (kind === "text")
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  if (kind === "number") return typeof value === "number" && Number.isFinite(value) ? value : undefined;
  const text = value instanceof Date ? value.toISOString() : value;
  const day = typeof text === "string" ? parseDay(text.slice(0, 10)) : undefined;
  return day === undefined || kind === "day" ? day : monthOf(day);
}

function literal(cell: string | number | null): string {
  if (cell === null) return "NULL";
  // Numbers through their text: a decimal literal may not become the nearest double.
  return typeof cell === "string" ? quoteLiteral(cell) : `'${cell}'::DOUBLE`;
}
