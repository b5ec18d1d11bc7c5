import type { FittedClassifier } from "../../classifiers/classifier.js";
import type { Explainers } from "../../classifiers/explainers.js";
import type { InputColumn } from "../../vectors/input-column.js";
import type { ReferenceDistribution } from "../../vectors/reference-distribution.js";
import type { Total } from "../../vectors/totals.js";
import type { Vectors } from "../../vectors/vectors.js";

/** What is explained: a classifier on the inputs of a model and their totals, with what makes probabilities of its margins. */
export interface Subject {
  readonly inputs: readonly InputColumn[];
  readonly totals: readonly Total[];
  readonly classifier: FittedClassifier;
  readonly explainers: Explainers;
  /** The distribution of training rows; null in models of the first versions. */
  readonly reference: ReferenceDistribution | null;
  /** The margin that the calibrator takes, from the classifier's: a rising line. */
  spread(margin: number): number;
  /** The calibrated probability of a margin that was spread. */
  probabilityOf(margin: number): number;
}

/** The margins of rows, spread: those that a prediction is made of. */
export function marginsOf({ classifier, spread }: Subject, vectors: Vectors): Float64Array {
  return classifier.margin(vectors).map((margin) => spread(margin));
}

/** Rows that a model is explained by. */
export interface ExplainedRows {
  /** Features of the inputs, then those of the totals. */
  readonly vectors: Vectors;
  /** Above 0, one per row; undefined where all are equal. */
  readonly weights: Float64Array | undefined;
}

/** The weight of each row; 1 each where all are equal. */
export function weightsOf({ vectors, weights }: ExplainedRows): Float64Array {
  return weights ?? new Float64Array(vectors.rowCount).fill(1);
}
