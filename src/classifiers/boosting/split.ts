import type { BinnedFeature } from "./binning.js";
import { type Histogram, SUMS } from "./histogram.js";
import type { BoostingSettings } from "./options.js";

export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** A division of a node's rows by the bins of one feature. */
export interface Split {
  readonly feature: number;
  readonly gain: number;
  /** For numeric features the last bin that goes left; −1 for categories. */
  readonly lastLeftBin: number;
  /** 1 for every bin that goes left, the missing bin included. A bin that the node has no rows in follows the majority. */
  readonly goesLeft: Uint8Array;
  readonly left: NodeSums;
  readonly right: NodeSums;
}

/** Up to this many categories in a node, each is tried against the rest. */
const MOST_ONE_VERSUS_REST = 4;
const LEAST_GAIN = 1e-9;

/**
 * The best division of a node by one feature, or undefined when none is allowed or gains anything.
 * Gain is `G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ)` (Chen & Guestrin 2016, eq. 7, without the half).
 */
export function findSplit(
  index: number,
  feature: BinnedFeature,
  histogram: Histogram,
  start: number,
  node: NodeSums,
  settings: BoostingSettings,
): Split | undefined {
  const search = new SplitSearch(index, feature, histogram, start, node, settings);
  return feature.kind === "numeric" ? search.numeric() : search.categorical();
}

class SplitSearch {
  private bestGain = LEAST_GAIN;

  constructor(
    private readonly index: number,
    private readonly feature: BinnedFeature,
    private readonly histogram: Histogram,
    private readonly start: number,
    private readonly node: NodeSums,
    private readonly settings: BoostingSettings,
  ) {}

  /** Scans the bins from the left once, with the missing values tried on either side. */
  numeric(): Split | undefined {
    const { histogram, start } = this;
    const missingBin = this.feature.binCount - 1;
    const missing = sumsOf(histogram, start + missingBin * SUMS);
    let bestBin = -1;
    let bestLeft: NodeSums | undefined;
    let missingLeft = false;
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    for (let bin = 0; bin < missingBin; bin++) {
      const at = start + bin * SUMS;
      if (histogram[at + 2] === 0) continue;
      gradient += histogram[at];
      hessian += histogram[at + 1];
      rows += histogram[at + 2];
      if (this.improves(gradient, hessian, rows, this.settings.l2)) {
        bestBin = bin;
        bestLeft = { gradient, hessian, rows };
        missingLeft = false;
      }
      if (
        missing.rows > 0 &&
        this.improves(
          gradient + missing.gradient,
          hessian + missing.hessian,
          rows + missing.rows,
          this.settings.l2,
        )
      ) {
        bestBin = bin;
        bestLeft = add({ gradient, hessian, rows }, missing);
        missingLeft = true;
      }
    }
    if (bestLeft === undefined) return undefined;
    const goesLeft = new Uint8Array(this.feature.binCount);
    goesLeft.fill(1, 0, bestBin + 1);
    goesLeft[missingBin] = (missing.rows > 0 ? missingLeft : this.isMajority(bestLeft)) ? 1 : 0;
    return this.split(bestBin, goesLeft, bestLeft);
  }

  categorical(): Split | undefined {
    const present: number[] = [];
    for (let bin = 0; bin < this.feature.binCount; bin++) {
      if (this.histogram[this.start + bin * SUMS + 2] > 0) present.push(bin);
    }
    if (present.length < 2) return undefined;
    const left =
      present.length <= MOST_ONE_VERSUS_REST ? this.oneVersusRest(present) : this.orderedPrefix(present);
    if (left === undefined) return undefined;
    const goesLeft = new Uint8Array(this.feature.binCount).fill(this.isMajority(left.sums) ? 1 : 0);
    for (const bin of present) goesLeft[bin] = 0;
    for (const bin of left.bins) goesLeft[bin] = 1;
    return this.split(-1, goesLeft, left.sums);
  }

