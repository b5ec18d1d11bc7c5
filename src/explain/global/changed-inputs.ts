import { totalAt } from "../../vectors/totals.js";
import type { Feature, NumericFeature, Vectors } from "../../vectors/vectors.js";
import type { Subject } from "./subject.js";

/**
 * Vectors in which some inputs have other values, as a table with these columns would have: totals are added up again from the
 * changed inputs.
 * @param changed features by the positions of the inputs that they take the place of.
 */
export function withInputs(
  { inputs, totals }: Pick<Subject, "inputs" | "totals">,
  { rowCount, features }: Vectors,
  changed: ReadonlyMap<number, Feature>,
): Vectors {
  const replaced = features.map((feature, position) => changed.get(position) ?? feature);
  totals.forEach(({ name, of }, t) => {
    if (!of.some((position) => changed.has(position))) return;
    const parts = of.map((position) => (replaced[position] as NumericFeature).values);
    const values = Float64Array.from({ length: rowCount }, (_, row) => totalAt(parts, row));
    replaced[inputs.length + t] = { kind: "numeric", name, values };
  });
  return { rowCount, features: replaced };
}

/** A feature with the values of other rows: row i has that of row `rows[i]`. */
export function ofRows(feature: Feature, rows: Int32Array): Feature {
  return feature.kind === "numeric"
    ? { ...feature, values: Float64Array.from(rows, (row) => feature.values[row]) }
    : { ...feature, codes: Int32Array.from(rows, (row) => feature.codes[row]) };
}

/** A feature with given values: numbers or codes, NaN for missing. */
export function withValues(feature: Feature, values: Float64Array): Feature {
  return feature.kind === "numeric"
    ? { ...feature, values }
    : { ...feature, codes: Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : value)) };
}

/** The values of a feature: numbers or codes, NaN for missing. */
export function valuesOf(feature: Feature): Float64Array {
  if (feature.kind === "numeric") return feature.values;
  return Float64Array.from(feature.codes, (code) => (code < 0 ? Number.NaN : code));
}
