import { logistic, softplus } from "../../math/logistic.js";
import type { Pulse } from "../../progress.js";
import { type BinSums, makeMonotone } from "./shape-steps.js";

/** One function to be boosted: of a feature's bins, or of a pair's cells. */
export interface BoostedTerm {
  /** The bin of every training row, and of every held-out row. */
  readonly bins: Uint8Array | Uint16Array;
  readonly heldOutBins: Uint8Array | Uint16Array;
  /** The effect of each bin so far; boosting changes it. */
  readonly effects: Float64Array;
  /** Writes the next step of every bin, from what it adds so far. */
  readonly step: (sums: BinSums, effects: Float64Array, into: Float64Array) => void;
  /** 1 where effects must rise from bin to bin, −1 where they must fall, 0 where they are free. */
  readonly sign: 1 | -1 | 0;
}

/** Rows with their margins, which boosting moves. */
export interface BoostedRows {
  readonly labels: Uint8Array;
  /** Undefined: 1 each. */
  readonly weights: Float64Array | undefined;
  readonly margins: Float64Array;
}

export interface TermSettings {
  readonly rounds: number;
  /** Rounds without a better held-out loss before boosting stops. */
  readonly patience: number;
}

/**
 * Cyclic gradient boosting (Lou, Caruana & Gehrke 2012): in every round each term takes a step in turn. Within a round
 * the gradients follow by their second derivatives, so that terms of similar features do not all take the same step;
 * each round begins with exact ones. With held-out rows the effects and margins of the least held-out loss are kept.
 * @returns the number of rounds that were kept.
 */
export async function boostTerms(
  terms: readonly BoostedTerm[],
  rows: BoostedRows,
  heldOut: BoostedRows,
  { rounds, patience }: TermSettings,
  pulse: Pulse,
  onRound: (round: number) => void,
): Promise<number> {
  const isStopping = heldOut.labels.length > 0;
  const count = rows.labels.length;
  const gradients = new Float64Array(count);
  const hessians = new Float64Array(count);
  const widest = Math.max(0, ...terms.map(({ effects }) => effects.length));
  const buffers = { gradient: new Float64Array(widest), hessian: new Float64Array(widest) };
  const stepBuffer = new Float64Array(widest);
  let best = { loss: meanLoss(heldOut), round: 0 };
  const kept = keepOf(terms, heldOut);
  for (let round = 1; round <= rounds; round++) {
    onRound(round);
    takeDerivatives(rows, gradients, hessians);
    for (const term of terms) {
      const width = term.effects.length;
      const sums = {
        gradient: buffers.gradient.subarray(0, width).fill(0),
        hessian: buffers.hessian.subarray(0, width).fill(0),
      };
      const { bins } = term;
      for (let i = 0; i < count; i++) {
        sums.gradient[bins[i]] += gradients[i];
        sums.hessian[bins[i]] += hessians[i];
      }
      const step = stepBuffer.subarray(0, width);
      term.step(sums, term.effects, step);
      if (term.sign !== 0) constrain(term.effects, step, sums.hessian, term.sign);
      for (let b = 0; b < width; b++) term.effects[b] += step[b];
      const { margins } = rows;
      for (let i = 0; i < count; i++) {
        const move = step[bins[i]];
        margins[i] += move;
        gradients[i] += hessians[i] * move;
      }
      const { heldOutBins } = term;
      for (let i = 0; i < heldOutBins.length; i++) heldOut.margins[i] += step[heldOutBins[i]];
      await pulse.beat();
    }
    if (!isStopping) continue;
    const loss = meanLoss(heldOut);
    if (loss < best.loss) {
      best = { loss, round };
      kept.keep();
    } else if (round - best.round >= patience) break;
  }
  if (!isStopping) return rounds;
  kept.restore();
  return best.round;
}

/** Remembers the best effects and held-out margins. */
function keepOf(terms: readonly BoostedTerm[], { margins }: BoostedRows) {
  const effects = terms.map((term) => term.effects.slice());
  const bestMargins = margins.slice();
  return {
    keep() {
      terms.forEach((term, t) => {
        effects[t].set(term.effects);
      });
      bestMargins.set(margins);
    },
    restore() {
      terms.forEach((term, t) => {
        term.effects.set(effects[t]);
      });
      margins.set(bestMargins);
    },
  };
}

/** Turns a step into one that leaves the shape monotone. */
function constrain(effects: Float64Array, step: Float64Array, weights: Float64Array, sign: 1 | -1): void {
  for (let b = 0; b < step.length; b++) step[b] += effects[b];
  makeMonotone(step, weights, sign);
  for (let b = 0; b < step.length; b++) step[b] -= effects[b];
}

/** First and second derivatives of each row's log loss by its margin. */
export function takeDerivatives(
  { labels, weights, margins }: BoostedRows,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let i = 0; i < margins.length; i++) {
    const probability = logistic(margins[i]);
    const weight = weights === undefined ? 1 : weights[i];
    gradients[i] = weight * (probability - labels[i]);
    hessians[i] = weight * probability * (1 - probability);
  }
}

function meanLoss({ labels, weights, margins }: BoostedRows): number {
  let loss = 0;
  let total = 0;
  for (let i = 0; i < margins.length; i++) {
    const wrong = labels[i] === 1 ? -margins[i] : margins[i];
    const weight = weights === undefined ? 1 : weights[i];
    loss += weight * softplus(wrong);
    total += weight;
  }
  return loss / total;
}
