import type { FoldMargins } from "../../calibration/spread.js";
import type { Classifier, FitOptions, FittedClassifier } from "../../classifiers/classifier.js";
import { WeightedAverage } from "../../classifiers/ensemble/weighted-average.js";
import { averageOf, familyNamed, isReadable, namesOfForms } from "../../classifiers/families.js";
import type { ClassifierFamily } from "../../classifiers/family.js";
import { recipeOf } from "../../classifiers/loaded-when-used.js";
import { invalidArgument } from "../../errors.js";
import { createRandom } from "../../random.js";
import type { Folds } from "../../vectors/folds.js";
import { copyRows, type Vectors } from "../../vectors/vectors.js";
import type { CandidateRows, FittedCandidate } from "./candidates.js";
import type { NamedClassifier } from "./named-classifier.js";

export interface RepeatedCrossFit {
  /** Folds of every repeat. */
  readonly foldsOfRepeats: readonly Folds[];
  /** Factor of the churners' weights; the margins are corrected for it. Default 1. */
  readonly positiveWeight: number;
}

/** The results of cross-fitting, before averaging and calibration. */
export interface CrossFitted {
  /** Of all folds and repeats. */
  readonly models: readonly FittedClassifier[];
  readonly margins: FoldMargins;
  readonly summary: string;
  /** Wall-clock time. */
  readonly fitSeconds: number;
}

/**
 * Cross-fits a classifier on the folds of every repeat. A row's margin is the mean over the repeats, each by a model that
 * did not see the row.
 */
export async function crossFitRepeatedly(
  name: string,
  classifier: Classifier,
  vectors: Vectors,
  rows: CandidateRows,
  { foldsOfRepeats, positiveWeight }: RepeatedCrossFit,
  options: FitOptions,
): Promise<CrossFitted> {
  const start = performance.now();
  const { labels } = rows;
  const weights = trainingWeights(rows, positiveWeight);
  const outOfFold = new Float64Array(labels.length);
  const inFold = new Float64Array(labels.length);
  const models: FittedClassifier[] = [];
  const summaries: string[] = [];
  let repeats = foldsOfRepeats.length;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const folds = foldsOfRepeats[repeat];
    const fitOptions: FitOptions = {
      ...options,
      ...(weights === undefined ? {} : { weights }),
      seed: seedOfRepeat(options.seed ?? 0, repeat),
      // Phases of two classifiers, or of two repeats of one, must have different names.
      onProgress: (event) => {
        const phase = event.phase.replace(classifier.name, name);
        const again = repeats === 1 ? "" : `, repeat ${repeat + 1} of ${repeats}`;
        options.onProgress?.({ ...event, phase: `${phase}${again}` });
      },
    };
    const crossFit = await classifier.crossFit(vectors, labels, folds, fitOptions);
    if (crossFit.models.length === 1) {
      // Out-of-bag margins are already of an average, and another forest would give the same.
      repeats = 1;
      outOfFold.set(crossFit.outOfFoldMargins);
      inFold.set(crossFit.outOfFoldMargins);
      models.push(...crossFit.models);
      summaries.push(crossFit.summary);
      break;
    }
    addScaled(outOfFold, crossFit.outOfFoldMargins, 1 / repeats);
    crossFit.models.forEach((model, fold) => {
      const margins = model.margin(vectors);
      const scale = 1 / (repeats * (folds.count - 1));
      for (let row = 0; row < margins.length; row++) {
        if (folds.of[row] !== fold) inFold[row] += scale * margins[row];
      }
    });
    models.push(...crossFit.models);
    summaries.push(crossFit.summary);
  }
  return {
    models,
    margins: { outOfFold, inFold },
    summary: summaries[0] + (repeats === 1 ? "" : `, ${repeats} repeats`),
    fitSeconds: (performance.now() - start) / 1000,
  };
}

/** Where the family does not define how hard a classifier is to read, it counts as the hardest. */
const UNKNOWN_EFFORT = 100;

