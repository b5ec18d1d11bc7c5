import { platt } from "../../calibration/platt.js";
import type { FamilyRules } from "../../classifiers/family.js";
import { withoutGaps } from "../../vectors/column-roles/row-groups.js";
import { foldsFor, rowsOfFold } from "../../vectors/folds.js";
import { takeVectorRows, type Vectors } from "../../vectors/vectors.js";
import { type Configuration, classifierOf } from "./configuration.js";

/** The rows on which configurations are tried. */
export interface TuningProblem {
  readonly vectors: Vectors;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | undefined;
  /** A number per row; rows of one number share a fold. */
  readonly groups: Int32Array | undefined;
  readonly rules: FamilyRules;
  /** Folds of the cross-validation of each configuration. */
  readonly folds: number;
  readonly seed: number;
}

/** One configuration on a part of the rows. */
export interface Trial {
  readonly configuration: Configuration;
  /** The number of stratified parts of the rows, of which it sees one; 1: all rows. */
  readonly parts: number;
}

/** Mean held-out log loss of every fold, after Platt's line over all of them. */
export type FoldLosses = readonly number[];

/** Cross-fits a configuration on one of the parts of the rows. */
export async function evaluateConfiguration(
  { configuration, parts }: Trial,
  problem: TuningProblem,
  signal?: AbortSignal,
): Promise<FoldLosses> {
  const { vectors, labels, weights, groups } = partOf(problem, parts);
  const folds = foldsFor(
    { function: "tune", argument: "label" },
    labels,
    problem.folds,
    problem.seed,
    groups,
    "group",
  );
  const { outOfFoldMargins } = await classifierOf(configuration, problem.rules).crossFit(
    vectors,
    labels,
    folds,
    {
      seed: problem.seed,
      ...(weights === undefined ? {} : { weights }),
      rowsBelongTogether: groups !== undefined,
      threads: 1,
      signal,
    },
  );
  const line = platt().fit(outOfFoldMargins, labels, weights);
  const losses = Float64Array.from(outOfFoldMargins, (margin, row) => {
    const probability = line.probabilityOf(margin);
    return -Math.log(Math.max(labels[row] === 1 ? probability : 1 - probability, Number.MIN_VALUE));
  });
  return Array.from({ length: folds.count }, (_, fold) =>
    meanOfRows(losses, rowsOfFold(folds, fold), weights),
  );
}

/** 0 of rows without weight, where weightedMean of simple-statistics throws. */
function meanOfRows(values: Float64Array, rows: Int32Array, weights: Float64Array | undefined): number {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    const weight = weights?.[row] ?? 1;
    sum += weight * values[row];
    total += weight;
  }
  return total === 0 ? 0 : sum / total;
}

/** A stratified part of the rows that keeps groups whole. */
function partOf(
  problem: TuningProblem,
  parts: number,
): Pick<TuningProblem, "vectors" | "labels" | "weights" | "groups"> {
  if (parts === 1) return problem;
  const { vectors, labels, weights, groups, seed } = problem;
  const rows = rowsOfFold(foldsFor({ function: "tune", argument: "label" }, labels, parts, seed, groups), 0);
  return {
    vectors: takeVectorRows(vectors, rows),
    labels: Uint8Array.from(rows, (row) => labels[row]),
    weights: weights && Float64Array.from(rows, (row) => weights[row]),
    groups: groups && withoutGaps(rows, groups),
  };
}
