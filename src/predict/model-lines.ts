import { mainMetricCells } from "../metrics/evaluation/evaluation-lines.js";
import type { TrainingReport } from "../model-file/churn/content.js";
import { alignedLines } from "../printing/aligned-lines.js";
import { counted, decimal, percent, whole } from "../printing/numbers.js";
import type { Printed } from "../printing/print-as-text.js";
import { printable } from "../printing/printable.js";
import type { InputColumn } from "../vectors/vectorizer.js";
import { tiersLine } from "./evaluation-lines.js";

/** What is printed of a model. */
interface PrintedModel {
  readonly training: TrainingReport;
  readonly label: { readonly column: string; readonly positive: string };
  readonly inputs: readonly InputColumn[];
  readonly weights: string | null;
}

/** So many metrics are shown, in the order of {@link mainMetricCells}. */
const SHOWN_METRICS = 4;

/** What was learned from, what was kept, how good it is, whom it puts into which tier. */
export const PRINTED_MODEL: Printed<PrintedModel> = {
  lines: ({ training, label, inputs, weights }) => [
    printable(
      `ChurnModel trained on ${counted(training.rows, "row")}, churn rate ${percent(training.churnRate)} (${label.column} = ${label.positive}${weights === null ? "" : `, weighted by ${weights}`})`,
    ),
    ...alignedLines([["features", featuresOf(inputs)], ...reportCells(training)]),
  ],
  short: ({ training: { leaderboard, rows } }) =>
    `ChurnModel ${leaderboard[0].name}, ${counted(rows, "row")}`,
};

/** The same of the training report alone, with what else was trained. */
export const PRINTED_TRAINING: Printed<TrainingReport> = {
  lines: (training) => [
    `Training on ${counted(training.rows, "row")}: ${whole(training.positives)} churned, churn rate ${percent(training.churnRate)}`,
    ...alignedLines(reportCells(training)),
  ],
  short: ({ rows, leaderboard }) =>
    `Training on ${counted(rows, "row")}, ${counted(leaderboard.length, "candidate")}`,
};

function reportCells(training: TrainingReport): string[][] {
  const { leaderboard, calibration, evaluation, tierTable, notes, folds, seed } = training;
  const [chosen, ...others] = leaderboard;
  const rivals = others.map(({ name, logLoss }) => `${name} ${decimal(logLoss)}`);
  const metrics = mainMetricCells(evaluation).map(([name, first, second]) => [name, `${first} ${second}`]);
  return [
    ["classifier", `${chosen.name}: ${chosen.summary}`],
    ...(rivals.length === 0 ? [] : [["others", `${rivals.join(", ")} (log loss)`]]),
    ["calibration", calibration.method],
    ...metrics.slice(0, SHOWN_METRICS),
    ["measured", `out of fold, ${counted(folds, "fold")}, seed ${seed}`],
    ["tiers", tiersLine(tierTable)],
    ...(notes.length === 0 ? [] : [["notes", `${whole(notes.length)}, in training.notes`]]),
  ];
}

function featuresOf(inputs: readonly InputColumn[]): string {
  const kinds = ["numeric", "categorical", "date"].flatMap((kind) => {
    const count = inputs.filter((input) => input.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return `${counted(inputs.length, "column")}: ${kinds.join(", ")}`;
}
