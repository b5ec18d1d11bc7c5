import { platt } from "../../calibration/platt.js";
import { greedyWeights } from "../../classifiers/ensemble/greedy-selection.js";
import { ENSEMBLE, WeightedAverage } from "../../classifiers/ensemble/weighted-average.js";
import { type Folds, weightsOutside } from "../../vectors/folds.js";
import type { CandidateRows, FittedCandidate } from "./candidates.js";

/** Of an average of several models of any kind. */
const EFFORT_TO_READ = 60;
/** A member of less weight is left out: it would cost more speed than it improves. */
const LEAST_WEIGHT = 0.1;
/**
 * The weighted average of candidates that greedy selection finds on their out-of-fold margins; the combinations found
 * without each fold measure it.
 */
export function ensembleOf(
  candidates: readonly FittedCandidate[],
  rows: CandidateRows,
  folds: Folds,
  seed: number,
): FittedCandidate {
  const combination = combinationOf(candidates, rows, seed);
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
    margins: {
      outOfFold: combined(combination, outOfFold),
      inFold: combined(
        combination,
        candidates.map(({ margins }) => margins.inFold),
      ),
    },
    marginsWithout: (fold) => {
      const weights = weightsOutside(folds, fold, rows.weights);
      return combined(combinationOf(candidates, { ...rows, weights }, seed), outOfFold);
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

/** The sum of the candidates' calibrated log-odds, weighted by greedy selection. */
function combinationOf(
  candidates: readonly FittedCandidate[],
  { labels, weights }: CandidateRows,
  seed: number,
): Combination {
  // Members are averaged on the scale of log-odds; Platt's line puts their margins on that scale.
  const lines = candidates.map(({ margins: { outOfFold } }) => ({
    outOfFold,
    ...platt().fit(outOfFold, labels, weights).toJSON(),
  }));
  const greedy = greedyWeights(
    lines.map(({ outOfFold, slope, intercept }) => outOfFold.map((margin) => intercept + slope * margin)),
    labels,
    { seed, weights },
  );
  const enough = greedy.map((weight) => (weight < LEAST_WEIGHT ? 0 : weight));
  const total = enough.reduce((sum, weight) => sum + weight, 0);
  return {
    offset: enough.reduce((sum, weight, m) => sum + (weight / total) * lines[m].intercept, 0),
    weights: enough.map((weight, m) => (weight / total) * lines[m].slope),
  };
}
