import { decimal, percent, whole } from "../printing/numbers.js";
import { printable } from "../printing/printable.js";
import type { TrainingSummary } from "./training-summary.js";

/** Rows, churn rate, columns used, columns left out and why, folds: heading and text of a line each. */
export function foundLines(summary: TrainingSummary): [heading: string, text: string][] {
  const { rows, positives, churnRate, weights, label, features, leftOut, crossFit } = summary;
  const { folds, repeats, seed, keepsIdsTogether } = crossFit;
  const kinds = (["numeric", "categorical", "date"] as const)
    .filter((kind) => features[kind] > 0)
    .map((kind) => `${features[kind]} ${kind}`);
  const repeated = repeats > 1 ? `, ${repeats} times` : "";
  const together = keepsIdsTogether ? ", rows of one id or group in one fold" : "";
  const lines: [string, string][] = [
    [
      "Rows",
      `${whole(rows)}, ${whole(positives)} churned (${label.column} = ${label.positive}), churn rate ${percent(churnRate)}${weights === null ? "" : ` (weighted by ${weights})`}`,
    ],
    ["Features", `${features.count} ${features.count === 1 ? "column" : "columns"}: ${kinds.join(", ")}`],
    ["Left out", leftOut.map(({ name, reason }) => `${name} (${reason})`).join("; ")],
    ["Cross-fit", `${folds} folds stratified by label${repeated}${together}, seed ${seed}`],
  ];
  return lines.map(([heading, text]) => [heading, printable(text)]);
}

/** What is odd about the data, an item each; possibly none. */
export function noteLines({ notes }: Pick<TrainingSummary, "notes">): string[] {
  return notes.map(({ column, detail }) => printable(`- ${column === null ? "" : `${column}: `}${detail}`));
}

/** The calibrator, and what it changed. */
export function calibrationLine({ calibration }: Pick<TrainingSummary, "calibration">): string {
  const { method, logLossBefore, logLossAfter, rocAucBefore, rocAucAfter } = calibration;
  return `${method}: log loss ${decimal(logLossBefore)} → ${decimal(logLossAfter)}, ROC AUC ${decimal(rocAucBefore)} → ${decimal(rocAucAfter)}`;
}
