import { textTable } from "../../printing/text-table.js";
import { backtestSchedule, backtestSections, leftOutItems } from "../../report/backtest.js";
import type { Backtest } from "../../training/backtest/result.js";

/** How it would have done: the sentence, and tables by month, against what training reported, of tiers and of trainings. */
export function backtestText(backtest: Backtest): string {
  const leftOut = leftOutItems(backtest);
  return [
    `Backtest ${backtestSchedule(backtest)}`,
    ...backtestSections(backtest).map(({ heading, table: { head, rows }, note }) =>
      [heading, textTable(head, rows), ...(note === undefined ? [] : [note])].join("\n\n"),
    ),
    ...(leftOut.length === 0 ? [] : [leftOut.join("\n")]),
    backtest.sentence,
  ].join("\n\n");
}
