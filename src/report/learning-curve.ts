import { counted, decimal, difference, range, shareText, whole } from "../printing/numbers.js";
import { printable } from "../printing/printable.js";
import { markdownTable, type TableText } from "../printing/text-table.js";
import type { LearningCurve } from "../training/learning-curve/curve.js";

/** A learning curve, a row for each share of the rows. */
export function learningCurveTable({ points }: LearningCurve): TableText {
  return {
    head: ["share", "rows", "churned", "log loss", "95%", "gain", "95%", "ROC AUC", "95%", "classifier"],
    rows: points.map(({ share, rows, churners, logLoss, gain, rocAuc, classifier }) => [
      shareText(share),
      whole(rows),
      whole(churners),
      decimal(logLoss.value),
      range(logLoss),
      gain === null ? "–" : difference(gain.value),
      gain === null ? "–" : `${difference(gain.low)} to ${difference(gain.high)}`,
      decimal(rocAuc.value),
      range(rocAuc),
      classifier,
    ]),
  };
}

/** Shares that were not trained on and why, an item each; possibly none. */
export function skippedLines({ skipped }: LearningCurve): string[] {
  return skipped.map(({ share, rows, reason }) =>
    printable(`- ${shareText(share)} of the rows, ${counted(rows, "row")}, left out: ${reason}`),
  );
}

/** A learning curve as Markdown, aligned so that it is readable in a terminal too; without a heading. */
export function learningCurveMarkdown(curve: LearningCurve): string {
  const skipped = skippedLines(curve);
  return [
    curve.sentence,
    markdownTable(learningCurveTable(curve)),
    "Out-of-fold. Gain: how much lower than with the rows before, on the rows that both have.",
    ...(skipped.length === 0 ? [] : [skipped.join("\n")]),
  ].join("\n\n");
}
