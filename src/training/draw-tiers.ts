import type { Table } from "../table/table.js";
import { DEFAULT_TIER_RULE, riskTiers, type TierRule } from "../tiers/risk-tiers.js";
import { tierRuleFrom } from "../tiers/tier-spec.js";
import type { RiskTiers } from "../tiers/tiers.js";
import { type ValueBands, valueBands } from "../tiers/value-bands.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import type { TrainingRows } from "./rows/read-rows.js";
import type { TrainOptions } from "./train-options.js";

/** Risk tiers and value bands, and the rules by which they were drawn. */
export interface DrawnTiers {
  readonly rule: TierRule;
  readonly tiers: RiskTiers;
  /** The values of rows, and their bands; undefined without a value column. */
  readonly worth: { readonly values: Float64Array; readonly bands: ValueBands } | undefined;
}

/** Draws risk tiers on out-of-fold probabilities, and value bands where there is a value column. */
export function drawTiers(
  probabilities: Float64Array,
  { labels, groups }: TrainingRows,
  table: Table,
  { tiers: given = DEFAULT_TIER_RULE, value, valueBands: bandRule, seed = 0 }: TrainOptions,
): DrawnTiers {
  const rule = tierRuleFrom("trainChurnModel", "tiers", given);
  const tiers = riskTiers(rule, probabilities, { labels: labels.values, groups, seed });
  if (value === undefined) return { rule, tiers, worth: undefined };
  const values = valuesOf(table, value);
  return { rule, tiers, worth: { values, bands: valueBands(values, bandRule) } };
}
