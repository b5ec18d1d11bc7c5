import { areWhole, squaredWeight } from "../metrics/sample/effective-rows.js";
import { rankScores } from "../metrics/sample/ranking.js";
import type { TierCount } from "./order-bootstrap.js";
import { effectiveRowsOf } from "./summary/cell-sums.js";

/** The weight of some rows, and what counts as its squares: of others, and of churners. */
export interface WeightedCount {
  readonly mass: readonly [others: number, churners: number];
  readonly squares: readonly [others: number, churners: number];
}

export const NO_ROWS: WeightedCount = { mass: [0, 0], squares: [0, 0] };

export function joined(a: WeightedCount, b: WeightedCount): WeightedCount {
  return {
    mass: [a.mass[0] + b.mass[0], a.mass[1] + b.mass[1]],
    squares: [a.squares[0] + b.squares[0], a.squares[1] + b.squares[1]],
  };
}

/** As many equally weighted rows as would give the rate as surely. */
export function countOf({ mass: [others, churned], squares }: WeightedCount): TierCount {
  const mass = others + churned;
  const rows = effectiveRowsOf({ mass, squares: [squares[0], squares[1]] }, churned / mass);
  return rows === mass ? { rows, churners: churned } : { rows, churners: rows * (churned / mass) };
}

/** At one distinct score each, of rows of one label. */
interface MassByScore {
  readonly mass: Float64Array;
  readonly squares: Float64Array;
}

/** The weights of others and of churners at each distinct score, falling; scores without weight are left out. */
export function countsByScore(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): { readonly scores: Float64Array; readonly others: MassByScore; readonly churners: MassByScore } {
  const ranking = rankScores(scores);
  const isWhole = areWhole(weights, labels.length);
  const empty = () => new Float64Array(ranking.scores.length);
  const [others, churners] = [
    { mass: empty(), squares: empty() },
    { mass: empty(), squares: empty() },
  ];
  for (let row = 0; row < labels.length; row++) {
    const { mass, squares } = labels[row] === 1 ? churners : others;
    mass[ranking.rankOfRow[row]] += weights === undefined ? 1 : weights[row];
    squares[ranking.rankOfRow[row]] += squaredWeight(weights, row, isWhole);
  }
  const hasWeight = (_: number, rank: number) => others.mass[rank] + churners.mass[rank] > 0;
  const kept = ({ mass, squares }: MassByScore) => ({
    mass: mass.filter(hasWeight),
    squares: squares.filter(hasWeight),
  });
  return { scores: ranking.scores.filter(hasWeight), others: kept(others), churners: kept(churners) };
}
