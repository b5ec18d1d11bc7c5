import { count } from "../../errors.js";
import type { Pulse } from "../../progress.js";
import { binCountOf } from "./axis.js";
import { type BoostedRows, type BoostedTerm, boostTerms, takeDerivatives } from "./boost-terms.js";
import { FittedAdditive, type PairTerm, type ShapeTerm } from "./fitted-additive.js";
import type { AdditiveSettings } from "./options.js";
import { type CoarseFeature, type DetectedPair, detectPairs } from "./pairs.js";
import { StepFinder } from "./shape-steps.js";
import type { PreparedTerm, PreparedTerms } from "./terms.js";

export interface AdditiveRunResult {
  readonly model: FittedAdditive;
  readonly heldOutMargins: Float64Array;
  readonly rounds: number;
  readonly pairRounds: number;
  /** `"tenure × tariff"`. */
  readonly pairNames: readonly string[];
}

/** The number of features among which pairs are searched: those with the largest effects. */
const MOST_PAIRED_FEATURES = 40;
/** A pair's score must exceed this: about the maximum over a thousand pairs of pure noise. */
const LEAST_PAIR_SCORE = 4;

/** Hessian that pulls a cell's step to 0: some 40 rows of a fifth churners. */
const CELL_PENALTY = 6;

/** Boosts an additive model on some rows, with early stopping on others. */
export class AdditiveRun {
  private readonly rows: BoostedRows;
  private readonly heldOut: BoostedRows;
  private readonly intercept: number;
  private readonly finder: StepFinder;

  constructor(
    private readonly prepared: PreparedTerms,
    private readonly settings: AdditiveSettings,
    labels: Uint8Array,
    weights: Float64Array | undefined,
    private readonly trainingRows: Int32Array,
    private readonly heldOutRows: Int32Array,
    /** Rounds of pairs where no row is held out. */
    private readonly pairRounds = settings.rounds,
  ) {
    const take = (rows: Int32Array, start: number): BoostedRows => ({
      labels: Uint8Array.from(rows, (row) => labels[row]),
      weights: weights && Float64Array.from(rows, (row) => weights[row]),
      margins: new Float64Array(rows.length).fill(start),
    });
    this.intercept = logOdds(take(trainingRows, 0));
    this.rows = take(trainingRows, this.intercept);
    this.heldOut = take(heldOutRows, this.intercept);
    this.finder = new StepFinder(Math.max(1, ...prepared.terms.map(({ binCount }) => binCount)));
  }

  async train(pulse: Pulse, onRound: (round: number, detail: string) => void): Promise<AdditiveRunResult> {
    const { prepared, rows, heldOut, settings } = this;
    const shapes = prepared.terms.map((term) => this.shapeTerm(term));
    const rounds = await boostTerms(shapes, rows, heldOut, settings, pulse, (round) =>
      onRound(round, count(round, "round")),
    );
    const { pairs, pairTerms, pairRounds } = await this.boostPairs(shapes, pulse, (round) =>
      onRound(settings.rounds + round, `${count(round, "round")} of pairs`),
    );
    return {
      model: this.modelOf(shapes, pairs, pairTerms),
      heldOutMargins: heldOut.margins,
      rounds,
      pairRounds,
      pairNames: pairs.map(
        ({ first, second }) =>
          `${prepared.terms[first.position].name} × ${prepared.terms[second.position].name}`,
      ),
    };
  }

  private shapeTerm({ axis, bins, binCount, sign }: PreparedTerm): BoostedTerm {
    const { learningRate } = this.settings;
    return {
      bins: taken(bins, this.trainingRows),
      heldOutBins: taken(bins, this.heldOutRows),
      effects: new Float64Array(binCount),
      step: (sums, effects, into) => this.finder.find(axis, sums, effects, learningRate, into),
      sign,
    };
  }

  private async boostPairs(shapes: readonly BoostedTerm[], pulse: Pulse, onRound: (round: number) => void) {
    const none = { pairs: [], pairTerms: [], pairRounds: 0 };
    const { rows, heldOut, settings } = this;
    if (settings.pairs === 0 || this.pairRounds === 0) return none;
    // Early stopping took the effects back to the best round; the margins of the rows follow.
    rows.margins.fill(this.intercept);
    for (const { bins, effects } of shapes) {
      for (let i = 0; i < bins.length; i++) rows.margins[i] += effects[bins[i]];
    }
    const detected = await this.detect(shapes, pulse);
    if (detected.length === 0) return none;
    const pairTerms = detected.map((pair) => this.pairTerm(pair));
    const pairSettings = {
      ...settings,
      rounds: heldOut.labels.length > 0 ? settings.rounds : this.pairRounds,
    };
    const pairRounds = await boostTerms(pairTerms, rows, heldOut, pairSettings, pulse, onRound);
    return pairRounds === 0 ? none : { pairs: detected, pairTerms, pairRounds };
  }

