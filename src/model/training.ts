import type { Calibration } from "../calibration/calibrate.js";
import { spreadOf } from "../calibration/spread.js";
import { vennAbers } from "../calibration/venn-abers.js";
import type { AnyClassifierJson } from "../classifiers/from-json.js";
import { Problems } from "../errors.js";
import { evaluateScoresInWorkers } from "../metrics/evaluate-scores.js";
import { expectedCalibrationError } from "../metrics/expected-calibration-error.js";
import { logLoss } from "../metrics/log-loss.js";
import { rocAuc } from "../metrics/roc-auc.js";
import { Pulse } from "../progress.js";
import type { Table } from "../table/table.js";
import { copyOfRule, DEFAULT_TIER_RULE, riskTiers } from "../tiers/risk-tiers.js";
import { tierTable } from "../tiers/tier-table.js";
import { valueBands } from "../tiers/value-bands.js";
import { valueGrid } from "../tiers/value-grid.js";
import { stratifiedFolds } from "../vectors/folds.js";
import { Vectorizer } from "../vectors/vectorizer.js";
import { packageVersion } from "../version.js";
import { attempt } from "./attempt.js";
import { type Candidate, classifiersOf, trainCandidates } from "./candidates.js";
import { ChurnModel } from "./churn-model.js";
import type { CalibrationReport, LeaderboardEntry } from "./content.js";
import { tableFingerprint } from "./fingerprint.js";
import { repeatedIds } from "./id-groups.js";
import { checkClassSizes, type Labels, readLabels } from "./labels.js";
import { valuesOf } from "./subscriber-value.js";
import { checkTrainOptions, type TrainOptions } from "./train-options.js";

/** The work behind `trainChurnModel`. */
export async function train(table: Table, options: TrainOptions): Promise<ChurnModel> {
  const { folds: foldCount = 5, seed = 0, tiers: tierRule = DEFAULT_TIER_RULE } = options;
  checkTrainOptions(table, options);
  const { labels, vectorizer, leftOut } = readTraining(table, options);
  const vectors = vectorizer.transform(table);
  const groups = repeatedIds(table, options.id);
  const folds = stratifiedFolds(labels.values, foldCount, seed, groups);
  const candidates = await trainCandidates(
    classifiersOf(options.classifier ?? "auto"),
    vectors,
    labels.values,
    folds,
    options.calibration ?? "auto",
    { seed, threads: options.threads, onProgress: options.onProgress, signal: options.signal },
  );
  const best = candidates[0];
  const { calibrator, probabilities } = best.calibration;
  const tiers = riskTiers(tierRule, probabilities, { labels: labels.values, groups, seed });
  const values = options.value === undefined ? undefined : valuesOf(table, options.value);
  const bands = values && valueBands(values, options.valueBands);
  await new Pulse(options).beat();
  const evaluation = await evaluateScoresInWorkers(labels.values, probabilities, {
    seed,
    groups,
    replicates: options.replicates,
    threads: options.threads,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  return new ChurnModel({
    holdfast: packageVersion(),
    label: { column: options.label, positive: labels.positive, negative: labels.negative },
    id: options.id ?? null,
    inputs: vectorizer.columns,
    classifier: best.classifier.toJSON() as AnyClassifierJson,
    spread: spreadOf(
      { outOfFold: best.margins, models: best.modelMargins },
      folds,
      labels.values,
      probabilities,
    ),
    calibrator: calibrator.toJSON(),
    tiers,
    value: options.value ?? null,
    valueBands: bands ?? null,
    vennAbers: vennAbers(best.margins, labels.values).toJSON(),
    training: {
      rows: table.rowCount,
      positives: labels.positives,
      churnRate: labels.positives / table.rowCount,
      seed,
      folds: foldCount,
      foldsKeepIdsTogether: groups !== undefined,
      dataFingerprint: tableFingerprint(table),
      leftOut,
      leaderboard: candidates.map((candidate, place) =>
        leaderboardEntry(candidate, labels.values, place === 0),
      ),
      calibration: calibrationReport(best.margins, best.calibration, labels.values),
      tierRule: copyOfRule(tierRule),
      tierTable: tierTable(tiers, probabilities, labels.values, { values }),
      valueGrid: values && bands ? valueGrid(tiers, bands, probabilities, values, labels.values) : null,
      evaluation,
    },
  });
}

/** The labels and which columns are features. @throws HoldfastError with all that is wrong with either. */
function readTraining(table: Table, options: TrainOptions) {
  const problems = new Problems();
  const labels = attempt(problems, () => {
    const read = readLabels(table, options.label, options.positive);
    checkClassSizes(read, table, options.label);
    return read;
  });
  const fitted = attempt(problems, () => Vectorizer.fit(table, { exclude: excludedColumns(options) }));
  problems.throwIfAny();
  return { labels: labels as Labels, ...(fitted as NonNullable<typeof fitted>) };
}

/** The reason of every column that is left out on request; the label and the id win over the wish to exclude them. */
function excludedColumns({ label, id, exclude = [] }: TrainOptions): Map<string, string> {
  const reasons = new Map(exclude.map((name) => [name, "excluded by option"]));
  if (id !== undefined) reasons.set(id, "the id");
  return reasons.set(label, "the label");
}

function leaderboardEntry(candidate: Candidate, labels: Uint8Array, chosen: boolean): LeaderboardEntry {
  const { probabilities } = candidate.calibration;
  return {
    name: candidate.name,
    summary: candidate.summary,
    logLoss: candidate.logLoss,
    rocAuc: rocAuc(labels, probabilities),
    expectedCalibrationError: expectedCalibrationError(labels, probabilities),
    chosen,
  };
}

function calibrationReport(
  margins: Float64Array,
  calibration: Calibration,
  labels: Uint8Array,
): CalibrationReport {
  const raw = margins.map((margin) => 1 / (1 + Math.exp(-margin)));
  return {
    method: calibration.method,
    rocAucBefore: rocAuc(labels, margins),
    rocAucAfter: rocAuc(labels, calibration.probabilities),
    logLossBefore: logLoss(labels, raw),
    logLossAfter: logLoss(labels, calibration.probabilities),
    ...(calibration.candidates === undefined ? {} : { candidates: calibration.candidates }),
  };
}
