import { createRandom } from "../../src/random.js";
import type { Vectors } from "../../src/vectors/vectors.js";
import { categorical, numeric, vectorsOf } from "./vectors.js";

/**
 * Rows whose log-odds are known: a sine of `x`, a step of `y`, a line of `z`, an effect of six plans, a product of `u` and
 * `v`, an uninformative column of 200 regions; `x` is missing in a tenth of the rows.
 */
export function smoothAndStepped(rowCount: number, seed: number) {
  const random = createRandom(seed, "smooth and stepped");
  const column = () => Array.from({ length: rowCount }, () => 2 * random.next() - 1);
  const [x, y, z, u, v] = [column(), column(), column(), column(), column()];
  const isMissing = Array.from({ length: rowCount }, () => random.next() < 0.1);
  const plan = Array.from({ length: rowCount }, () => random.integer(6));
  const area = Array.from({ length: rowCount }, () => random.integer(200));
  const logOdds = Float64Array.from(x, (_, row) => {
    const ofX = isMissing[row] ? 0.5 : Math.sin(3 * x[row]);
    return -1 + ofX + (y[row] > 0.3 ? 1 : 0) + z[row] + PLAN_EFFECTS[plan[row]] + 1.5 * u[row] * v[row];
  });
  const labels = Uint8Array.from(logOdds, (value) => (random.next() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
  const vectors: Vectors = vectorsOf(
    numeric(
      "x",
      x.map((value, row) => (isMissing[row] ? null : value)),
    ),
    numeric("y", y),
    numeric("z", z),
    numeric("u", u),
    numeric("v", v),
    categorical("plan", plan, ["a", "b", "c", "d", "e", "f"]),
    categorical(
      "area",
      area,
      Array.from({ length: 200 }, (_, i) => `A${i}`),
    ),
  );
  return { vectors, labels, logOdds };
}

const PLAN_EFFECTS = [-0.8, -0.3, 0, 0, 0.3, 0.8];

/** Mean log loss of log-odds. */
export function lossOf(margins: ArrayLike<number>, labels: ArrayLike<number>): number {
  let loss = 0;
  for (let row = 0; row < labels.length; row++) {
    const wrong = labels[row] === 1 ? -margins[row] : margins[row];
    loss += Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
  }
  return loss / labels.length;
}
