import type { OptionNames } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import { factorCholesky, solveCholesky } from "../../math/cholesky.js";
import { normalCdf } from "../../math/normal-cdf.js";
import { normalQuantile } from "../../math/normal-quantile.js";
import { addLevelProblem } from "../../metrics/sample/level.js";
import {
  fitLinearEncoding,
  type LinearDesign,
  type LinearTerm,
  linearDesign,
} from "../../vectors/linear-design.js";
import type { Vectors } from "../../vectors/vectors.js";
import { checkFit } from "../check-fit.js";
import { checkBothOutcomes } from "../check-rows.js";
import { LogisticObjective } from "./objective.js";
import { solveLogistic } from "./solve.js";

/** Options of {@link oddsRatios}. */
export interface OddsRatioOptions {
  /**
   * L2 penalty on the scale of the mean log loss. Default 0: intervals of penalised coefficients cover their shrunk
   * values.
   */
  readonly lambda?: number;
  /** The weight of each row, ≥ 0; default 1 each. Whole weights are that many rows. */
  readonly weights?: Float64Array;
  /** Confidence of the intervals, in (0, 1). Default 0.95. */
  readonly level?: number;
}

const ODDS_RATIO_OPTIONS: OptionNames<OddsRatioOptions> = {
  lambda: "optional",
  weights: "optional",
  level: "optional",
};

/** The effect of one feature, or one of its levels, on the odds of churn, all else equal. */
export interface OddsRatio {
  readonly feature: string;
  /** A category, `"other"` or `"missing"`; null for a number. */
  readonly level: string | null;
  /** The category that it is compared with: the most frequent; null for a number and for its missing values. */
  readonly reference: string | null;
  /** Of the log-odds: per unit of the feature, or against the reference. */
  readonly coefficient: number;
  /** Null where the rows do not determine it: a level all of whose rows churned, collinear columns. */
  readonly standardError: number | null;
  /** Wald's z and its two-sided p-value. */
  readonly z: number | null;
  readonly pValue: number | null;
  /** exp(coefficient), with its interval. */
  readonly oddsRatio: number;
  readonly low: number | null;
  readonly high: number | null;
  /** The odds ratio of a step of one standard deviation; null for levels. */
  readonly perDeviation: number | null;
}

/** A coefficient or standard error beyond this counts as infinite. */
const UNDETERMINED = 1e3;

/**
 * Logistic regression as a readable table: odds ratios with Wald intervals from the inverse Hessian (Hosmer, Lemeshow &
 * Sturdivant 2013, chapter 2), in the units of the features, categories against their most frequent level. With a penalty
 * the covariance is `H_λ⁻¹ H H_λ⁻¹ / n` (le Cessie & van Houwelingen 1992).
 * @example oddsRatios(vectors, labels)[0] // { feature: "tenure", coefficient: -0.06, oddsRatio: 0.94, low: 0.93, … }
 * @throws HoldfastError for labels other than 0 and 1, labels of one class only, weights that are negative or all zero,
 * options out of their ranges, and for something else in the place of vectors.
 */
export function oddsRatios(
  vectors: Vectors,
  labels: Uint8Array,
  options: OddsRatioOptions = {},
): OddsRatio[] {
  checkFit("oddsRatios", { vectors, labels, options, optionNames: ODDS_RATIO_OPTIONS });
  const { lambda = 0, weights, level = 0.95 } = options;
  checkPenaltyAndLevel(lambda, level);
  checkBothOutcomes("oddsRatios", vectors.rowCount, labels, weights);
  const encoding = fitLinearEncoding(vectors, undefined, { weights });
  const references = encoding.terms.map((term, t) => referenceOf(term, vectors, t, weights));
  const { design, columnOf } = withoutReferences(linearDesign(encoding, vectors), references);
  const rows = Int32Array.from(labels.keys());
  const penalty = { lambda, l1Ratio: 0 };
  const parameters = solveLogistic(design, labels, rows, penalty, { weights });
  const errors = standardErrors(design, labels, rows, parameters, lambda, weights);
  const quantile = normalQuantile((1 + level) / 2);
  const tableRow = (
    term: LinearTerm,
    column: number,
    level: string | null,
    reference: string | null,
    deviation: number,
  ): OddsRatio => {
    const coefficient = parameters[columnOf[column]] / deviation;
    const error = errors[columnOf[column]] / deviation;
    const isDetermined = error * deviation < UNDETERMINED && Math.abs(coefficient * deviation) < UNDETERMINED;
    const z = coefficient / error;
    return {
      feature: term.name,
      level,
      reference,
      coefficient,
      standardError: isDetermined ? error : null,
      z: isDetermined ? z : null,
      pValue: isDetermined ? 2 * normalCdf(-Math.abs(z)) : null,
      oddsRatio: Math.exp(coefficient),
      low: isDetermined ? Math.exp(coefficient - quantile * error) : null,
      high: isDetermined ? Math.exp(coefficient + quantile * error) : null,
      perDeviation: level === null ? Math.exp(coefficient * deviation) : null,
    };
  };
  return encoding.terms.flatMap((term, t) => {
    const { reference, name } = references[t];
    if (term.kind === "numeric") {
      const own = term.at < 0 ? [] : [tableRow(term, term.at, null, null, term.deviation)];
      return term.missingAt < 0 ? own : [...own, tableRow(term, term.missingAt, "missing", null, 1)];
    }
    return columnsOf(term)
      .filter(({ column }) => column !== reference && columnOf[column] >= 0)
      .map(({ column, level }) => tableRow(term, column, level, name, 1));
  });
}

