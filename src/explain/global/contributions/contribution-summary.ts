import type { BackgroundRows, Explainer } from "../../../classifiers/explainer.js";
import { HoldfastError } from "../../../errors.js";
import { weightedMean } from "../../../metrics/sample/weighted-mean.js";
import type { Pulse } from "../../../progress.js";
import { RisingValues } from "../../../vectors/rising-values.js";
import { copyRows, type Feature } from "../../../vectors/vectors.js";
import { syntheticRows } from "../../synthetic-rows.js";
import { valuesOf } from "../changed-inputs.js";
import { sampleOfRows } from "../draw-rows.js";
import type { ContributionBand, ContributionSummary, FeatureContributions } from "../explanation.js";
import type { Family } from "../families.js";
import { type ExplainedRows, type Subject, weightsOf } from "../subject.js";
import { levelBands, numberBands, type ValueBand } from "./value-bands.js";

/** Rows that are explained between two looks at the signal. */
const ROWS_AT_ONCE = 32;
/** Rows of the table that others are compared with where the model does not know its training rows. */
const COMPARED_ROWS = 50;

/**
 * Contributions of all features to the margins of rows (Lundberg & Lee 2017), summed up by feature, value band and family.
 * @param most of the rows that are explained.
 */
export async function contributionSummary(
  subject: Subject,
  given: ExplainedRows,
  families: readonly Family[],
  { most, seed }: { readonly most: number; readonly seed: number },
  pulse: Pulse,
): Promise<ContributionSummary> {
  const rows = sampleOfRows(given, most, seed, "contributions");
  const { vectors, weights } = rows;
  const width = vectors.features.length;
  const { explainer, comparedWith } = explainerOf(subject, rows, seed);
  const columns = await contributionsOf(explainer, subject.spread(1) - subject.spread(0), rows, pulse);
  const features = vectors.features.map((feature, f) => ofFeature(subject, feature, f, columns[f], rows));
  return {
    rows: vectors.rowCount,
    baseValue: subject.spread(explainer.baseValue),
    comparedWith,
    features: features.sort((a, b) => b.meanAbsolute - a.meanAbsolute),
    families: families
      .map(({ name, positions }) => {
        const members = Array.from({ length: width }, (_, f) => f).filter((f) => isOf(subject, positions, f));
        const sums = Float64Array.from({ length: vectors.rowCount }, (_, row) =>
          members.reduce((sum, f) => sum + columns[f][row], 0),
        );
        return {
          name,
          features: members.map((f) => vectors.features[f].name),
          meanAbsolute: weightedMean(sums.map(Math.abs), weights),
        };
      })
      .sort((a, b) => b.meanAbsolute - a.meanAbsolute),
  };
}

/** A total is of the family that all of its parts are of. */
function isOf({ inputs, totals }: Subject, positions: readonly number[], feature: number): boolean {
  if (feature < inputs.length) return positions.includes(feature);
  return totals[feature - inputs.length].of.every((part) => positions.includes(part));
}

type Compared = Pick<ContributionSummary, "comparedWith"> & { readonly explainer: Explainer };

/** Compares with training rows where the model knows them, else with rows of the table. */
function explainerOf(subject: Subject, rows: ExplainedRows, seed: number): Compared {
  const { classifier, explainers, inputs, totals, reference } = subject;
  const { length: width } = rows.vectors.features;
  const synthetic = reference === null ? undefined : syntheticRows(inputs, totals, reference);
  const comparedWith = explainers.isSampled(classifier) ? "synthetic rows" : "training rows";
  try {
    return { explainer: explainers.of(classifier, width, undefined, synthetic), comparedWith };
  } catch (error) {
    if (!(error instanceof HoldfastError && error.code === "model.unexplained")) throw error;
    const background = rowsToCompareWith(sampleOfRows(rows, COMPARED_ROWS, seed, "compared rows"));
    return { explainer: explainers.of(classifier, width, background), comparedWith: "rows of the table" };
  }
}

function rowsToCompareWith({ vectors }: ExplainedRows): BackgroundRows {
  const width = vectors.features.length;
  const rows = new Float64Array(vectors.rowCount * width);
  copyRows(vectors, 0, vectors.rowCount, rows);
  return { rows, width };
}

/** The contributions of each feature, one per row. @param factor of the spread. */
async function contributionsOf(
  explainer: Explainer,
  factor: number,
  { vectors }: ExplainedRows,
  pulse: Pulse,
): Promise<Float64Array[]> {
  const { rowCount, features } = vectors;
  const width = features.length;
  const columns = features.map(() => new Float64Array(rowCount));
  for (let from = 0; from < rowCount; from += ROWS_AT_ONCE) {
    await pulse.beat();
    const to = Math.min(rowCount, from + ROWS_AT_ONCE);
    const rows = new Float64Array((to - from) * width);
    const into = new Float64Array(rows.length);
    copyRows(vectors, from, to, rows);
    explainer.add(rows, to - from, factor, into);
    for (let row = from, at = 0; row < to; row++)
      for (let f = 0; f < width; f++) columns[f][row] = into[at++];
    pulse.report({ phase: "contributions", done: to, total: rowCount });
  }
  return columns;
}

function ofFeature(
  { inputs }: Subject,
  feature: Feature,
  position: number,
  contributions: Float64Array,
  { vectors, weights }: ExplainedRows,
): FeatureContributions {
  const values = valuesOf(feature);
  const bands =
    feature.kind === "categorical"
      ? levelBands(values, feature.levels, weights)
      : numberBands(values, weights);
  const weightOf = weightsOf({ vectors, weights });
  const total = weightOf.reduce((sum, weight) => sum + weight, 0);
  return {
    feature: feature.name,
    kind: position < inputs.length ? inputs[position].kind : "numeric",
    isTotal: position >= inputs.length,
    meanAbsolute: weightedMean(contributions.map(Math.abs), weights),
    bands: bands.map((band) => ofBand(band, contributions, weightOf, total)),
  };
}

function ofBand(
  { from, to, level, rows }: ValueBand,
  contributions: Float64Array,
  weightOf: Float64Array,
  total: number,
): ContributionBand {
  const weights = Float64Array.from(rows, (row) => weightOf[row]);
  const values = Float64Array.from(rows, (row) => contributions[row]);
  const rising = RisingValues.of(values, weights);
  const at = (share: number) => rising.reaching(rising.total * share);
  return {
    from,
    to,
    level,
    rows: rows.length,
    share: rising.total / total,
    mean: weightedMean(values, weights),
    quantiles: {
      low: at(0.05),
      lowerQuartile: at(0.25),
      median: at(0.5),
      upperQuartile: at(0.75),
      high: at(0.95),
    },
  };
}
