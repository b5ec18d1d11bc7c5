import { sum } from "../../metrics/sample/tally.js";
import { binCountOf } from "./axis.js";
import {
  type BoostedRows,
  type BoostedTerm,
  type Derivatives,
  TermBooster,
  takeDerivatives,
} from "./boost-terms.js";
import { FittedAdditive, type PairTerm, type ShapeTerm } from "./fitted-additive.js";
import type { AdditiveSettings } from "./options.js";
import { type CoarseFeature, type DetectedPair, detectPairs } from "./pairs.js";
import { StepFinder } from "./shape-steps.js";
import type { PreparedTerm, PreparedTerms } from "./terms.js";

/** The number of features among which pairs are searched: those with the largest effects. */
const MOST_PAIRED_FEATURES = 40;
/** A pair's score must exceed this: about the maximum over a thousand pairs of pure noise. */
const LEAST_PAIR_SCORE = 4;

/** Hessian that pulls a cell's step to 0: some 40 rows of a fifth churners. */
const CELL_PENALTY = 6;

/** What is the same for the runs of all folds. */
export interface AdditiveData {
  readonly prepared: PreparedTerms;
  readonly settings: AdditiveSettings;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | undefined;
  readonly derivatives: Derivatives;
}

/** One additive model on its way: the shapes of features first, then pairs on what they leave. */
export class AdditiveRun {
  private readonly rows: BoostedRows;
  private readonly intercept: number;
  private readonly shapes: readonly BoostedTerm[];
  private pairs: readonly DetectedPair[] = [];
  private pairTerms: readonly BoostedTerm[] = [];

  constructor(
    private readonly data: AdditiveData,
    /** Rows that it does not learn from; undefined: none. */
    isHeldOut: ((row: number) => boolean) | undefined,
  ) {
    const { prepared, labels, weights, settings } = data;
    this.rows = { labels, weights, isHeldOut, margins: new Float64Array(labels.length) };
    this.intercept = logOdds(this.rows);
    this.rows.margins.fill(this.intercept);
    const finder = new StepFinder(Math.max(1, ...prepared.terms.map(({ binCount }) => binCount)));
    this.shapes = prepared.terms.map((term) => shapeTerm(term, finder, settings.learningRate));
  }

  shapeBooster(): TermBooster {
    return new TermBooster(this.shapes, this.rows, this.data.derivatives);
  }

  /** Finds pairs, when the shapes are final; undefined where there are none. */
  pairBooster(): TermBooster | undefined {
    const { data, rows } = this;
    if (data.settings.pairs === 0) return undefined;
    // Early stopping took the effects back to an earlier round; the margins of the rows follow.
    rows.margins.fill(this.intercept);
    for (const { bins, effects } of this.shapes) {
      for (let i = 0; i < bins.length; i++) rows.margins[i] += effects[bins[i]];
    }
    this.pairs = this.detect();
    this.pairTerms = this.pairs.map((pair) => pairTerm(pair, data.settings.learningRate));
    return this.pairs.length === 0 ? undefined : new TermBooster(this.pairTerms, rows, data.derivatives);
  }

  /** The model, and its pairs by name: `"tenure × tariff"`. @param hasPairs whether any round of pairs is kept. */
  result(hasPairs: boolean): { readonly model: FittedAdditive; readonly pairNames: readonly string[] } {
    const { terms } = this.data.prepared;
    const pairs = hasPairs ? this.pairs : [];
    return {
      model: this.modelOf(this.shapes, pairs, hasPairs ? this.pairTerms : []),
      pairNames: pairs.map(
        ({ first, second }) => `${terms[first.position].name} × ${terms[second.position].name}`,
      ),
    };
  }

  private detect(): DetectedPair[] {
    const { prepared, settings, derivatives } = this.data;
    takeDerivatives(this.rows, derivatives);
    const features = mostMoving(this.shapes, this.rows)
      .slice(0, MOST_PAIRED_FEATURES)
      .sort((a, b) => a - b)
      .map((position): CoarseFeature => {
        const { axis, bins } = prepared.terms[position].coarse();
        return { position, binCount: binCountOf(axis), bins };
      });
    return detectPairs(features, derivatives.gradients, derivatives.hessians, prepared.mayMeet)
      .filter(({ score }) => score >= LEAST_PAIR_SCORE)
      .slice(0, settings.pairs);
  }

