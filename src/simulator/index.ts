/**
 * A simulated operator: histories to practise and measure on, whose true probabilities of churn are known.
 *
 * `simulateOperator` makes the tables of a history in memory, `writeOperator` writes them to files.
 * `trueChurnProbabilities` gives what the best possible model would predict for each subscriber and cutoff, `trueFutures`
 * the survival from any day on, by cause, with and without each offer.
 *
 * @example
 * import { simulateOperator } from "holdfast/simulator";
 * import { openHistory } from "holdfast/history";
 *
 * const { truth, ...tables } = await simulateOperator({ subscribers: 500, months: 12, seed: 1 });
 * const history = await openHistory(tables);
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { simulateOperator, trueChurnProbabilities, trueFutures, writeOperator } from "./simulator.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { LongWork, ProgressEvent } from "../progress.js";
export type { CategoricalColumn, Column, NumericColumn, Table, TextColumn } from "../table/column.js";
export type * from "../table/grammar/types.js";
export type { Cause } from "./departure/causes.js";
export type { OfferName } from "./market/offers.js";
export type { ShockOptions } from "./market/shocks.js";
export type { FactName, OperatorTables, TruthName } from "./output/fact-log.js";
export type { OperatorFormat, WriteOperatorOptions, WrittenTable } from "./output/write-operator.js";
export type { CampaignOptions, OperatorOptions } from "./plan.js";
export type { ChurnQuestions } from "./truth/churn-questions.js";
export type { TrueChurnOptions } from "./truth/true-churn.js";
export type { TrueFuture, TrueFutures, TrueFuturesOptions } from "./truth/true-futures.js";
