import { compareLosses, isAsGood } from "../../calibration/choose.js";
import type { Preference } from "../train-options.js";
import type { Candidate, CandidateRows } from "./candidates.js";

/** Candidates with the chosen one first, the others by rising log loss. */
export type RankedCandidates = readonly [chosen: Candidate, ...others: Candidate[]];

/**
 * Chooses the candidate of the least log loss; or, among those within one standard error of the paired difference, the
 * smallest or the most readable.
 */
export function chooseCandidate(
  candidates: readonly Candidate[],
  rows: CandidateRows,
  prefer: Preference = "accuracy",
): RankedCandidates {
  const byLoss = [...candidates].sort((a, b) => a.logLoss - b.logLoss);
  const chosen = preferred(byLoss, rows, prefer);
  return [chosen, ...byLoss.filter((candidate) => candidate !== chosen)];
}

/** @param byLoss the best first. */
function preferred(
  byLoss: readonly Candidate[],
  { labels, weights }: CandidateRows,
  prefer: Preference,
): Candidate {
  if (prefer === "accuracy") return byLoss[0];
  const compared = compareLosses(
    byLoss.map(({ calibration }) => calibration.probabilities),
    labels,
    weights,
  );
  const asGood = byLoss.filter((_, i) => isAsGood(compared[i]));
  const costOf = ({ kilobytes, effortToRead }: Candidate) => (prefer === "speed" ? kilobytes : effortToRead);
  return asGood.reduce((least, each) => (costOf(each) < costOf(least) ? each : least));
}
