import { argumentProblem, HoldfastError, type Problem } from "../../../errors.js";
import type { EvaluationCurves } from "../../../metrics/evaluation/curves.js";
import { columnProblems, hintOf, isList, isObject } from "../../drawing/check-data.js";
import { nameOf } from "../../drawing/text.js";

/** A metric with its interval. */
export interface PlottedMetric {
  readonly value: number;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
}

/** What charts read of an evaluation: that of a model, or of `evaluateScores`. */
export interface EvaluatedCurves {
  readonly rows: number;
  /** The churn rate. */
  readonly baseRate?: number | undefined;
  readonly metrics?: { readonly [name: string]: PlottedMetric | null } | undefined;
  /** Those of `evaluate(…, { curves: true })`. */
  readonly curves?: EvaluationCurves | null | undefined;
}

/** Where a chart of curves takes them from: the curve, an evaluation, or several of either by name, to be drawn together. */
export type CurveSource<Points> =
  | Points
  | EvaluatedCurves
  | { readonly [name: string]: Points | EvaluatedCurves };

/** A curve that has been checked. */
export interface NamedCurve<Column extends string = string> {
  /** Null where there is only one. */
  readonly name: string | null;
  readonly columns: Readonly<Record<Column, ArrayLike<number>>>;
  /** Thresholds by point, where there are any. */
  readonly threshold: ArrayLike<number | null> | null;
  readonly evaluation: EvaluatedCurves | null;
}

/** How a kind of curve is read. */
export interface CurveReader<Column extends string> {
  readonly columns: readonly Column[];
  readonly ofCurves: (curves: EvaluationCurves) => object;
  /** What makes one, for the hint: `rocCurve(labels, scores)`. */
  readonly madeBy: string;
}

/** How many series are told apart. */
export const MOST_SERIES = 6;

/** The curves of a source. @throws HoldfastError where there are none, or where they hold what is no finite number. */
export function curvesOf<Column extends string>(
  functionName: string,
  source: unknown,
  reader: CurveReader<Column>,
): NamedCurve<Column>[] {
  if (isSource(source, reader)) return [curveOf(functionName, "source", null, source, reader)];
  const named = isObject(source) ? Object.entries(source) : [];
  if (named.length === 0 || !named.every(([, each]) => isSource(each, reader))) {
    const expected = `must be an evaluation with curves, what ${reader.madeBy} returns, or several of these by name`;
    const hint = hintOf(source) ?? hintOfModel(source);
    throw new HoldfastError(argumentProblem(functionName, "source", expected, source, hint));
  }
  if (named.length > MOST_SERIES) {
    const expected = `must be at most ${MOST_SERIES} by name, which is how many can be told apart`;
    throw new HoldfastError(argumentProblem(functionName, "source", expected, named.length));
  }
  return named.map(([name, each]) => curveOf(functionName, `source.${name}`, nameOf(name), each, reader));
}

function isSource<Column extends string>(value: unknown, { columns }: CurveReader<Column>): boolean {
  if (!isObject(value)) return false;
  return columns.every((name) => isList(value[name])) || isEvaluation(value);
}

function isEvaluation(value: Readonly<Record<string, unknown>>): boolean {
  return Number.isFinite(value.rows) && (isObject(value.curves) || isObject(value.metrics));
}

function curveOf<Column extends string>(
  functionName: string,
  argument: string,
  name: string | null,
  source: unknown,
  { columns, ofCurves }: CurveReader<Column>,
): NamedCurve<Column> {
  const given = source as Readonly<Record<string, unknown>>;
  const isBare = columns.every((column) => isList(given[column]));
  const evaluation = isBare ? null : (source as EvaluatedCurves);
  if (evaluation !== null && !isObject(evaluation.curves))
    throw new HoldfastError(withoutCurves(functionName, argument, evaluation));
  const points = (
    evaluation === null ? given : (ofCurves(evaluation.curves as EvaluationCurves) ?? {})
  ) as Readonly<Record<string, unknown>>;
  const lists = Object.fromEntries(columns.map((column) => [column, points[column] ?? []])) as Record<
    Column,
    ArrayLike<number>
  >;
  const problems = columnProblems(functionName, argument, lists);
  if (problems.length > 0) throw new HoldfastError(problems);
  const threshold = isList(points.threshold) ? (points.threshold as ArrayLike<number | null>) : null;
  return { name, columns: lists, threshold, evaluation };
}

function withoutCurves(functionName: string, argument: string, received: unknown): Problem {
  const hint = "evaluate with { curves: true }";
  return argumentProblem(functionName, argument, "must be an evaluation with curves", received, hint);
}

function hintOfModel(value: unknown): string | undefined {
  const isModel = isObject(value) && typeof value.evaluate === "function";
  return isModel ? "pass model.evaluate(table, { curves: true })" : undefined;
}
