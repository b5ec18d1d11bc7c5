import type { TrainingNote } from "../../model-file/churn/training-note.js";
import { whole } from "../../printing/numbers.js";
import type { ReadingNote } from "../../table/grammar/column-reading.js";
import type { Table } from "../../table/table.js";

/** Markers of more columns than this are one note. */
const MOST_MARKER_NOTES = 6;

/** What was decided when the table was read. @param exclude columns that are left out on request: they need no note. */
export function noteReading(table: Table, exclude: readonly string[]): TrainingNote[] {
  const notes = table.columns.flatMap(({ name, reading }) =>
    exclude.includes(name) ? [] : (reading?.notes ?? []),
  );
  return readingNotes(notes);
}

/** Notes of reading as those of a training; those of many columns with markers as one. */
export function readingNotes(notes: readonly ReadingNote[]): TrainingNote[] {
  const ofMarkers = notes.filter(({ kind }) => kind === "markers");
  const isLong = ofMarkers.length > MOST_MARKER_NOTES;
  const single = isLong ? notes.filter(({ kind }) => kind !== "markers") : notes;
  return [
    ...(isLong ? [markersOfAll(ofMarkers)] : []),
    ...single.map(({ column, detail }): TrainingNote => ({ kind: "reading", column, detail })),
  ];
}

function markersOfAll(notes: readonly ReadingNote[]): TrainingNote {
  const cells = notes.reduce((sum, note) => sum + note.cells, 0);
  const texts = [...new Set(notes.map(({ example }) => JSON.stringify(example)))].join(", ");
  const columns = notes.map(({ column, cells: each }) => `${column} ${whole(each)}`).join(", ");
  const detail = `${whole(cells)} cells taken as missing, such as ${texts}: ${columns}`;
  return { kind: "reading", column: null, detail };
}
