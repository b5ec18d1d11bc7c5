import { logistic, softplus } from "../../math/logistic.js";
import type { Pulse } from "../../progress.js";
import { type BinSums, makeMonotone } from "./shape-steps.js";

/** One function to be boosted: of a feature's bins, or of a pair's cells. */
export interface BoostedTerm {
  /** The bin of every row. */
  readonly bins: Uint8Array | Uint16Array;
  /** The effect of each bin so far; boosting changes it. */
  readonly effects: Float64Array;
  /** Writes the next step of every bin, from what it adds so far. */
  readonly step: (sums: BinSums, effects: Float64Array, into: Float64Array) => void;
  /** 1 where effects must rise from bin to bin, −1 where they must fall, 0 where they are free. */
  readonly sign: 1 | -1 | 0;
}

/** All rows with their margins, which boosting moves. Held-out rows have no derivatives, so that no step learns from them. */
export interface BoostedRows {
  readonly labels: Uint8Array;
  /** Undefined: 1 each. */
  readonly weights: Float64Array | undefined;
  /** Undefined: no row is held out. */
  readonly isHeldOut: ((row: number) => boolean) | undefined;
  readonly margins: Float64Array;
}

/** First and second derivatives of each row's log loss by its margin; runs that take turns share them. */
export interface Derivatives {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/**
 * Cyclic gradient boosting (Lou, Caruana & Gehrke 2012): in every round each term takes a step in turn. Within a round
 * the gradients follow by their second derivatives, so that terms of similar features do not all take the same step;
 * each round begins with exact ones.
 */
export class TermBooster {
  private readonly sums: BinSums;
  private readonly stepOfBins: Float64Array;
  private readonly kept: Float64Array[];

  constructor(
    private readonly terms: readonly BoostedTerm[],
    private readonly rows: BoostedRows,
    private readonly derivatives: Derivatives,
  ) {
    const widest = Math.max(0, ...terms.map(({ effects }) => effects.length));
    this.sums = { gradient: new Float64Array(widest), hessian: new Float64Array(widest) };
    this.stepOfBins = new Float64Array(widest);
    this.kept = terms.map(({ effects }) => effects.slice());
  }

  async round(pulse: Pulse): Promise<void> {
    const { rows, derivatives } = this;
    const { margins } = rows;
    const { gradients, hessians } = derivatives;
    const count = margins.length;
    takeDerivatives(rows, derivatives);
    for (const term of this.terms) {
      const { bins, effects, sign } = term;
      const width = effects.length;
      const sums = {
        gradient: this.sums.gradient.subarray(0, width).fill(0),
        hessian: this.sums.hessian.subarray(0, width).fill(0),
      };
      for (let i = 0; i < count; i++) {
        sums.gradient[bins[i]] += gradients[i];
        sums.hessian[bins[i]] += hessians[i];
      }
      const step = this.stepOfBins.subarray(0, width);
      term.step(sums, effects, step);
      if (sign !== 0) constrain(effects, step, sums.hessian, sign);
      for (let b = 0; b < width; b++) effects[b] += step[b];
      for (let i = 0; i < count; i++) {
        const move = step[bins[i]];
        margins[i] += move;
        gradients[i] += hessians[i] * move;
      }
      await pulse.beat();
    }
  }

  /** Mean log loss of the rows that are held out. */
  heldOutLoss(): number {
    const { labels, weights, isHeldOut, margins } = this.rows;
    let loss = 0;
    let total = 0;
    for (let i = 0; i < margins.length; i++) {
      if (!isHeldOut?.(i)) continue;
      const wrong = labels[i] === 1 ? -margins[i] : margins[i];
      const weight = weights === undefined ? 1 : weights[i];
      loss += weight * softplus(wrong);
      total += weight;
    }
    return loss / total;
  }

  /** Remembers the effects. */
  keep(): void {
    this.terms.forEach(({ effects }, t) => {
      this.kept[t].set(effects);
    });
  }

  /** Goes back to the effects that were remembered last; the margins stay where they are. */
  restore(): void {
    this.terms.forEach(({ effects }, t) => {
      effects.set(this.kept[t]);
    });
  }
}

/** Turns a step into one that leaves the shape monotone. */
function constrain(effects: Float64Array, step: Float64Array, weights: Float64Array, sign: 1 | -1): void {
  for (let b = 0; b < step.length; b++) step[b] += effects[b];
  makeMonotone(step, weights, sign);
  for (let b = 0; b < step.length; b++) step[b] -= effects[b];
}

export function takeDerivatives(
  { labels, weights, isHeldOut, margins }: BoostedRows,
  { gradients, hessians }: Derivatives,
): void {
  for (let i = 0; i < margins.length; i++) {
    if (isHeldOut?.(i)) {
      gradients[i] = 0;
      hessians[i] = 0;
      continue;
    }
    const probability = logistic(margins[i]);
    const weight = weights === undefined ? 1 : weights[i];
    gradients[i] = weight * (probability - labels[i]);
    hessians[i] = weight * probability * (1 - probability);
  }
}
