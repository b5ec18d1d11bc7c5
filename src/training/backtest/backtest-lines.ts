import { metricText } from "../../metrics/evaluation/shown-metric.js";
import { tiersLine } from "../../predict/evaluation-lines.js";
import { alignedLines } from "../../printing/aligned-lines.js";
import { counted, decimal, percent, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import { printable } from "../../printing/printable.js";
import type { Backtest, BacktestResult, LeftOutMonth } from "./result.js";

/** A line for each month and for all, the tiers of all, what was left out, and the sentence. */
export const PRINTED_BACKTEST: Printed<Backtest> = {
  lines: (backtest) => {
    const { months, overall, leftOut, sentence } = backtest;
    return [
      `Backtest ${scheduleOf(backtest)}`,
      ...alignedLines([
        ...months.map((each) => [each.month, ...cellsOf(each)]),
        ...(months.length > 1 ? [["all", ...cellsOf(overall)]] : []),
      ]),
      `  ${printable(tiersLine(overall.tiers))}`,
      ...leftOutLines(leftOut).map((line) => printable(`  without ${line}`)),
      sentence,
    ];
  },
  short: ({ from, to, overall }) => `Backtest ${from} to ${to}, ${whole(overall.rows)} rows`,
};

/** `2025-06 to 2025-10, trained every month on all that was known; churned: churn = 1`. */
export function scheduleOf({ from, to, retrainEvery, window, label }: Backtest): string {
  const every = retrainEvery === 1 ? "every month" : `every ${retrainEvery} months`;
  const known =
    window === null ? "all that was known" : `the last ${counted(window, "month")} that were known`;
  const trainedOn = window === 1 ? "the last month that was known" : known;
  return `${from} to ${to}, trained ${every} on ${trainedOn}; churned: ${printable(`${label.column} = ${label.positive}`)}`;
}

/** Months that were left out, those with one reason in one text. */
export function leftOutLines(leftOut: readonly LeftOutMonth[]): string[] {
  const reasons = [...new Set(leftOut.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const months = leftOut.filter((each) => each.reason === reason).map(({ month }) => month);
    return `${months.join(", ")}: ${reason}`;
  });
}

function cellsOf({ rows, churners, churnRate, meanProbability, evaluation }: BacktestResult): string[] {
  const rate = `${percent(churnRate)} (${percent(meanProbability)} predicted)`;
  const cells = [counted(rows, "row"), `${whole(churners)} churned`, rate];
  if (evaluation === null) return [...cells, "one label only"];
  const { rocAuc, logLoss } = evaluation.metrics;
  return [...cells, `ROC AUC ${metricText(rocAuc, churners)}`, `log loss ${decimal(logLoss.value)}`];
}
