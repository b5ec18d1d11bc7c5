import { quoteIdentifier } from "../../database/duckdb/session.js";
import { count, type ProblemPath, type Problems } from "../../errors.js";
import type { FactColumn, FactKind, StandardTable } from "../standard-tables.js";
import type { FactDatabase } from "./fact-database.js";
import { OPENED_BY, type StoredFacts } from "./fact-source.js";
import type { MappedColumn } from "./map-columns.js";
import { kindOfStored, normalForm } from "./normal-form.js";

/** A column of the relation of facts, in normal form. */
export interface PlannedColumn extends FactColumn {
  readonly isRequired: boolean;
  /** The column of the same relation that holds the text of cells that cannot be read, if there can be any. */
  readonly unread?: string;
}

/** A table whose source is a relation of the session. */
export interface FactPlan {
  readonly table: StandardTable;
  /** The name of the source in messages. */
  readonly label: string;
  /** The view of all rows in normal form, before any check. */
  readonly relation: string;
  readonly columns: readonly PlannedColumn[];
  /** Columns of the source that are not read. */
  readonly ignoredColumns: readonly string[];
}

/** What a column must hold, as a clause for messages. */
const EXPECTED: Readonly<Record<FactKind, string>> = {
  text: "must hold text",
  number: "must hold numbers",
  day: "must hold dates",
  month: "must hold months, such as 2025-01 or the first day",
};

const SQL_TYPE: Readonly<Record<FactKind, string>> = {
  text: "VARCHAR",
  number: "DOUBLE",
  day: "INTEGER",
  month: "INTEGER",
};

/** Creates the view of a table in normal form. Columns of a type that does not fit become problems. */
export async function planColumns(
  database: FactDatabase,
  table: StandardTable,
  label: string,
  names: readonly string[],
  columns: readonly MappedColumn[],
  stored: StoredFacts,
  problems: Problems,
): Promise<FactPlan> {
  const place = { function: OPENED_BY, file: label, argument: table.name };
  const typeOf = new Map(stored.columns.map(({ name, type }) => [name, type]));
  let isSound = true;
  const planned: PlannedColumn[] = [];
  const select: string[] = [];
  const passedOver = new Set<string>();
  for (const { name, own, kind: asked, isRequired, isAsked } of columns) {
    const type = own === undefined ? undefined : typeOf.get(own);
    const kind = asked ?? kindOfStored(type ?? "");
    if (own === undefined || type === undefined) {
      const none = asked ?? "text";
      planned.push({ name, kind: none, isRequired, isAbsent: true });
      select.push(`NULL::${SQL_TYPE[none]} AS ${quoteIdentifier(name)}`);
      continue;
    }
    const isReadable = isAsked || kindOfStored(type) === kind;
    const form = kind && isReadable ? normalForm({ name: own, type }, kind, isRequired) : undefined;
    if (kind !== undefined && form !== undefined) {
      const unread = form.unread === undefined ? {} : { unread: `unread ${name}` };
      planned.push({ name, kind, isRequired, ...unread });
      select.push(`${form.sql} AS ${quoteIdentifier(name)}`);
      if (form.unread !== undefined) select.push(`${form.unread} AS ${quoteIdentifier(`unread ${name}`)}`);
    } else if (isAsked) {
      const expected = kind === undefined ? "must hold text, numbers or dates" : EXPECTED[kind];
      problems.add({ code: "data.wrong-type", path: { ...place, column: own }, expected, received: type });
      isSound = false;
    } else passedOver.add(own);
  }
  const relation = quoteIdentifier(`${table.relation}_as_read`);
  const read = new Set(columns.map(({ own }) => own));
  const ignoredColumns = names.filter((name) => !read.has(name) || passedOver.has(name));
  if (isSound) {
    // Copied rows are converted once; rows that are read in place, each time they are read.
    const isCopied = stored.rowCount !== undefined;
    const query = `SELECT ${select.join(", ")} FROM ${stored.relation}`;
    await database.run(`CREATE ${isCopied ? "TABLE" : "VIEW"} ${relation} AS ${query}`, { file: label });
    if (isCopied) await database.run(`DROP TABLE ${stored.relation}`);
  }
  return { table, label, relation, columns: planned, ignoredColumns };
}

/** Finds cells of number columns that are not numbers: one problem per column, with their count and an example. */
export async function checkNumbers(
  database: FactDatabase,
  { table, label, relation, columns }: FactPlan,
  problems: Problems,
): Promise<void> {
  const read = columns.flatMap(({ name, kind, unread }) =>
    kind === "number" && unread !== undefined ? [{ name, unread: quoteIdentifier(unread) }] : [],
  );
  if (read.length === 0) return;
  const counts = read.map(({ unread }) => `count(${unread})::DOUBLE, min(${unread})`);
  const [row] = await database.rows(`SELECT ${counts.join(", ")} FROM ${relation}`, { file: label });
  read.forEach(({ name }, i) => {
    const cells = Number(row[2 * i]);
    if (cells === 0) return;
    const path: ProblemPath = { function: OPENED_BY, file: label, argument: table.name, column: name };
    const expected = `must hold numbers, ${count(cells, "cell does", "cells do")} not`;
    problems.add({ code: "data.wrong-type", path, expected, received: row[2 * i + 1] });
  });
}
