import { type OptionNames, optionProblems } from "../arguments.js";
import { argumentProblem, type Problems } from "../errors.js";
import { percentHint } from "../metrics/sample/level.js";
import { probabilityListProblems } from "../metrics/sample/number-list.js";

/** How often an average row of each class was in the training sample. */
export interface SamplingRates {
  /**
   * Of churners: the share kept (0.1: one in ten), how often each was repeated (3: three times), or their class weight.
   * Default 1.
   */
  readonly churners?: number;
  /** Of the others. Default 1. */
  readonly others?: number;
}

const SAMPLING_RATES: OptionNames<SamplingRates> = { churners: "optional", others: "optional" };

/** The members of {@link RebaseTarget}. */
const RATES: readonly string[] = ["from", "to", "toMean"];

/** Where the churn rate goes: from one known rate to another, or to where the mean probability is a given rate. */
export type RebaseTarget =
  | {
      /** The churn rate of the rows that the probabilities were fitted to. In (0, 1). */
      readonly from: number;
      /** The churn rate of the rows that they are for. In (0, 1). */
      readonly to: number;
    }
  | {
      /** The target mean of the probabilities. In (0, 1). */
      readonly toMean: number;
    };

/**
 * Undoes undersampling, oversampling and class weights: probabilities of a model that was trained on a sample with
 * other class rates become probabilities for the population. odds′ = odds · others / churners (Elkan
 * 2001, theorem 2; Dal Pozzolo et al. 2015, equation 4). 0 and 1 stay, and so does the ranking.
 * @param probabilities in [0, 1].
 * @returns new probabilities, one per row.
 * @example undoSampling([0.5], { others: 0.1 }) // [0.0909…]: trained on every churner and a tenth of the others
 * @throws HoldfastError for probabilities outside [0, 1], rates that are not finite and positive.
 */
export function undoSampling(probabilities: ArrayLike<number>, rates: SamplingRates): Float64Array {
  const problems = probabilityProblems("undoSampling", probabilities);
  if (typeof rates !== "object" || rates === null) {
    const expected = "must be an object such as { others: 0.1 }";
    problems.add(argumentProblem("undoSampling", "rates", expected, rates));
    problems.throwIfAny();
  }
  problems.add(...optionProblems("undoSampling", rates, SAMPLING_RATES));
  const { churners = 1, others = 1 } = rates;
  for (const [argument, rate] of Object.entries({ churners, others })) {
    if (Number.isFinite(rate) && rate > 0) continue;
    problems.add(argumentProblem("undoSampling", argument, "must be finite and above 0", rate));
  }
  problems.throwIfAny();
  return withOddsTimes(probabilities, others / churners);
}

/**
 * Moves probabilities to a population of another churn rate in which the features of churners, and those of the others,
 * are distributed as before. With `from` and `to`, odds′ = odds · (to / (1 − to)) / (from / (1 − from)) (Elkan 2001,
 * theorem 2; Saerens, Latinne and Decaestecker 2002, equation 4). With `toMean`, the odds are multiplied by the one
 * number that makes the mean of these probabilities the new rate. 0 and 1 stay, and so does the ranking.
 * @param probabilities in [0, 1].
 * @returns new probabilities, one per row.
 * @example rebase([0.2, 0.5], { from: 0.2, to: 0.1 }) // [0.1, 0.3076…]
 * @example rebase([0.2, 0.5], { toMean: 0.2 }) // their mean is 0.2
 * @throws HoldfastError for probabilities outside [0, 1], rates outside (0, 1), and a mean that can't be reached because
 * too many probabilities are 0 or 1.
 */
