import type { Feature, Vectors } from "../../src/vectors/vectors.js";

/** A numeric feature; null = missing. */
export function numeric(name: string, values: readonly (number | null)[]): Feature {
  return { kind: "numeric", name, values: Float64Array.from(values, (value) => value ?? Number.NaN) };
}

/** A categorical feature from codes; −1 = missing, `levels.length` = other. */
export function categorical(name: string, codes: readonly number[], levels: readonly string[]): Feature {
  return { kind: "categorical", name, codes: Int32Array.from(codes), levels };
}

export function vectorsOf(...features: Feature[]): Vectors {
  const [first] = features;
  return { rowCount: first.kind === "numeric" ? first.values.length : first.codes.length, features };
}

/** One row as a classifier's `marginOf` takes it. */
export function rowOf(vectors: Vectors, row: number): Float64Array {
  return Float64Array.from(vectors.features, (feature) => {
    if (feature.kind === "numeric") return feature.values[row];
    return feature.codes[row] < 0 ? Number.NaN : feature.codes[row];
  });
}