  private modelOf(
    shapes: readonly BoostedTerm[],
    pairs: readonly DetectedPair[],
    pairTerms: readonly BoostedTerm[],
  ): FittedAdditive {
    let { intercept } = this;
    const centred = (term: BoostedTerm, isEmptyFree: (bin: number) => boolean = () => true) => {
      const { effects, shares, mean } = centre(term, this.rows, isEmptyFree);
      intercept += mean;
      return { effects, shares };
    };
    const shapeTerms = shapes.map((term, t): ShapeTerm => {
      const { axis } = this.data.prepared.terms[t];
      // Value bins keep their order; missing values that never occurred have no effect.
      const isEmptyFree = (bin: number) => axis.kind === "categorical" || bin > axis.cuts.length;
      const { effects, shares } = centred(term, isEmptyFree);
      return { axis, effects, errors: null, shares };
    });
    const pairsKept = pairs.map(
      ({ first, second }, p): PairTerm => ({
        axes: [first, second].map(({ position }) => this.data.prepared.terms[position].coarse().axis) as [
          PairTerm["axes"][0],
          PairTerm["axes"][1],
        ],
        effects: centred(pairTerms[p]).effects,
      }),
    );
    return new FittedAdditive({ family: "additive", intercept, shapes: shapeTerms, pairs: pairsKept });
  }
}

function shapeTerm(
  { axis, bins, binCount, sign }: PreparedTerm,
  finder: StepFinder,
  learningRate: number,
): BoostedTerm {
  return {
    bins,
    effects: new Float64Array(binCount),
    step: (sums, effects, into) => finder.find(axis, sums, effects, learningRate, into),
    sign,
  };
}

function pairTerm({ first, second }: DetectedPair, learningRate: number): BoostedTerm {
  const width = second.binCount;
  const cells = first.binCount * width;
  return {
    bins: Uint16Array.from(first.bins, (bin, i) => bin * width + second.bins[i]),
    effects: new Float64Array(cells),
    // Few cells hold most of a pair's effect: a prior from the spread of all cells would shrink exactly those.
    step: ({ gradient, hessian }, _, into) => {
      for (let c = 0; c < cells; c++) into[c] = (-learningRate * gradient[c]) / (hessian[c] + CELL_PENALTY);
    },
    sign: 0,
  };
}

/** Effects minus their mean over the rows that are learnt from, 0 in unconstrained bins without rows, and the share of rows in each bin. */
function centre(
  { bins, effects }: BoostedTerm,
  { weights, isHeldOut }: BoostedRows,
  isEmptyFree: (bin: number) => boolean,
) {
  const masses = new Float64Array(effects.length);
  let total = 0;
  for (let i = 0; i < bins.length; i++) {
    if (isHeldOut?.(i)) continue;
    const weight = weights === undefined ? 1 : weights[i];
    masses[bins[i]] += weight;
    total += weight;
  }
  let mean = 0;
  for (let b = 0; b < effects.length; b++) mean += (effects[b] * masses[b]) / total;
  return {
    mean,
    effects: Array.from(effects, (effect, b) => (masses[b] === 0 && isEmptyFree(b) ? 0 : effect - mean)),
    shares: Array.from(masses, (mass) => mass / total),
  };
}

/** Positions of terms by the spread of their effects, the widest first. */
function mostMoving(terms: readonly BoostedTerm[], { labels, weights }: BoostedRows): number[] {
  const total = weights === undefined ? labels.length : sum(weights);
  const spreads = terms.map(({ bins, effects }) => {
    let effect = 0;
    let squares = 0;
    for (let i = 0; i < bins.length; i++) {
      const weight = weights === undefined ? 1 : weights[i];
      effect += weight * effects[bins[i]];
      squares += weight * effects[bins[i]] ** 2;
    }
    return squares / total - (effect / total) ** 2;
  });
  return Array.from(spreads.keys()).sort((a, b) => spreads[b] - spreads[a] || a - b);
}

function logOdds({ labels, weights, isHeldOut }: BoostedRows): number {
  let churned = 0;
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    if (isHeldOut?.(i)) continue;
    const weight = weights === undefined ? 1 : weights[i];
    churned += weight * labels[i];
    total += weight;
  }
  // Half a row of each class keeps it finite.
  return Math.log((churned + 0.5) / (total - churned + 0.5));
}
