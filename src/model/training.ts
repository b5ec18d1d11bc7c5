import type { Calibration } from "../calibration/calibrate.js";
import type { AnyClassifierJson } from "../classifiers/from-json.js";
import { Problems } from "../errors.js";
import { evaluateScores } from "../metrics/evaluate-scores.js";
import { expectedCalibrationError } from "../metrics/expected-calibration-error.js";
import { logLoss } from "../metrics/log-loss.js";
import { rocAuc } from "../metrics/roc-auc.js";
import { Pulse } from "../progress.js";
import { findColumn, type Table } from "../table/table.js";
import { copyOfRule, DEFAULT_TIER_RULE, riskTiers } from "../tiers/risk-tiers.js";
import { tierTable } from "../tiers/tier-table.js";
import { stratifiedFolds } from "../vectors/folds.js";
import { Vectorizer } from "../vectors/vectorizer.js";
import { packageVersion } from "../version.js";
import { attempt } from "./attempt.js";
import { type Candidate, classifiersOf, trainCandidates } from "./candidates.js";
import { ChurnModel } from "./churn-model.js";
import type { CalibrationReport, LeaderboardEntry } from "./content.js";
import { tableFingerprint } from "./fingerprint.js";
import { idGroups } from "./id-groups.js";
import { checkClassSizes, type Labels, readLabels } from "./labels.js";
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
  const tiers = riskTiers(tierRule, probabilities);
  await new Pulse(options).beat();
  return new ChurnModel({
    holdfast: packageVersion(),
    label: { column: options.label, positive: labels.positive, negative: labels.negative },
    id: options.id ?? null,
    inputs: vectorizer.columns,
    classifier: best.classifier.toJSON() as AnyClassifierJson,
    calibrator: calibrator.toJSON(),
    tiers,
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
      tierTable: tierTable(tiers, probabilities, labels.values),
      evaluation: evaluateScores(labels.values, probabilities, {
        seed,
        replicates: options.replicates ?? 500,
        ...(groups === undefined ? {} : { groups }),
      }),
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

/** Row groups by id when ids repeat. */
function repeatedIds(table: Table, id: string | undefined): Int32Array | undefined {
  const column = id === undefined ? undefined : findColumn(table, id);
  const groups = column && idGroups(column);
  return groups?.repeat ? groups.of : undefined;
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
  };
}
