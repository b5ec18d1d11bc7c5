import type { Feature, Vectors } from "../vectors/vectors.js";

/** How training rows, or scores, were distributed: what later rows are compared with. */
export interface ReferenceDistribution {
  readonly rows: number;
  /** Of the calibrated out-of-fold probabilities. */
  readonly scores: NumberBins;
  /** Of each input of the model, in their order. */
  readonly inputs: readonly (NumberBins | CategoryBins)[];
}

/** Bin b holds values of (edges[b − 1], edges[b]]; the last one all above. */
export interface NumberBins {
  /** Rising, at most nine: the deciles that differ. */
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

/** The distribution of training rows and of their probabilities. @param inputs how many features are inputs, the first ones. */
export function referenceDistribution(
  { rowCount, features }: Vectors,
  inputs: number,
  probabilities: Float64Array,
): ReferenceDistribution {
  return {
    rows: rowCount,
    scores: numberBins(probabilities),
    inputs: features.slice(0, inputs).map(binsOfFeature),
  };
}

/** Which of the bins between rising edges a number falls into. */
export function binOf(edges: ArrayLike<number>, value: number): number {
  let bin = 0;
  // At most nine: counting them all is faster than looking for the place.
  for (let e = 0; e < edges.length; e++) if (value > edges[e]) bin++;
  return bin;
}

function binsOfFeature(feature: Feature): NumberBins | CategoryBins {
  if (feature.kind === "numeric") return numberBins(feature.values);
  const counts = new Array<number>(feature.levels.length + 1).fill(0);
  let missing = 0;
  for (const code of feature.codes) {
    if (code < 0) missing++;
    else counts[code]++;
  }
  return { counts, missing };
}

function numberBins(values: Float64Array): NumberBins {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  for (let part = 1; part < PARTS && sorted.length > 0; part++) {
    const edge = sorted[Math.ceil((part * sorted.length) / PARTS) - 1];
    // Above the largest value there is no bin.
    if (edge > (edges.at(-1) ?? Number.NEGATIVE_INFINITY) && edge < sorted[sorted.length - 1])
      edges.push(edge);
  }
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of sorted) counts[binOf(edges, value)]++;
  return { edges, counts, missing: values.length - sorted.length };
}
