/** A numeric feature; missing = NaN, infinities never occur. */
export interface NumericFeature {
  readonly kind: "numeric";
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * A categorical feature: code 0 … levels.length − 1 for the levels learnt in training, levels.length for *other*
 * (rare in training, or not seen there), −1 for missing.
 */
export interface CategoricalFeature {
  readonly kind: "categorical";
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** One feature of {@link Vectors}, numeric or categorical. */
export type Feature = NumericFeature | CategoricalFeature;

/** A classifier's input: feature columns of equal length, in the order the vectorizer learnt. */
export interface Vectors {
  readonly rowCount: number;
  readonly features: readonly Feature[];
}

/** One row of {@link Vectors} as numbers: values, codes as numbers, NaN for missing of either kind. */
export type RowVector = Float64Array;

/** Copies rows `from … to − 1` row by row into `target` (row-major, `features.length` numbers a row). */
export function copyRows(vectors: Vectors, from: number, to: number, target: Float64Array): void {
  const width = vectors.features.length;
  for (let f = 0; f < width; f++) {
    const feature = vectors.features[f];
    if (feature.kind === "numeric") {
      for (let row = from, at = f; row < to; row++, at += width) target[at] = feature.values[row];
    } else {
      for (let row = from, at = f; row < to; row++, at += width) {
        const code = feature.codes[row];
        target[at] = code < 0 ? Number.NaN : code;
      }
    }
  }
}

/** Vectors of some rows, in that order. */
export function takeVectorRows({ features }: Vectors, rows: Int32Array): Vectors {
  return {
    rowCount: rows.length,
    features: features.map((feature) =>
      feature.kind === "numeric"
        ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row]) }
        : { ...feature, codes: Int32Array.from(rows, (row) => feature.codes[row]) },
    ),
  };
}
