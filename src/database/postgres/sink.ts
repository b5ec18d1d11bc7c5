import type { ColumnSchema } from "../../table/chunk-column.js";
import { type Column, createTable } from "../../table/table.js";
import type { TableSink } from "../../table/table-sink.js";
import { PostgresUpsert, type UpsertOptions } from "./upsert.js";

/** How the caller names the table and the day. */
const SCORING = { function: "scoreFile", into: "output.postgres", scoredOn: "output.scoredOn" } as const;

/** Writes into a table of PostgreSQL, all rows in one transaction. */
export async function postgresSink(
  options: Pick<UpsertOptions, "connection" | "into" | "scoredOn" | "signal">,
  columns: readonly ColumnSchema[],
): Promise<TableSink> {
  const example = createTable(
    columns.map(({ name, kind }): Column => {
      if (kind === "numeric") return { kind, name, values: new Float64Array() };
      return kind === "text"
        ? { kind, name, values: [] }
        : { kind, name, codes: new Int32Array(), categories: [] };
    }),
  );
  const upsert = await PostgresUpsert.open(example, options, SCORING);
  return {
    write: (table) => upsert.write(table),
    async finish() {
      await upsert.commit();
    },
    async abandon() {
      await upsert.close();
    },
  };
}
