import { RisingValues } from "./rising-values.js";
import type { Feature, Vectors } from "./vectors.js";

/**
 * The distribution of training rows, or scores, that later rows are compared with. Where rows have weights, counts are sums
 * of them, on the scale of the rows that they are worth.
 */
export interface ReferenceDistribution {
  readonly rows: number;
  /** What the model predicts for the training rows; in models of older versions their out-of-fold probabilities. */
  readonly scores: NumberBins;
  /** Of each input of the model, in their order. */
  readonly inputs: readonly (NumberBins | CategoryBins)[];
}

/** Bin b holds values of (edges[b − 1], edges[b]]; the last bin all values above. */
export interface NumberBins {
  /** Ascending, at most nine: the distinct deciles. */
  readonly edges: readonly number[];
  /** One more than edges. */
  readonly counts: readonly number[];
  readonly missing: number;
}

/** One count for every level of the input, and one for *other*. */
export interface CategoryBins {
  readonly counts: readonly number[];
  readonly missing: number;
}

const PARTS = 10;

/**
 * The distribution of training rows and of their probabilities.
 * @param inputs how many features are inputs, the first ones.
 * @param weights of the rows; default 1 each.
 */
export function referenceDistribution(
  { rowCount, features }: Vectors,
  inputs: number,
  probabilities: Float64Array,
  weights?: Float64Array,
): ReferenceDistribution {
  return {
    rows: rowCount,
    scores: numberBins(probabilities, weights),
    inputs: features.slice(0, inputs).map((feature) => binsOfFeature(feature, weights)),
  };
}

/** Cells of the grid by which a number's bin is first estimated. */
const GRID = 512;

/** Finds the bins that numbers fall into, in some nanoseconds each, as a scoring run does it for every value. */
export class BinFinder {
  private readonly edges: Float64Array;
  private readonly low: number;
  private readonly scale: number;
  /** The bin of the least number of each cell of an even grid between the outer edges. */
  private readonly guesses = new Uint8Array(GRID + 1);

  /** @param edges rising */
  constructor(edges: readonly number[]) {
    this.edges = Float64Array.from([...edges, Number.POSITIVE_INFINITY]);
    this.low = edges[0] ?? 0;
    const width = (edges.at(-1) ?? 0) - this.low;
    this.scale = width > 0 && Number.isFinite(width) ? GRID / width : 0;
    for (let cell = 1; cell <= GRID && this.scale > 0; cell++) {
      // One cell lower than computed, because of rounding: an estimate may be too low, never too high.
      const least = this.low + (cell - 1) / this.scale;
      let bin = 0;
      while (this.edges[bin] < least) bin++;
      this.guesses[cell] = bin;
    }
  }

  /** @param value a number, not NaN */
  binOf(value: number): number {
    const { edges } = this;
    const place = (value - this.low) * this.scale;
    let bin = place >= GRID ? this.guesses[GRID] : place > 0 ? this.guesses[place | 0] : 0;
    while (value > edges[bin]) bin++;
    return bin;
  }

  /**
   * Adds each number to the count of its bin; with a stride every `stride`-th number, each counted `stride` times.
   * @returns the number of missing values.
   */
  count(values: Float64Array, counts: Float64Array | number[], stride = 1): number {
    let missing = 0;
    for (let row = 0; row < values.length; row += stride) {
      const value = values[row];
      if (Number.isNaN(value)) missing += stride;
      else counts[this.binOf(value)] += stride;
    }
    return missing;
  }
}

function binsOfFeature(feature: Feature, weights: Float64Array | undefined): NumberBins | CategoryBins {
  if (feature.kind === "numeric") return numberBins(feature.values, weights);
  return countsOfCodes(feature.codes, feature.levels.length, weights);
}

function numberBins(values: Float64Array, weights: Float64Array | undefined): NumberBins {
  const edges = distinctDeciles(values, weights);
  return { edges, ...countsOfNumbers(values, edges, weights) };
}

/** Counts a feature of other rows in the bins of the same feature of training rows. */
export function countsInBins(
  feature: Feature,
  bins: NumberBins | CategoryBins,
  weights?: Float64Array | undefined,
): CategoryBins {
  if (feature.kind === "categorical") return countsOfCodes(feature.codes, feature.levels.length, weights);
  return countsOfNumbers(feature.values, "edges" in bins ? bins.edges : [], weights);
}

/** Counts numbers in bins of these edges. */
export function countsOfNumbers(
  values: Float64Array,
  edges: readonly number[],
  weights: Float64Array | undefined,
): CategoryBins {
  const counts = new Array<number>(edges.length + 1).fill(0);
  const finder = new BinFinder(edges);
  if (weights === undefined) return { counts, missing: finder.count(values, counts) };
  let missing = 0;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) missing += weights[row];
    else counts[finder.binOf(value)] += weights[row];
  });
  return { counts, missing };
}

function countsOfCodes(codes: Int32Array, levels: number, weights: Float64Array | undefined): CategoryBins {
  const counts = new Array<number>(levels + 1).fill(0);
  let missing = 0;
  codes.forEach((code, row) => {
    const weight = weights === undefined ? 1 : weights[row];
    if (code < 0) missing += weight;
    else counts[code] += weight;
  });
  return { counts, missing };
}

function distinctDeciles(values: Float64Array, weights: Float64Array | undefined): number[] {
  const rising = RisingValues.of(values, weights);
  const largest = rising.values.at(-1) ?? Number.NaN;
  const edges: number[] = [];
  for (let part = 1; part < PARTS && rising.values.length > 0; part++) {
    const edge = rising.reaching((part * rising.total) / PARTS);
    // Above the largest value there is no bin.
    if (edge > (edges.at(-1) ?? Number.NEGATIVE_INFINITY) && edge < largest) edges.push(edge);
  }
  return edges;
}
