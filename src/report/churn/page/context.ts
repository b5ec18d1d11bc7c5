import type { LocaleName } from "../../../explain/reasons/locales.js";
import type { Block, PageCell, PageSection, PageTable } from "../../../page/page.js";
import { listed } from "../../../printing/prose.js";
import type { Cell, TableText } from "../../../printing/text-table.js";
import type { Translate } from "../../../printing/translator.js";
import type { ChurnReport, ReportPart } from "../report.js";
import { CHINESE, type ReportText } from "./words/chinese.js";

/** What every section is written from. */
export interface Context {
  readonly report: ChurnReport;
  readonly locale: LocaleName;
  readonly say: Translate<ReportText>;
}

/** Writes a section; null where the report has nothing for it. */
export type MakeSection = (context: Context) => PageSection | null;

/** Options of {@link tableOf}. */
interface TableOptions {
  /** How many rows the page shows. Default: all. */
  readonly most?: number;
  /** Columns, from 0, whose cells are words of the library and not of the data, so that they are translated. */
  readonly ofWords?: readonly number[];
  /** Columns, from 0, whose heads are names of the data, which are not translated. */
  readonly ofData?: readonly number[];
  /** Rows that ask for attention, by their place. */
  readonly isOff?: (row: number) => boolean;
}

/** A table of the library as one of the page: its head, and the columns that hold words, in the page's language. */
export function tableOf(
  { locale }: Context,
  id: string,
  caption: string,
  { head, rows }: TableText,
  { most, ofWords = [], ofData = [], isOff }: TableOptions = {},
): Block {
  const cell = (text: Cell, column: number, row: number): PageCell => {
    const shown = ofWords.includes(column) ? wordOf(locale, String(text)) : String(text);
    return isOff?.(row) === true && column === head.length - 1 ? { text: shown, tone: "warning" } : shown;
  };
  const table: PageTable = {
    id,
    caption,
    head: head.map((text, column) => (ofData.includes(column) ? text : headOf(locale, text, column))),
    rows: rows.map((cells, row) => cells.map((text, column) => cell(text, column, row))),
    ...(most === undefined ? {} : { most }),
  };
  return { is: "table", table };
}

/** Words that hold a number or a name. */
const PATTERNS: readonly (readonly [pattern: RegExp, word: ReportText])[] = [
  [/^(\d+(?:\.\d+)?%) interval$/u, "{1} interval"],
  [/^at probability ≥ (.*)$/u, "at probability ≥ {1}"],
  [/^(.*): share$/u, "{1}: share"],
  [/^(.*) from$/u, "{1} from"],
];

/** A table without some of its columns, from 0: bars of characters, which the page draws. */
export function withoutColumns({ head, rows }: TableText, ...columns: readonly number[]): TableText {
  const isKept = (_: unknown, column: number) => !columns.includes(column);
  return { head: head.filter(isKept), rows: rows.map((cells) => cells.filter(isKept)) };
}

/** A head that is empty elsewhere has a name here: it can be sorted by, and read aloud. */
function headOf(locale: LocaleName, text: string, column: number): string {
  return wordOf(locale, text === "" ? (column === 0 ? "kept" : "remark") : text);
}

/** A word of the library's tables in the page's language: translated where there is a translation. */
export function wordOf(locale: LocaleName, text: string): string {
  if (locale === "en" || text === "") return text;
  const whole = (CHINESE as Readonly<Record<string, string>>)[text];
  if (whole !== undefined) return whole;
  for (const [pattern, word] of PATTERNS) {
    const found = pattern.exec(text);
    if (found !== null) return CHINESE[word].replace("{1}", () => found[1]);
  }
  return text;
}

/** What could not be computed of a part, a note each. */
export function missingOf({ report }: Context, ...parts: readonly ReportPart[]): Block[] {
  return report.missing.flatMap(({ part, reason }): Block[] =>
    parts.includes(part) ? [{ is: "note", tone: "missing", text: reason }] : [],
  );
}

/** The first of many names, and how many more there are. */
export function firstOf(context: Context, names: readonly string[], most: number): string {
  const more = names.length - most;
  if (more <= 0) return listed(context, names);
  return listed(context, [...names.slice(0, most), context.say("{more} more", { more })]);
}
