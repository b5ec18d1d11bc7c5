import type { SpilledRows } from "./spill.js";

/** By what a list ranks rows. */
export type RankedBy = "probability" | "expectedLoss";

/** What decides the rank of a row. No two rows have the same. */
export interface RankKey {
  /** Probability or expected loss: the higher, the earlier. */
  readonly amount: number;
  /** The value of the subscriber, the higher the earlier; 0 where the model has no value column. */
  readonly value: number;
  /** The lower as text (by UTF-16 code units) the earlier; null where there is none, after all others. */
  readonly id: string | null;
  /** The place of the row in the batch. */
  readonly place: number;
}

/** Rows of a batch, whose ranks are asked for. */
export interface RankedRows {
  readonly rowCount: number;
  readonly amounts: Float64Array;
  keyOf(row: number): RankKey;
  /** {@link compareKeys} of the key of a row and another one, without making the former. */
  compare(row: number, key: RankKey): number;
}

/** What comes first in a list is the smallest, for sorting. */
export function compareKeys(a: RankKey, b: RankKey): number {
  if (a.amount !== b.amount) return b.amount - a.amount;
  if (a.value !== b.value) return b.value - a.value;
  return compareIds(a.id, b.id) || a.place - b.place;
}

function compareIds(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

/**
 * Scores that were put aside, as rows to be ranked.
 * @param firstPlace the place of the first of them in the batch.
 * @param hasIds whether the model has an id column; without one, ids are only numbers of rows.
 */
export function rankedRows(
  rows: SpilledRows,
  firstPlace: number,
  by: RankedBy,
  { hasIds, hasValues }: { readonly hasIds: boolean; readonly hasValues: boolean },
): RankedRows {
  const amounts = rows.numbers(by === "probability" ? "probability" : "expected_loss");
  const values = hasValues ? rows.numbers("value") : undefined;
  let decode: ((row: number) => string | null) | undefined;
  const valueAt = (row: number): number => (values === undefined ? 0 : values[row]);
  const idAt = (row: number): string | null => {
    if (!hasIds) return null;
    // Few rows are asked for.
    decode ??= rows.textsOneByOne("id");
    return decode(row);
  };
  return {
    rowCount: rows.rowCount,
    amounts,
    keyOf(row) {
      return { amount: amounts[row], value: valueAt(row), id: idAt(row), place: firstPlace + row };
    },
    compare(row, key) {
      if (amounts[row] !== key.amount) return key.amount - amounts[row];
      if (valueAt(row) !== key.value) return key.value - valueAt(row);
      return compareIds(idAt(row), key.id) || firstPlace + row - key.place;
    },
  };
}
