import { checkOptions, namedErrors, type OptionNames } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import type { LongWork } from "../progress.js";
import { SHOCK_OPTIONS } from "./market/shocks.js";
import type { OperatorTables } from "./output/fact-log.js";
import type { WriteOperatorOptions, WrittenTable } from "./output/write-operator.js";
import { CAMPAIGN_OPTIONS, OPERATOR_OPTIONS, type OperatorOptions, subscribersHint } from "./plan.js";
import type { ChurnQuestions } from "./truth/churn-questions.js";
import type { TrueChurnOptions } from "./truth/true-churn.js";
import type { TrueFutures, TrueFuturesOptions } from "./truth/true-futures.js";

const WRITE_OPTIONS: OptionNames<WriteOperatorOptions> = {
  ...OPERATOR_OPTIONS,
  format: "optional",
  truth: "optional",
  blockSize: "optional",
  onProgress: "optional",
  signal: "optional",
};

const TRUE_CHURN_OPTIONS: OptionNames<TrueChurnOptions> = {
  gapMonths: "optional",
  horizonMonths: "optional",
  futures: "optional",
  offer: "optional",
  onProgress: "optional",
  signal: "optional",
};

const TRUE_FUTURES_OPTIONS: OptionNames<TrueFuturesOptions> = {
  months: "optional",
  futures: "optional",
  offers: "optional",
  onProgress: "optional",
  signal: "optional",
};

const OPERATOR_HINT = "{ subscribers: 2000, seed: 1 } for example: the options that it was simulated with";

const QUESTIONS: OptionNames<ChurnQuestions> = { subscriberIds: "required", cutoffs: "required" };

/**
 * Simulates a telecom operator with known hazards of leaving. Returns its history as the standard tables, together with the
 * `truth`, which an operator could not know: why and how likely each subscriber leaves, what each offer would change, which
 * dealers cheat. The guide to the simulator describes the model and each table.
 * @example
 * const { truth, ...tables } = await simulateOperator({ subscribers: 2000, months: 18, seed: 1 });
 * const history = await openHistory(tables);
 * @throws HoldfastError with all options that are out of range.
 */
export async function simulateOperator(options: OperatorOptions = {}): Promise<OperatorTables> {
  checkOptions("simulateOperator", options, OPERATOR_OPTIONS, "options", subscribersHint);
  checkNested("simulateOperator", options);
  return (await import("./simulate-operator.js")).simulateOperator(options);
}

/**
 * Simulates an operator and writes its history to files in a folder, one per table, and the truth to the subfolder `truth`,
 * holding at most one block of subscribers in memory. The files appear together, when all are complete.
 * @example await writeOperator("operator", { subscribers: 1_000_000, months: 24, seed: 1 });
 * @throws HoldfastError with all options that are out of range, and `data.unwritable` when the folder is not writable.
 */
export async function writeOperator(
  folder: string,
  options: WriteOperatorOptions = {},
): Promise<readonly WrittenTable[]> {
  if (typeof folder !== "string" || folder === "") {
    const isSwapped = typeof folder === "object" && folder !== null;
    const hint = isSwapped ? "the order is writeOperator(folder, options)" : undefined;
    invalidArgument("writeOperator", "folder", "must be the path of a folder", folder, hint);
  }
  checkOptions("writeOperator", options, WRITE_OPTIONS, "options", subscribersHint);
  checkNested("writeOperator", options);
  const { writeOperator: write } = await import("./output/write-operator.js");
  return namedErrors("writeOperator", () => write(folder, options));
}

/**
 * The true probability of churn of rows of a simulated operator, given all that the simulation knows at each cutoff: the
 * best prediction that any model could make. One number in (0, 1) per row, in their order.
 * @param operator the options that the operator was simulated with
 * @example
 * const truth = await trueChurnProbabilities({ subscribers: 2000, seed: 1 }, { subscriberIds, cutoffs });
 * @throws HoldfastError with all options out of range, unknown ids, and rows whose subscriber is not active at the cutoff.
 */
export async function trueChurnProbabilities(
  operator: OperatorOptions,
  questions: ChurnQuestions,
  options: TrueChurnOptions & LongWork = {},
): Promise<Float64Array> {
  const name = "trueChurnProbabilities";
  checkOperator(name, operator);
  checkOptions(name, questions, QUESTIONS, "questions");
  checkOptions(name, options, TRUE_CHURN_OPTIONS);
  return (await import("./truth/true-churn.js")).trueChurnProbabilities(operator, questions, options);
}

/**
 * The true future of rows of a simulated operator at any day, given all that the simulation knows then: the probability of
 * survival for 1 to `months` months with its Monte Carlo error, by cause, without offers and with each.
 * @param operator the options that the operator was simulated with
 * @example
 * const { none, discount } = await trueFutures(
 *   { subscribers: 2000, seed: 1 },
 *   { subscriberIds, cutoffs },
 *   { months: 6, offers: ["none", "discount"] },
 * );
 * @throws HoldfastError with all options out of range, unknown ids, and rows whose subscriber is not active at the cutoff.
 */
export async function trueFutures(
  operator: OperatorOptions,
  questions: ChurnQuestions,
  options: TrueFuturesOptions = {},
): Promise<TrueFutures> {
  const name = "trueFutures";
  checkOperator(name, operator);
  checkOptions(name, questions, QUESTIONS, "questions");
  checkOptions(name, options, TRUE_FUTURES_OPTIONS);
  return (await import("./truth/true-futures.js")).trueFutures(operator, questions, options);
}

function checkOperator(name: string, operator: OperatorOptions): void {
  if (typeof operator?.subscribers === "object") {
    const expected = "must be the options of an operator, not its tables";
    invalidArgument(name, "operator", expected, undefined, OPERATOR_HINT);
  }
  checkOptions(name, operator, OPERATOR_OPTIONS, "operator", () => OPERATOR_HINT);
  if (operator === undefined) {
    invalidArgument(name, "operator", "must be given, {} for the defaults", operator, OPERATOR_HINT);
  }
  checkNested(name, operator, "operator.");
}

/** The names of the options within options. */
function checkNested(name: string, { campaign, shocks }: OperatorOptions, within = ""): void {
  checkOptions(name, campaign, CAMPAIGN_OPTIONS, `${within}campaign`);
  checkOptions(name, shocks, SHOCK_OPTIONS, `${within}shocks`);
}
