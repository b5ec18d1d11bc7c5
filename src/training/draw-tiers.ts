import type { Table } from "../table/table.js";
import { DEFAULT_TIER_RULE, riskTiers, type TierRule } from "../tiers/risk-tiers.js";
import { tierRuleFrom } from "../tiers/tier-spec.js";
import { tierPositions } from "../tiers/tier-table.js";
import type { RiskTiers } from "../tiers/tiers.js";
import { type ValueBands, valueBands } from "../tiers/value-bands.js";
import { withoutGaps } from "../vectors/column-roles/row-groups.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import { type Folds, rowsOfFold } from "../vectors/folds.js";
import type { Candidate } from "./candidates/candidates.js";
import type { Choice } from "./candidates/choose-candidate.js";
import { CONSTANT } from "./candidates/constant.js";
import type { TrainingRows } from "./rows/read-rows.js";
import type { TrainOptions } from "./train-options.js";

/** Risk tiers and value bands, and the rules by which they were drawn. */
export interface DrawnTiers {
  readonly rule: TierRule;
  readonly tiers: RiskTiers;
  /** The tier of each row, by its place among the tiers, by limits that were drawn without the row's fold. */
  readonly tierOfRow: Int32Array;
  /** The values of rows, and their bands; undefined without a value column. */
  readonly worth: { readonly values: Float64Array; readonly bands: ValueBands } | undefined;
}

/** The only tier where every row has the same probability. */
const ONE_TIER: RiskTiers = [{ name: "all", from: 0 }];

/**
 * Draws risk tiers on the probabilities of the chosen candidate, and value bands where there is a value column. The
 * rows of a fold are put into tiers whose limits the other folds draw.
 */
export function drawTiers(
  choice: Choice,
  rows: TrainingRows,
  folds: Folds,
  table: Table,
  { tiers: given = DEFAULT_TIER_RULE, value, valueBands: bandRule, seed = 0 }: TrainOptions,
): DrawnTiers {
  const rule = tierRuleFrom("trainChurnModel", "tiers", given);
  const draw = (candidate: Candidate, on?: Int32Array) => drawOn(candidate, rows, rule, seed, on);
  const tiers = draw(choice.candidates[0]);
  const values = value === undefined ? undefined : valuesOf(table, value);
  const tierOfRow = new Int32Array(table.rowCount);
  choice.withoutFold.forEach((candidate, fold) => {
    const drawn = draw(candidate, rowsOfFold(folds, fold, true));
    // Where others draw another number of tiers, theirs have no place in the table.
    const ofFold = drawn.length === tiers.length ? drawn : tiers;
    const tierAt = tierPositions(ofFold, choice.probabilities, values);
    for (const row of rowsOfFold(folds, fold)) tierOfRow[row] = tierAt(row);
  });
  const worth = values && { values, bands: valueBands(values, bandRule) };
  return { rule, tiers, tierOfRow, worth };
}

/** @param on the rows to draw on; default: all. */
function drawOn(
  { name, calibration: { probabilities } }: Candidate,
  { labels, groups }: TrainingRows,
  rule: TierRule,
  seed: number,
  on: Int32Array | undefined,
): RiskTiers {
  // Limits of money still tell subscribers of one probability apart, and given ones stay what they are.
  if (name === CONSTANT && (rule.by === "capacity" || rule.by === "auto")) return ONE_TIER;
  if (on === undefined) return riskTiers(rule, probabilities, { labels: labels.values, groups, seed });
  return riskTiers(
    rule,
    Float64Array.from(on, (row) => probabilities[row]),
    {
      labels: Uint8Array.from(on, (row) => labels.values[row]),
      groups: groups && withoutGaps(on, groups),
      seed,
    },
  );
}