function checkPenaltyAndLevel(lambda: unknown, level: unknown): void {
  const problems = new Problems();
  if (!(typeof lambda === "number" && lambda >= 0 && lambda < Number.POSITIVE_INFINITY)) {
    problems.add(argumentProblem("oddsRatios", "lambda", "must be a finite number ≥ 0", lambda));
  }
  addLevelProblem(problems, "oddsRatios", level);
  problems.throwIfAny();
}

function columnsOf(term: Extract<LinearTerm, { kind: "categorical" }>): { column: number; level: string }[] {
  return [
    ...term.levels.map((level, code) => ({ column: term.at + code, level })),
    ...(term.otherAt >= 0 ? [{ column: term.otherAt, level: "other" }] : []),
    ...(term.missingAt >= 0 ? [{ column: term.missingAt, level: "missing" }] : []),
  ];
}

/** The column of a term's most frequent level; −1 for numbers. */
function referenceOf(
  term: LinearTerm,
  { features }: Vectors,
  position: number,
  weights: Float64Array | undefined,
): { reference: number; name: string } {
  const feature = features[position];
  if (term.kind === "numeric" || feature.kind === "numeric") return { reference: -1, name: "" };
  const counts = new Float64Array(term.levels.length + 2);
  feature.codes.forEach((code, row) => {
    counts[code < 0 ? term.levels.length + 1 : code] += weights === undefined ? 1 : weights[row];
  });
  const most = counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0));
  const column =
    most < term.levels.length ? term.at + most : most === term.levels.length ? term.otherAt : term.missingAt;
  return { reference: column, name: columnsOf(term).find((each) => each.column === column)?.level ?? "" };
}

/** The design without the reference columns and without empty columns, which nothing would determine. */
function withoutReferences(design: LinearDesign, references: readonly { reference: number }[]) {
  const isUsed = new Uint8Array(design.columnCount);
  for (const column of design.columns) if (column >= 0) isUsed[column] = 1;
  for (const { reference } of references) if (reference >= 0) isUsed[reference] = 0;
  let columnCount = 0;
  const columnOf = Int32Array.from(isUsed, (used) => (used === 1 ? columnCount++ : -1));
  const columns = design.columns.map((column) => (column < 0 ? -1 : columnOf[column]));
  return { design: { ...design, columns, columnCount, dense: 0 }, columnOf };
}

function standardErrors(
  design: LinearDesign,
  labels: Uint8Array,
  rows: Int32Array,
  parameters: Float64Array,
  lambda: number,
  weights: Float64Array | undefined,
): Float64Array {
  const objective = new LogisticObjective(design, labels, rows, weights);
  const { size } = objective;
  objective.loss(parameters);
  const hessian = new Float64Array(size * size);
  objective.hessian(hessian);
  const factor = hessian.slice();
  for (let j = 0; j < size - 1; j++) factor[j * size + j] += lambda;
  factorCholesky(factor, size);
  const total = weights === undefined ? rows.length : weights.reduce((sum, weight) => sum + weight, 0);
  const errors = new Float64Array(size);
  const unit = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    unit.fill(0);
    unit[j] = 1;
    solveCholesky(factor, size, unit);
    // The variance of one coefficient: uᵀ H u / n with u a column of the inverse; without a penalty u_j / n.
    let variance = 0;
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) variance += unit[a] * unit[b] * hessian[a * size + b] * (a === b ? 1 : 2);
    }
    const isDetermined = Number.isFinite(factor[j * size + j]) && variance > 0;
    errors[j] = isDetermined ? Math.sqrt(variance / total) : Number.POSITIVE_INFINITY;
  }
  return errors;
}
