import { logistic } from "../../math/logistic.js";
import type { Evaluation } from "../../metrics/evaluation/evaluate-scores.js";
import { logLoss } from "../../metrics/probability/log-loss.js";
import { rocAuc } from "../../metrics/ranking/roc-auc.js";
import type { CalibrationReport, TrainingReport } from "../../model-file/churn/content.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Table } from "../../table/table.js";
import { copyOfRule } from "../../tiers/risk-tiers.js";
import { tierSummaries } from "../../tiers/tier-table.js";
import { gridCells } from "../../tiers/value-grid.js";
import type { Candidate, CandidateRows } from "../candidates/candidates.js";
import type { Choice } from "../candidates/choose-candidate.js";
import type { DrawnTiers } from "../draw-tiers.js";
import type { FoldsOfRepeats } from "../rows/assign-folds.js";
import { tableFingerprint } from "../rows/fingerprint.js";
import type { TrainingRows } from "../rows/read-rows.js";
import type { TrainOptions } from "../train-options.js";
import { leaderboardOf } from "./leaderboard.js";

/** The results of the steps of a training. */
export interface TrainingResult {
  readonly rows: TrainingRows;
  readonly foldsOfRepeats: FoldsOfRepeats;
  readonly notes: readonly TrainingNote[];
  readonly choice: Choice;
  readonly drawn: DrawnTiers;
  /** Of the probabilities of the choice, each from folds that neither trained, chose nor calibrated on the row. */
  readonly evaluation: Evaluation;
}

/** The training report of a model. */
export function trainingReport(
  table: Table,
  { rows, foldsOfRepeats, notes, choice, drawn, evaluation }: TrainingResult,
  { seed = 0, metrics = [] }: TrainOptions,
): TrainingReport {
  const { labels, leftOut, groups, weights } = rows;
  const { candidates, probabilities } = choice;
  const { rule, tiers, tierOfRow, worth } = drawn;
  const columns = { probabilities, labels: labels.values, values: worth?.values };
  const tierOf = (row: number) => tierOfRow[row];
  const measured = { labels: labels.values, weights };
  return {
    rows: table.rowCount,
    positives: labels.positives,
    churnRate: labels.positives / table.rowCount,
    seed,
    folds: foldsOfRepeats[0].count,
    repeats: foldsOfRepeats.length,
    foldsKeepIdsTogether: groups !== undefined,
    dataFingerprint: tableFingerprint(table),
    leftOut,
    notes,
    leaderboard: leaderboardOf(candidates, measured, metrics),
    calibration: calibrationReport(candidates[0], measured),
    tierRule: copyOfRule(rule),
    tierTable: tierSummaries(tiers, columns, tierOf),
    valueGrid: worth ? gridCells(tiers, worth.bands, { ...columns, values: worth.values }, tierOf) : null,
    evaluation,
  };
}

function calibrationReport(
  { margins: { outOfFold }, calibration }: Candidate,
  { labels, weights }: CandidateRows,
): CalibrationReport {
  const options = { weights };
  return {
    method: calibration.method,
    rocAucBefore: rocAuc(labels, outOfFold, options),
    rocAucAfter: rocAuc(
      labels,
      outOfFold.map((margin) => calibration.calibrator.probabilityOf(margin)),
      options,
    ),
    logLossBefore: logLoss(labels, outOfFold.map(logistic), options),
    logLossAfter: logLoss(labels, calibration.probabilities, options),
    ...(calibration.candidates === undefined ? {} : { candidates: calibration.candidates }),
  };
}
