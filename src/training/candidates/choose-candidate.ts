import { compareLosses, isAsGood } from "../../calibration/choose.js";
import { platt } from "../../calibration/platt.js";
import { ENSEMBLE } from "../../classifiers/leaderboard-names.js";
import { type Folds, weightsOutside } from "../../vectors/folds.js";
import type { Preference } from "../train-options.js";
import { beatsConstant } from "./beats-constant.js";
import type { Candidate, CandidateRows } from "./candidates.js";

/** Candidates with the chosen one first, the others by rising log loss. */
export type RankedCandidates = readonly [chosen: Candidate, ...others: Candidate[]];

/** Which candidate is kept, and what choosing is worth on rows that did not choose. */
export interface Choice {
  /** The one that is kept is the choice of all rows. */
  readonly candidates: RankedCandidates;
  /** For each fold, the choice of the other folds. */
  readonly withoutFold: readonly Candidate[];
  /** One per row, of the candidate that the other folds choose: the figures of the choice itself come from these. */
  readonly probabilities: Float64Array;
  /** What ranks the rows, of the same candidates. */
  readonly ranking: Float64Array;
}

export interface ChoiceRows extends CandidateRows {
  /** A number per row; undefined: every row is a group. */
  readonly groups: Int32Array | undefined;
}

/**
 * Chooses the candidate of the least log loss, but the ensemble where it is within one standard error of the paired
 * difference: the weights that measure it are found on fewer rows than those that are kept, and a single candidate that
 * looks best by chance does not stay best. Or, among all within one standard error, the smallest or the most readable.
 *
 * The churn rate itself is kept unless that choice, measured on folds that did not make it, beats it by more than
 * chance. That is decided once, on all rows: where the signal is weak, four of five folds often decide otherwise than
 * all, and the figures of some folds with and some without a model would be those of no model.
 * @param candidates one or more.
 */
export function chooseCandidate(
  candidates: readonly Candidate[],
  constant: Candidate,
  rows: ChoiceRows,
  folds: Folds,
  prefer: Preference = "accuracy",
): Choice {
  const outside = Array.from({ length: folds.count }, (_, fold) => weightsOutside(folds, fold, rows.weights));
  const bestOutside = outside.map((weights) => preferred(candidates, rows.labels, weights, prefer));
  const allRows = rows.weights ?? new Float64Array(rows.labels.length).fill(1);
  const ofChoice = probabilitiesOf(bestOutside, folds);
  const ofConstant = constant.calibration.probabilities;
  const isSignal = beatsConstant(ofChoice, ofConstant, rows, allRows, rows.groups);
  const chosen = isSignal ? preferred(candidates, rows.labels, allRows, prefer) : constant;
  const withoutFold = isSignal ? bestOutside : outside.map(() => constant);
  const byLoss = [...candidates, constant].sort((a, b) => a.logLoss - b.logLoss);
  return {
    candidates: [chosen, ...byLoss.filter((candidate) => candidate !== chosen)],
    withoutFold,
    probabilities: probabilitiesOf(withoutFold, folds),
    ranking: rankingOf(withoutFold, rows, folds),
  };
}

/** Where folds choose different candidates, Platt's line puts their margins on one scale, that of log-odds. */
function rankingOf(ofFold: readonly Candidate[], rows: CandidateRows, { of }: Folds): Float64Array {
  const chosen = new Set(ofFold);
  if (chosen.size === 1) return ofFold[0].ranking;
  const onOneScale = new Map([...chosen].map((candidate) => [candidate, logOddsOf(candidate, rows)]));
  return Float64Array.from(of, (fold, row) => onOneScale.get(ofFold[fold])?.[row] ?? 0);
}

function logOddsOf({ ranking }: Candidate, { labels, weights }: CandidateRows): Float64Array {
  const { slope, intercept } = platt().fit(ranking, labels, weights).toJSON();
  return ranking.map((margin) => intercept + slope * margin);
}

/** One per row, of the candidate of its fold. */
function probabilitiesOf(ofFold: readonly Candidate[], { of }: Folds): Float64Array {
  return Float64Array.from(of, (fold, row) => ofFold[fold].calibration.probabilities[row]);
}

function preferred(
  candidates: readonly Candidate[],
  labels: Uint8Array,
  weights: Float64Array,
  prefer: Preference,
): Candidate {
  const compared = compareLosses(
    candidates.map(({ calibration }) => calibration.probabilities),
    labels,
    weights,
  );
  if (prefer === "accuracy") {
    const ensemble = candidates.findIndex(({ name }) => name === ENSEMBLE);
    const isPreferred = ensemble >= 0 && isAsGood(compared[ensemble]);
    return candidates[isPreferred ? ensemble : compared.findIndex(({ excess }) => excess === 0)];
  }
  const asGood = candidates.filter((_, i) => isAsGood(compared[i]));
  const costOf = ({ kilobytes, effortToRead }: Candidate) => (prefer === "speed" ? kilobytes : effortToRead);
  return asGood.reduce((least, each) => (costOf(each) < costOf(least) ? each : least));
}
