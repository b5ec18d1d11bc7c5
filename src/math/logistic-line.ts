import { logistic, softplus } from "./logistic.js";
import { halvedUntilNoHigher } from "./step-halving.js";
/** log-odds of the label = intercept + slope · x. */
export interface LogisticLine {
  readonly slope: number;
  readonly intercept: number;
}

/** A line fitted to some weights, ready to be fitted again to other weights at the same x. */
export interface LogisticLineFit {
  /** Undefined when the likelihood has no finite maximum. */
  readonly line: LogisticLine | undefined;
  /** Starts from `line`; undefined when the likelihood of these weights has no finite maximum. */
  refit(positives: Float64Array, negatives: Float64Array): LogisticLine | undefined;
}

/** The weights of one sample at the standardised x of all samples. */
interface Sample {
  readonly x: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** A refit stops after a Newton step below this, in standard deviations of x; the error left is about its square. */
const REFIT_TOLERANCE = 1e-3;
const REFIT_STEPS = 6;
const FIT_TOLERANCE = 1e-9;
const FIT_STEPS = 100;
const HALVINGS = 50;

/** Fits an unpenalised logistic regression with one variable, `x` falling, by maximum likelihood (Newton's method). */
export function logisticLineOver(
  x: Float64Array,
  positives: Float64Array,
  negatives: Float64Array,
): LogisticLineFit {
  const { centre, scale } = momentsOf(x, positives, negatives);
  const standardised = x.map((value) => (value - centre) / scale);
  const toLine = ([a, b]: readonly [number, number]): LogisticLine | undefined =>
    Number.isFinite(a) && Number.isFinite(b)
      ? { slope: b / scale, intercept: a - (b * centre) / scale }
      : undefined;

  const probabilities = new Float64Array(x.length);
  const start = maximumLikelihood({ x: standardised, positives, negatives }, probabilities);
  // The first step of every refit starts from the same line: its exponentials are computed here, once.
  const startProbabilities = new Float64Array(x.length);
  predict(start, { x: standardised, positives, negatives }, startProbabilities);

  return {
    line: toLine(start),
    refit(positives, negatives) {
      const sample = { x: standardised, positives, negatives };
      if (!overlaps(sample)) return undefined;
      const refitted = refitFrom(start, startProbabilities, sample, probabilities);
      return toLine(refitted ?? maximumLikelihood(sample, probabilities));
    },
  };
}

/** Newton's method with halved steps; from (log-odds of the rate, 0) it converges wherever a maximum exists. */
function maximumLikelihood(sample: Sample, probabilities: Float64Array): [number, number] {
  if (!overlaps(sample)) return [Number.NaN, Number.NaN];
  const at = (a: number, b: number, share: number) => ({ a, b, share, loss: loss([a, b], sample) });
  let point = at(logOddsOfRate(sample), 0, 0);
  for (let iteration = 0; iteration < FIT_STEPS; iteration++) {
    const { a, b } = point;
    predict([a, b], sample, probabilities);
    const [stepA, stepB] = newtonStep(probabilities, sample);
    point = halvedUntilNoHigher(point.loss, HALVINGS, (share) =>
      at(a + share * stepA, b + share * stepB, share),
    );
    if (!(point.share * (Math.abs(stepA) + Math.abs(stepB)) > FIT_TOLERANCE)) break;
  }
  return [point.a, point.b];
}

/** A few plain Newton steps from a nearby line; undefined when they do not converge. */
function refitFrom(
  start: readonly [number, number],
  startProbabilities: Float64Array,
  sample: Sample,
  probabilities: Float64Array,
): [number, number] | undefined {
  if (!Number.isFinite(start[1])) return undefined;
  let [a, b] = start;
  for (let iteration = 0; iteration < REFIT_STEPS; iteration++) {
    if (iteration > 0) predict([a, b], sample, probabilities);
    const [stepA, stepB] = newtonStep(iteration === 0 ? startProbabilities : probabilities, sample);
    a += stepA;
    b += stepB;
    if (Math.abs(stepA) + Math.abs(stepB) < REFIT_TOLERANCE) return [a, b];
  }
  return undefined;
}

/** The inverse Hessian of the log-likelihood times its gradient. */
function newtonStep(probabilities: Float64Array, { x, positives, negatives }: Sample): [number, number] {
  let gradientA = 0;
  let gradientB = 0;
  let hessianAA = 0;
  let hessianAB = 0;
  let hessianBB = 0;
  for (let i = 0; i < x.length; i++) {
    const mass = positives[i] + negatives[i];
    if (mass === 0) continue;
    const expected = mass * probabilities[i];
    const residual = positives[i] - expected;
    const curvature = expected * (1 - probabilities[i]);
    const curvatureX = curvature * x[i];
    gradientA += residual;
    gradientB += residual * x[i];
    hessianAA += curvature;
    hessianAB += curvatureX;
    hessianBB += curvatureX * x[i];
  }
  const determinant = hessianAA * hessianBB - hessianAB * hessianAB;
  return [
    (hessianBB * gradientA - hessianAB * gradientB) / determinant,
    (hessianAA * gradientB - hessianAB * gradientA) / determinant,
  ];
}

/** Fills in the probabilities under a line, where there is weight. */
function predict(
  [a, b]: readonly [number, number],
  { x, positives, negatives }: Sample,
  probabilities: Float64Array,
): void {
  for (let i = 0; i < x.length; i++) {
    if (positives[i] + negatives[i] > 0) probabilities[i] = logistic(a + b * x[i]);
  }
}

function loss([a, b]: readonly [number, number], { x, positives, negatives }: Sample): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    const margin = a + b * x[i];
    total += (positives[i] + negatives[i]) * softplus(margin) - positives[i] * margin;
  }
  return total;
}

/**
 * Whether the likelihood has a finite maximum: no threshold on x leaves all of one class at or above it and all of the
 * other at or below it (Albert and Anderson 1984; equal x throughout is a special case).
 */
function overlaps({ x, positives, negatives }: Sample): boolean {
  const highestPositive = positives.findIndex((weight) => weight > 0);
  const highestNegative = negatives.findIndex((weight) => weight > 0);
  const lowestPositive = positives.findLastIndex((weight) => weight > 0);
  const lowestNegative = negatives.findLastIndex((weight) => weight > 0);
  // As indices of falling x; comparing x itself, since clipping can make neighbours equal.
  return x[highestPositive] > x[lowestNegative] && x[highestNegative] > x[lowestPositive];
}

function logOddsOfRate({ positives, negatives }: Sample): number {
  let positiveTotal = 0;
  let negativeTotal = 0;
  for (let i = 0; i < positives.length; i++) {
    positiveTotal += positives[i];
    negativeTotal += negatives[i];
  }
  return Math.log(positiveTotal / negativeTotal);
}

/** Mean and standard deviation, so that Newton's method works on numbers of ordinary size. */
function momentsOf(
  x: Float64Array,
  positives: Float64Array,
  negatives: Float64Array,
): { centre: number; scale: number } {
  let mass = 0;
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    mass += positives[i] + negatives[i];
    total += (positives[i] + negatives[i]) * x[i];
  }
  const centre = total / mass;
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += (positives[i] + negatives[i]) * (x[i] - centre) ** 2;
  return { centre, scale: Math.sqrt(squares / mass) || 1 };
}
