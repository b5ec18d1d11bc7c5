import { vennAbers } from "../../calibration/venn-abers.js";
import type { ExplanationFacts } from "../../explain/facts/feature-facts.js";
import type { ModelContent, TrainingReport } from "../../model-file/churn/content.js";
import type { Extensions } from "../../model-file/extensions.js";
import { ChurnModel } from "../../predict/churn-model.js";
import { type CellFormat, formatOfKind } from "../../table/grammar/cell-format.js";
import { findColumn, type Table } from "../../table/table.js";
import { idFingerprints } from "../../vectors/fingerprints/id-fingerprints.js";
import { trainingFingerprints } from "../../vectors/fingerprints/training-fingerprints.js";
import { type ReferenceDistribution, referenceDistribution } from "../../vectors/reference-distribution.js";
import { packageVersion } from "../../version.js";
import { ownFamiliesOf } from "../families.js";
import type { TrainingRows } from "../rows/read-rows.js";
import type { KnownRoles } from "../train-options.js";
import { featureNotesOf } from "./feature-notes.js";
import { parityRows } from "./parity-rows.js";
import { type TrainingResult, trainingReport } from "./training-report.js";

/**
 * The model that results from a training: the content of its file, with the parity rows that check it when it is
 * loaded.
 */
export async function describeModel(
  table: Table,
  result: TrainingResult,
  options: KnownRoles,
): Promise<ChurnModel> {
  const { classifier = "auto", calibration } = options;
  const extensions: Extensions = {
    families: ownFamiliesOf(classifier),
    calibrators: typeof calibration === "object" ? [calibration] : [],
  };
  const unexplained = contentOf(table, result, options);
  const unchecked = {
    ...unexplained,
    explanation: await factsOf(table, result, unexplained.reference, options),
  };
  const model = new ChurnModel(unchecked, undefined, extensions);
  const parity = parityRows(unchecked, unchecked.reference).map((row) => ({
    row,
    probability: model.predictOne(row).probability,
  }));
  const trained = new ChurnModel(
    { ...unchecked, parity },
    result.choice.candidates.map(({ timing }) => timing),
    extensions,
  );
  return trained.readyToExplain();
}

/** What reasons are told by. */
async function factsOf(
  table: Table,
  { rows, choice, kept, foldsOfRepeats }: TrainingResult,
  reference: ReferenceDistribution,
  options: KnownRoles,
): Promise<ExplanationFacts> {
  const { vectors, labels, weights } = rows;
  // Loaded when used, as prediction needs none of it.
  const { explanationFacts } = await import("../../explain/facts/explanation-facts.js");
  return explanationFacts({
    vectors,
    labels: labels.values,
    weights,
    reference,
    foldModels: choice.candidates[0].foldModels,
    foldCount: foldsOfRepeats[0].count,
    spreadFactor: kept.spread.factor,
    notes: await featureNotesOf(table, options),
    families: ownFamiliesOf(options.classifier ?? "auto"),
  });
}

/** Everything except what reasons are told by, and the parity rows, which need a model that predicts. */
function contentOf(table: Table, result: TrainingResult, options: KnownRoles) {
  const { label, id, value, weights: weightColumn } = options;
  const { labels, vectorizer, vectors, weights } = result.rows;
  const { spread } = result.kept;
  const { classifier, margins, calibration } = result.choice.candidates[0];
  const { calibrator } = calibration;
  const { tiers, worth } = result.drawn;
  const training = trainingReport(table, result, options);
  return {
    holdfast: packageVersion(),
    label: { column: label, positive: labels.positive, negative: labels.negative },
    id: id ?? null,
    inputs: vectorizer.columns,
    columnOrder: namesInOrder(table, vectorizer.columns),
    totals: vectorizer.totals,
    classifier: classifier.toJSON(),
    spread,
    calibrator: calibrator.toJSON(),
    tiers,
    value: value ?? null,
    weights: weightColumn ?? null,
    readings: readingsOf(table, [value, weightColumn]),
    valueBands: worth?.bands ?? null,
    vennAbers: vennAbers(margins.outOfFold, labels.values, weights).toJSON(),
    reference: referenceDistribution(vectors, vectorizer.columns.length, result.kept.probabilities, weights),
    parity: [],
    fingerprints:
      options.fingerprints === false ? null : fingerprintsOf(table, result.rows, options, training),
    // In its place among the members, which are in the order of the schema.
    explanation: null as ExplanationFacts | null,
    training,
  } satisfies ModelContent;
}

function namesInOrder(table: Table, inputs: readonly { readonly name: string }[]): string[] {
  const names = new Set(inputs.map(({ name }) => name));
  return table.columns.flatMap(({ name }) => (names.has(name) ? [name] : []));
}

/** How the cells of columns of numbers that may be no inputs are written. */
function readingsOf(table: Table, names: readonly (string | undefined)[]): Record<string, CellFormat> {
  const readings = names.flatMap((name): [string, CellFormat][] => {
    const column = name === undefined ? undefined : findColumn(table, name);
    const format = formatOfKind(column?.reading?.format, "numeric");
    return name === undefined || format === undefined ? [] : [[name, format]];
  });
  return Object.fromEntries(readings);
}

/** By what evaluation recognises the training rows. */
function fingerprintsOf(
  table: Table,
  { labels, vectorizer, vectors }: TrainingRows,
  { id }: KnownRoles,
  { dataFingerprint }: TrainingReport,
) {
  const column = id === undefined ? undefined : findColumn(table, id);
  const features = vectors.features.slice(0, vectorizer.columns.length);
  const ids = column && idFingerprints(column, dataFingerprint);
  return trainingFingerprints({ features, labels: labels.values, ids }, dataFingerprint);
}