/**
 * The average of all models.
 * @param families of the caller.
 * @throws HoldfastError for a classifier of the caller whose models no family reads back.
 */
export function averagedCandidate(
  { name, family, classifier: trained }: NamedClassifier,
  { models, margins, summary, fitSeconds }: CrossFitted,
  vectors: Vectors,
  { foldsOfRepeats, positiveWeight }: RepeatedCrossFit,
  families: readonly ClassifierFamily[],
): FittedCandidate {
  const recipe = recipeOf(trained);
  // All models that this package trains can be read.
  if (recipe === undefined) for (const model of models) checkReadable(name, model, families);
  const average = averageOf(models, foldsOfRepeats[0].count, families);
  const shift = -Math.log(positiveWeight);
  const classifier = shift === 0 ? average : new WeightedAverage([average], [1], shift);
  const reader = family ?? familyNamed(recipe?.family ?? "");
  const effortToRead = reader?.effortToRead?.(recipe?.options ?? {}) ?? UNKNOWN_EFFORT;
  return {
    name,
    summary,
    effortToRead,
    classifier,
    foldModels: [{ weight: 1, models }],
    margins: shifted(margins, shift),
    timing: { name, fitSeconds, microsecondsPerRow: microsecondsPerRow(classifier, vectors) },
  };
}

/** A model that can't be read back could be saved but never loaded. */
function checkReadable(name: string, model: FittedClassifier, families: readonly ClassifierFamily[]): void {
  const json = model.toJSON();
  if (isReadable(json, families)) return;
  const expected = `must learn models whose toJSON().family is one of ${namesOfForms(families).join(", ")}: ${name}`;
  const hint = "pass your own classifier as a family: `classifier: [myFamily]`";
  invalidArgument("trainChurnModel", "classifier", expected, json.family, hint);
}

function trainingWeights(
  { labels, weights }: CandidateRows,
  positiveWeight: number,
): Float64Array | undefined {
  if (positiveWeight === 1) return weights;
  return Float64Array.from(
    labels,
    (label, row) => (weights?.[row] ?? 1) * (label === 1 ? positiveWeight : 1),
  );
}

/** The first repeat is the training without repeats. */
export function seedOfRepeat(seed: number, repeat: number): number {
  return repeat === 0 ? seed : createRandom(seed, "repeat", repeat).integer(2 ** 32);
}

function addScaled(into: Float64Array, values: Float64Array, scale: number): void {
  for (let row = 0; row < into.length; row++) into[row] += scale * values[row];
}

/** Weighting churners by s adds ln s to all log-odds (King & Zeng 2001); this subtracts it again. */
function shifted({ outOfFold, inFold }: FoldMargins, shift: number): FoldMargins {
  if (shift === 0) return { outOfFold, inFold };
  const move = (margins: Float64Array) => margins.map((margin) => margin + shift);
  return { outOfFold: move(outOfFold), inFold: move(inFold) };
}

/** Until the code is compiled. */
const WARM_UP_MILLISECONDS = 30;
const TIMED_ROWS = 400;

/** Of single rows, as in a service. */
export function microsecondsPerRow(classifier: FittedClassifier, vectors: Vectors): number {
  const width = vectors.features.length;
  const row = new Float64Array(width);
  const rowCount = Math.min(vectors.rowCount, TIMED_ROWS);
  const block = new Float64Array(rowCount * width);
  copyRows(vectors, 0, rowCount, block);
  const ask = (count: number) => {
    for (let i = 0; i < count; i++) {
      const at = (i % rowCount) * width;
      row.set(block.subarray(at, at + width));
      classifier.marginOf(row);
    }
  };
  const warmUp = performance.now();
  while (performance.now() - warmUp < WARM_UP_MILLISECONDS) ask(20);
  const start = performance.now();
  ask(TIMED_ROWS);
  return ((performance.now() - start) * 1000) / TIMED_ROWS;
}
