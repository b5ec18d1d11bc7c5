import type { ChurnModel } from "../../predict/churn-model.js";
import { textTable } from "../../printing/text-table.js";
import { leaderboardTable } from "../../report/leaderboard.js";
import { learningCurveTable, skippedLines } from "../../report/learning-curve.js";
import { type TrainingSummary, trainingSummary } from "../../report/training-summary.js";
import { calibrationLine, foundLines, noteLines } from "../../report/training-text.js";
import type { LearningCurve } from "../../training/learning-curve/curve.js";
import { metricsText, tiersText } from "./evaluation.js";

/** Headings are as wide as the longest, and two blanks. */
const HEADING_WIDTH = 12;

/** What training found, from the data to the tiers. */
export function trainingText(model: ChurnModel): string {
  const summary = trainingSummary(model);
  return [
    foundText(summary),
    ...(summary.notes.length === 0 ? [] : [["Notes", "", ...noteLines(summary)].join("\n")]),
    `Leaderboard (out-of-fold, calibrated; the first is kept)\n\n${leaderboardText(summary)}`,
    `Calibration ${calibrationLine(summary)}`,
    `Metrics (out-of-fold)\n\n${metricsText(summary.evaluation)}`,
    `Risk tiers (rows as the model predicts them, rates out-of-fold)\n\n${tiersText(summary.tiers)}`,
  ].join("\n\n");
}

/** What models of fewer rows reach, and what more rows would buy. */
export function learningCurveText(curve: LearningCurve): string {
  const { head, rows } = learningCurveTable(curve);
  const skipped = skippedLines(curve);
  return [
    "Learning curve (out-of-fold; gain: how much lower than before, on the rows that both have)",
    textTable(head, rows),
    ...(skipped.length === 0 ? [] : [skipped.join("\n")]),
    curve.sentence,
  ].join("\n\n");
}

/** Rows, churn rate, columns used, columns left out and why. */
function foundText(summary: TrainingSummary): string {
  return foundLines(summary)
    .map(([heading, text]) => `${heading.padEnd(HEADING_WIDTH)}${text}`)
    .join("\n");
}

function leaderboardText({ leaderboard }: TrainingSummary): string {
  const { head, rows } = leaderboardTable(leaderboard);
  return textTable(head, rows);
}
