import { BinFinder, type CategoryBins, type NumberBins } from "../../vectors/reference-distribution.js";

/** Bins of fewer training rows say nothing about who leaves. */
const LEAST_ROWS = 30;

/** The share of training rows that left, by the bins of one input. */
export class BinRates {
  private readonly binOf: (value: number) => number;
  private readonly rates: readonly (number | undefined)[];
  private readonly all: number;

  /** @param churned one for each bin, that of missing values last. */
  constructor(bins: NumberBins | CategoryBins, churned: readonly number[]) {
    this.binOf = binReader(bins);
    const counts = [...bins.counts, bins.missing];
    this.rates = counts.map((count, bin) => (count >= LEAST_ROWS ? churned[bin] / count : undefined));
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
    this.all = sum(churned) / sum(counts);
  }

  /** Among rows with a similar value, and among all; undefined where there were too few. */
  ratesOf(value: number): { readonly like: number; readonly all: number } | undefined {
    const like = this.rates[this.binOf(value)];
    return like === undefined ? undefined : { like, all: this.all };
  }

  /** Whether of no other bin as large a share left. */
  isRiskiest(value: number): boolean {
    const own = this.rates[this.binOf(value)];
    return own !== undefined && this.rates.every((rate) => rate === undefined || rate <= own);
  }
}

/** The bin of a number or a code; that of a missing value, NaN, comes after the others. */
export function binReader(bins: NumberBins | CategoryBins): (value: number) => number {
  const finder = "edges" in bins ? new BinFinder(bins.edges) : undefined;
  const missing = bins.counts.length;
  return (value) => (Number.isNaN(value) ? missing : (finder?.binOf(value) ?? value));
}
