import type { Classifier } from "../../classifiers/classifier.js";
import { LEADERBOARD_NAMES } from "../../classifiers/leaderboard-names.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Vectors } from "../../vectors/vectors.js";
import { classifiersOf, leftOutWhenLarge, ownFamiliesOf } from "../families.js";
import type { FoldsOfRepeats } from "../rows/assign-folds.js";
import type { TrainingRows } from "../rows/read-rows.js";
import type { TrainOptions } from "../train-options.js";
import type { FittedCandidate } from "./candidates.js";
import { crossFitAll } from "./cross-fit-all.js";
import { averagedCandidate } from "./cross-fit-repeatedly.js";
import { ensembleOf } from "./ensemble.js";

export interface FittedCandidates {
  /** In the order of the choice, the ensemble last. */
  readonly candidates: readonly FittedCandidate[];
  /** Which classifiers were not trained, and why. */
  readonly notes: readonly TrainingNote[];
}

/** Rows × features to which `"auto"` trains all families. */
const MOST_VALUES_OF_ALL = 20_000_000;

/** What chooses its weights and its calibrator needs two folds beside the one that is measured. */
const LEAST_FOLDS_OF_ENSEMBLES = 3;

/**
 * Cross-fits every classifier of the choice on the same folds and, when there are several, finds an ensemble of them. The
 * first is always trained.
 */
export async function fitCandidates(
  { labels, vectors, groups, weights }: TrainingRows,
  foldsOfRepeats: FoldsOfRepeats,
  options: TrainOptions,
): Promise<FittedCandidates> {
  const { classifier = "auto", seed = 0, timeBudget = Number.POSITIVE_INFINITY } = options;
  const start = performance.now();
  const { named, notes } = candidatesToFit(vectors, options);
  const rows = { labels: labels.values, weights };
  const crossFit = { foldsOfRepeats, positiveWeight: options.positiveWeight ?? 1 };
  const fitted = await crossFitAll(
    named,
    vectors,
    rows,
    crossFit,
    {
      seed,
      rowsBelongTogether: groups !== undefined,
      threads: options.threads,
      onProgress: options.onProgress,
      signal: options.signal,
    },
    // The remaining time must be at least that of the last one.
    (lastSeconds) => (performance.now() - start) / 1000 + lastSeconds <= timeBudget,
  );
  const families = ownFamiliesOf(classifier);
  const single = fitted.flatMap((each, position) =>
    each === undefined ? [] : [averagedCandidate(named[position], each, vectors, crossFit, families)],
  );
  const [folds] = foldsOfRepeats;
  const hasEnsemble = single.length > 1 && folds.count >= LEAST_FOLDS_OF_ENSEMBLES;
  const candidates = hasEnsemble ? [...single, ensembleOf(single, rows, folds)] : single;
  if (single.length > 1 && !hasEnsemble)
    notes.push(
      leftOut(`an ensemble is chosen and measured on separate folds: it needs three, not ${folds.count}`),
    );
  const notTrained = named.filter((_, position) => fitted[position] === undefined);
  if (notTrained.length > 0)
    notes.push(leftOut(`the time budget left out ${notTrained.map(({ name }) => name).join(", ")}`));
  return { candidates, notes };
}

/** The classifiers of the choice by their names; on very many values `"auto"` means fewer families. */
function candidatesToFit({ rowCount, features }: Vectors, options: TrainOptions) {
  const { classifier = "auto", monotone = {}, interactions = [], extrapolate } = options;
  const rules = { monotone, interactions, extrapolate };
  const isLarge = rowCount * features.length > MOST_VALUES_OF_ALL;
  const notes: TrainingNote[] = [];
  if (isLarge && [classifier].flat().includes("auto")) {
    const names = leftOutWhenLarge(rules).join(", ");
    notes.push(leftOut(`on so many values auto leaves out ${names}; name them to train them`));
  }
  const chosen = classifiersOf(classifier, rules, isLarge);
  const names = namesApart(chosen.map((each) => each.classifier));
  return { named: chosen.map((each, position) => ({ ...each, name: names[position] })), notes };
}

function leftOut(detail: string): TrainingNote {
  return { kind: "families-left-out", column: null, detail };
}

/** Names of the classifiers; a repeated name, or one of the leaderboard, gets a number. */
function namesApart(classifiers: readonly Classifier[]): string[] {
  return classifiers.map(({ name }, position) => {
    const others = [...LEADERBOARD_NAMES, ...classifiers.slice(0, position).map((other) => other.name)];
    const before = others.filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
