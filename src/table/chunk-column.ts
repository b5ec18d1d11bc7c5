import { type Problem, type ProblemPath, Problems } from "../errors.js";
import type { ColumnPlan, DeclaredKind } from "./grammar/column-plan.js";
import type { ColumnReading } from "./grammar/column-reading.js";
import { formatWithMarkers, noteOfMarkers } from "./grammar/missing-beside.js";
import { GrowingCategories } from "./growing/growing-categories.js";
import { numbersColumn } from "./numbers-column.js";
import {
  type CodedText,
  codeTexts,
  columnOfKind,
  type KnownText,
  type Place,
  resolveColumn,
} from "./resolve-column.js";
import type { Column, ColumnKind } from "./table.js";

/** What is known of a column before any chunk is read. */
export interface ColumnSchema {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Of a numeric column: days since 1970-01-01 (UTC). */
  readonly isDate?: boolean;
}

/** Cells of one column of one chunk, as they are fetched. */
export type RawCells = Float64Array | Int32Array | (string | null)[];

/** Turns the cells of one column into chunks of it, from the first row of the input to the last. */
export interface ChunkReader {
  /** @param firstRow how many rows came before. */
  read(cells: RawCells, firstRow: number, problems: Problems): Column;
}

/** A column that can be read in chunks, any number of times. */
export interface ChunkColumn extends ColumnSchema {
  /** How it was read, where its cells were not plain. */
  readonly reading?: ColumnReading;
  /** Of a categorical column, all of its categories, where they are known. */
  readonly categories?: readonly string[];
  /** Starts a pass at the first row. @param taken categories that are missing values. */
  start(taken?: readonly string[]): ChunkReader;
}

/**
 * Numbers of a known kind: no chunk decides what it is. @param isDate whether they are days since 1970-01-01.
 * @param reading what was found of all of them.
 */
export function numbersInChunks(
  name: string,
  isDate: boolean,
  settled: ColumnPlan & { readonly kind: DeclaredKind },
  place: Place,
  reading: ColumnReading | undefined,
): ChunkColumn {
  const ofReading = reading === undefined ? {} : { reading };
  const schema = schemaOf(name, settled.kind);
  return {
    ...schema,
    ...ofReading,
    start: () => {
      const categories = new GrowingCategories();
      return {
        read: (cells, firstRow, problems) => {
          const values = cells as Float64Array;
          const column = numbersColumn(name, values, isDate, settled, rowsFrom(firstRow, problems), place);
          return { ...(column.kind === "categorical" ? categories.recode(column) : column), ...ofReading };
        },
      };
    },
  };
}

/**
 * Codes into distinct texts, all of which are known, so that each is resolved once. A text that can't be of the declared
 * kind is a problem once, not once for each of its rows.
 */
export function codesInChunks(
  name: string,
  texts: readonly string[],
  rowsOfText: ArrayLike<number>,
  plan: ColumnPlan,
  problems: Problems,
  place: Place,
): ChunkColumn {
  const used = Int32Array.from(texts.keys()).filter((code) => rowsOfText[code] > 0);
  const coded = { name, texts: Array.from(used, (code) => texts[code]), codes: Int32Array.from(used.keys()) };
  const rows = Array.from(used, (code) => rowsOfText[code]);
  const cells = resolveColumn(coded, plan, withoutRows(problems), place, rows);
  const ofReading = cells.reading === undefined ? {} : { reading: cells.reading };
  const readingWithout = (taken: readonly string[]): ColumnReading => {
    const rowsOf = (category: string) =>
      coded.texts.reduce((sum, text, i) => sum + (plan.grammar.category(text) === category ? rows[i] : 0), 0);
    const note = noteOfMarkers(name, taken, taken.map(rowsOf), undefined);
    const format = formatWithMarkers(cells.reading?.format, taken);
    return { format, notes: [...(cells.reading?.notes ?? []), note] };
  };
  const cellOf = new Int32Array(texts.length);
  used.forEach((code, cell) => {
    cellOf[code] = cell;
  });
  return {
    ...schemaOf(name, cells.kind === "numeric" && cells.isDate ? "date" : cells.kind),
    ...ofReading,
    ...(cells.kind === "categorical" ? { categories: cells.categories } : {}),
    start: (taken = []) => {
      const growing = new GrowingCategories();
      const isTaken = new Set(taken);
      const read = taken.length === 0 ? ofReading : { reading: readingWithout(taken) };
      return {
        read: (raw) => {
          const codes = raw as Int32Array;
          if (cells.kind === "categorical") {
            const { categories } = cells;
            const kept = cells.codes.map((code) => (code >= 0 && isTaken.has(categories[code]) ? -1 : code));
            const of = (code: number) => (code < 0 ? -1 : kept[cellOf[code]]);
            return { ...growing.recode({ name, codes: codes.map(of), categories }), ...read };
          }
          if (cells.kind === "text") {
            const of = (code: number) => (code < 0 ? null : cells.values[cellOf[code]]);
            return { ...cells, values: Array.from(codes, of) };
          }
          const of = (code: number) => (code < 0 ? Number.NaN : cells.values[cellOf[code]]);
          return { ...cells, values: Float64Array.from(codes, of) };
        },
      };
    },
  };
}

/** Texts of a known kind, with too many distinct ones to keep them all. */
export function textsInChunks(name: string, known: KnownText, place: Place): ChunkColumn {
  return {
    ...schemaOf(name, known.kind),
    ...(known.reading === undefined ? {} : { reading: known.reading }),
    start: () => {
      const texts = new TextChunks(known, place);
      return {
        read: (cells, firstRow, problems) =>
          texts.read(codeTexts(name, cells as (string | null)[]), firstRow, problems),
      };
    },
  };
}

/** Turns chunks of a column of text into columns of the known kind. */
export class TextChunks {
  private readonly categories = new GrowingCategories();

  constructor(
    private readonly known: KnownText,
    private readonly place: Place,
  ) {}

  /** @param firstRow how many rows came before. */
  read(coded: CodedText, firstRow: number, problems: Problems): Column {
    const column = columnOfKind(coded, this.known, rowsFrom(firstRow, problems), this.place);
    if (column.kind !== "categorical") return column;
    const recoded = this.categories.recode(column);
    return column.reading === undefined ? recoded : { ...recoded, reading: column.reading };
  }
}

/** The schema of a column: its name, its kind, whether it holds dates. */
export function schemaOf(name: string, kind: DeclaredKind): ColumnSchema {
  return kind === "date" ? { name, kind: "numeric", isDate: true } : { name, kind };
}

/** Passes problems on, with rows counted from the start of the input. */
export function rowsFrom(firstRow: number, problems: Problems): Problems {
  if (firstRow === 0) return problems;
  return new Rewritten(problems, ({ row, ...path }) =>
    row === undefined ? path : { ...path, row: row + firstRow },
  );
}

function withoutRows(problems: Problems): Problems {
  return new Rewritten(problems, ({ row: _, ...path }) => path);
}

class Rewritten extends Problems {
  constructor(
    private readonly target: Problems,
    private readonly rewrite: (path: ProblemPath) => ProblemPath,
  ) {
    super();
  }

  override add(...problems: readonly Problem[]): void {
    for (const problem of problems) this.target.add({ ...problem, path: this.rewrite(problem.path) });
  }
}
