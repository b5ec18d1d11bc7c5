import { FittedAdditive } from "../../classifiers/additive/fitted-additive.js";
import { shapeTables } from "../../classifiers/additive/shape-tables.js";
import type { FittedClassifier } from "../../classifiers/classifier.js";
import { WeightedAverage } from "../../classifiers/ensemble/weighted-average.js";
import { FittedLogistic } from "../../classifiers/logistic/fitted-logistic.js";
import { type LinearTerm, linearColumnNames } from "../../vectors/linear-design.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { AdditivePart, Coefficient, LogisticPart } from "./explanation.js";

/** A classifier that another one is or contains, with its weight in it. */
interface Member {
  readonly classifier: FittedClassifier;
  readonly weight: number;
}

/** Classifiers that are averaged, members of members included; those of weight 0 are left out. */
function membersOf(classifier: FittedClassifier, weight = 1): Member[] {
  if (!(classifier instanceof WeightedAverage)) return [{ classifier, weight }];
  const { members, weights } = classifier;
  return members.flatMap((member, m) => (weights[m] === 0 ? [] : membersOf(member, weight * weights[m])));
}

/** The shape functions of the additive models in a classifier. @param vectors whose features have the names of training. */
export function additiveParts(classifier: FittedClassifier, vectors: Vectors): AdditivePart[] {
  return membersOf(classifier).flatMap(({ classifier: model, weight }) => {
    if (!(model instanceof FittedAdditive)) return [];
    const shapes = shapeTables(model, vectors).map((shape) => ({
      ...shape,
      rows: shape.rows.map((row) => ({ ...row, from: finite(row.from), to: finite(row.to) })),
    }));
    const nameOf = (feature: number) => vectors.features[feature].name;
    const pairs = model
      .toJSON()
      .pairs.map(({ axes: [one, other] }) => [nameOf(one.feature), nameOf(other.feature)] as const);
    return [{ weight, shapes, pairs }];
  });
}

/** The coefficients of the logistic regressions in a classifier. */
export function logisticParts(classifier: FittedClassifier): LogisticPart[] {
  return membersOf(classifier).flatMap(({ classifier: model, weight }) => {
    if (!(model instanceof FittedLogistic)) return [];
    const { encoding, coefficients, intercept } = model.toJSON();
    const names = linearColumnNames(encoding);
    const found = encoding.terms.flatMap((term) =>
      columnsOf(term).map(
        (column): Coefficient => ({
          column: names[column],
          feature: term.name,
          coefficient: coefficients[column],
          perUnit: isLine(term, column) ? finite(coefficients[column] / term.deviation) : null,
        }),
      ),
    );
    found.sort((a, b) => Math.abs(b.coefficient) - Math.abs(a.coefficient));
    return [{ weight, intercept, coefficients: found }];
  });
}

/** Whether a column is a number that enters as a line and nothing else. */
function isLine(term: LinearTerm, column: number): term is Extract<LinearTerm, { kind: "numeric" }> {
  return term.kind === "numeric" && column === term.at && term.bends === undefined;
}

function columnsOf(term: LinearTerm): number[] {
  const own =
    term.kind === "numeric"
      ? [term.at, ...(term.bends?.basis.deviations.map((_, j) => (term.bends?.at ?? 0) + j) ?? [])]
      : [...term.levels.map((_, code) => term.at + code), term.otherAt];
  return [...own, term.missingAt].filter((column) => column >= 0);
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
