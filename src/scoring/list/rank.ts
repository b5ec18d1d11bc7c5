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
}

/** What comes first in a list is the smallest, for sorting. */
export function compareKeys(a: RankKey, b: RankKey): number {
  if (a.amount !== b.amount) return b.amount - a.amount;
  if (a.value !== b.value) return b.value - a.value;
  if (a.id !== b.id) {
    if (a.id === null || b.id === null) return a.id === null ? 1 : -1;
    return a.id < b.id ? -1 : 1;
  }
  return a.place - b.place;
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
  let idOf: ((row: number) => string | null) | undefined = hasIds ? undefined : () => null;
  return {
    rowCount: rows.rowCount,
    amounts,
    keyOf(row) {
      // Few rows are asked for.
      idOf ??= rows.textsOneByOne("id");
      return {
        amount: amounts[row],
        value: values === undefined ? 0 : values[row],
        id: idOf(row),
        place: firstPlace + row,
      };
    },
  };
}
