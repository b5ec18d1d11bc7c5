import { platt } from "../../calibration/platt.js";
import { stackMargins } from "../../classifiers/ensemble/stacking.js";
import { WeightedAverage } from "../../classifiers/ensemble/weighted-average.js";
import { ENSEMBLE } from "../../classifiers/leaderboard-names.js";
import { type Folds, weightsOutside } from "../../vectors/folds.js";
import type { CandidateRows, FittedCandidate } from "./candidates.js";

/** Of an average of several models of any kind. */
const EFFORT_TO_READ = 60;
/** A member with a smaller share of the weight is left out: it would cost more speed than it improves. */
const LEAST_SHARE = 0.1;
/**
 * The weighted sum of candidates that stacking finds on their out-of-fold margins; the combinations found
 * without each fold measure it.
 */
export function ensembleOf(
  candidates: readonly FittedCandidate[],
  rows: CandidateRows,
  folds: Folds,
): FittedCandidate {
  const combination = combinationOf(candidates, rows);
  const kept = candidates
    .map((candidate, member) => ({ ...candidate, weight: combination.weights[member] }))
    .filter(({ weight }) => weight > 0);
  const outOfFold = candidates.map(({ margins }) => margins.outOfFold);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  return {
    name: ENSEMBLE,
    summary: kept.map(({ name, weight }) => `${(weight / total).toFixed(2)} × ${name}`).join(" + "),
    effortToRead: EFFORT_TO_READ,
    classifier: new WeightedAverage(
      kept.map(({ classifier }) => classifier),
      kept.map(({ weight }) => weight),
      combination.offset,
    ),
    foldModels: kept.flatMap(({ foldModels, weight: ofMember }) =>
      foldModels.map(({ weight, models }) => ({ weight: ofMember * weight, models })),
    ),
    margins: {
      outOfFold: combined(combination, outOfFold),
      inFold: combined(
        combination,
        candidates.map(({ margins }) => margins.inFold),
      ),
    },
    marginsWithout: (fold) => {
      const weights = weightsOutside(folds, fold, rows.weights);
      return combined(combinationOf(candidates, { ...rows, weights }), outOfFold);
    },
    timing: {
      name: ENSEMBLE,
      fitSeconds: candidates.reduce((sum, { timing }) => sum + timing.fitSeconds, 0),
      microsecondsPerRow: kept.reduce((sum, { timing }) => sum + timing.microsecondsPerRow, 0),
    },
  };
}

interface Combination {
  readonly offset: number;
  readonly weights: readonly number[];
}

function combined({ offset, weights }: Combination, members: readonly Float64Array[]): Float64Array {
  const margins = new Float64Array(members[0].length).fill(offset);
  members.forEach((ofMember, m) => {
    if (weights[m] === 0) return;
    for (let row = 0; row < margins.length; row++) margins[row] += weights[m] * ofMember[row];
  });
  return margins;
}

/** The sum of the candidates' log-odds that stacking finds. */
function combinationOf(
  candidates: readonly FittedCandidate[],
  { labels, weights }: CandidateRows,
): Combination {
  // Members are added up on the scale of log-odds; Platt's line puts their margins on that scale.
  const lines = candidates.map(({ margins: { outOfFold } }) => {
    const { slope, intercept } = platt().fit(outOfFold, labels, weights).toJSON();
    return { slope, intercept, logOdds: outOfFold.map((margin) => intercept + slope * margin) };
  });
  const members = [...lines.keys()];
  const stackOf = (some: readonly number[]) =>
    stackMargins(
      some.map((member) => lines[member].logOdds),
      labels,
      weights,
    );
  const first = stackOf(members);
  const total = first.weights.reduce((sum, weight) => sum + weight, 0);
  const kept = members.filter((member) => first.weights[member] >= LEAST_SHARE * total);
  const { offset, weights: ofKept } = kept.length === members.length ? first : stackOf(kept);
  const weightOf = new Map(kept.map((member, k) => [member, ofKept[k]]));
  return {
    offset: kept.reduce((sum, member, k) => sum + ofKept[k] * lines[member].intercept, offset),
    weights: lines.map(({ slope }, member) => (weightOf.get(member) ?? 0) * slope),
  };
}
