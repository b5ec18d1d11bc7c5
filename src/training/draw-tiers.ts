import { CONSTANT } from "../classifiers/leaderboard-names.js";
import type { Table } from "../table/table.js";
import { DEFAULT_TIER_RULE, riskTiers, type TierRule } from "../tiers/risk-tiers.js";
import { tierRuleFrom } from "../tiers/tier-spec.js";
import { tierPositions } from "../tiers/tier-table.js";
import type { RiskTiers } from "../tiers/tiers.js";
import { type ValueBands, valueBands } from "../tiers/value-bands.js";
import { withoutGaps } from "../vectors/column-roles/row-groups.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import { type Folds, rowsOfFold } from "../vectors/folds.js";
import type { Choice } from "./candidates/choose-candidate.js";
import type { TrainingRows } from "./rows/read-rows.js";
import type { TrainOptions } from "./train-options.js";

/** Risk tiers and value bands, and the rules by which they were drawn. */
export interface DrawnTiers {
  readonly rule: TierRule;
  readonly tiers: RiskTiers;
  /** The tier of each row, by its place among the tiers, by limits that its label did not draw. */
  readonly tierOfRow: Int32Array;
  /** The values of rows, and their bands; undefined without a value column. */
  readonly worth: { readonly values: Float64Array; readonly bands: ValueBands } | undefined;
}

/** The only tier where every row has the same probability. */
const ONE_TIER: RiskTiers = [{ name: "all", from: 0 }];

/**
 * Draws risk tiers on the probabilities of the chosen candidate, and value bands where there is a value column. The
 * table of tiers counts rows by the probabilities that measure the choice.
 */
export function drawTiers(
  choice: Choice,
  rows: TrainingRows,
  folds: Folds,
  table: Table,
  { tiers: given = DEFAULT_TIER_RULE, value, valueBands: bandRule, seed = 0 }: TrainOptions,
): DrawnTiers {
  const rule = tierRuleFrom("trainChurnModel", "tiers", given);
  const [{ name, calibration }] = choice.candidates;
  // Limits of money still tell subscribers of one probability apart, and given ones stay what they are.
  const isOneTier = name === CONSTANT && (rule.by === "capacity" || rule.by === "auto");
  const draw = (probabilities: Float64Array) => drawOn(probabilities, rows, rule, seed);
  const tiers = isOneTier ? ONE_TIER : draw(calibration.probabilities);
  const values = value === undefined ? undefined : valuesOf(table, value);
  const worth = values && { values, bands: valueBands(values, bandRule) };
  if (isOneTier) return { rule, tiers, tierOfRow: new Int32Array(table.rowCount), worth };
  const limitsOf =
    rule.by === "auto"
      ? limitsOfOthers(choice, tiers, folds, (probabilities, on) =>
          drawOn(probabilities, rows, rule, seed, on),
        )
      : [draw(choice.probabilities)];
  const placeOf = limitsOf.map((limits) => tierPositions(limits, choice.probabilities, values));
  const tierOfRow = Int32Array.from(folds.of, (fold, row) => (placeOf[fold] ?? placeOf[0])(row));
  return { rule, tiers, tierOfRow, worth };
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
  { labels, groups }: TrainingRows,
  rule: TierRule,
  seed: number,
  on?: Int32Array,
): RiskTiers {
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
