import type { Column, Table } from "../../table/table.js";
import { quoteIdentifier } from "../duckdb/session.js";

/** The column of the day, part of every key. */
export const SCORED_ON = "scored_on";
/** Columns of scores that not every run has: emptied where a run has none, or an older score's would stand beside it. */
const OPTIONAL = ["probability_low", "probability_high", "uncertain", "value", "value_band", "expected_loss"];

/** What a column of ours becomes where the table is made. */
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
  // A table of keys alone: something must be set for the row to count.
  if (updates.length === 0) updates.push(`${SCORED_ON} = excluded.${SCORED_ON}`);
  const cast = (name: string, text: string) => `${text}::${types.get(name)}`;
  return [
    `INSERT INTO ${target} AS stored (${[...names.map(quoteIdentifier), SCORED_ON].join(", ")})`,
    `SELECT ${names.map((name, i) => cast(name, `c${i}`)).join(", ")},`,
    `  ${cast(SCORED_ON, `$${names.length + 1}::text`)}`,
    `FROM unnest(${names.map((_, i) => `$${i + 1}::text[]`).join(", ")})`,
    `  AS given (${names.map((_, i) => `c${i}`).join(", ")})`,
    `ON CONFLICT (${[...keys.map(quoteIdentifier), SCORED_ON].join(", ")}) DO UPDATE SET ${updates.join(", ")}`,
    // A row of this very transaction is not written over by a later batch; the count then tells.
    "WHERE stored.xmin::text <> (txid_current() % 4294967296)::text",
  ].join("\n");
}
