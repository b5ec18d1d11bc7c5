import type { Calibration } from "../calibration/calibrate.js";
import { spreadOf } from "../calibration/spread.js";
import { vennAbers } from "../calibration/venn-abers.js";
import { Problems } from "../errors.js";
import { logistic } from "../math/logistic.js";
import { evaluateScoresInWorkers } from "../metrics/evaluation/evaluate-scores.js";
import { logLoss } from "../metrics/probability/log-loss.js";
import { rocAuc } from "../metrics/ranking/roc-auc.js";
import type { CalibrationReport, ModelContent } from "../model-file/churn/content.js";
import type { TrainingNote } from "../model-file/churn/training-note.js";
import { ChurnModel } from "../predict/churn-model.js";
import { parityRows } from "../predict/parity.js";
import { Pulse } from "../progress.js";
import type { Table } from "../table/table.js";
import { copyOfRule, DEFAULT_TIER_RULE, riskTiers } from "../tiers/risk-tiers.js";
import { tierTable } from "../tiers/tier-table.js";
import { valueBands } from "../tiers/value-bands.js";
import { valueGrid } from "../tiers/value-grid.js";
import { rowGroups } from "../vectors/column-roles/row-groups.js";
import { rowWeights } from "../vectors/column-roles/row-weights.js";
import { valuesOf } from "../vectors/column-roles/subscriber-value.js";
import { type Folds, stratifiedFolds } from "../vectors/folds.js";
import { referenceDistribution } from "../vectors/reference-distribution.js";
import type { Vectors } from "../vectors/vectors.js";
import { packageVersion } from "../version.js";
import type { CandidateRows } from "./candidates/candidates.js";
import { seedOfRepeat } from "./candidates/cross-fit-repeatedly.js";
import { leaderboardOf } from "./candidates/leaderboard.js";
import { trainCandidates } from "./candidates/train-candidates.js";
import { classifiersOf, leftOutWhenLarge, ownFamiliesOf } from "./families.js";
import { noteDuplicates } from "./rows/duplicate-rows.js";
import { tableFingerprint } from "./rows/fingerprint.js";
import { checkLeaks } from "./rows/leaks.js";
import { noteExtremes, noteScarcity } from "./rows/notes.js";
import { readTraining } from "./rows/read-training.js";
import { checkTrainOptions, type TrainOptions } from "./train-options.js";

/** Rows × features to which `"auto"` trains all families. */
const MOST_VALUES_OF_ALL = 20_000_000;

