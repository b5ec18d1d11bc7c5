import type { Vectors } from "../../src/vectors/vectors.js";
import { numeric, vectorsOf } from "./vectors.js";

/** The numeric features of vectors, rounded to few values: once with every third row's weight 2, once with it twice. */
export function weightedTwins(vectors: Vectors, labels: Uint8Array) {
  const rows = [...labels.keys()];
  const twice = [...rows, ...rows.filter((row) => row % 3 === 0)];
  const columns = vectors.features.flatMap((feature) =>
    feature.kind === "numeric" ? [{ name: feature.name, values: feature.values.map(rounded) }] : [],
  );
  const vectorsOfRows = (of: readonly number[]) =>
    vectorsOf(
      ...columns.map(({ name, values }) =>
        numeric(
          name,
          of.map((row) => (Number.isNaN(values[row]) ? null : values[row])),
        ),
      ),
    );
  return {
    vectors: vectorsOfRows(rows),
    weights: Float64Array.from(rows, (row) => (row % 3 === 0 ? 2 : 1)),
    repeated: vectorsOfRows(twice),
    repeatedLabels: Uint8Array.from(twice, (row) => labels[row]),
  };
}

function rounded(value: number): number {
  return Math.round(4 * value) / 4;
}
