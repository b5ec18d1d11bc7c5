import type { FeatureNote } from "../../explain/facts/feature-facts.js";
import type { Table } from "../../table/table.js";
import { isOfSnapshots } from "../snapshot-roles.js";
import type { KnownRoles } from "../train-options.js";

/** What is known about the columns of a table: from their names where it is of snapshots, and what the caller says, which wins. */
export async function featureNotesOf(table: Table, options: KnownRoles): Promise<FeatureNote[]> {
  const { featureNotes = [], actionable = [], sensitive = [] } = options;
  const names = table.columns.map(({ name }) => name);
  const notes = new Map<string, FeatureNote>();
  const add = (note: FeatureNote) => notes.set(note.name, { ...notes.get(note.name), ...note });
  if (isOfSnapshots(table)) {
    const { describeColumns } = await import("../../history/describe-columns.js");
    for (const described of await describeColumns(names)) add(described);
  }
  for (const note of featureNotes) add(note);
  for (const name of actionable) add({ name, actionable: true });
  for (const name of sensitive) add({ name, sensitive: true });
  return [...notes.values()];
}
