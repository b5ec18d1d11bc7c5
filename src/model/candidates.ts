import { type Calibration, type CalibrationMethod, calibrate } from "../calibration/calibrate.js";
import type { FoldMargins } from "../calibration/spread.js";
import { gradientBoosting } from "../classifiers/boosting/boosting.js";
import type { Classifier, CrossFit, FitOptions, FittedClassifier } from "../classifiers/classifier.js";
import { blendWeights } from "../classifiers/ensemble/blend-weights.js";
import { WeightedAverage } from "../classifiers/ensemble/weighted-average.js";
import { logisticRegression } from "../classifiers/logistic/logistic.js";
import { logLoss } from "../metrics/log-loss.js";
import type { Folds } from "../vectors/folds.js";
import type { Vectors } from "../vectors/vectors.js";

/** What to train: everything (`"auto"`), one family, or classifiers with options of your own. */
export type ClassifierChoice = "auto" | "logistic" | "boosting" | readonly Classifier[];

/** A trained and calibrated candidate. */
export interface Candidate {
  readonly name: string;
  readonly summary: string;
  /** The average of the fold models. */
  readonly classifier: FittedClassifier;
  readonly margins: Float64Array;
  /** Of every fold's model at every row. */
  readonly modelMargins: readonly Float64Array[];
  readonly calibration: Calibration;
  readonly logLoss: number;
}

/**
 * The classifiers of a choice. Boosting comes in two shapes, as data differ in what they need: many small trees on
 * samples of the features for nearly additive data, larger trees that see all features where features interact.
 */
export function classifiersOf(choice: ClassifierChoice): readonly Classifier[] {
  if (typeof choice !== "string") return choice;
  const logistic = [logisticRegression()];
  const boosting = [
    gradientBoosting({ maxLeaves: 4, rowFraction: 0.7, columnFraction: 0.6 }),
    gradientBoosting(),
  ];
  return { auto: [...logistic, ...boosting], logistic, boosting }[choice];
}

/**
 * Cross-fits every classifier on the same folds and, when there are several, a blend of them.
 * @returns the candidates by rising out-of-fold log loss.
 */
export async function trainCandidates(
  classifiers: readonly Classifier[],
  vectors: Vectors,
  labels: Uint8Array,
  folds: Folds,
  method: CalibrationMethod,
  options: FitOptions,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const names = namesApart(classifiers);
  for (const [position, classifier] of classifiers.entries()) {
    const name = names[position];
    // Phases of two classifiers must not be taken for one.
    const onProgress: FitOptions["onProgress"] = (event) =>
      options.onProgress?.({ ...event, phase: event.phase.replace(classifier.name, name) });
    const crossFit = await classifier.crossFit(vectors, labels, folds, { ...options, onProgress });
    candidates.push(candidateOf(name, crossFit, vectors, labels, folds, method));
  }
  if (candidates.length > 1) candidates.push(blendOf(candidates, labels, folds, method));
  return candidates.sort((a, b) => a.logLoss - b.logLoss);
}

/** Names of the classifiers; one that stands a second time gets a number. */
function namesApart(classifiers: readonly Classifier[]): string[] {
  return classifiers.map(({ name }, position) => {
    const before = classifiers.slice(0, position).filter((other) => other.name === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

function candidateOf(
  name: string,
  { models, outOfFoldMargins, summary }: CrossFit,
  vectors: Vectors,
  labels: Uint8Array,
  folds: Folds,
  method: CalibrationMethod,
): Candidate {
  const margins = {
    outOfFold: outOfFoldMargins,
    models: models.map((model) => model.margin(vectors)),
  };
  return measured(name, summary, WeightedAverage.ofEqual(models), margins, labels, folds, method);
}

function blendOf(
  candidates: readonly Candidate[],
  labels: Uint8Array,
  folds: Folds,
  method: CalibrationMethod,
): Candidate {
  const weights = blendWeights(
    candidates.map(({ margins }) => margins),
    labels,
  );
  const used = candidates
    .map((candidate, i) => ({ ...candidate, weight: weights[i] }))
    .filter(({ weight }) => weight > 0);
  const blended = (marginsOf: (member: Candidate) => Float64Array) => {
    const margins = new Float64Array(labels.length);
    for (const member of used) {
      const own = marginsOf(member);
      for (let row = 0; row < margins.length; row++) margins[row] += member.weight * own[row];
    }
    return margins;
  };
  const margins = {
    outOfFold: blended((member) => member.margins),
    models: candidates[0].modelMargins.map((_, fold) => blended((member) => member.modelMargins[fold])),
  };
  const blend = new WeightedAverage(
    used.map(({ classifier }) => classifier),
    used.map(({ weight }) => weight),
  );
  const summary = used.map(({ name, weight }) => `${weight.toFixed(2)} × ${name}`).join(" + ");
  return measured("blend", summary, blend, margins, labels, folds, method);
}

function measured(
  name: string,
  summary: string,
  classifier: FittedClassifier,
  margins: FoldMargins,
  labels: Uint8Array,
  folds: Folds,
  method: CalibrationMethod,
): Candidate {
  const calibration = calibrate(margins.outOfFold, labels, folds, method);
  return {
    name,
    summary,
    classifier,
    margins: margins.outOfFold,
    modelMargins: margins.models,
    calibration,
    logLoss: logLoss(labels, calibration.probabilities),
  };
}