  private oneVersusRest(present: readonly number[]): { bins: number[]; sums: NodeSums } | undefined {
    let best: { bins: number[]; sums: NodeSums } | undefined;
    for (const bin of present) {
      const sums = sumsOf(this.histogram, this.start + bin * SUMS);
      if (this.improves(sums.gradient, sums.hessian, sums.rows, this.settings.l2))
        best = { bins: [bin], sums };
    }
    return best;
  }

  /**
   * Categories in the order of their mean gradient, shrunk to the node's: the best subset is a prefix of that order
   * (Fisher 1958). Candidates lie at least `minCategoryGroupRows` apart, so that no few rows make a group of their own.
   */
  private orderedPrefix(present: number[]): { bins: number[]; sums: NodeSums } | undefined {
    const { histogram, start, node, settings } = this;
    const smoothing = settings.categoricalSmoothing;
    const prior = (smoothing * node.gradient) / node.hessian;
    const score = new Float64Array(this.feature.binCount);
    for (const bin of present) {
      const at = start + bin * SUMS;
      score[bin] = (histogram[at] + prior) / (histogram[at + 1] + smoothing);
    }
    const ordered = present.sort((a, b) => score[a] - score[b] || a - b);
    let sums: NodeSums = { gradient: 0, hessian: 0, rows: 0 };
    let rowsSinceCandidate = 0;
    let best: { length: number; sums: NodeSums } | undefined;
    this.bestGain += gainByChance(present.length);
    for (let i = 0; i < ordered.length - 1; i++) {
      const bin = sumsOf(histogram, start + ordered[i] * SUMS);
      sums = add(sums, bin);
      rowsSinceCandidate += bin.rows;
      if (rowsSinceCandidate < settings.minCategoryGroupRows) continue;
      if (node.rows - sums.rows < settings.minCategoryGroupRows) break;
      rowsSinceCandidate = 0;
      if (this.improves(sums.gradient, sums.hessian, sums.rows, settings.l2 + settings.categoricalL2)) {
        best = { length: i + 1, sums };
      }
    }
    this.bestGain -= gainByChance(present.length);
    return best && { bins: ordered.slice(0, best.length), sums: best.sums };
  }

  /** Whether a left child with these sums is allowed and gains more than any before; remembers the gain. */
  private improves(gradient: number, hessian: number, rows: number, l2: number): boolean {
    const { node, settings } = this;
    const rightHessian = node.hessian - hessian;
    const rightRows = node.rows - rows;
    if (rows < settings.minChildRows || rightRows < settings.minChildRows) return false;
    if (hessian < settings.minChildWeight || rightHessian < settings.minChildWeight) return false;
    const rightGradient = node.gradient - gradient;
    const gain =
      (gradient * gradient) / (hessian + l2) +
      (rightGradient * rightGradient) / (rightHessian + l2) -
      (node.gradient * node.gradient) / (node.hessian + settings.l2);
    if (!(gain > this.bestGain)) return false;
    this.bestGain = gain;
    return true;
  }

  private isMajority(left: NodeSums): boolean {
    return 2 * left.rows > this.node.rows;
  }

  private split(lastLeftBin: number, goesLeft: Uint8Array, left: NodeSums): Split {
    const right = {
      gradient: this.node.gradient - left.gradient,
      hessian: this.node.hessian - left.hessian,
      rows: this.node.rows - left.rows,
    };
    return { feature: this.index, gain: this.bestGain, lastLeftBin, goesLeft, left, right };
  }
}

/**
 * What ordering `count` categories by pure noise would gain. Where a category carries no information, its G²/H is
 * chi-square with one degree of freedom, and the division by sign takes 2/π of their sum. Without this, features
 * with many categories win splits by their number of categories alone.
 */
function gainByChance(count: number): number {
  return (2 / Math.PI) * (count - 1);
}

function sumsOf(histogram: Histogram, at: number): NodeSums {
  return { gradient: histogram[at], hessian: histogram[at + 1], rows: histogram[at + 2] };
}

function add(a: NodeSums, b: NodeSums): NodeSums {
  return { gradient: a.gradient + b.gradient, hessian: a.hessian + b.hessian, rows: a.rows + b.rows };
}
