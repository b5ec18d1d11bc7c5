import { cellOf, findColumn, type Table } from "../../src/table/table.js";

/** The numbers of a column; NaN where missing. */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = findColumn(table, name);
  if (column?.kind !== "numeric") throw new Error(`${name} is not a numeric column`);
  return column.values;
}

/** The texts of a categorical or text column; null where missing. */
export function textsOf(table: Table, name: string): (string | null)[] {
  const column = findColumn(table, name);
  if (column === undefined || column.kind === "numeric") throw new Error(`${name} is not a column of texts`);
  return Array.from({ length: table.rowCount }, (_, row) => cellOf(column, row) as string | null);
}

/** As {@link textsOf}, but empty where missing. */
export function filledTextsOf(table: Table, name: string): string[] {
  return textsOf(table, name).map((text) => text ?? "");
}

/** By subscriber id, the numbers of their row in `subscribers`. */
export function bySubscriber(table: Table, name: string): Map<string | null, number> {
  const values = numbersOf(table, name);
  return new Map(textsOf(table, "subscriber_id").map((id, row) => [id, values[row]]));
}

/** A row of a table; days are numbers since 1970-01-01. */
export class Row {
  constructor(
    private readonly columns: ReadonlyMap<string, ArrayLike<number | string | null>>,
    private readonly row: number,
  ) {}

  /** NaN where missing. */
  number(name: string): number {
    return this.cell(name) as number;
  }

  /** Must not be missing. */
  text(name: string): string {
    const text = this.cell(name);
    if (typeof text !== "string") throw new Error(`${name} is missing`);
    return text;
  }

  cell(name: string): number | string | null {
    const column = this.columns.get(name);
    if (column === undefined) throw new Error(`no column ${name}`);
    return column[this.row];
  }

  get id(): string {
    return this.text("subscriber_id");
  }
}

/** The rows of a table. */
export function rowsIn(table: Table | undefined): Row[] {
  if (table === undefined) throw new Error("no table");
  const columns = new Map(
    table.columns.map(({ name, kind }) => [
      name,
      kind === "numeric" ? numbersOf(table, name) : textsOf(table, name),
    ]),
  );
  return Array.from({ length: table.rowCount }, (_, row) => new Row(columns, row));
}

/** The rows by a key, in their order. */
export function rowsBy(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** Whether two tables have the same columns with the same bits; quicker than a comparison by `toEqual`. */
export function haveSameCells(one: Table | undefined, other: Table | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.rowCount !== other.rowCount || one.columns.length !== other.columns.length) return false;
  return one.columns.every(({ name, kind }, i) => {
    if (other.columns[i].name !== name || other.columns[i].kind !== kind) return false;
    const of = kind === "numeric" ? numbersOf : textsOf;
    const [cells, others] = [of(one, name), of(other, name)];
    return cells.every((cell: number | string | null, row: number) => Object.is(cell, others[row]));
  });
}
