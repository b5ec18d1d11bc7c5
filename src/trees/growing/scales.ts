import type { ObjectiveName } from "./settings.js";

/**
 * The whole numbers that training counts in. All are powers of two, so that turning a number into one and back is
 * exact where the number has few enough digits.
 */
export interface Scales {
  /** One unit of a margin: leaf values and base margins are multiples of it. */
  readonly marginUnit: number;
  readonly gradientScale: number;
  readonly hessianScale: number;
  /** Most a row's scaled hessian may be. */
  readonly hessianLimit: number;
  /** Bits of the row count that share a word with the sum of hessians. */
  readonly countBits: number;
  readonly lossScale: number;
}

/** The inputs that determine the scales. */
export interface LabelFacts {
  readonly rowCount: number;
  readonly largestWeight: number;
  readonly lowestLabel: number;
  readonly highestLabel: number;
}

/** Margins of classes and counts are multiples of this: they reach from −128 to 128 in 32 bits. */
const LOG_UNIT = 2 ** -24;
/** The kernel cuts log rates here, before their exponential overflows. */
const HIGHEST_LOG_RATE = 80;
const MOST_GRADIENT = 2 ** 30;
const MOST_LOSS = 2 ** 28;

/**
 * Scales such that sums over all rows fit 63 bits and values keep as many digits as that allows.
 * @param highestMargin of any row now: Poisson gradients grow with it, so their scales are recomputed every round.
 */
export function scalesFor(
  objective: ObjectiveName,
  facts: LabelFacts,
  baseMargin: number,
  highestMargin = baseMargin,
): Scales {
  const { rowCount, largestWeight, highestLabel } = facts;
  const countBits = Math.ceil(Math.log2(rowCount + 1));
  const hessianLimit = Math.min(MOST_GRADIENT, 2 ** (63 - 2 * countBits));
  const scales = (gradient: number, hessian: number, loss: number, marginUnit: number): Scales => ({
    marginUnit,
    gradientScale: powerOfTwoBelow(MOST_GRADIENT / (gradient * largestWeight)),
    hessianScale: powerOfTwoBelow(hessianLimit / (hessian * largestWeight)),
    hessianLimit,
    countBits,
    lossScale: powerOfTwoBelow(MOST_LOSS / (loss * largestWeight)),
  });
  if (objective === "logLoss") return scales(1, 0.25, 64, LOG_UNIT);
  if (objective === "poisson") {
    const rate = Math.max(highestLabel, Math.exp(Math.min(highestMargin, HIGHEST_LOG_RATE)));
    return scales(rate, rate, rate + highestLabel * 128, LOG_UNIT);
  }
  const lowest = Math.min(facts.lowestLabel, baseMargin);
  const highest = Math.max(highestLabel, baseMargin);
  const largest = Math.max(Math.abs(lowest), Math.abs(highest), 2 ** -100);
  const range = Math.max(highest - lowest, largest * 2 ** -20);
  // Margins may leave the range of the labels, but not by far: they get four times its size.
  return scales(2 * range, 1, 2 * range * range, powerOfTwoBelow(largest * 8) * 2 ** -31);
}

function powerOfTwoBelow(value: number): number {
  return 2 ** Math.floor(Math.log2(value));
}
