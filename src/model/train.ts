import type { Calibration, CalibrationMethod } from "../calibration/calibrate.js";
import type { AnyClassifierJson } from "../classifiers/from-json.js";
import { invalidArgument, Problems } from "../errors.js";
import { evaluateScores } from "../metrics/evaluate-scores.js";
import { expectedCalibrationError } from "../metrics/expected-calibration-error.js";
import { logLoss } from "../metrics/log-loss.js";
import { rocAuc } from "../metrics/roc-auc.js";
import { type LongWork, Pulse } from "../progress.js";
import { findColumn, type Table } from "../table/table.js";
import { checkRule, DEFAULT_TIER_RULE, placeTiers, type TierRule } from "../tiers/place-tiers.js";
import { tierTable } from "../tiers/tier-table.js";
import { stratifiedFolds } from "../vectors/folds.js";
import { Vectorizer } from "../vectors/vectorizer.js";
import { packageVersion } from "../version.js";
import { type Candidate, type ClassifierChoice, classifiersOf, trainCandidates } from "./candidates.js";
import { ChurnModel } from "./churn-model.js";
import type { CalibrationReport, LeaderboardEntry } from "./content.js";
import { tableFingerprint } from "./fingerprint.js";
import { idGroups } from "./id-groups.js";
import { checkClassSizes, readLabels } from "./labels.js";

export interface TrainOptions extends LongWork {
  /** The column that says who churned. */
  readonly label: string;
  /** The label value that means churned. Default: the one that says so (1, Yes, True, churned, 是, 流失 …). */
  readonly positive?: string;
  /** The column that names a subscriber: never a feature; rows of one id stay in one fold. Default: none. */
  readonly id?: string;
  /** Columns to leave out. Default: none beyond what training leaves out by itself. */
  readonly exclude?: readonly string[];
  /** What to train. Default `"auto"`: logistic regression, two shapes of boosting, and their blend; the best is kept. */
  readonly classifier?: ClassifierChoice;
  /** Default `"auto"`: Platt's curve unless isotonic regression is clearly better. */
  readonly calibration?: CalibrationMethod;
  /** Default: the riskiest tenth is high, the next fifth medium, the rest low. */
  readonly tiers?: TierRule;
  /** Folds of the cross-fit, 2 to 20. Default 5. */
  readonly folds?: number;
  /** Decides all randomness. Default 0. */
  readonly seed?: number;
  /** Bootstrap samples behind the intervals. Default 500. */
  readonly replicates?: number;
}

/**
 * Trains a churn model on a table with a label column.
 *
 * Every candidate is cross-fitted on the same folds. Its out-of-fold margins fit the calibrator, place the tiers and
 * give the metrics, so none of them is taken on rows that the scoring model saw; the average of the fold models is
 * what the churn model keeps. The same table, options and seed give the same model to the last bit.
 *
 * ```ts
 * const model = await trainChurnModel(await readTable("telco.csv"), { label: "Churn", id: "customerID" });
 * console.log(model.training.evaluation.metrics.rocAuc); // { value, low, high }
 * ```
 * @throws HoldfastError for wrong options, labels that are not two values with 20 rows each, infinite numbers, no
 * usable column; with code `aborted` when `signal` was.
 */
export async function trainChurnModel(table: Table, options: TrainOptions): Promise<ChurnModel> {
  const { folds: foldCount = 5, seed = 0, tiers: tierRule = DEFAULT_TIER_RULE } = options;
  checkOptions(table, options, foldCount, seed);
  const labels = readLabels(table, options.label, options.positive);
  checkClassSizes(labels, table, options.label);
  const { vectorizer, leftOut } = Vectorizer.fit(table, { exclude: excludedColumns(options) });
  const vectors = vectorizer.transform(table);
  const groups = repeatedIds(table, options.id);
  const folds = stratifiedFolds(labels.values, foldCount, seed, groups);
  const candidates = await trainCandidates(
    classifiersOf(options.classifier ?? "auto"),
    vectors,
    labels.values,
    folds,
    options.calibration ?? "auto",
    { seed, onProgress: options.onProgress, signal: options.signal },
  );
  const best = candidates[0];
  const { calibrator, probabilities } = best.calibration;
  const tiers = placeTiers(tierRule, probabilities);
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
      leaderboard: candidates.map((candidate, place) => leaderboardEntry(candidate, labels.values, place === 0)),
      calibration: calibrationReport(best.margins, best.calibration, labels.values),
      tierRule,
      tierTable: tierTable(tiers, probabilities, labels.values),
      evaluation: evaluateScores(labels.values, probabilities, {
        seed,
        replicates: options.replicates ?? 500,
        ...(groups === undefined ? {} : { groups }),
      }),
    },
  });
}

/** Row groups by id when ids repeat. */
function repeatedIds(table: Table, id: string | undefined): Int32Array | undefined {
  const column = id === undefined ? undefined : findColumn(table, id);
  const groups = column && idGroups(column);
  return groups?.repeat ? groups.of : undefined;
}

function excludedColumns({ label, id, exclude = [] }: TrainOptions): Record<string, string> {
  return {
    ...Object.fromEntries(exclude.map((name) => [name, "excluded by option"])),
    ...(id === undefined ? {} : { [id]: "the id" }),
    [label]: "the label",
  };
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

function calibrationReport(margins: Float64Array, calibration: Calibration, labels: Uint8Array): CalibrationReport {
  const raw = margins.map((margin) => 1 / (1 + Math.exp(-margin)));
  return {
    method: calibration.method,
    rocAucBefore: rocAuc(labels, margins),
    rocAucAfter: rocAuc(labels, calibration.probabilities),
    logLossBefore: logLoss(labels, raw),
    logLossAfter: logLoss(labels, calibration.probabilities),
  };
}

function checkOptions(table: Table, options: TrainOptions, folds: number, seed: number): void {
  if (!Number.isInteger(folds) || folds < 2 || folds > 20) {
    invalidArgument("trainChurnModel", "folds", "must be a whole number from 2 to 20", folds);
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    invalidArgument("trainChurnModel", "seed", "must be a whole number from 0 to 2^53 − 1", seed);
  }
  const choice = options.classifier ?? "auto";
  if (typeof choice === "string" ? !["auto", "logistic", "boosting"].includes(choice) : choice.length === 0) {
    const expected = 'must be "auto", "logistic", "boosting" or a list of classifiers';
    invalidArgument("trainChurnModel", "classifier", expected, choice);
  }
  if (!["auto", "platt", "isotonic"].includes(options.calibration ?? "auto")) {
    invalidArgument("trainChurnModel", "calibration", 'must be "auto", "platt" or "isotonic"', options.calibration);
  }
  if (options.tiers !== undefined) checkRule(options.tiers);
  const problems = new Problems();
  const named: [string, string | undefined][] = [["id", options.id], ...(options.exclude ?? []).map((name): [string, string] => ["exclude", name])];
  for (const [argument, name] of named) {
    if (name === undefined || findColumn(table, name) !== undefined) continue;
    problems.add({
      code: "data.missing-column",
      path: { function: "trainChurnModel", ...(table.source === undefined ? {} : { file: table.source }), argument, column: name },
      expected: "must be a column of the table",
      received: undefined,
    });
  }
  problems.throwIfAny();
}
