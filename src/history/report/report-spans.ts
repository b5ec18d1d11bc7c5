import { count } from "../../errors.js";
import { formatDate } from "../../table/dates.js";
import { followedUntilOf, spansOf } from "../followed-until.js";
import { type FactTableName, standardTable } from "../standard-tables.js";
import type { FactTableReport, HistoryNote, HistoryReport } from "./history-report.js";
import type { OpenFacts, TableSpan } from "./table-span.js";

/** The reports of tables before it is known where their facts begin and end. */
export type TableReports = {
  readonly [name in FactTableName]?: Omit<FactTableReport, "first" | "last">;
};

/** A table that ends so many days before the last one is noted. */
const EARLY_DAYS = 45;

/** Adds where the facts of each table begin and end, notes about tables that end early, and where the history ends. */
export async function withSpans(
  history: OpenFacts,
  tables: TableReports,
): Promise<Pick<HistoryReport, "tables" | "followedUntil">> {
  const spans = await spansOf(history);
  const until = await followedUntilOf(history);
  const reports = Object.entries(tables).map(([name, report]): [string, FactTableReport] => {
    const table = name as FactTableName;
    const span = spans.get(table);
    const notes = span === undefined ? [] : spanNotes(span, until);
    const last = span === undefined ? null : span.until - 1;
    return [
      name,
      {
        ...report,
        notes: [...report.notes, ...notes],
        first: span === undefined ? null : shown(table, span.first),
        last: last === null ? null : shown(table, last),
      },
    ];
  });
  const followedUntil = Number.isFinite(until) ? formatDate(until) : "";
  return { tables: Object.fromEntries(reports), followedUntil };
}

function spanNotes({ until, isolated }: TableSpan, historyUntil: number): HistoryNote[] {
  const notes: HistoryNote[] = [];
  if (isolated > 0) {
    const text = `${count(isolated, "fact far behind all others does", "facts far behind all others do")} not count as the end of the history`;
    notes.push({ kind: "isolated facts", rows: isolated, text });
  }
  if (historyUntil - until > EARLY_DAYS) {
    const text = `the last fact is of ${formatDate(until - 1)}, other tables go on until ${formatDate(historyUntil - 1)}`;
    notes.push({ kind: "ends early", text });
  }
  return notes;
}

function shown(table: FactTableName, day: number): string {
  const text = formatDate(day);
  return standardTable(table).time.shape === "month" ? text.slice(0, 7) : text;
}