export function rebase(probabilities: ArrayLike<number>, target: RebaseTarget): Float64Array {
  const problems = probabilityProblems("rebase", probabilities);
  if (!addTargetProblems(problems, target)) problems.throwIfAny();
  for (const [argument, rate] of Object.entries(target)) {
    if (!RATES.includes(argument) || rate === undefined) continue;
    if (typeof rate === "number" && rate > 0 && rate < 1) continue;
    problems.add(argumentProblem("rebase", argument, "must be in (0, 1)", rate, percentHint(argument, rate)));
  }
  if (!("toMean" in target)) {
    problems.throwIfAny();
    return withOddsTimes(probabilities, target.to / (1 - target.to) / (target.from / (1 - target.from)));
  }
  if (problems.count === 0) addUnreachableMean(problems, probabilities, target.toMean);
  problems.throwIfAny();
  return withOddsTimes(probabilities, factorForMean(probabilities, target.toMean));
}

/** Bounds of the natural logarithm of the factor: beyond them it would not be a finite double. */
const MOST_SHIFT = 709;

/** The factor of the odds under which the mean is `rate`. The mean rises with the factor, so bisection finds it. */
function factorForMean(probabilities: ArrayLike<number>, rate: number): number {
  let low = -MOST_SHIFT;
  let high = MOST_SHIFT;
  for (let middle = 0; high - low > 1e-15 * Math.max(1, Math.abs(middle)); ) {
    middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    const factor = Math.exp(middle);
    let total = 0;
    for (let i = 0; i < probabilities.length; i++) total += timesOdds(probabilities[i], factor);
    if (total < rate * probabilities.length) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** Probabilities of 0 and 1 do not move: the mean stays above the share of ones and below one minus that of zeros. */
function addUnreachableMean(problems: Problems, probabilities: ArrayLike<number>, rate: number): void {
  let zeros = 0;
  let ones = 0;
  for (let i = 0; i < probabilities.length; i++) {
    if (probabilities[i] === 0) zeros++;
    else if (probabilities[i] === 1) ones++;
  }
  const rows = probabilities.length;
  if (rate > ones / rows && rate < 1 - zeros / rows) return;
  const expected = `must be between the share of ones, ${ones / rows}, and one minus that of zeros, ${1 - zeros / rows}`;
  problems.add(
    argumentProblem("rebase", "toMean", expected, rate, "probabilities of 0 and 1 stay where they are"),
  );
}

function withOddsTimes(probabilities: ArrayLike<number>, factor: number): Float64Array {
  return Float64Array.from(probabilities, (probability) => timesOdds(probability, factor));
}

/** Written without a quotient of odds, so that 0 and 1 need no special case. */
function timesOdds(probability: number, factor: number): number {
  const scaled = probability * factor;
  return scaled / (scaled + (1 - probability));
}

function probabilityProblems(functionName: string, probabilities: ArrayLike<number>): Problems {
  const problems = probabilityListProblems(functionName, probabilities);
  if (problems.count === 0 && probabilities.length === 0) {
    problems.add(argumentProblem(functionName, "probabilities", "must not be empty", 0));
  }
  return problems;
}

/** Whether a target is an object, and the problems of the names in it. */
function addTargetProblems(problems: Problems, target: unknown): boolean {
  const isObject = typeof target === "object" && target !== null && !Array.isArray(target);
  if (!isObject) {
    const expected = "must be an object such as { from: 0.2, to: 0.1 } or { toMean: 0.1 }";
    const hint = typeof target === "number" ? `write { toMean: ${target} }` : undefined;
    problems.add(argumentProblem("rebase", "target", expected, target, hint));
    return false;
  }
  const isMean = "toMean" in target;
  const names = {
    from: isMean ? "optional" : "required",
    to: isMean ? "optional" : "required",
    toMean: "optional",
  } as const;
  problems.add(...optionProblems("rebase", target, names));
  for (const name of isMean ? ["from", "to"] : []) {
    const rate = (target as Readonly<Record<string, unknown>>)[name];
    if (rate !== undefined)
      problems.add(argumentProblem("rebase", name, "must not be given together with toMean", rate));
  }
  return true;
}
