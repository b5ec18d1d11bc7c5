import { Explainers } from "../../../src/classifiers/explainers.js";
import type { Subject } from "../../../src/explain/global/subject.js";
import { Pulse } from "../../../src/progress.js";
import type { Total } from "../../../src/vectors/totals.js";
import type { Feature, RowVector, Vectors } from "../../../src/vectors/vectors.js";
import { rowOf } from "../../support/vectors.js";

export const PULSE = new Pulse();
const EXPLAINERS = await Explainers.load();

/** A model whose margin is a formula of the values of a row, and whose probabilities are not calibrated further. */
export function formulaModel(
  features: readonly Feature[],
  formula: (row: RowVector) => number,
  totals: readonly Total[] = [],
): Subject {
  const inputs = features.slice(0, features.length - totals.length).map((feature) =>
    feature.kind === "numeric"
      ? ({ name: feature.name, kind: "numeric", missingSeen: true } as const)
      : ({
          name: feature.name,
          kind: "categorical",
          missingSeen: true,
          levels: feature.levels,
          rareLevels: [],
        } as const),
  );
  return {
    inputs,
    totals,
    classifier: {
      margin: (vectors: Vectors) =>
        Float64Array.from({ length: vectors.rowCount }, (_, row) => formula(rowOf(vectors, row))),
      marginOf: formula,
      toJSON: () => ({ family: "formula" }),
    },
    explainers: EXPLAINERS,
    reference: null,
    spread: (margin) => margin,
    probabilityOf: (margin) => 1 / (1 + Math.exp(-margin)),
  };
}
