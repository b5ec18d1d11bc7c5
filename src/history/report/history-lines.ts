import { alignedLines } from "../../printing/aligned-lines.js";
import { counted } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import type { FactTableReport, HistoryNote, HistoryReport } from "./history-report.js";

/** Each table with its rows, what was left out of it, and its source; the database behind it is not shown. */
export const PRINTED_HISTORY: Printed<{ readonly report: HistoryReport }> = {
  lines: ({ report }) => {
    const tables = Object.entries(report.tables);
    return [
      `History of ${counted(tables.length, "table")}${report.isChecked ? "" : ", not checked"}`,
      ...alignedLines(tables.map(([name, table]) => tableCells(name, table))),
      ...tables.flatMap(([name, { notes }]) => notes.map((note) => noteLine(name, note))),
    ];
  },
  short: ({ report: { tables } }) =>
    `History ${counted(Object.keys(tables).length, "table")}, ${counted(tables.subscribers?.rowsKept ?? 0, "subscriber")}`,
};

/** `usage.minutes: 1 cell taken as missing: "-"`. */
export function noteLine(table: string, { column, text }: HistoryNote): string {
  return `${table}${column === undefined ? "" : `.${column}`}: ${text}`;
}

function tableCells(name: string, { source, rowsRead, rowsKept }: FactTableReport): string[] {
  const leftOut = rowsRead - rowsKept;
  return [name, counted(rowsKept, "row"), leftOut === 0 ? "" : `${counted(leftOut, "row")} left out`, source];
}