  private async detect(shapes: readonly BoostedTerm[], pulse: Pulse): Promise<DetectedPair[]> {
    const { prepared, rows, settings } = this;
    const gradients = new Float64Array(rows.labels.length);
    const hessians = new Float64Array(rows.labels.length);
    takeDerivatives(rows, gradients, hessians);
    await pulse.beat();
    const features = mostMoving(shapes, rows.labels.length)
      .slice(0, MOST_PAIRED_FEATURES)
      .sort((a, b) => a - b)
      .map((position): CoarseFeature => {
        const { axis, bins } = prepared.terms[position].coarse();
        return { position, binCount: binCountOf(axis), bins: taken(bins, this.trainingRows) };
      });
    return detectPairs(features, gradients, hessians, prepared.mayMeet)
      .filter(({ score }) => score >= LEAST_PAIR_SCORE)
      .slice(0, settings.pairs);
  }

  private pairTerm({ first, second }: DetectedPair): BoostedTerm {
    const width = second.binCount;
    const cells = first.binCount * width;
    const { learningRate } = this.settings;
    const heldOutBinsOf = ({ position }: CoarseFeature) =>
      taken(this.prepared.terms[position].coarse().bins, this.heldOutRows);
    const seconds = heldOutBinsOf(second);
    return {
      bins: Uint16Array.from(first.bins, (bin, i) => bin * width + second.bins[i]),
      heldOutBins: Uint16Array.from(heldOutBinsOf(first), (bin, i) => bin * width + seconds[i]),
      effects: new Float64Array(cells),
      // Few cells hold most of a pair's effect: a prior from the spread of all cells would shrink exactly those.
      step: ({ gradient, hessian }, _, into) => {
        for (let c = 0; c < cells; c++) into[c] = (-learningRate * gradient[c]) / (hessian[c] + CELL_PENALTY);
      },
      sign: 0,
    };
  }

  private modelOf(
    shapes: readonly BoostedTerm[],
    pairs: readonly DetectedPair[],
    pairTerms: readonly BoostedTerm[],
  ): FittedAdditive {
    let { intercept } = this;
    const centred = (term: BoostedTerm, isEmptyFree: (bin: number) => boolean = () => true) => {
      const { effects, shares, mean } = centre(term, this.rows.weights, isEmptyFree);
      intercept += mean;
      return { effects, shares };
    };
    const shapeTerms = shapes.map((term, t): ShapeTerm => {
      const { axis } = this.prepared.terms[t];
      // Value bins keep their order; missing values that never occurred have no effect.
      const isEmptyFree = (bin: number) => axis.kind === "categorical" || bin > axis.cuts.length;
      const { effects, shares } = centred(term, isEmptyFree);
      return { axis, effects, errors: null, shares };
    });
    const pairsKept = pairs.map(
      ({ first, second }, p): PairTerm => ({
        axes: [first, second].map(({ position }) => this.prepared.terms[position].coarse().axis) as [
          PairTerm["axes"][0],
          PairTerm["axes"][1],
        ],
        effects: centred(pairTerms[p]).effects,
      }),
    );
    return new FittedAdditive({ family: "additive", intercept, shapes: shapeTerms, pairs: pairsKept });
  }
}

/** Effects minus their mean over the rows, 0 in unconstrained bins without rows, and the share of rows in each bin. */
function centre(
  { bins, effects }: BoostedTerm,
  weights: Float64Array | undefined,
  isEmptyFree: (bin: number) => boolean,
) {
  const masses = new Float64Array(effects.length);
  let total = 0;
  for (let i = 0; i < bins.length; i++) {
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
function mostMoving(terms: readonly BoostedTerm[], rowCount: number): number[] {
  const spreads = terms.map(({ bins, effects }) => {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < bins.length; i++) {
      sum += effects[bins[i]];
      squares += effects[bins[i]] ** 2;
    }
    return squares / rowCount - (sum / rowCount) ** 2;
  });
  return Array.from(spreads.keys()).sort((a, b) => spreads[b] - spreads[a] || a - b);
}

function taken(bins: Uint8Array | Uint16Array, rows: Int32Array): Uint8Array | Uint16Array {
  const own = new (bins instanceof Uint8Array ? Uint8Array : Uint16Array)(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = bins[rows[i]];
  return own;
}

function logOdds({ labels, weights }: BoostedRows): number {
  let churned = 0;
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    churned += weight * labels[i];
    total += weight;
  }
  // Half a row of each class keeps it finite.
  return Math.log((churned + 0.5) / (total - churned + 0.5));
}
