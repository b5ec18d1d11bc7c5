import type { Column, Table } from "../../table/table.js";
import { quoteIdentifier } from "../duckdb/session.js";

/** The column of the day, part of every key. */
export const SCORED_ON = "scored_on";
/** Columns of scores that not every run has: set to NULL by a run without them, so that no older values remain. */
const OPTIONAL = ["probability_low", "probability_high", "uncertain", "value", "value_band", "expected_loss"];

/** The type of a column in a table that is created. */
export function typeOf({ kind }: Column): string {
  return kind === "numeric" ? "double precision" : "text";
}

export function createSql(target: string, { columns }: Table, keys: readonly string[]): string {
  const definitions = columns.map((column) => `${quoteIdentifier(column.name)} ${typeOf(column)}`);
  const primaryKey = `PRIMARY KEY (${[...keys.map(quoteIdentifier), SCORED_ON].join(", ")})`;
  const parts = [...definitions, `${SCORED_ON} date NOT NULL`, primaryKey];
  return `CREATE TABLE IF NOT EXISTS ${target} (${parts.join(", ")})`;
}

/** A statement whose parameters are one array of texts for each column, and the day. */
export function insertSql(
  target: string,
  { columns }: Table,
  keys: readonly string[],
  types: ReadonlyMap<string, string>,
): string {
  const names = columns.map(({ name }) => name);
  const replaced = names.filter((name) => !keys.includes(name)).map(quoteIdentifier);
  const emptied = OPTIONAL.filter((name) => types.has(name) && !names.includes(name)).map(quoteIdentifier);
  const updates = [
    ...replaced.map((name) => `${name} = excluded.${name}`),
    ...emptied.map((name) => `${name} = NULL`),
  ];
  // A table of key columns only: without an update the server would not count the row.
  if (updates.length === 0) updates.push(`${SCORED_ON} = excluded.${SCORED_ON}`);
  const cast = (name: string, text: string) => `${text}::${types.get(name)}`;
  return [
    `INSERT INTO ${target} AS stored (${[...names.map(quoteIdentifier), SCORED_ON].join(", ")})`,
    `SELECT ${names.map((name, i) => cast(name, `c${i}`)).join(", ")},`,
    `  ${cast(SCORED_ON, `$${names.length + 1}::text`)}`,
    `FROM unnest(${names.map((_, i) => `$${i + 1}::text[]`).join(", ")})`,
    `  AS given (${names.map((_, i) => `c${i}`).join(", ")})`,
    `ON CONFLICT (${[...keys.map(quoteIdentifier), SCORED_ON].join(", ")}) DO UPDATE SET ${updates.join(", ")}`,
    // A later batch does not overwrite a row of the same transaction; the row count then differs, which is an error.
    "WHERE stored.xmin::text <> (txid_current() % 4294967296)::text",
  ].join("\n");
}
