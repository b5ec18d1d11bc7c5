import type { Axis } from "./axis.js";

/** Sums of first and second derivatives of the log loss over the rows of each bin. */
export interface BinSums {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/**
 * Half-waves over the range of a feature that a step follows at half amplitude; higher frequencies are smoothed away.
 */
const HALF_WAVES = 4;
/** Hessian that pulls the step of missing values to 0: some 12 rows of a fifth churners. */
const MISSING_PENALTY = 2;

/**
 * The Newton step of every bin of a feature. Numeric bins are smoothed: the step minimises
 * `Σ G·δ + H·δ²/2 + λ/2 · Σ (δ_b − δ_{b−1})²` over neighbouring bins (Whittaker 1923; Eilers & Marx 1996 with splines of
 * degree 0), so that boosting fits the smooth parts first (Bühlmann & Yu 2003). Categories are shrunk by
 * {@link shrunkSteps}.
 */
export class StepFinder {
  private readonly diagonal: Float64Array;
  private readonly upper: Float64Array;

  constructor(mostBins: number) {
    this.diagonal = new Float64Array(mostBins);
    this.upper = new Float64Array(mostBins);
  }

  /** Writes the step of every bin from its effect so far, times `rate`. */
  find(axis: Axis, sums: BinSums, effects: Float64Array, rate: number, into: Float64Array): void {
    const { gradient, hessian } = sums;
    const bins = axis.kind === "numeric" ? axis.cuts.length + 1 : 0;
    if (bins > 0) this.smooth(gradient, hessian, bins, into);
    if (axis.kind === "categorical") shrunkSteps(sums, effects, into);
    else into[bins] = -gradient[bins] / (hessian[bins] + MISSING_PENALTY);
    for (let b = 0; b < into.length; b++) into[b] *= rate;
  }

  /** Solves the tridiagonal system by elimination (Thomas). */
  private smooth(gradient: Float64Array, hessian: Float64Array, bins: number, into: Float64Array): void {
    const { diagonal, upper } = this;
    let total = 0;
    for (let b = 0; b < bins; b++) total += hessian[b];
    const width = bins / (Math.PI * HALF_WAVES);
    const penalty = (total / bins) * width * width;
    const ridge = 1e-9 * total + Number.MIN_VALUE;
    for (let b = 0; b < bins; b++) {
      const neighbours = (b > 0 ? 1 : 0) + (b < bins - 1 ? 1 : 0);
      diagonal[b] = hessian[b] + ridge + neighbours * penalty;
      into[b] = -gradient[b];
      if (b > 0) {
        const factor = penalty / diagonal[b - 1];
        diagonal[b] -= factor * penalty;
        into[b] += factor * into[b - 1];
      }
      upper[b] = penalty;
    }
    for (let b = bins - 1; b >= 0; b--) {
      if (b < bins - 1) into[b] += upper[b] * into[b + 1];
      into[b] /= diagonal[b];
    }
  }
}

/** The least penalty: a lower one would mean almost no shrinkage. */
const LEAST_PENALTY = 0.5;

/**
 * Steps of bins without order towards the estimates of a random-effects model: effects come from a normal distribution whose
 * variance is how much the bins' own estimates z = effect − G/H differ beyond chance, by moments (DerSimonian & Laird
 * 1986): τ² = (Σ H(z − z̄)² − (bins − 1)) / (Σ H − Σ H²/Σ H). Bins that differ no more than by chance, such as
 * two hundred uninformative regions, get the same effect.
 */
function shrunkSteps({ gradient, hessian }: BinSums, effects: Float64Array, into: Float64Array): void {
  let total = 0;
  let squares = 0;
  let weighted = 0;
  let bins = 0;
  for (let b = 0; b < into.length; b++) {
    if (hessian[b] <= 0) continue;
    total += hessian[b];
    squares += hessian[b] * hessian[b];
    weighted += hessian[b] * effects[b] - gradient[b];
    bins++;
  }
  const mean = total > 0 ? weighted / total : 0;
  let chiSquare = 0;
  for (let b = 0; b < into.length; b++) {
    if (hessian[b] <= 0) continue;
    const distance = effects[b] - gradient[b] / hessian[b] - mean;
    chiSquare += hessian[b] * distance * distance;
  }
  const variance = bins < 2 ? 0 : (chiSquare - (bins - 1)) / (total - squares / total);
  if (!(variance > 0)) {
    for (let b = 0; b < into.length; b++) into[b] = hessian[b] > 0 ? mean - effects[b] : 0;
    return;
  }
  const penalty = Math.max(LEAST_PENALTY, 1 / variance);
  for (let b = 0; b < into.length; b++) {
    into[b] = hessian[b] > 0 ? -(gradient[b] + penalty * (effects[b] - mean)) / (hessian[b] + penalty) : 0;
  }
}

/**
 * The closest shape that rises (sign 1) or falls (−1) from bin to bin, by pooling neighbours that do not (Barlow et al.
 * 1972), in place. The last bin, of missing values, is free.
 */
export function makeMonotone(shape: Float64Array, weights: Float64Array, sign: 1 | -1): void {
  const bins = shape.length - 1;
  const values: number[] = [];
  const masses: number[] = [];
  const sizes: number[] = [];
  for (let b = 0; b < bins; b++) {
    let value = sign * shape[b];
    let mass = weights[b] + Number.MIN_VALUE;
    let size = 1;
    while (values.length > 0 && (values.at(-1) as number) > value) {
      const before = { value: values.pop() as number, mass: masses.pop() as number };
      size += sizes.pop() as number;
      value = (value * mass + before.value * before.mass) / (mass + before.mass);
      mass += before.mass;
    }
    values.push(value);
    masses.push(mass);
    sizes.push(size);
  }
  let b = 0;
  values.forEach((value, block) => {
    for (let i = 0; i < sizes[block]; i++) shape[b++] = sign * value;
  });
}
