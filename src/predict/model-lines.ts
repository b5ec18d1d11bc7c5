import { mainMetricCells, PRINTED_EVALUATION } from "../metrics/evaluation/evaluation-lines.js";
import type { TrainingReport } from "../model-file/churn/content.js";
import { alignedLines } from "../printing/aligned-lines.js";
import { counted, decimal, percent, whole } from "../printing/numbers.js";
import { type Printed, printAsText } from "../printing/print-as-text.js";
import { printable } from "../printing/printable.js";
import type { RichTable } from "../printing/rich-output.js";
import { PRINTED_TIERS, tiersTable } from "../tiers/summary/tiers-text.js";
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
  lines: (model) => [
    printable(headingOf(model)),
    ...alignedLines([["features", featuresOf(model.inputs)], ...reportCells(model.training)]),
  ],
  short: ({ training: { leaderboard, rows } }) =>
    `ChurnModel ${leaderboard[0].name}, ${counted(rows, "row")}`,
  parts: (model) => [
    headingOf(model),
    cellsTable([["features", featuresOf(model.inputs)], ...reportCells(model.training)]),
    tiersPart(model.training),
  ],
};

/** The same of the training report alone, with what else was trained. */
const PRINTED_TRAINING: Printed<TrainingReport> = {
  lines: (training) => [trainingHeading(training), ...alignedLines(reportCells(training))],
  short: ({ rows, leaderboard }) =>
    `Training on ${counted(rows, "row")}, ${counted(leaderboard.length, "candidate")}`,
  parts: (training) => [trainingHeading(training), cellsTable(reportCells(training)), tiersPart(training)],
};

/** A copy that prints as text, with its evaluation and tiers: content that was read from a file stays what it is. */
export function printedTraining(training: TrainingReport): TrainingReport {
  const evaluation = printAsText({ ...training.evaluation }, PRINTED_EVALUATION);
  const tierTable = printAsText([...training.tierTable], PRINTED_TIERS);
  return printAsText({ ...training, evaluation, tierTable }, PRINTED_TRAINING);
}

function headingOf({ training, label, weights }: PrintedModel): string {
  const weighted = weights === null ? "" : `, weighted by ${weights}`;
  return `ChurnModel trained on ${counted(training.rows, "row")}, churn rate ${percent(training.churnRate)} (${label.column} = ${label.positive}${weighted})`;
}

function trainingHeading({ rows, positives, churnRate }: TrainingReport): string {
  return `Training on ${counted(rows, "row")}: ${whole(positives)} churned, churn rate ${percent(churnRate)}`;
}

/** All but the tiers, which have a table. */
function cellsTable(cells: readonly string[][]): RichTable {
  return { head: ["", ""], rows: cells.filter(([name]) => name !== "tiers"), isRight: [false, false] };
}

function tiersPart({ tierTable }: TrainingReport): RichTable {
  return { caption: "Risk tiers, out of fold", ...tiersTable(tierTable) };
}

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
