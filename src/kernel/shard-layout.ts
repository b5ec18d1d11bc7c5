import { AddressBook } from "./memory.js";

/**
 * How training rows lie in memory. Rows are divided into shards, one per thread; each shard has its own memory,
 * so that neither threads nor 4 GiB of 32-bit addresses get in each other's way.
 *
 * Features become bytes: bin numbers, 0 to 255. A byte column holds one feature, or several that have few bins (byte =
 * Σ bin · divisor), because the time of a histogram grows with bytes, not with features. The bytes are stored twice:
 *
 * ```
 *   columns                         rowBytes
 *   ┌────────────────────┐          ┌────────────────────┐
 *   │ column 0: a byte a │          │ row 0: all columns │  ← stride bytes: the columns, padded to four
 *   │ row, one after the │          ├────────────────────┤
 *   │ other              │          │ row 1              │
 *   ├────────────────────┤          ├────────────────────┤
 *   │ column 1 …         │          │ …                  │
 *   └────────────────────┘          └────────────────────┘
 *   dividing a leaf's rows          histograms read whole rows:
 *   reads one column                one visit to memory a row
 * ```
 *
 * In addition, for every row: label, weight (when there are weights), its number in the input, its margin
 * so far and at the best round (whole numbers of `marginUnit`), its gradient and hessian (4 bytes each, whole numbers
 * too). Everything that is added up is a whole number, so sums, and with them the model, are the same to the last bit
 * for any number of threads and any order of rows.
 *
 * Rows for early stopping come last; the others are brought, every few trees, into the order of a tree's leaves, so
 * that the rows of a leaf are close together.
 *
 * A tree works on `order`, a list of row numbers, each leaf a stretch of it:
 *
 * ```
 *   order   │ leaf 0 │   leaf 2   │ leaf 1 │ … │ rows not drawn, by leaf │ held-out rows, by leaf │
 *           └ a split divides a leaf's stretch in place, with the help of `spare` ┘
 * ```
 *
 * One leaf costs one pass over its rows, which fills the column histogram (16 bytes a bin, 256 bins a column):
 *
 * ```
 *   i64 Σ gradient │ i64 Σ hessian · 2^countBits + rows
 * ```
 *
 * and the first shard's memory, in its `head`, adds the column histograms of all shards to one histogram of features
 * per leaf (bins of all features side by side), searches it for the best split, and keeps it until the leaf is split:
 * the histogram of the larger child is the parent's minus that of the smaller one.
 */
export interface ShardLayout {
  readonly rowCount: number;
  /** Rows there is room for: a multiple of 16, so that loops over 4 or 16 rows need no remainder loop. */
  readonly capacity: number;
  readonly columns: number;
  readonly stride: number;
  readonly columnBytes: number;
  readonly rowBytes: number;
  readonly labels: number;
  /** 0 when there are no weights. */
  readonly weights: number;
  readonly ids: number;
  readonly margins: number;
  readonly gradients: number;
  readonly order: number;
  readonly spare: number;
  readonly columnHistogram: number;
  /** Rows on their way into a histogram, or values on their way into bins. */
  readonly scratch: number;
  /** 256 bytes: which values of a byte go left. */
  readonly goesLeft: number;
  readonly end: number;
}

/** What only the first shard has. */
export interface HeadLayout {
  /** 32 bytes a feature; see assembly/feature-record.ts. */
  readonly features: number;
  readonly allowed: number;
  readonly settings: number;
  readonly result: number;
  readonly scratch: number;
  /** A column histogram from another shard. */
  readonly visitor: number;
  /** Histograms of leaves, `bins` × 16 bytes each; to the end of the memory. */
  readonly histograms: number;
}

/** Rows binned at a time. */
export const STAGED_ROWS = 16_384;
/** Rows gathered at a time for a histogram; the kernel's CHUNK. */
const GATHERED_ROWS = 512;
export const COLUMN_HISTOGRAM_BYTES = 4096;
export const BIN_BYTES = 16;
export const FEATURE_RECORD_BYTES = 32;

export function layoutShard(rowCount: number, columns: number, hasWeights: boolean): ShardLayout {
  const capacity = Math.max(16, Math.ceil(rowCount / 16) * 16);
  const stride = Math.ceil(columns / 4) * 4;
  const book = new AddressBook();
  const perRow = (bytes: number) => book.take(capacity * bytes + 16);
  return {
    rowCount,
    capacity,
    columns,
    stride,
    columnBytes: book.take(capacity * stride + 64),
    rowBytes: perRow(stride),
    labels: perRow(4),
    weights: hasWeights ? perRow(4) : 0,
    ids: perRow(4),
    margins: perRow(4),
    gradients: perRow(8),
    order: perRow(4),
    spare: perRow(4),
    columnHistogram: book.take(columns * COLUMN_HISTOGRAM_BYTES),
    scratch: book.take(Math.max(STAGED_ROWS * 9 + 256 * 8, GATHERED_ROWS * (BIN_BYTES + stride)) + 64),
    goesLeft: book.take(256),
    end: book.end,
  };
}

export function layoutHead(after: number, featureCount: number, columns: number): HeadLayout {
  const book = new AddressBook(after);
  return {
    features: book.take(featureCount * FEATURE_RECORD_BYTES),
    allowed: book.take(featureCount),
    settings: book.take(14 * 8),
    result: book.take(15 * 8 + 256),
    scratch: book.take(256 * 12),
    visitor: book.take(columns * COLUMN_HISTOGRAM_BYTES),
    histograms: book.end,
  };
}
