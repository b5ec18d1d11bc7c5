import { METRIC_NAMES, metricLabel } from "../metrics/metrics.js";
import { decimal, difference, percent, range, whole } from "../printing/numbers.js";
import { printable } from "../printing/printable.js";
import { type Cell, markdownTable, type TableText } from "../printing/text-table.js";
import { leftOutLines, scheduleOf } from "../training/backtest/backtest-lines.js";
import type { Backtest, BacktestResult, BacktestTraining, PooledTier } from "../training/backtest/result.js";

/** A table of a backtest with its heading, and what is to be said about it. */
export interface BacktestSection {
  readonly heading: string;
  readonly table: TableText;
  readonly note?: string;
}

/** The tables of a backtest, for a terminal and for Markdown. */
export function backtestSections(backtest: Backtest): BacktestSection[] {
  const { window } = backtest;
  return [
    { heading: "By month", table: monthsTable(backtest), note: INTERVALS },
    {
      heading: "Against what training reported",
      table: reportedTable(backtest),
      note: "Reported: out of fold, the mean of the trainings by the rows that they scored. Within: the difference may be chance.",
    },
    { heading: "Churned by risk tier", table: tiersTable(backtest) },
    {
      heading: "Trainings",
      table: trainingsTable(backtest),
      note: `Each on ${window === null ? "all snapshots" : "the last snapshots"} whose prediction windows had ended by its day. Metrics as it reported them; limits of the tiers with their change.`,
    },
  ];
}

const INTERVALS = "Intervals: 95%, rows of one subscriber together.";

/** What was trained and scored, such as `2025-06 to 2025-10, trained every month on all that was known`. */
export function backtestSchedule(backtest: Backtest): string {
  return scheduleOf(backtest);
}

/** Months that were not scored and why, an item each reason; possibly none. */
export function leftOutItems({ leftOut }: Backtest): string[] {
  return leftOutLines(leftOut).map((line) => printable(`- left out ${line}`));
}

/** A backtest as Markdown, aligned so that it is readable in a terminal too; without a heading. @param level of its headings. */
export function backtestMarkdown(backtest: Backtest, level = 2): string {
  const leftOut = leftOutItems(backtest);
  return [
    `${scheduleOf(backtest)}.`,
    backtest.sentence,
    ...(leftOut.length === 0 ? [] : [leftOut.join("\n")]),
    ...backtestSections(backtest).flatMap(({ heading, table, note }) => [
      `${"#".repeat(level)} ${heading}`,
      markdownTable(table),
      ...(note === undefined ? [] : [note]),
    ]),
  ].join("\n\n");
}

/** A row for each month, and one for all together. */
function monthsTable({ months, overall }: Backtest): TableText {
  return {
    head: [
      "month",
      "rows",
      "churned",
      "rate",
      "predicted",
      "ROC AUC",
      "95%",
      "log loss",
      "95%",
      "calibration slope",
      "top-decile lift",
      "95%",
    ],
    rows: [
      ...months.map((each) => [each.month, ...monthCells(each)]),
      ...(months.length > 1 ? [["all", ...monthCells(overall)]] : []),
    ],
  };
}

function monthCells({ rows, churners, churnRate, meanProbability, evaluation }: BacktestResult): Cell[] {
  const counts = [whole(rows), whole(churners), percent(churnRate), percent(meanProbability)];
  if (evaluation === null) return [...counts, ...Array(7).fill("–")];
  const { rocAuc, logLoss, calibrationSlope, topDecileLift } = evaluation.metrics;
  return [
    ...counts,
    decimal(rocAuc.value),
    range(rocAuc),
    decimal(logLoss.value),
    range(logLoss),
    decimal(calibrationSlope?.value ?? null, 2),
    decimal(topDecileLift.value, 2),
    range(topDecileLift, (value) => decimal(value, 2)),
  ];
}

/** A row for each metric: what was reported, what happened, and in how many months that was outside of what was reported. */
function reportedTable({ months, overall }: Backtest): TableText {
  const { evaluation, againstTraining } = overall;
  const names = [...new Set([...METRIC_NAMES, ...Object.keys(againstTraining)])];
  return {
    head: ["metric", "reported", "happened", "difference", "95%", "", "months outside"],
    rows: names.flatMap((name): Cell[][] => {
      const against = againstTraining[name];
      const happened = evaluation?.metrics[name] ?? null;
      if (against === undefined || happened === null) return [];
      const { reported, difference: change, verdict } = against;
      const compared = months.flatMap((month) => month.againstTraining[name] ?? []);
      const outside = compared.filter((each) => each.verdict !== "within").length;
      return [
        [
          metricLabel(name),
          decimal(reported.value),
          decimal(happened.value),
          difference(change.value),
          `${difference(change.low)} to ${difference(change.high)}`,
          verdict,
          `${whole(outside)} of ${whole(compared.length)}`,
        ],
      ];
    }),
  };
}

/** A row for each month, and for each tier the share that churned. */
function tiersTable({ months, overall }: Backtest): TableText {
  const names = overall.tiers.map(({ tier }) => tier);
  const cellsOf = (tiers: readonly PooledTier[]): Cell[] =>
    names.flatMap((name) => {
      const found = tiers.find(({ tier }) => tier === name);
      if (found === undefined || found.observedRate === null) return ["–", "–", "–", "–"];
      const { share, meanProbability, observedRate } = found;
      return [
        percent(share),
        meanProbability === null ? "–" : percent(meanProbability),
        percent(observedRate.value),
        range(observedRate, percent),
      ];
    });
  return {
    head: ["month", ...names.flatMap((name) => [`${name}: share`, "predicted", "churned", "95%"])],
    rows: [
      ...months.map(({ month, tiers }) => [month, ...cellsOf(tiers)]),
      ...(months.length > 1 ? [["all", ...cellsOf(overall.tiers)]] : []),
    ],
  };
}

/** A row for each training: what was known, what was kept, what it reported, and where the limits of its tiers were. */
function trainingsTable({ trainings }: Backtest): TableText {
  const names = [...new Set(trainings.flatMap(({ tiers }) => tiers.map(({ name }) => name)))];
  // The lowest tier has no limit.
  const limited = names.filter((name) =>
    trainings.some(({ tiers }) => tiers.some((tier) => tier.name === name && tier.from > 0)),
  );
  return {
    head: [
      "trained",
      "snapshots of",
      "rows",
      "churned",
      "classifier",
      "ROC AUC",
      "log loss",
      ...limited.flatMap((name) => [`${name} from`, "change"]),
    ],
    rows: trainings.map((training) => [
      training.at,
      snapshotsText(training),
      whole(training.rows),
      whole(training.churners),
      training.classifier,
      decimal(training.reported.rocAuc.value),
      decimal(training.reported.logLoss.value),
      ...limited.flatMap((name) => limitCells(training, name)),
    ]),
  };
}

function limitCells({ tiers }: BacktestTraining, name: string): Cell[] {
  const tier = tiers.find((each) => each.name === name);
  if (tier === undefined) return ["–", "–"];
  const digits = tier.by === undefined ? 4 : 2;
  const { from, change } = tier;
  return [
    decimal(from, digits),
    change === null ? "–" : `${change > 0 ? "+" : ""}${decimal(change, digits)}`,
  ];
}

function snapshotsText({ firstCutoff, lastCutoff, cutoffs }: BacktestTraining): string {
  return cutoffs === 1 ? firstCutoff : `${firstCutoff} to ${lastCutoff}`;
}
