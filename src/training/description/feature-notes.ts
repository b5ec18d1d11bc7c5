import type { FeatureNote } from "../../explain/facts/feature-facts.js";
import { topicOf } from "../../history/topics/topics.js";
import {
  ACTIONABLE_TOPICS,
  CHANGEABLE_FEATURES,
  SENSITIVE_FEATURES,
  TOPICS_NOT_TOLD,
} from "../../history/topics/what-can-be-done.js";
import type { Table } from "../../table/table.js";
import { isOfSnapshots } from "../snapshot-roles.js";
import type { KnownRoles } from "../train-options.js";

/** What is known about the columns of a table: from their names where it is of snapshots, and what the caller says, which wins. */
export async function featureNotesOf(table: Table, options: KnownRoles): Promise<FeatureNote[]> {
  const { featureNotes = [], actionable = [], sensitive = [] } = options;
  const notes = new Map<string, FeatureNote>();
  const add = (note: FeatureNote) => notes.set(note.name, { ...notes.get(note.name), ...note });
  if (isOfSnapshots(table)) {
    const { describeColumns } = await import("../../history/describe-columns.js");
    for (const described of await describeColumns(table.columns.map(({ name }) => name)))
      add(noteOfSnapshots(described));
  }
  // Families of features that are not of snapshots are the caller's, whatever their names.
  for (const note of featureNotes) add(notes.has(note.name) ? withTopic(note) : note);
  for (const name of actionable) add({ name, actionable: true, changeable: true });
  for (const name of sensitive) add({ name, sensitive: true });
  return [...notes.values()];
}

/** By its topic, which is what people ask about; the family is how it is computed. */
function noteOfSnapshots(described: FeatureNote & { readonly family: string }): FeatureNote {
  const { name } = described;
  const direction = CHANGEABLE_FEATURES.get(name);
  const topic = topicOf(described);
  return {
    ...withTopic(described),
    actionable: ACTIONABLE_TOPICS.has(topic),
    changeable: direction !== undefined,
    ...(direction === undefined || direction === "either" ? {} : { direction }),
    ...(TOPICS_NOT_TOLD.has(topic) ? { isReason: false } : {}),
    ...(SENSITIVE_FEATURES.has(name) ? { sensitive: true } : {}),
  };
}

/** `describeFeatures` says the family of a feature; a family of the caller is its topic. */
function withTopic(note: FeatureNote): FeatureNote {
  const { name, family } = note;
  if (family === undefined) return note;
  const topic = topicOf({ name, family });
  const whenMissing = topicOf({ name, family }, true);
  return { ...note, family: topic, ...(whenMissing === topic ? {} : { familyWhenMissing: whenMissing }) };
}
