import type { SnapshotPlan } from "../../../src/history/query/snapshot-plan.js";
import { snapshotQuery } from "../../../src/history/query/snapshot-query.js";
import {
  ALWAYS_THERE,
  FACT_TABLE_NAMES,
  type FactColumn,
  type FactKind,
  type FactTableName,
  type HistorySchema,
  standardTable,
} from "../../../src/history/standard-tables.js";
import { type WindowOptions, windowsOf } from "../../../src/history/windows/windows.js";
import { openPlainHistory } from "./open-plain-history.js";
import { NO_FACTS, type PlainFact } from "./random-history.js";

/** The tables that a small history has; its columns are the keys of their rows, also where all cells are null. */
export type HistoryTables = { readonly [name in FactTableName]?: readonly PlainFact[] };

/** One row of a snapshot by column; `cutoff` as `2025-02-01`. */
export type SnapshotRow = Readonly<Record<string, unknown>>;

/** The snapshots of a small history in an in-memory DuckDB, by cutoff and subscriber. */
export async function snapshotRows(
  tables: HistoryTables,
  windows: WindowOptions,
  families: SnapshotPlan["families"],
): Promise<SnapshotRow[]> {
  const schema = schemaOf(tables);
  const history = await openPlainHistory({ ...NO_FACTS, ...tables }, schema);
  try {
    const { sql } = snapshotQuery(schema, { windows: windowsOf("test", windows), families });
    return (await history.session.connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    history.close();
  }
}

/** The history with facts added to its tables. */
export function withFacts(tables: HistoryTables, more: HistoryTables): HistoryTables {
  return Object.fromEntries(
    FACT_TABLE_NAMES.flatMap((name) => {
      const facts = [...(tables[name] ?? []), ...(more[name] ?? [])];
      return facts.length > 0 ? [[name, facts]] : [];
    }),
  );
}

/** As a source with these columns would be opened: standard columns by their kind, others by what is in their cells. */
export function schemaOf(tables: HistoryTables): HistorySchema {
  return Object.fromEntries(
    FACT_TABLE_NAMES.flatMap((name) => {
      const facts = tables[name];
      if (facts === undefined) return [];
      const standard = standardTable(name).columns;
      const given = new Set(facts.flatMap((fact) => Object.keys(fact)));
      const columns = standard.flatMap(({ name: column, kind }): FactColumn[] => {
        if (given.delete(column)) return [{ name: column, kind }];
        return ALWAYS_THERE.has(column) ? [{ name: column, kind, isAbsent: true }] : [];
      });
      const others = [...given].map((column) => ({ name: column, kind: kindOf(facts, column) }));
      return [[name, [...columns, ...others]]];
    }),
  );
}

function kindOf(facts: readonly PlainFact[], column: string): FactKind {
  return facts.some((fact) => typeof fact[column] === "string") ? "text" : "number";
}
