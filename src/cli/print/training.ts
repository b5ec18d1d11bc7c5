import type { BuiltInMetric } from "../../metrics/metric.js";
import { LEADERBOARD_METRICS } from "../../metrics/metrics.js";
import type { LeaderboardEntry } from "../../model-file/churn/content.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { decimal, percent, whole } from "../../report/format.js";
import { printable, textTable } from "../../report/text-table.js";
import { metricsText, tiersText } from "./evaluation.js";

/** What training found, from the data to the tiers. */
export function trainingText(model: ChurnModel): string {
  const notes = notesText(model);
  return [
    foundText(model),
    ...(notes === undefined ? [] : [notes]),
    `Leaderboard (out-of-fold, calibrated; the first is kept)\n\n${leaderboardText(model)}`,
    calibrationText(model),
    `Metrics (out-of-fold)\n\n${metricsText(model.training.evaluation)}`,
    `Risk tiers (out-of-fold)\n\n${tiersText(model.training.tierTable)}`,
  ].join("\n\n");
}

/** Rows, churn rate, columns used, columns left out and why. */
export function foundText(model: ChurnModel): string {
  const { training, label, inputs } = model;
  const kinds = { numeric: 0, categorical: 0, date: 0 };
  for (const input of inputs) kinds[input.kind]++;
  const kindsText = Object.entries(kinds)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(", ");
  const lines = [
    `Rows        ${whole(training.rows)}, ${whole(training.positives)} churned (${label.column} = ${label.positive}), churn rate ${percent(training.churnRate)}`,
    `Features    ${inputs.length} columns: ${kindsText}`,
    `Left out    ${training.leftOut.map(({ name, reason }) => `${name} (${reason})`).join("; ")}`,
    `Cross-fit   ${training.folds} folds stratified by label${training.repeats > 1 ? `, ${training.repeats} times` : ""}${training.foldsKeepIdsTogether ? ", rows of one id or group in one fold" : ""}, seed ${training.seed}`,
  ];
  return lines.map(printable).join("\n");
}

/** A model that was just trained also says what each candidate took. */
export function leaderboardText({ training, timings }: ChurnModel): string {
  const time = timings === undefined ? [] : ["fit s", "µs a row"];
  const own = Object.keys(training.leaderboard[0].metrics ?? {});
  const headings = LEADERBOARD_METRICS.flatMap(({ leaderboard }) => [
    leaderboard?.heading ?? "",
    ...(leaderboard?.interval === undefined ? [] : ["95%"]),
  ]);
  return textTable(
    ["", "classifier", ...headings, ...own, ...time, "kB", "what was trained"],
    training.leaderboard.map((entry, place) => [
      entry.chosen ? "→" : "",
      entry.name,
      ...LEADERBOARD_METRICS.flatMap((metric) => metricCells(entry, metric)),
      ...own.map((name) => decimal(entry.metrics?.[name] ?? null)),
      ...(timings === undefined
        ? []
        : [decimal(timings[place].fitSeconds, 1), decimal(timings[place].microsecondsPerRow, 1)]),
      entry.kilobytes === null ? "" : whole(entry.kilobytes),
      entry.summary,
    ]),
  );
}

/** The value of a metric, empty in models older than it, and its interval where it has one. */
function metricCells(entry: LeaderboardEntry, { name, leaderboard }: BuiltInMetric): string[] {
  const cells = entry as unknown as Readonly<Record<string, number | readonly number[] | null>>;
  const value = cells[name] as number | null;
  const cell = value === null ? "" : decimal(value, leaderboard?.digits);
  if (leaderboard?.interval === undefined) return [cell];
  const interval = cells[`${name}Interval`] as readonly number[] | null;
  return [cell, interval === null ? "" : interval.map((end) => decimal(end, 3)).join("–")];
}

/** What is odd about the data, or undefined. */
export function notesText({ training }: ChurnModel): string | undefined {
  if (training.notes.length === 0) return undefined;
  const lines = training.notes.map(
    ({ column, detail }) => `- ${column === null ? "" : `${column}: `}${detail}`,
  );
  return ["Notes", "", ...lines.map(printable)].join("\n");
}

function calibrationText({ training: { calibration } }: ChurnModel): string {
  const { method, logLossBefore, logLossAfter, rocAucBefore, rocAucAfter } = calibration;
  return `Calibration ${method}: log loss ${decimal(logLossBefore)} → ${decimal(logLossAfter)}, ROC AUC ${decimal(rocAucBefore)} → ${decimal(rocAucAfter)}`;
}
