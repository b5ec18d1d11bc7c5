import { checkOptions, type OptionNames } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import { sortedNumbers } from "../../math/sorted-numbers.js";

/** Which shares `concentration` asks for. */
export interface ConcentrationOptions {
  /** The largest holders whose share is asked for, as a share of all, in (0, 1). Default 0.2. */
  readonly top?: number | undefined;
  /** The share of the total whose holders are counted, in (0, 1). Default 0.8. */
  readonly share?: number | undefined;
}

/** How unequally a total, such as revenue, is spread over its holders. */
export interface Concentration {
  readonly count: number;
  readonly total: number;
  /** How many values were below zero; they count as zero. */
  readonly negatives: number;
  /** How many the top holders are: `top` of the count, rounded up. */
  readonly topCount: number;
  /** The share of the total that they hold; null where the total is 0. */
  readonly topShare: number | null;
  /** How many of the largest are needed to hold `share` of the total, and which share of all they are; null where it is 0. */
  readonly holders: number | null;
  readonly holdersShare: number | null;
  /** The Gini coefficient: 0 where all hold the same, (count − 1) / count where one holds all; null where the total is 0. */
  readonly gini: number | null;
}

const OPTIONS: OptionNames<ConcentrationOptions> = { top: "optional", share: "optional" };
/** Rounding errors of shares such as 0.2 × 15 are no further holder. */
const SLACK = 1e-9;

/**
 * Concentration of a total: what the largest fifth holds, how many hold four fifths, and the Gini coefficient (Gini 1912, as the mean
 * difference over twice the mean of the values given).
 * @param values one per holder, such as the revenue of each subscriber; any array of numbers, not changed.
 * @throws HoldfastError for values that are not finite and for shares outside (0, 1).
 * @example
 * concentration([100, 10, 10, 10, 10]);
 * // { count: 5, total: 140, negatives: 0, topCount: 1, topShare: 0.714…, holders: 3, holdersShare: 0.6, gini: 0.514… }
 */
export function concentration(values: ArrayLike<number>, options: ConcentrationOptions = {}): Concentration {
  const problems = problemsOf(options);
  const positive = new Float64Array(values.length);
  let negatives = 0;
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (!Number.isFinite(value)) {
      problems.add(argumentProblem("concentration", `values[${at}]`, "must be finite", value));
    }
    if (value < 0) negatives++;
    positive[at] = Math.max(value, 0);
  }
  problems.throwIfAny();
  return { ...ofRising(sortedNumbers(positive), options), negatives };
}

function ofRising(
  values: Float64Array,
  { top = 0.2, share = 0.8 }: ConcentrationOptions,
): Omit<Concentration, "negatives"> {
  const count = values.length;
  let [total, ranked] = [0, 0];
  for (let at = 0; at < count; at++) {
    ranked += values[at] * (2 * at + 1);
    total += values[at];
  }
  const topCount = Math.max(0, Math.ceil(top * count - SLACK));
  if (total === 0)
    return { count, total, topCount, topShare: null, holders: null, holdersShare: null, gini: null };
  const wanted = share * total * (1 - SLACK);
  let [held, topHeld, holders] = [0, 0, 0];
  for (let above = 0; above < count; above++) {
    const value = values[count - 1 - above];
    if (above < topCount) topHeld += value;
    if (held < wanted) holders++;
    held += value;
  }
  return {
    count,
    total,
    topCount,
    topShare: Math.min(1, topHeld / total),
    holders,
    holdersShare: holders / count,
    gini: Math.max(0, ranked / (count * total) - 1),
  };
}

function problemsOf(options: ConcentrationOptions): Problems {
  checkOptions("concentration", options, OPTIONS);
  const problems = new Problems();
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || (typeof value === "number" && value > 0 && value < 1)) continue;
    problems.add(argumentProblem("concentration", name, "must be above 0 and below 1", value));
  }
  return problems;
}
