import { compareLosses, isAsGood } from "../../calibration/choose.js";
import type { Classifier, FitOptions } from "../../classifiers/classifier.js";
import type { ClassifierFamily } from "../../classifiers/family.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { Preference } from "../train-options.js";
import type { Candidate, CandidateRows } from "./candidates.js";
import { crossFitAll } from "./cross-fit-all.js";
import { averagedCandidate, type RepeatedCrossFit } from "./cross-fit-repeatedly.js";
import { ensembleOf } from "./ensemble.js";

export interface TrainedCandidates {
  /** The chosen one first, the others by rising log loss. */
  readonly candidates: readonly Candidate[];
  /** Classifiers that the time budget left out. */
  readonly notTrained: readonly string[];
}

/** How candidates are come by and chosen. */
export interface CandidateChoice {
  readonly prefer: Preference;
  /** Seconds; a classifier is not begun when the time taken so far, and as much again as the last one took, would exceed it. */
  readonly timeBudget: number;
  /** Families of the caller. */
  readonly families: readonly ClassifierFamily[];
}

/**
 * Cross-fits every classifier on the same folds and, when there are several, finds an ensemble of them. The first is always
 * trained.
 */
export async function trainCandidates(
  classifiers: readonly Classifier[],
  vectors: Vectors,
  rows: CandidateRows,
  crossFit: RepeatedCrossFit,
  { prefer, timeBudget, families }: CandidateChoice,
  options: FitOptions,
): Promise<TrainedCandidates> {
  const start = performance.now();
  const names = namesApart(classifiers);
  const named = classifiers.map((classifier, position) => ({ name: names[position], classifier }));
  const fitted = await crossFitAll(
    named,
    vectors,
    rows,
    crossFit,
    options,
    (lastSeconds) => (performance.now() - start) / 1000 + lastSeconds <= timeBudget,
  );
  const notTrained = names.filter((_, position) => fitted[position] === undefined);
  const candidates = fitted.flatMap((each, position) =>
    each === undefined ? [] : [averagedCandidate(named[position], each, vectors, rows, crossFit, families)],
  );
  if (candidates.length > 1) candidates.push(ensembleOf(candidates, rows, options.seed ?? 0));
  candidates.sort((a, b) => a.logLoss - b.logLoss);
  const chosen = preferred(candidates, rows, prefer);
  return { candidates: [chosen, ...candidates.filter((candidate) => candidate !== chosen)], notTrained };
}

/**
 * The candidate with the least log loss, or of those as good up to one standard error of the paired difference the
 * smallest, or the most readable.
 */
function preferred(
  candidates: readonly Candidate[],
  { labels, weights }: CandidateRows,
  prefer: Preference,
): Candidate {
  if (prefer === "accuracy") return candidates[0];
  const compared = compareLosses(
    candidates.map(({ calibration }) => calibration.probabilities),
    labels,
    weights,
  );
  const asGood = candidates.filter((_, i) => isAsGood(compared[i]));
  const costOf = ({ kilobytes, effortToRead }: Candidate) => (prefer === "speed" ? kilobytes : effortToRead);
  return asGood.reduce((least, each) => (costOf(each) < costOf(least) ? each : least));
}

/** Names of the classifiers; one that stands a second time gets a number. */
function namesApart(classifiers: readonly Classifier[]): string[] {
  return classifiers.map(({ name }, position) => {
    const before = classifiers.slice(0, position).filter((other) => other.name === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
