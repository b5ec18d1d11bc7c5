import { alignedLines } from "../../printing/aligned-lines.js";
import { counted, decimal, difference, range, shareText, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import { printable } from "../../printing/printable.js";
import type { LearningCurve } from "./curve.js";

/** A line for each share, and what more rows would buy. */
export const PRINTED_LEARNING_CURVE: Printed<LearningCurve> = {
  lines: ({ points, skipped, sentence }) => [
    `Learning curve on ${counted(points[points.length - 1].rows, "row")}, out of fold`,
    ...alignedLines(
      points.map(({ share, rows, logLoss, gain, rocAuc }) => [
        shareText(share),
        counted(rows, "row"),
        `log loss ${decimal(logLoss.value)} (${range(logLoss)})`,
        gain === null
          ? ""
          : `gain ${difference(gain.value)} (${difference(gain.low)} to ${difference(gain.high)})`,
        `ROC AUC ${decimal(rocAuc.value)}`,
      ]),
    ),
    ...skipped.map(({ share, rows, reason }) =>
      printable(`  without ${shareText(share)}, ${counted(rows, "row")}: ${reason}`),
    ),
    sentence,
  ],
  short: ({ points }) =>
    `LearningCurve ${counted(points.length, "point")}, ${whole(points[points.length - 1].rows)} rows`,
};
