/** Counts of many cells, so that sums over each of them cost no more than the distinct counts. */
export interface CountTally {
  /** How many counts are above j, for j < {@link HEAD}. */
  readonly above: Float64Array;
  /** What counts of {@link HEAD} and more exceed it by, and how many do by that much. */
  readonly excess: readonly (readonly [excess: number, cells: number])[];
}

/** Terms that are added one by one; for the rest, the corrections of Euler and Maclaurin are exact to about 1e-14. */
const HEAD = 32;

export function tallyOf(counts: readonly number[]): CountTally {
  const above = new Float64Array(HEAD);
  const excess = new Map<number, number>();
  for (const count of counts) {
    for (let j = 0; j < Math.min(count, HEAD); j++) above[j]++;
    if (count > HEAD) excess.set(count - HEAD, (excess.get(count - HEAD) ?? 0) + 1);
  }
  return { above, excess: [...excess] };
}

/**
 * Σ ln(start + j·step) over j = 0 … count − 1 and over all counts, and its derivatives by start and by step: the parts of the
 * likelihood of a beta-binomial distribution as Griffiths (1973) writes it. They stay exact where step goes to 0, as
 * differences of log-gamma functions do not.
 * @param start above 0.
 * @param step 0 or more.
 */
export function risingSums(
  { above, excess }: CountTally,
  start: number,
  step: number,
): { readonly log: number; readonly byStart: number; readonly byStep: number } {
  let [log, byStart, byStep] = [0, 0, 0];
  for (let j = 0; j < HEAD; j++) {
    if (above[j] === 0) break;
    const at = start + j * step;
    log += above[j] * Math.log(at);
    byStart += above[j] / at;
    byStep += (above[j] * j) / at;
  }
  const from = start + HEAD * step;
  const first = step / from;
  for (const [length, cells] of excess) {
    // Integrals from 0 to length of ln(from + x·step), 1 / (from + x·step) and x / (from + x·step), half of the ends' difference,
    // and the differences of odd derivatives with B₂/2!, B₄/4! and B₆/6!.
    const to = from + length * step;
    const last = step / to;
    const { entropy, ratio, rest } = logParts(length * first);
    const sumLog =
      length * (Math.log(from) + entropy) +
      Math.log(from / to) / 2 +
      (last - first) / 12 -
      (last ** 3 - first ** 3) / 360 +
      (last ** 5 - first ** 5) / 1260;
    const sumInverse =
      (length / from) * ratio +
      (1 / from - 1 / to) / 2 -
      (last / to - first / from) / 12 +
      (last ** 3 / to - first ** 3 / from) / 120 -
      (last ** 5 / to - first ** 5 / from) / 252;
    const sumPlace =
      ((length * length) / from) * rest -
      length / to / 2 +
      from * ((1 / to ** 2 - 1 / from ** 2) / 12) -
      from * ((last ** 2 / to ** 2 - first ** 2 / from ** 2) / 120) +
      from * ((last ** 4 / to ** 2 - first ** 4 / from ** 2) / 252);
    log += cells * sumLog;
    byStart += cells * sumInverse;
    byStep += cells * (HEAD * sumInverse + sumPlace);
  }
  return { log, byStart, byStep };
}

/** ((1 + y) ln(1 + y) − y) / y, ln(1 + y) / y and (y − ln(1 + y)) / y², as series where they would lose digits. */
function logParts(y: number): { entropy: number; ratio: number; rest: number } {
  if (y > 0.1) {
    const log = Math.log1p(y);
    return { entropy: (1 + 1 / y) * log - 1, ratio: log / y, rest: (y - log) / (y * y) };
  }
  let [entropy, ratio, rest] = [0, 0, 0];
  for (let power = 16; power >= 0; power--) {
    ratio = 1 / (power + 1) - y * ratio;
    rest = 1 / (power + 2) - y * rest;
    entropy = 1 / ((power + 1) * (power + 2)) - y * entropy;
  }
  return { entropy: y * entropy, ratio, rest };
}
