import { openDuckDB } from "../../../src/database/duckdb/session.js";
import { Problems } from "../../../src/errors.js";
import { factRelations } from "../../../src/history/fact-relations.js";
import type { History } from "../../../src/history/history.js";
import { FACT_TABLE_NAMES, type HistorySchema, standardTable } from "../../../src/history/standard-tables.js";
import type { PlainHistory } from "./random-history.js";

/** All tables with all standard columns, and two measures of usage, billing and activity. */
export const FULL_SCHEMA: HistorySchema = Object.fromEntries(
  FACT_TABLE_NAMES.map((name) => {
    const columns = standardTable(name).columns.map(({ name: column, kind }) => ({ name: column, kind }));
    const measures = ["minutes", "流量"].map((column) => ({ name: column, kind: "number" as const }));
    return [name, standardTable(name).otherColumns === "measures" ? [...columns, ...measures] : columns];
  }),
);

/** A history of plain facts under a schema that does not depend on them, unchecked. */
export async function openPlainHistory(facts: PlainHistory, schema = FULL_SCHEMA): Promise<History> {
  const session = await openDuckDB();
  const problems = new Problems();
  for (const sql of factRelations("openPlainHistory", schema, facts, problems))
    await session.connection.run(sql);
  problems.throwIfAny();
  return { schema, session, close: session.close } as History;
}
