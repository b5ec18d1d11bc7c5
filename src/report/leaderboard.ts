import type { BuiltInMetric } from "../metrics/metric.js";
import { LEADERBOARD_METRICS } from "../metrics/metrics.js";
import type { LeaderboardEntry, LeaderboardMetrics } from "../model-file/churn/content.js";
import { checkModel } from "../predict/check-model.js";
import type { ChurnModel } from "../predict/churn-model.js";
import { counted, decimal, whole } from "../printing/numbers.js";
import { type Printed, printAsText } from "../printing/print-as-text.js";
import { markdownTable, type TableText, textTable } from "../printing/text-table.js";

/** What the leaderboard says of a candidate beside its metrics. */
export interface CandidateRow {
  /** From 1, the best. */
  readonly place: number;
  /** Whether the model is made of it. */
  readonly chosen: boolean;
  readonly classifier: string;
  /** The 95% interval of the ROC AUC by DeLong's variance; null in models of older versions. */
  readonly rocAucLow: number | null;
  readonly rocAucHigh: number | null;
  /** Seconds that cross-fitting took; null in a model that was loaded. */
  readonly fitSeconds: number | null;
  /** For the margin of one row at a time; null in a model that was loaded. */
  readonly microsecondsPerRow: number | null;
  /** Size of the classifier in a model file, before compression; null in models of older versions. */
  readonly kilobytes: number | null;
  /** What was trained, in words. */
  readonly summary: string;
}

/**
 * One candidate of a training: its place, metrics of calibrated out-of-fold probabilities by their names (null in models
 * that are older than a metric), those of the caller by theirs, and what it took.
 */
export type LeaderboardRow = CandidateRow &
  LeaderboardMetrics & { readonly [ownMetric: string]: number | string | boolean | null };

/** Members that are no metrics of the caller. */
const BUILT_IN = new Set([
  ...["place", "chosen", "classifier", "fitSeconds", "microsecondsPerRow", "kilobytes", "summary"],
  ...LEADERBOARD_METRICS.flatMap(({ name }) => [name, `${name}Low`, `${name}High`]),
]);

const PRINTED_LEADERBOARD: Printed<readonly LeaderboardRow[]> = {
  lines: (rows) => {
    const { head, rows: cells } = leaderboardTable(rows);
    return textTable(head, cells).split("\n");
  },
  short: (rows) => `Leaderboard ${counted(rows.length, "candidate")}`,
  parts: (rows) => [leaderboardTable(rows)],
};

/**
 * What was trained, the best first, as plain rows of numbers and texts: for `tableFromRows`, `console.table`, JSON.
 * `console.log` draws them as a table.
 * @param model of `trainChurnModel`, which also knows what each candidate took, or loaded.
 * @example leaderboard(model)[0].classifier // "boosting, 4 leaves"
 * @example console.table(leaderboard(model), ["classifier", "logLoss", "rocAuc"])
 * @throws HoldfastError for something else in the place of a model.
 */
export function leaderboard(model: ChurnModel): LeaderboardRow[] {
  checkModel("leaderboard", "model", model);
  return printAsText(leaderboardOf(model), PRINTED_LEADERBOARD);
}

/**
 * The leaderboard as a Markdown table, aligned so that it is readable in a terminal too.
 * @param model of `trainChurnModel`, which also knows what each candidate took, or loaded.
 * @example await writeFile("leaderboard.md", leaderboardMarkdown(model))
 * @throws HoldfastError for something else in the place of a model.
 */
export function leaderboardMarkdown(model: ChurnModel): string {
  checkModel("leaderboardMarkdown", "model", model);
  return `${markdownTable(leaderboardTable(leaderboardOf(model)))}\n`;
}

/** The same rows, of what is known to be a model. */
export function leaderboardOf({
  training,
  timings,
}: Pick<ChurnModel, "training"> & Partial<Pick<ChurnModel, "timings">>): LeaderboardRow[] {
  return training.leaderboard.map((entry, i) => {
    const metrics = LEADERBOARD_METRICS.flatMap((metric) => metricMembers(entry, metric));
    const own = Object.entries(entry.metrics ?? {}).filter(([name]) => !BUILT_IN.has(name));
    return {
      place: i + 1,
      chosen: entry.chosen,
      classifier: entry.name,
      ...Object.fromEntries([...metrics, ...own]),
      fitSeconds: timings?.[i].fitSeconds ?? null,
      microsecondsPerRow: timings?.[i].microsecondsPerRow ?? null,
      kilobytes: entry.kilobytes,
      summary: entry.summary,
    } as LeaderboardRow;
  });
}

/** How the leaderboard is drawn; what each candidate took only where it is known. */
export function leaderboardTable(rows: readonly LeaderboardRow[]): TableText {
  const own = Object.keys(rows[0]).filter((name) => !BUILT_IN.has(name));
  const hasTimes = rows[0].fitSeconds !== null;
  const headings = LEADERBOARD_METRICS.flatMap(({ leaderboard: column }) => [
    column?.heading ?? "",
    ...(column?.interval === undefined ? [] : ["95%"]),
  ]);
  return {
    head: [
      "",
      "classifier",
      ...headings,
      ...own,
      ...(hasTimes ? ["fit s", "µs a row"] : []),
      "kB",
      "what was trained",
    ],
    rows: rows.map((row) => [
      row.chosen ? "→" : "",
      row.classifier,
      ...LEADERBOARD_METRICS.flatMap((metric) => metricCells(row, metric)),
      ...own.map((name) => decimal(row[name] as number | null)),
      ...(hasTimes ? [decimal(row.fitSeconds, 1), decimal(row.microsecondsPerRow, 1)] : []),
      row.kilobytes === null ? "" : whole(row.kilobytes),
      row.summary,
    ]),
  };
}

/** A metric and, where it has one, its interval. */
function metricMembers(entry: LeaderboardEntry, { name, leaderboard: column }: BuiltInMetric) {
  const members = entry as unknown as Readonly<Record<string, number | readonly number[] | null>>;
  const value: [string, number | null] = [name, members[name] as number | null];
  if (column?.interval === undefined) return [value];
  const [low, high] = (members[`${name}Interval`] as readonly number[] | null) ?? [null, null];
  return [value, [`${name}Low`, low], [`${name}High`, high]];
}

/** Empty where a model is older than a metric. */
function metricCells(row: LeaderboardRow, { name, leaderboard: column }: BuiltInMetric): string[] {
  const value = row[name] as number | null;
  const cell = value === null ? "" : decimal(value, column?.digits);
  if (column?.interval === undefined) return [cell];
  const ends = [row[`${name}Low`], row[`${name}High`]] as (number | null)[];
  return [cell, ends.includes(null) ? "" : ends.map((end) => decimal(end, 3)).join("–")];
}
