import { checkVectors } from "../../vectors/check-vectors.js";
import type { Feature, RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";
import { type Axis, binCountOf, binOf } from "./axis.js";

/** What one feature adds to the log-odds. */
export interface ShapeTerm {
  readonly axis: Axis;
  /** One per bin; their mean over the training rows is 0. */
  readonly effects: readonly number[];
  /** Standard errors of the effects; null for a single model, which has none. */
  readonly errors: readonly number[] | null;
  /** The share of training rows in each bin. */
  readonly shares: readonly number[];
}

/** What two features add together, beyond what each adds alone. */
export interface PairTerm {
  readonly axes: readonly [Axis, Axis];
  /** One per cell: the bins of the second axis within those of the first. */
  readonly effects: readonly number[];
}

/** The file form of an additive model. */
export interface AdditiveJson extends ClassifierJson {
  readonly family: "additive";
  readonly intercept: number;
  /** One for each feature, in their order. */
  readonly shapes: readonly ShapeTerm[];
  readonly pairs: readonly PairTerm[];
}

/** A trained additive model: log-odds are the intercept, plus an effect per feature, plus an effect per pair. */
export class FittedAdditive implements FittedClassifier {
  private readonly shapeEffects: readonly Float64Array[];
  private readonly pairEffects: readonly Float64Array[];
  private readonly widths: readonly number[];

  constructor(private readonly json: AdditiveJson) {
    this.shapeEffects = json.shapes.map(({ effects }) => Float64Array.from(effects));
    this.pairEffects = json.pairs.map(({ effects }) => Float64Array.from(effects));
    this.widths = json.pairs.map(({ axes }) => binCountOf(axes[1]));
  }

  margin(vectors: Vectors): Float64Array {
    checkVectors("margin", "vectors", vectors);
    const { shapes, pairs, intercept } = this.json;
    const margins = new Float64Array(vectors.rowCount).fill(intercept);
    shapes.forEach(({ axis }, s) => {
      const effects = this.shapeEffects[s];
      const valueAt = readerOf(vectors.features[axis.feature]);
      for (let row = 0; row < margins.length; row++) margins[row] += effects[binOf(axis, valueAt(row))];
    });
    pairs.forEach(({ axes: [first, second] }, p) => {
      const effects = this.pairEffects[p];
      const width = this.widths[p];
      const firstAt = readerOf(vectors.features[first.feature]);
      const secondAt = readerOf(vectors.features[second.feature]);
      for (let row = 0; row < margins.length; row++) {
        margins[row] += effects[binOf(first, firstAt(row)) * width + binOf(second, secondAt(row))];
      }
    });
    return margins;
  }

  marginOf(row: RowVector): number {
    const { shapes, pairs } = this.json;
    let margin = this.json.intercept;
    for (let s = 0; s < shapes.length; s++) {
      const { axis } = shapes[s];
      margin += this.shapeEffects[s][binOf(axis, row[axis.feature])];
    }
    for (let p = 0; p < pairs.length; p++) {
      const [first, second] = pairs[p].axes;
      const at = binOf(first, row[first.feature]) * this.widths[p] + binOf(second, row[second.feature]);
      margin += this.pairEffects[p][at];
    }
    return margin;
  }

  toJSON(): AdditiveJson {
    return this.json;
  }
}

/** A feature's value in a row, as {@link binOf} needs it. */
function readerOf(feature: Feature): (row: number) => number {
  if (feature.kind === "numeric") return (row) => feature.values[row];
  return (row) => (feature.codes[row] < 0 ? Number.NaN : feature.codes[row]);
}
