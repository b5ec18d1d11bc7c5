import type { Random } from "../../random.js";

/** Below this mean the distribution is searched from its start; above it the transformed rejection is faster. */
const LEAST_MEAN = 10;

/**
 * A draw of the binomial distribution, exact for any number of trials: by inversion where few successes are expected, else by the
 * transformed rejection BTRS of Hörmann (1993), The generation of binomial random variates, J. Stat. Comput. Simul. 46.
 * @param trials a whole number ≥ 0
 * @param probability of success in each
 */
export function binomialDraw(random: Random, trials: number, probability: number): number {
  if (trials === 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - binomialDraw(random, trials, 1 - probability);
  return trials * probability < LEAST_MEAN
    ? byInversion(random, trials, probability)
    : byRejection(random, trials, probability);
}

/** The number of geometric waits that fit into the trials. */
function byInversion(random: Random, trials: number, probability: number): number {
  const scale = Math.log1p(-probability);
  let successes = 0;
  let used = Math.floor(Math.log(1 - random.next()) / scale) + 1;
  while (used <= trials) {
    successes++;
    used += Math.floor(Math.log(1 - random.next()) / scale) + 1;
  }
  return successes;
}

function byRejection(random: Random, trials: number, p: number): number {
  const deviation = Math.sqrt(trials * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = trials * p + 0.5;
  const inside = 0.92 - 4.2 / b;
  const odds = p / (1 - p);
  const alpha = (2.83 + 5.1 / b) * deviation;
  const mode = Math.floor((trials + 1) * p);
  for (;;) {
    const u = random.next() - 0.5;
    const v = random.next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= inside) return k;
    if (k < 0 || k > trials) continue;
    const log = Math.log((v * alpha) / (a / (us * us) + b));
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (trials - mode + 1))) +
      (trials + 1) * Math.log((trials - mode + 1) / (trials - k + 1)) +
      (k + 0.5) * Math.log((odds * (trials - k + 1)) / (k + 1)) +
      stirlingTail(mode) +
      stirlingTail(trials - mode) -
      stirlingTail(k) -
      stirlingTail(trials - k);
    if (log <= bound) return k;
  }
}

/** ln k! less its approximation by Stirling's formula in k + 1. */
function stirlingTail(k: number): number {
  if (k < TAILS.length) return TAILS[k];
  const square = (k + 1) * (k + 1);
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

const TAILS = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
  0.0138761288230707, 0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
] as const;
