import { createRandom } from "../../src/random.js";
import type { Vectors } from "../../src/vectors/vectors.js";
import { categorical, numeric, vectorsOf } from "./vectors.js";

/** Vectors made by formula, with labels that depend on the first feature, on its being missing and on the category. */
export function noisyVectors(rowCount: number, seed: number): { vectors: Vectors; labels: Uint8Array } {
  const random = createRandom(seed, "noisy vectors");
  const x = Array.from({ length: rowCount }, () => (random.next() < 0.1 ? null : random.normal()));
  const y = Array.from({ length: rowCount }, () => Math.round(10 * random.next()) / 4);
  const codes = Array.from({ length: rowCount }, () => random.integer(8) - 1);
  const labels = Uint8Array.from(x, (value, row) => {
    const logOdds = (value ?? 1.2) * 0.9 - 0.8 + (codes[row] === 3 ? 1.5 : 0);
    return random.next() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  });
  const vectors = vectorsOf(
    numeric("x", x),
    numeric("y", y),
    categorical("plan", codes, ["a", "b", "c", "d", "e", "f"]),
  );
  return { vectors, labels };
}
