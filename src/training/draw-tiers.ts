import { CONSTANT } from "../classifiers/leaderboard-names.js";
import { DEFAULT_TIER_RULE, riskTiers, type TierRule } from "../tiers/risk-tiers.js";
import { tierPositions } from "../tiers/summary/tier-table.js";
import { tierRuleFrom } from "../tiers/tier-spec.js";
import type { RiskTiers } from "../tiers/tiers.js";
import { type ValueBands, valueBands } from "../tiers/value-bands.js";
import { withoutGaps } from "../vectors/column-roles/row-groups.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import { type Folds, rowsOfFold } from "../vectors/folds.js";
import type { Choice } from "./candidates/choose-candidate.js";
import type { KeptModel } from "./kept-model.js";
import type { TrainingRows } from "./rows/read-rows.js";
import type { TrainOptions } from "./train-options.js";

/** Risk tiers and value bands, and the rules by which they were drawn. */
export interface DrawnTiers {
  readonly rule: TierRule;
  readonly tiers: RiskTiers;
  /** The tier that `predict` gives each row, by its place among the tiers. */
  readonly predictedTiers: Int32Array;
  /** The tier that shows what happens in it: by the probability that measures the row, and limits its label did not draw. */
  readonly measuredTiers: Int32Array;
  /** The values of rows, and their bands; undefined without a value column. */
  readonly worth: { readonly values: Float64Array; readonly bands: ValueBands } | undefined;
}

/** The only tier where every row has the same probability. */
const ONE_TIER: RiskTiers = [{ name: "all", from: 0 }];

/**
 * Draws risk tiers, and value bands where there is a value column. Capacities are filled with what the kept model predicts,
 * so that the tiers of a batch like the training rows hold what they were drawn for; `auto` goes by out-of-fold
 * probabilities and labels.
 */
export function drawTiers(
  choice: Choice,
  kept: KeptModel,
  rows: TrainingRows,
  folds: Folds,
  { tiers: given = DEFAULT_TIER_RULE, value, valueBands: bandRule, seed = 0 }: TrainOptions,
): DrawnTiers {
  const { table, weights } = rows;
  const rule = tierRuleFrom("trainChurnModel", "tiers", given);
  const [{ name, calibration }] = choice.candidates;
  // Limits of money still tell subscribers of one probability apart, and given ones stay what they are.
  const isOneTier = name === CONSTANT && (rule.by === "capacity" || rule.by === "auto");
  const values = value === undefined ? undefined : valuesOf(table, value);
  const worth = values && { values, bands: valueBands(values, bandRule, { weights }) };
  if (isOneTier) {
    const inOne = new Int32Array(table.rowCount);
    return { rule, tiers: ONE_TIER, predictedTiers: inOne, measuredTiers: inOne, worth };
  }
  const draw = (probabilities: Float64Array, on?: Int32Array) => drawOn(probabilities, rows, rule, seed, on);
  const tiers = draw(rule.by === "auto" ? calibration.probabilities : kept.probabilities);
  const limitsOf =
    rule.by === "auto" ? limitsOfOthers(choice, tiers, folds, draw) : [draw(choice.probabilities)];
  const placeOf = limitsOf.map((limits) => tierPositions(limits, choice.probabilities, values));
  return {
    rule,
    tiers,
    predictedTiers: Int32Array.from(folds.of.keys(), tierPositions(tiers, kept.probabilities, values)),
    measuredTiers: Int32Array.from(folds.of, (fold, row) => (placeOf[fold] ?? placeOf[0])(row)),
    worth,
  };
}

/**
 * Tiers by `auto` follow labels, so that the rows of a fold are put into tiers that the other folds draw. Where those
 * draw another number of tiers, theirs have no place in the table, and the tiers of all rows take theirs.
 */
function limitsOfOthers(
  { withoutFold }: Choice,
  tiers: RiskTiers,
  folds: Folds,
  draw: (probabilities: Float64Array, on: Int32Array) => RiskTiers,
): RiskTiers[] {
  return withoutFold.map(({ calibration: { probabilities } }, fold) => {
    const drawn = draw(probabilities, rowsOfFold(folds, fold, true));
    return drawn.length === tiers.length ? drawn : tiers;
  });
}

/** @param on the rows to draw on; default: all. */
function drawOn(
  probabilities: Float64Array,
  { labels, groups, weights }: TrainingRows,
  rule: TierRule,
  seed: number,
  on?: Int32Array,
): RiskTiers {
  if (on === undefined) {
    return riskTiers(rule, probabilities, { labels: labels.values, groups, weights, seed });
  }
  return riskTiers(
    rule,
    Float64Array.from(on, (row) => probabilities[row]),
    {
      labels: Uint8Array.from(on, (row) => labels.values[row]),
      groups: groups && withoutGaps(on, groups),
      weights: weights && Float64Array.from(on, (row) => weights[row]),
      seed,
    },
  );
}
