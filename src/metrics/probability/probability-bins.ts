import type { Problems } from "../../errors.js";
import { argumentProblem } from "../../errors.js";
import { cutMass, sum, type Tally } from "../sample/tally.js";

/** How probabilities are put in bins: of equally many rows, or of equal width. */
export type Binning = "mass" | "width";

/** Called with the `share` (in (0, 1]) of the weight at `rank` that lies in a bin. */
type BinVisitor = (bin: number, rank: number, share: number) => void;

/**
 * Walks through a tally bin by bin, from the lowest probability. In bins of equal mass, the row of rank r (from 0) of n
 * falls in bin ⌊bins · r / n⌋, and the weight at a probability that extends over several bins is divided between them
 * whatever the labels, so that the order of rows does not matter. In bins of equal width, p falls in ⌊bins · p⌋ and 1
 * in the last.
 */
export function eachBinPart(
  { scores, positives, negatives, isWhole }: Tally,
  bins: number,
  binning: Binning,
  visit: BinVisitor,
): void {
  const total = sum(positives) + sum(negatives);
  const edgeAfter = (bin: number) =>
    bin >= bins - 1 ? Number.POSITIVE_INFINITY : cutMass((bin + 1) / bins, total, isWhole);
  let bin = 0;
  let filled = 0;
  let edge = edgeAfter(0);
  for (let rank = scores.length - 1; rank >= 0; rank--) {
    const mass = positives[rank] + negatives[rank];
    if (mass === 0) continue;
    if (binning === "width") {
      visit(Math.min(Math.floor(scores[rank] * bins), bins - 1), rank, 1);
      continue;
    }
    let left = mass;
    while (filled + left > edge) {
      const taken = edge - filled;
      if (taken > 0) visit(bin, rank, taken / mass);
      left -= taken;
      filled = edge;
      edge = edgeAfter(++bin);
    }
    if (left > 0) visit(bin, rank, left / mass);
    filled += left;
  }
}

/** Sums over bins, empty ones included. */
export interface BinSums {
  readonly weight: Float64Array;
  /** Σ weight · probability. */
  readonly probability: Float64Array;
  /** The weight of churners. */
  readonly positives: Float64Array;
}

export function sumBins(tally: Tally, bins: number, binning: Binning): BinSums {
  const { scores, positives, negatives } = tally;
  const sums = {
    weight: new Float64Array(bins),
    probability: new Float64Array(bins),
    positives: new Float64Array(bins),
  };
  eachBinPart(tally, bins, binning, (bin, rank, share) => {
    const mass = share * (positives[rank] + negatives[rank]);
    sums.weight[bin] += mass;
    sums.probability[bin] += mass * scores[rank];
    sums.positives[bin] += share * positives[rank];
  });
  return sums;
}

/** The effective number of rows in each bin, from the squared weights at each probability; NaN for an empty bin. */
export function rowsOfBins(
  tally: Tally,
  squares: Float64Array,
  { weight }: BinSums,
  binning: Binning,
): Float64Array {
  const binSquares = new Float64Array(weight.length);
  eachBinPart(tally, weight.length, binning, (bin, rank, share) => {
    binSquares[bin] += share * squares[rank];
  });
  return weight.map((mass, bin) => mass * (mass / binSquares[bin]));
}

/** What other libraries call the ways of binning. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  quantile: 'did you mean "mass"?',
  frequency: 'did you mean "mass"?',
  uniform: 'did you mean "width"?',
};

/** Adds what is wrong with a number of bins and a way of binning; `rows` is what the sample counts for. */
export function addBinProblems(
  problems: Problems,
  functionName: string,
  rows: number,
  { bins, binning = "mass" }: { readonly bins?: number | undefined; readonly binning?: Binning | undefined },
): void {
  if (bins !== undefined && !(Number.isInteger(bins) && bins >= 1 && bins <= rows)) {
    const expected = `must be a whole number from 1 to the number of rows, ${rows}`;
    problems.add(argumentProblem(functionName, "bins", expected, bins));
  }
  if (binning !== "mass" && binning !== "width") {
    const hint = OTHER_NAMES[String(binning)];
    problems.add(argumentProblem(functionName, "binning", "must be one of mass, width", binning, hint));
  }
}