/** The work behind `trainChurnModel`. */
export async function train(table: Table, options: TrainOptions): Promise<ChurnModel> {
  const { folds: foldCount = 5, seed = 0, tiers: tierRule = DEFAULT_TIER_RULE } = options;
  checkTrainOptions(table, options);
  const { labels, vectorizer, leftOut } = readTraining(table, options);
  const vectors = vectorizer.transform(table);
  const groups = rowGroups(table, options.id, options.group);
  const repeats = options.repeats ?? repeatsFor(vectors);
  const foldsOfRepeats = Array.from({ length: repeats }, (_, repeat) =>
    stratifiedFolds(labels.values, foldCount, seedOfRepeat(seed, repeat), groups),
  );
  const [folds] = foldsOfRepeats;
  const weights = options.weights === undefined ? undefined : rowWeights(table, options.weights);
  const notes = checkTrainingRows(
    vectors,
    vectorizer.columns.length,
    labels.values,
    folds,
    options.allowLeaks ?? [],
  );
  for (const { name } of vectorizer.totals)
    notes.push({
      kind: "total",
      column: null,
      detail: `added up ${name} as a feature (totals: false, --no-totals)`,
    });
  const rows = { labels: labels.values, weights, folds, calibration: options.calibration ?? "auto" };
  const { classifier = "auto", monotone = {}, interactions = [] } = options;
  const extensions = {
    families: ownFamiliesOf(classifier),
    calibrators: typeof options.calibration === "object" ? [options.calibration] : [],
  };
  const isLarge = vectors.rowCount * vectors.features.length > MOST_VALUES_OF_ALL;
  if (isLarge && [classifier].flat().includes("auto")) {
    const names = leftOutWhenLarge({ monotone, interactions }).join(", ");
    const detail = `on so many values auto leaves out ${names}; name them to train them`;
    notes.push({ kind: "families-left-out", column: null, detail });
  }
  const { candidates, notTrained } = await trainCandidates(
    classifiersOf(classifier, { monotone, interactions }, isLarge),
    vectors,
    rows,
    { foldsOfRepeats, positiveWeight: options.positiveWeight ?? 1 },
    {
      prefer: options.prefer ?? "accuracy",
      timeBudget: options.timeBudget ?? Number.POSITIVE_INFINITY,
      families: extensions.families,
    },
    {
      seed,
      rowsBelongTogether: groups !== undefined,
      threads: options.threads,
      onProgress: options.onProgress,
      signal: options.signal,
    },
  );
  if (notTrained.length > 0) {
    const detail = `the time budget left out ${notTrained.join(", ")}`;
    notes.push({ kind: "families-left-out", column: null, detail });
  }
  const best = candidates[0];
  const { calibrator, probabilities } = best.calibration;
  const tiers = riskTiers(tierRule, probabilities, { labels: labels.values, groups, seed });
  const values = options.value === undefined ? undefined : valuesOf(table, options.value);
  const bands = values && valueBands(values, options.valueBands);
  await new Pulse(options).beat();
  const evaluation = await evaluateScoresInWorkers(labels.values, probabilities, {
    seed,
    groups,
    weights,
    replicates: options.replicates,
    metrics: options.metrics,
    threads: options.threads,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  const reference = referenceDistribution(vectors, vectorizer.columns.length, probabilities);
  const untested: ModelContent = {
    holdfast: packageVersion(),
    label: { column: options.label, positive: labels.positive, negative: labels.negative },
    id: options.id ?? null,
    inputs: vectorizer.columns,
    totals: vectorizer.totals,
    classifier: best.classifier.toJSON(),
    spread: spreadOf(best.margins, foldCount, labels.values, probabilities),
    calibrator: calibrator.toJSON(),
    tiers,
    value: options.value ?? null,
    valueBands: bands ?? null,
    vennAbers: vennAbers(best.margins.outOfFold, labels.values, weights).toJSON(),
    reference,
    parity: [],
    training: {
      rows: table.rowCount,
      positives: labels.positives,
      churnRate: labels.positives / table.rowCount,
      seed,
      folds: foldCount,
      repeats,
      foldsKeepIdsTogether: groups !== undefined,
      dataFingerprint: tableFingerprint(table),
      leftOut,
      notes,
      leaderboard: leaderboardOf(candidates, rows, options.metrics ?? []),
      calibration: calibrationReport(best.margins.outOfFold, best.calibration, rows),
      tierRule: copyOfRule(tierRule),
      tierTable: tierTable(tiers, probabilities, labels.values, { values }),
      valueGrid: values && bands ? valueGrid(tiers, bands, probabilities, values, labels.values) : null,
      evaluation,
    },
  };
  const trained = new ChurnModel(untested, undefined, extensions);
  const parity = parityRows(untested, reference).map((row) => ({
    row,
    probability: trained.predictOne(row).probability,
  }));
  return new ChurnModel(
    { ...untested, parity },
    candidates.map(({ timing }) => timing),
    extensions,
  );
}

/** Averages of more models gain most where data are few, and cost most where they are many. */
function repeatsFor(vectors: Vectors): number {
  const values = vectors.rowCount * vectors.features.length;
  if (values <= 300_000) return 3;
  return values <= 4_000_000 ? 2 : 1;
}

/** What is odd about the rows. @throws HoldfastError for features that tell the label. */
function checkTrainingRows(
  vectors: Vectors,
  inputs: number,
  labels: Uint8Array,
  folds: Folds,
  allowLeaks: readonly string[],
): TrainingNote[] {
  const problems = new Problems();
  const notes = [
    // Who leaves out a column leaves out the totals that it is part of.
    ...checkLeaks(vectors.features.slice(0, inputs), labels, folds, allowLeaks, problems),
    ...noteDuplicates(vectors, labels, folds),
    ...noteScarcity(labels),
    ...noteExtremes(vectors),
  ];
  problems.throwIfAny();
  return notes;
}

function calibrationReport(
  margins: Float64Array,
  calibration: Calibration,
  { labels, weights }: CandidateRows,
): CalibrationReport {
  const options = { weights };
  const raw = margins.map(logistic);
  return {
    method: calibration.method,
    rocAucBefore: rocAuc(labels, margins, options),
    rocAucAfter: rocAuc(labels, calibration.probabilities, options),
    logLossBefore: logLoss(labels, raw, options),
    logLossAfter: logLoss(labels, calibration.probabilities, options),
    ...(calibration.candidates === undefined ? {} : { candidates: calibration.candidates }),
  };
}
