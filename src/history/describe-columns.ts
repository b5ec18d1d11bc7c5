import type { FeatureDescription } from "./snapshots.js";
import { type FactColumn, type HistorySchema, STANDARD_TABLES } from "./standard-tables.js";

/** Names of features by which a measure of a table is known. */
const OF_USAGE = /^(.+)_silent_months$/;
const OF_ACTIVITY = /^(.+)_last7_to_previous28$/;
/** Observed for a year, a history has all features. */
const WINDOWS = { at: "2025-01", observe: 12, gap: 1, horizon: 1 };

/**
 * What the columns of a table of snapshots mean, wherever it was read from: a file of snapshots has names only. Of columns that the
 * default families do not write, such as your own features, nothing is said.
 * @param names of columns.
 */
export async function describeColumns(names: readonly string[]): Promise<FeatureDescription[]> {
  const { describeFeatures } = await import("./snapshots.js");
  const wanted = new Set(names);
  const described = await describeFeatures({ schema: schemaOf(names) }, WINDOWS);
  return described.filter(({ name }) => wanted.has(name));
}

/** A history with all standard columns, and the measures that the names tell of. */
function schemaOf(names: readonly string[]): HistorySchema {
  const measured = (pattern: RegExp) =>
    names.flatMap((name): FactColumn[] => {
      const measure = pattern.exec(name)?.[1];
      return measure === undefined ? [] : [{ name: measure, kind: "number" }];
    });
  const more: Readonly<Record<string, readonly FactColumn[]>> = {
    usage: measured(OF_USAGE),
    activity: measured(OF_ACTIVITY),
  };
  return Object.fromEntries(
    Object.entries(STANDARD_TABLES).map(([table, { columns }]) => [
      table,
      [...columns.map(({ name, kind }) => ({ name, kind })), ...(more[table] ?? [])],
    ]),
  );
}
