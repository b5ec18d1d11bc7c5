/**
 * Risk tiers: from probability and value to whom to call first.
 *
 * `riskTiers` turns a rule into tiers: by probability, by capacity (the 500 riskiest, the riskiest tenth) or by expected
 * loss (probability × value); `autoTiers` draws as many tiers as the labelled data can distinguish. `tierTable` says of each
 * tier how many rows it has, what was predicted and what was observed, with intervals. `valueBands` and `valueGrid` cut
 * by what subscribers are worth.
 *
 * @example
 * import { riskTiers, tierOf } from "holdfast/tiers";
 *
 * const tiers = riskTiers(
 *   { by: "probability", tiers: [{ name: "high", from: 0.5 }, { name: "low", from: 0 }] },
 *   [0.7, 0.1],
 * );
 * console.log(tierOf(tiers, 0.7)); // { name: 'high', … }
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { autoTiers } from "./auto-tiers.js";
export { isUncertain } from "./is-uncertain.js";
export { riskTiers } from "./risk-tiers.js";
export { tierTable } from "./summary/tier-table.js";
export { valueGrid } from "./summary/value-grid.js";
export { tierOf } from "./tiers.js";
export { bandOf, DEFAULT_VALUE_BANDS, valueBands } from "./value-bands.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { MetricOptions } from "../metrics/sample/input.js";
export type { AutoTierOptions } from "./auto-tiers.js";
export type { UncertaintyOptions } from "./is-uncertain.js";
export type { TierSample } from "./risk-tiers.js";
export type { ObservedRate } from "./summary/cell-sums.js";
export type { TierSummary } from "./summary/tier-summary.js";
export type { TierTableOptions } from "./summary/tier-table.js";
export type { ValueGridCell } from "./summary/value-grid.js";
export type {
  AutoTierRule,
  CapacityTierRule,
  ExpectedLossTierRule,
  ProbabilityTierRule,
  TierRule,
} from "./tier-rule.js";
export type { TierSpec } from "./tier-spec.js";
export type { CutEvidence, RiskTier, RiskTiers } from "./tiers.js";
export type { LimitBandRule, ShareBandRule, ValueBand, ValueBandRule, ValueBands } from "./value-bands.js";
