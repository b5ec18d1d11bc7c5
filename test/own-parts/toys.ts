import { z } from "zod";
import type {
  Calibrator,
  CalibratorJson,
  Classifier,
  ClassifierFamily,
  ClassifierJson,
  FittedCalibrator,
  FittedClassifier,
  Folds,
  MetricDefinition,
  Vectors,
} from "../../src/index.js";

/** The margin of all rows below a threshold of one feature, tenure where there is one, and that of all others. */
interface StumpJson extends ClassifierJson {
  readonly family: "stump";
  readonly feature: number;
  readonly threshold: number;
  readonly below: number;
  readonly above: number;
}

function fittedStump(json: StumpJson): FittedClassifier {
  const marginAt = (value: number) => (value < json.threshold ? json.below : json.above);
  return {
    margin({ rowCount, features }) {
      const feature = features[json.feature];
      if (feature.kind !== "numeric") throw new Error("a stump reads numbers");
      return Float64Array.from({ length: rowCount }, (_, row) => marginAt(feature.values[row]));
    },
    marginOf: (row) => marginAt(row[json.feature]),
    toJSON: () => json,
  };
}

function learnStump({ features }: Vectors, labels: Uint8Array, weightOf: (row: number) => number): StumpJson {
  const tenure = features.findIndex(({ name }) => name === "tenure");
  const index = tenure >= 0 ? tenure : features.findIndex(({ kind }) => kind === "numeric");
  const feature = features[index];
  if (feature?.kind !== "numeric") throw new Error("a stump needs a number");
  const present = feature.values.filter((value, row) => !Number.isNaN(value) && weightOf(row) > 0).sort();
  const threshold = present[Math.floor(present.length / 2)];
  const logOdds = (isBelow: boolean) => {
    const counts = [1, 1];
    feature.values.forEach((value, row) => {
      if (value < threshold === isBelow) counts[labels[row]] += weightOf(row);
    });
    return Math.log(counts[1] / counts[0]);
  };
  return { family: "stump", feature: index, threshold, below: logOdds(true), above: logOdds(false) };
}

function stumpClassifier(): Classifier {
  return {
    name: "stump",
    fit: async (vectors, labels, { weights } = {}) =>
      fittedStump(learnStump(vectors, labels, (row) => weights?.[row] ?? 1)),
    async crossFit(vectors, labels, folds: Folds, { weights } = {}) {
      const models = Array.from({ length: folds.count }, (_, fold) =>
        fittedStump(
          learnStump(vectors, labels, (row) => (folds.of[row] === fold ? 0 : (weights?.[row] ?? 1))),
        ),
      );
      const margins = models.map((model) => model.margin(vectors));
      const outOfFoldMargins = Float64Array.from(folds.of, (fold, row) => margins[fold][row]);
      return { models, outOfFoldMargins, summary: "one question" };
    },
  };
}

/** A classifier family of the caller. */
export const stump: ClassifierFamily = {
  name: "stump",
  purpose: "one question about the first number",
  candidates: () => [stumpClassifier()],
  fromJson: (json) => fittedStump(json as StumpJson),
  file: async () => ({
    schema: z.strictObject({
      family: z.literal("stump"),
      feature: z.int().min(0),
      threshold: z.number(),
      below: z.number(),
      above: z.number(),
    }),
    check({ feature }, at, report, features) {
      if (features[Number(feature)]?.kind !== "numeric")
        report(`${at}.feature`, "must be the position of a number");
    },
  }),
  effortToRead: () => 1,
};

interface ShiftJson extends CalibratorJson {
  readonly method: "shift";
  readonly shift: number;
}

function fittedShift(json: ShiftJson): FittedCalibrator<ShiftJson> {
  return {
    probabilityOf: (margin) => 1 / (1 + Math.exp(-(margin + json.shift))),
    toJSON: () => json,
  };
}

/** A calibrator of the caller: moves margins until the mean probability is the churn rate, nearly. */
export const shift: Calibrator<ShiftJson> = {
  name: "shift",
  fit(margins, labels, weights) {
    const weightOf = (row: number) => weights?.[row] ?? 1;
    const rows = Array.from(labels, (_, row) => row);
    const total = rows.reduce((sum, row) => sum + weightOf(row), 0);
    const rate = rows.reduce((sum, row) => sum + weightOf(row) * labels[row], 0) / total;
    const meanMargin = rows.reduce((sum, row) => sum + weightOf(row) * margins[row], 0) / total;
    return fittedShift({ method: "shift", shift: Math.log(rate / (1 - rate)) - meanMargin });
  },
  fromJson: fittedShift,
  file: async () => ({ schema: z.strictObject({ method: z.literal("shift"), shift: z.number() }) }),
};

/** A metric of the caller. */
export const hitRate: MetricDefinition = {
  name: "hitRate",
  label: "hit rate at ½",
  better: "higher",
  value(labels, scores, { weights } = {}) {
    let hits = 0;
    let total = 0;
    for (let row = 0; row < labels.length; row++) {
      const weight = weights?.[row] ?? 1;
      total += weight;
      if (scores[row] >= 0.5 === (labels[row] === 1)) hits += weight;
    }
    return hits / total;
  },
};
