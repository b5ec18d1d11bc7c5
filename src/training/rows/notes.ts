import { CONSTANT } from "../../classifiers/leaderboard-names.js";
import { leadsWithInterval } from "../../metrics/evaluation/shown-metric.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Choice } from "../candidates/choose-candidate.js";

/** With few churners only the strongest features can be judged. */
export function noteScarcity(labels: Uint8Array): TrainingNote[] {
  let churners = 0;
  for (const label of labels) churners += label;
  if (!leadsWithInterval(churners)) return [];
  const detail = `only ${churners} churners: look at the intervals before the values`;
  return [{ kind: "few-churners", column: null, detail }];
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
