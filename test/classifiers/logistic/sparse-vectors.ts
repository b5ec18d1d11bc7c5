import { createRandom } from "../../../src/random.js";
import type { Vectors } from "../../../src/vectors/vectors.js";
import { numeric, vectorsOf } from "../../support/vectors.js";

/** Normal features x0, x1 …, of which only those of `effects` move the log-odds, from −2. */
export function sparseVectors(
  rowCount: number,
  featureCount: number,
  effects: Readonly<Record<string, number>>,
  seed: number,
): { vectors: Vectors; labels: Uint8Array } {
  const random = createRandom(seed, "sparse vectors");
  const columns = Array.from({ length: featureCount }, () =>
    Array.from({ length: rowCount }, () => random.normal()),
  );
  const labels = Uint8Array.from({ length: rowCount }, (_, row) => {
    const logOdds = columns.reduce((sum, column, j) => sum + (effects[`x${j}`] ?? 0) * column[row], -2);
    return random.next() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  });
  return { vectors: vectorsOf(...columns.map((column, j) => numeric(`x${j}`, column))), labels };
}
