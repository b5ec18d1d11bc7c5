/** Scores rows one by one. */
export interface RowScorer {
  /** The margin of the row that starts at `from` in `rows`: base margin plus leaf values in the order of the trees. */
  marginAt(rows: Float64Array, from: number): number;
}
