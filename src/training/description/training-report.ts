import { logistic } from "../../math/logistic.js";
import type { Evaluation } from "../../metrics/evaluation/evaluate-scores.js";
import { logLoss } from "../../metrics/probability/log-loss.js";
import { rocAuc } from "../../metrics/ranking/roc-auc.js";
import type { CalibrationReport, TrainingReport } from "../../model-file/churn/content.js";
import type { TrainingNote } from "../../model-file/churn/training-note.js";
import type { Table } from "../../table/table.js";
import { copyOfRule } from "../../tiers/risk-tiers.js";
import { tierSummaries } from "../../tiers/summary/tier-table.js";
import { gridCells } from "../../tiers/summary/value-grid.js";
import type { Candidate, CandidateRows } from "../candidates/candidates.js";
import type { Choice } from "../candidates/choose-candidate.js";
import type { DrawnTiers } from "../draw-tiers.js";
import type { KeptModel } from "../kept-model.js";
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
  readonly kept: KeptModel;
  readonly drawn: DrawnTiers;
  /** Of the probabilities of the choice, each from folds that neither trained, chose nor calibrated on the row. */
  readonly evaluation: Evaluation;
}

/** The training report of a model. */
export function trainingReport(
  table: Table,
  result: TrainingResult,
  { seed = 0, metrics = [] }: TrainOptions,
): TrainingReport {
  const { rows, foldsOfRepeats, notes, choice, drawn, evaluation } = result;
  const { labels, leftOut, groups, weights } = rows;
  const { candidates } = choice;
  const measured = { labels: labels.values, weights };
  return {
    rows: table.rowCount,
    positives: labels.positives,
    churnRate: evaluation.baseRate,
    seed,
    folds: foldsOfRepeats[0].count,
    repeats: foldsOfRepeats.length,
    foldsKeepIdsTogether: groups !== undefined,
    dataFingerprint: tableFingerprint(table),
    leftOut,
    notes,
    leaderboard: leaderboardOf(candidates, measured, metrics),
    calibration: calibrationReport(candidates[0], measured),
    tierRule: copyOfRule(drawn.rule),
    ...tiersOf(result),
    evaluation,
  };
}

/**
 * How many rows each tier has is what `predict` gives for them; what happens in it is measured on the rows that
 * out-of-fold probabilities put there.
 */
function tiersOf({
  rows,
  choice,
  kept,
  drawn,
}: TrainingResult): Pick<TrainingReport, "tierTable" | "valueGrid"> {
  const { tiers, predictedTiers, measuredTiers, worth } = drawn;
  const of = { labels: rows.labels.values, values: worth?.values, weights: rows.weights };
  const predicted = { ...of, probabilities: kept.probabilities };
  const measured = { ...of, probabilities: choice.probabilities };
  const predictedTierOf = (row: number) => predictedTiers[row];
  const measuredTierOf = (row: number) => measuredTiers[row];
  const counts = tierSummaries(tiers, predicted, predictedTierOf);
  const tierTable = tierSummaries(tiers, measured, measuredTierOf).map((summary, place) => {
    const { rows, share, value, expectedLoss } = counts[place];
    return { ...summary, rows, share, value, expectedLoss };
  });
  if (worth === undefined) return { tierTable, valueGrid: null };
  const { bands, values } = worth;
  const ofCells = gridCells(tiers, bands, { ...predicted, values }, predictedTierOf);
  const valueGrid = gridCells(tiers, bands, { ...measured, values }, measuredTierOf).map((cell, place) => {
    const { rows, share, value, expectedLoss } = ofCells[place];
    return { ...cell, rows, share, value, expectedLoss };
  });
  return { tierTable, valueGrid };
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
