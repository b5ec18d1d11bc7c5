import { type Problem, type ProblemPath, Problems } from "../errors.js";
import { castColumn } from "./cast.js";
import { GrowingCategories } from "./growing-categories.js";
import { type CodedText, codeTexts, type DeclaredKind, type Place, resolveColumn } from "./resolve-column.js";
import type { Column, ColumnKind } from "./table.js";
import { isBlank } from "./text-rules.js";

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
  /** Starts a pass at the first row. */
  start(): ChunkReader;
}

/** Numbers as they are, or converted to the declared kind. */
export function numbersInChunks(
  name: string,
  isDate: boolean,
  declared: DeclaredKind | undefined,
  place: Place,
): ChunkColumn {
  const schema = schemaOf(name, declared ?? (isDate ? "date" : "numeric"));
  return {
    ...schema,
    start: () => {
      const categories = new GrowingCategories();
      return {
        read: (cells, firstRow, problems) => {
          const values = cells as Float64Array;
          reportInfinite(name, values, firstRow, problems, place);
          const column: Column = { kind: "numeric", name, values, ...(isDate ? { isDate } : {}) };
          if (declared === undefined) return column;
          const cast = castColumn(column, declared, rowsFrom(firstRow, problems), place);
          return cast.kind === "categorical" ? categories.recode(cast) : cast;
        },
      };
    },
  };
}

/**
 * Codes into distinct texts, all of which are known, so that each is resolved once. A text that can't be of the declared
 * kind is a problem once, not once for each of its rows.
 * @param presentRows how many rows are not missing.
 */
export function codesInChunks(
  name: string,
  texts: readonly string[],
  rowsOfText: ArrayLike<number>,
  declared: DeclaredKind | undefined,
  problems: Problems,
  place: Place,
): ChunkColumn {
  const used = Int32Array.from(texts.keys()).filter((code) => rowsOfText[code] > 0);
  const coded = { name, texts: Array.from(used, (code) => texts[code]), codes: Int32Array.from(used.keys()) };
  let presentRows = 0;
  for (const code of used) if (!isBlank(texts[code])) presentRows += rowsOfText[code];
  const cells = resolveColumn(coded, declared, withoutRows(problems), place, presentRows);
  const cellOf = new Int32Array(texts.length);
  used.forEach((code, cell) => {
    cellOf[code] = cell;
  });
  return {
    ...schemaOf(name, cells.kind === "numeric" && cells.isDate ? "date" : cells.kind),
    start: () => {
      const growing = new GrowingCategories();
      return {
        read: (raw) => {
          const codes = raw as Int32Array;
          if (cells.kind === "categorical") {
            const of = (code: number) => (code < 0 ? -1 : cells.codes[cellOf[code]]);
            return growing.recode({ name, codes: codes.map(of), categories: cells.categories });
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

/** What is known of a column of text before its chunks are read. */
export interface KnownText {
  readonly kind: DeclaredKind;
  /** Whether all of its texts are `true` or `false` in any case: they are then written in lower case. */
  readonly isBoolean: boolean;
}

/** Texts of a known kind, with too many distinct ones to keep them all. */
export function textsInChunks(name: string, known: KnownText, place: Place): ChunkColumn {
  return {
    ...schemaOf(name, known.kind),
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
    const { kind, isBoolean } = this.known;
    if (kind === "categorical" && !isBoolean) {
      // Not resolved by itself: a chunk may have no other words than true and false.
      const isMissing = coded.texts.map(isBlank);
      const codes = coded.codes.map((code) => (code < 0 || isMissing[code] ? -1 : code));
      const categories = coded.texts.map((text) => text.trim());
      return this.categories.recode({ name: coded.name, codes, categories });
    }
    const column = resolveColumn(coded, kind, rowsFrom(firstRow, problems), this.place);
    return column.kind === "categorical" ? this.categories.recode(column) : column;
  }
}

/** The schema of a column: its name, its kind, whether it holds dates. */
export function schemaOf(name: string, kind: DeclaredKind): ColumnSchema {
  return kind === "date" ? { name, kind: "numeric", isDate: true } : { name, kind };
}

function reportInfinite(
  name: string,
  values: Float64Array,
  firstRow: number,
  problems: Problems,
  place: Place,
): void {
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]) !== Infinity) continue;
    const path = { ...place, column: name, row: firstRow + i + 1 };
    problems.add({ code: "data.not-finite", path, expected: "must be finite", received: values[i] });
  }
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
