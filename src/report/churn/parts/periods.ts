import { SNAPSHOT_COLUMNS } from "../../../history/snapshot-columns.js";
import { evaluateSegments } from "../../../metrics/evaluation/evaluate-segments.js";
import type { Segmentation } from "../../../metrics/evaluation/segmentation.js";
import { formatDate } from "../../../table/dates.js";
import { type Column, cellOf, columnLength, findColumn, type Table } from "../../../table/table.js";
import { isOfSnapshots } from "../../../training/snapshot-roles.js";
import type { ReportedPeriods, SnapshotWindow } from "../report.js";
import type { MissingParts } from "./missing-parts.js";
import type { ScoredData } from "./scored-data.js";

/** More different days than this are taken by months. */
const MOST_DAYS = 40;
const LENGTH_OF_MONTH = "2026-01".length;

/** The column of time: the one that was asked for, `cutoff` of snapshots, or none. */
export function periodColumn(
  table: Table,
  asked: string | undefined,
  missing: MissingParts,
): Column | undefined {
  if (asked === undefined)
    return isOfSnapshots(table) ? findColumn(table, SNAPSHOT_COLUMNS.cutoff) : undefined;
  const column = findColumn(table, asked);
  if (column === undefined) missing.add("periods", `the data have no column ${JSON.stringify(asked)}`);
  return column;
}

/** How well the model did in each period of a column of days or texts, in their order. */
export function periodsOf(
  { probabilities, weights, groups }: ScoredData,
  labels: Uint8Array,
  column: Column,
): ReportedPeriods {
  const segmentation = segmentationByTime(column);
  const evaluated = evaluateSegments(labels, probabilities, [segmentation], { weights, groups });
  const place = new Map(segmentation.segments.map((segment, at) => [segment, at]));
  return {
    column: column.name,
    periods: evaluated.toSorted(
      (a, b) => (place.get(a.segment ?? "") ?? place.size) - (place.get(b.segment ?? "") ?? place.size),
    ),
  };
}

function segmentationByTime(column: Column): Segmentation {
  const days = textsOf(column);
  const texts =
    new Set(days).size > MOST_DAYS ? days.map((day) => day?.slice(0, LENGTH_OF_MONTH) ?? null) : days;
  const segments = [...new Set(texts)].filter((text) => text !== null).sort(inTime);
  const codeOf = new Map(segments.map((segment, code) => [segment, code]));
  return {
    name: column.name,
    segments,
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : (codeOf.get(text) ?? -1))),
  };
}

/** Numbers by their size, all else as texts: days and months are written so that this is their order. */
function inTime(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? (a < b ? -1 : Number(a !== b)) : difference;
}

function textsOf(column: Column): (string | null)[] {
  const isDate = column.kind === "numeric" && column.isDate === true;
  return Array.from({ length: columnLength(column) }, (_, row) => {
    const cell = cellOf(column, row);
    if (cell === null || Number.isNaN(cell)) return null;
    return isDate ? formatDate(Number(cell)) : String(cell);
  });
}

/** The days of snapshots and the windows of their labels, as far as the table has those columns. */
export function windowsOf(table: Table, cutoff: Column | undefined): SnapshotWindow[] {
  if (cutoff === undefined) return [];
  const days = textsOf(cutoff);
  const [from, to] = ["label_from", "label_to"].map((name) => {
    const column = findColumn(table, name);
    return column === undefined ? undefined : textsOf(column);
  });
  const windows = new Map<string, SnapshotWindow>();
  days.forEach((day, row) => {
    if (day === null) return;
    const rows = (windows.get(day)?.rows ?? 0) + 1;
    windows.set(day, { cutoff: day, labelFrom: from?.[row] ?? null, labelTo: to?.[row] ?? null, rows });
  });
  return [...windows.values()].sort((a, b) => (a.cutoff < b.cutoff ? -1 : 1));
}
