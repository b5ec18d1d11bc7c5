import { type Problem, Problems } from "../errors.js";
import type { LongWork } from "../progress.js";
import { checkColumnNames } from "../table/column-names.js";
import type { CellFormat } from "../table/grammar/cell-format.js";
import type { DeclaredKind } from "../table/grammar/column-plan.js";
import type { Table } from "../table/table.js";

/** A column that a model reads, and what it is for. */
export interface NeededColumn {
  readonly name: string;
  readonly kind: DeclaredKind;
  /** How its cells are written, where they are not plain. */
  readonly reading?: CellFormat | undefined;
  /** Whether its numbers are 0 and 1 only, so that `yes` and `true` are 1. */
  readonly isFlag?: boolean | undefined;
  /** Completes "must be there: ". */
  readonly why: string;
}

/** A row that can't be scored, with all its cells. */
export interface RejectedRow {
  /** Its number in the source, from 1, the header not counted. */
  readonly row: number;
  /** The line it begins on, where the source has lines. */
  readonly line?: number;
  /** What is wrong with it, cell by cell. */
  readonly problems: readonly Problem[];
  /** Its cells by column; where it can't be split into them, `text` holds the row as it is in the source. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly text?: string;
}

/** Some rows of a source: those that can be scored, as columns of the kinds that the model needs, and those that can't. */
export interface RowBatch {
  readonly table: Table;
  /** Of each row of the table, its number in the source, from 1. */
  readonly rowNumbers: Float64Array;
  readonly rejected: readonly RejectedRow[];
}

/** How far a source has been read, in bytes or rows. */
export interface Extent {
  readonly done: number;
  /** Undefined where it is not known. */
  readonly total: number | undefined;
}

/** A source of rows, read batch by batch, once and in order. Memory does not grow with its length. */
export interface RowSource {
  /** What messages call it: a path, "standard input", "PostgreSQL query". */
  readonly name: string;
  /**
   * @throws HoldfastError with all columns that are missing or of another type, for text that can't be cut into rows, and
   * with code `aborted` when the signal was aborted.
   */
  batches(needed: readonly NeededColumn[], work: LongWork): AsyncGenerator<RowBatch, void, undefined>;
  /** How far {@link batches} has read. */
  extent(): Extent;
}

/** Rows of a batch; the last may have fewer. Small enough that a few batches at a time need little memory. */
export const BATCH_ROWS = 16_384;

/** The problem of a needed column that a source does not have. */
export function missingColumn(
  { name, why }: NeededColumn,
  source: string,
  received?: readonly string[],
): Problem {
  return {
    code: "data.missing-column",
    path: { file: source, column: name },
    expected: `must be there: ${why}`,
    received: undefined,
    ...(received === undefined ? {} : { hint: `columns are ${received.join(", ").slice(0, 300)}` }),
  };
}

/** The problem of a needed column whose cells are of a type that can't be its kind. @param received the type. */
export function wrongType({ name, kind }: NeededColumn, received: string, source: string): Problem {
  const what = { numeric: "numbers", date: "dates", categorical: "text, numbers or booleans", text: "text" }[
    kind
  ];
  return {
    code: "data.wrong-type",
    path: { file: source, column: name },
    expected: `must hold ${what}, as when the model was trained`,
    received,
  };
}

/**
 * The positions of the needed columns among those of a source, from 0.
 * @throws HoldfastError with all that are missing, and names that appear twice.
 */
export function placesOf(
  needed: readonly NeededColumn[],
  header: readonly string[],
  source: string,
): number[] {
  const problems = new Problems();
  const names = checkColumnNames(header, problems, { file: source });
  const placeOf = new Map(names.map((name, place) => [name, place]));
  const places = needed.map((column) => {
    const place = placeOf.get(column.name) ?? -1;
    if (place < 0) problems.add(missingColumn(column, source, names));
    return place;
  });
  problems.throwIfAny();
  return places;
}
