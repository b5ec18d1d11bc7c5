import { z } from "zod";
import { count } from "../../errors.js";
import type { FileForm } from "../../file-form.js";
import { rises } from "../../math/rises.js";
import type { LinearTerm } from "../../vectors/linear-design.js";
import type { InputColumn } from "../../vectors/vectorizer.js";
import type { LogisticJson } from "./fitted-logistic.js";

const number = z.number();
const index = z.int();

const linearTerm = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("numeric"),
    name: z.string(),
    at: index,
    mean: number,
    deviation: number.min(0),
    missingAt: index,
    range: z.tuple([number, number]).optional(),
    bends: z
      .strictObject({
        at: index.min(0),
        basis: z.strictObject({
          kind: z.enum(["spline", "piecewise"]),
          knots: z.array(number).min(3).max(16),
          means: z.array(number).min(1).max(16),
          projections: z.array(z.array(number)),
          deviations: z.array(number.gt(0)),
        }),
      })
      .optional(),
  }),
  z.strictObject({
    kind: z.literal("categorical"),
    name: z.string(),
    at: index,
    levels: z.array(z.string()),
    otherAt: index,
    missingAt: index,
  }),
]);

/** What a model file may hold of a logistic regression. */
export const logisticForm: FileForm<LogisticJson, [readonly InputColumn[]]> = {
  schema: z.strictObject({
    family: z.literal("logistic"),
    lambda: number.min(0),
    l1Ratio: number.min(0).max(1),
    encoding: z.strictObject({
      terms: z.array(linearTerm),
      columnCount: index.min(0),
      means: z.array(number).optional(),
    }),
    intercept: number,
    coefficients: z.array(number),
  }),
  check({ encoding: { terms, columnCount, means }, coefficients }, at, report, features) {
    if (means !== undefined && means.length !== columnCount)
      report(`${at}.encoding.means`, `must have ${count(columnCount, "number")}`);
    if (coefficients.length !== columnCount)
      report(`${at}.coefficients`, `must have ${count(columnCount, "number")}`);
    if (terms.length !== features.length) {
      report(`${at}.encoding.terms`, `must have one per input, ${count(features.length, "input")}`);
      return;
    }
    terms.forEach((term, t) => {
      if (!isSoundTerm(term, features[t], columnCount))
        report(`${at}.encoding.terms.${t}`, "must fit its input and point to coefficients");
    });
  },
};

type NumericTerm = Extract<LinearTerm, { kind: "numeric" }>;

function isSoundTerm(term: LinearTerm, input: InputColumn, columnCount: number): boolean {
  const isColumn = (column: number) => column >= -1 && column < columnCount;
  if (!isColumn(term.at) && !(term.kind === "categorical" && term.levels.length === 0)) return false;
  if (!isColumn(term.missingAt)) return false;
  if (term.kind === "numeric") {
    const isValid =
      input.kind !== "categorical" &&
      (term.at < 0 || term.deviation > 0) &&
      (term.range === undefined || term.range[0] <= term.range[1]);
    return isValid && (term.bends === undefined || areValidBends(term.bends, columnCount));
  }
  return (
    input.kind === "categorical" &&
    term.levels.length === input.levels.length &&
    term.at >= 0 &&
    term.at + term.levels.length <= columnCount &&
    isColumn(term.otherAt)
  );
}

function areValidBends({ at, basis }: NonNullable<NumericTerm["bends"]>, columnCount: number): boolean {
  const { knots, means, projections, deviations, kind } = basis;
  const most = kind === "spline" ? knots.length - 2 : knots.length;
  return (
    rises(knots, true) &&
    deviations.length <= most &&
    means.length === deviations.length &&
    projections.length === deviations.length &&
    projections.every((shares, j) => shares.length === j + 1) &&
    at + deviations.length <= columnCount
  );
}
