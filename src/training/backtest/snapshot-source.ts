import type { LongWork } from "../../progress.js";
import type { Table } from "../../table/table.js";
import type { LabelledCutoff, PlannedTraining } from "./plan.js";

/** Where the rows of a backtest come from: a history, or a table of snapshots. */
export interface SnapshotSource {
  /** By rising day; all of their rows have labels. */
  readonly cutoffs: readonly LabelledCutoff[];
  /** Cutoffs whose labels are not all known, and why. */
  readonly unlabelled: readonly { readonly day: number; readonly reason: string }[];
  /** The rows of all cutoffs that these trainings use. */
  read(trainings: readonly PlannedTraining[], work: LongWork): Promise<Snapshots>;
}

/** The rows of a backtest. */
export interface Snapshots {
  /** Rows to be scored, with their labels as they turned out. */
  readonly outcomes: Table;
  /** Of these rows, 1 = churned. */
  readonly labels: Uint8Array;
  /** Which of these rows are of some cutoffs. */
  rowsAt(cutoffs: readonly number[]): Int32Array;
  /** A table of the rows of some cutoffs, with their labels as they were known before a day. */
  knownBefore(day: number, cutoffs: readonly number[], work: LongWork): Promise<Table>;
}

/** The numbers of the rows whose day is one of these, rising. */
export function rowsOnDays(days: Float64Array, wanted: readonly number[]): Int32Array {
  const isWanted = new Set(wanted);
  const rows = new Int32Array(days.length);
  let count = 0;
  for (let row = 0; row < days.length; row++) if (isWanted.has(days[row])) rows[count++] = row;
  return rows.subarray(0, count);
}

/** All cutoffs that trainings use, or only those that their models score; rising, each once. */
export function cutoffsOf(trainings: readonly PlannedTraining[], part: "all" | "scored"): number[] {
  const all = trainings.flatMap(({ known, scored }) => (part === "all" ? [...known, ...scored] : scored));
  return [...new Set(all)].sort((a, b) => a - b);
}
