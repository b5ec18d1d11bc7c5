import { CONSTANT } from "../../classifiers/leaderboard-names.js";
import { leadsWithInterval } from "../../metrics/evaluation/shown-metric.js";
import { effectiveRows } from "../../metrics/sample/effective-rows.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import { percent, whole } from "../../printing/numbers.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Choice } from "../candidates/choose-candidate.js";
import type { DrawnTiers } from "../draw-tiers.js";
import type { TrainingRows } from "./read-rows.js";

/** With few churners only the strongest features can be judged. @param weights of the rows; undefined: all are equal. */
export function noteScarcity(labels: Uint8Array, weights: Float64Array | undefined): TrainingNote[] {
  let churners = 0;
  for (const label of labels) churners += label;
  // Rounding may give a little less than the number of rows.
  const worth = weights === undefined ? churners : effectiveRows(labels, weights).positives;
  if (!leadsWithInterval(worth)) return [];
  const many =
    worth > churners - 0.5
      ? `only ${churners} churners`
      : `${churners} churners, which by their weights are worth only ${worth < 10 ? worth.toFixed(1) : Math.round(worth)}`;
  const detail = `${many}: look at the intervals before the values`;
  return [{ kind: "few-churners", column: null, detail }];
}

/** @param rows how many have a weight of 0. */
export function noteWithoutWeight(rows: number, column: string | undefined): TrainingNote[] {
  if (rows === 0 || column === undefined) return [];
  const have = rows === 1 ? "row has" : "rows have";
  const detail = `${whole(rows)} ${have} a weight of 0: left out, as if absent`;
  return [{ kind: "rows-without-weight", column, detail }];
}

/** Numbers beyond this are rarely meant: they are often a code for missing. */
const LARGEST_USUAL = 1e15;
const SMALLEST_USUAL = 1e-15;

export function noteExtremes({ features }: Vectors): TrainingNote[] {
  return features.flatMap((feature): TrainingNote[] => {
    if (feature.kind !== "numeric") return [];
    let largest = 0;
    for (const value of feature.values) if (Math.abs(value) > largest) largest = Math.abs(value);
    if (largest === 0 || (largest <= LARGEST_USUAL && largest >= SMALLEST_USUAL)) return [];
    const detail = `has absolute values up to ${largest.toExponential(1)}: is that its unit, or a code for missing?`;
    return [{ kind: "extreme-values", column: feature.name, detail }];
  });
}

/** A tier that holds a smaller part of its capacity than this was not filled because of ties. */
const FILLED = 0.9;

/** Tiers that hold less than their capacity, as too many rows share a probability. */
export function noteTies(
  { rule, tiers, predictedTiers }: DrawnTiers,
  { table, weights }: TrainingRows,
): TrainingNote[] {
  if (rule.by !== "capacity" || tiers.length < rule.tiers.length) return [];
  const held = new Float64Array(tiers.length);
  predictedTiers.forEach((tier, row) => {
    held[tier] += weights === undefined ? 1 : weights[row];
  });
  const all = held.reduce((sum, each) => sum + each, 0);
  const details = rule.tiers.slice(0, -1).flatMap(({ name, top, share = 0 }, tier) => {
    const wanted = Math.min(top === undefined ? share : top / table.rowCount, 1);
    if (held[tier] >= FILLED * wanted * all || wanted * table.rowCount < 1) return [];
    const drawnFor = top === undefined || weights !== undefined ? percent(wanted) : `${whole(top)} rows`;
    const ofWhat = weights === undefined ? "rows" : "population";
    return `${name} holds ${percent(held[tier] / all)} of the ${ofWhat} in the place of ${drawnFor}`;
  });
  if (details.length === 0) return [];
  const cause =
    weights === undefined
      ? "more rows share a probability than it has room for"
      : "rows of the next probability stand for more than it has room for";
  const detail = `${details.join(", ")}: ${cause}; score with a capacity to fill tiers exactly`;
  return [{ kind: "tier-ties", column: null, detail }];
}

/** Says so where the churn rate itself is kept. @param tiers how many were drawn. */
export function noteConstant({ candidates: [chosen, ...others] }: Choice, tiers: number): TrainingNote[] {
  if (chosen.name !== CONSTANT) return [];
  const isAlone = others.length === 1;
  const compared = isAlone
    ? `${others[0].name} does not predict`
    : `none of ${others.length} candidates predicts`;
  const inTiers = tiers === 1 ? ", in one tier" : "";
  const detail = `${compared} better than the churn rate itself: every row gets it${inTiers}, until there are more churners or better features`;
  return [{ kind: "no-signal", column: null, detail }];
}
