import { fallingOrder } from "./falling-order.js";

/** A sample sorted once by its scores, so that any weighting of its rows needs no further sorting. */
export interface Ranking {
  /** The distinct scores, falling. */
  readonly scores: Float64Array;
  /** For each row, the index of its score in `scores`. */
  readonly rankOfRow: Uint32Array;
  /** The rows by falling score; rows of equal score in the order given. */
  readonly order: Uint32Array;
}

/** Ranks rows by falling score; equal scores share a rank. */
export function rankScores(scores: ArrayLike<number>): Ranking {
  const order = fallingOrder(scores);
  const rankOfRow = new Uint32Array(order.length);
  const distinct = new Float64Array(order.length);
  let ranks = 0;
  for (let i = 0; i < order.length; i++) {
    const score = scores[order[i]];
    if (ranks === 0 || score !== distinct[ranks - 1]) distinct[ranks++] = score;
    rankOfRow[order[i]] = ranks - 1;
  }
  return { scores: distinct.slice(0, ranks), rankOfRow, order };
}
