import { metricsTable } from "../metrics/evaluation/metrics-table.js";
import { checkModel } from "../predict/check-model.js";
import type { ChurnModel } from "../predict/churn-model.js";
import { markdownTable } from "../printing/text-table.js";
import { tiersTable } from "../tiers/summary/tiers-text.js";
import type { Backtest } from "../training/backtest/result.js";
import type { LearningCurve } from "../training/learning-curve/curve.js";
import { backtestMarkdown } from "./backtest.js";
import { valueGridTable } from "./evaluation-tables.js";
import { leaderboardTable } from "./leaderboard.js";
import { learningCurveMarkdown } from "./learning-curve.js";
import { summaryOf } from "./training-summary.js";
import { calibrationLine, foundLines, noteLines } from "./training-text.js";

/** Options of {@link trainingMarkdown}. */
export interface TrainingMarkdownOptions {
  /** The heading. Default `"Training"`. */
  readonly title?: string | undefined;
  /** What `learningCurve` of `holdfast/training` found, as a last section. Default: none. */
  readonly learningCurve?: LearningCurve | undefined;
  /** What `backtest` of `holdfast/training` found, as a last section. Default: none. */
  readonly backtest?: Backtest | undefined;
}

/**
 * What training did and found as Markdown, its tables aligned so that it is readable in a terminal too: rows and
 * columns, notes, leaderboard, calibration, metrics with intervals, risk tiers and, with a value column, the risk × value grid.
 * @param model of `trainChurnModel`, or loaded.
 * @param options `title`: the heading; default `"Training"`. `learningCurve`, `backtest`: last sections; default: none.
 * @example await writeFile("training.md", trainingMarkdown(model, { title: "Model of March 2026" }))
 * @throws HoldfastError for something else in the place of a model.
 */
export function trainingMarkdown(
  model: ChurnModel,
  { title = "Training", learningCurve, backtest }: TrainingMarkdownOptions = {},
): string {
  checkModel("trainingMarkdown", "model", model);
  const summary = summaryOf(model);
  const { evaluation, tiers, valueGrid, leaderboard, notes } = summary;
  const sections = [
    `# ${title}`,
    foundLines(summary)
      .map(([heading, text]) => `- ${heading}: ${text}`)
      .join("\n"),
    ...(notes.length === 0 ? [] : ["## Notes", noteLines(summary).join("\n")]),
    "## Leaderboard",
    "Out-of-fold, calibrated; the first is kept.",
    markdownTable(leaderboardTable(leaderboard)),
    "## Calibration",
    calibrationLine(summary),
    "## Metrics",
    markdownTable(metricsTable(evaluation)),
    `Out-of-fold. Intervals: ${evaluation.replicates} bootstrap samples, seed ${evaluation.seed}.`,
    "## Risk tiers",
    markdownTable(tiersTable(tiers)),
    ...(valueGrid
      ? ["## Risk tiers by value: subscribers and expected loss", markdownTable(valueGridTable(valueGrid))]
      : []),
    ...(learningCurve ? ["## Learning curve", learningCurveMarkdown(learningCurve)] : []),
    ...(backtest ? ["## Backtest", backtestMarkdown(backtest, 3)] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}
