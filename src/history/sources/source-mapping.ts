import { columnName } from "../../table/column-name.js";
import { type CellFormat, givenFormat, mergedFormats } from "../../table/grammar/cell-format.js";
import type { MappedSource } from "./fact-source.js";
import type { ColumnMapping, MappedColumn } from "./map-columns.js";
import type { TimeRules } from "./operator-zone.js";

/** How the cells of a whole history are written: of all sources, and of columns by the sources' own names. */
export interface HistoryFormats extends CellFormat {
  /** How the cells of columns are written, by the sources' own names, in every table that has such a column. */
  readonly columns?: Readonly<Record<string, CellFormat>> | undefined;
}

/** The names and formats of a source's columns; what is given for one column counts first, what is given for the history last. */
export function mappingOf(mapped: MappedSource, history: HistoryFormats): ColumnMapping {
  const named = Object.entries(mapped.columns ?? {}).map(([name, own]) => {
    const { name: given = name, ...format } = typeof own === "string" ? { name: own } : own;
    return { name: columnName(name), own: columnName(given), format: givenFormat(format) };
  });
  const ofColumns = Object.entries(history.columns ?? {}).map(
    ([own, format]) => [columnName(own), format] as const,
  );
  const ofSource = sourceFormat(mapped, history);
  return {
    names: Object.fromEntries(named.map(({ name, own }) => [name, own])),
    formatOf: (name, own) => {
      const ofMapped = named.find((column) => column.name === name)?.format;
      const ofOwn = ofColumns.find(([column]) => column === own)?.[1];
      return mergedFormats(mergedFormats(ofSource, ofOwn), ofMapped);
    },
  };
}

/** The format of all columns of a source. The time zone of the history is that of its days, and no format of cells. */
function sourceFormat(mapped: MappedSource, history: HistoryFormats): CellFormat | undefined {
  const { timeZone: _, ...ofHistory } = history;
  return mergedFormats(givenFormat(ofHistory), givenFormat(mapped));
}

/** All formats of a history with the place where each is given. */
export function formatsOf(
  sources: readonly (readonly [string, MappedSource])[],
  history: HistoryFormats,
): (readonly [string, CellFormat])[] {
  return [
    ...Object.entries(history.columns ?? {}),
    ...sources.flatMap(([table, mapped]) => [
      [table, mapped] as const,
      ...Object.entries(mapped.columns ?? {}).flatMap(([name, own]) =>
        typeof own === "string" ? [] : [[`${table}.${name}`, own] as const],
      ),
    ]),
  ];
}

/** The rules for the times of a column, under the zone of the operator. */
export function timeRulesOf(zone: string | undefined, { format }: Pick<MappedColumn, "format">): TimeRules {
  return { zone, unzoned: format?.timeZone };
}
