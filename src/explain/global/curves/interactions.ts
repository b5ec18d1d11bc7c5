import { weightedMean } from "../../../metrics/sample/weighted-mean.js";
import type { Pulse } from "../../../progress.js";
import { valuesOf } from "../changed-inputs.js";
import type { PairInteraction, PairInteractions } from "../explanation.js";
import type { ExplainedRows, Subject } from "../subject.js";
import { meanPredictions } from "./mean-predictions.js";

/** Mean squares below this share of the squared scale of the margins are rounding. */
const ROUNDING = 1e-20;

/**
 * The strength of interaction of pairs of inputs on the margin (Friedman & Popescu 2008, section 8.1, equation 44): how far the joint
 * partial dependence of two inputs is from the sum of their single ones, at the rows themselves and averaged over them.
 * It takes n² predictions per input and pair, so rows are few.
 */
export async function pairInteractions(
  subject: Subject,
  rows: ExplainedRows,
  positions: readonly number[],
  pulse: Pulse,
): Promise<PairInteractions> {
  const { vectors, weights } = rows;
  const pairs = positions.flatMap((first, i) =>
    positions.slice(i + 1).map((second) => [first, second] as const),
  );
  const total = positions.length + pairs.length;
  let done = 0;
  const dependenceOf = async (of: readonly number[]) => {
    const centred = await dependenceAtRows(subject, rows, of, pulse);
    done++;
    pulse.report({ phase: "interactions", done, total });
    return centred;
  };
  const single = new Map<number, Float64Array>();
  for (const position of positions) single.set(position, await dependenceOf([position]));
  const found: PairInteraction[] = [];
  for (const [first, second] of pairs) {
    const joint = await dependenceOf([first, second]);
    const one = single.get(first) as Float64Array;
    const other = single.get(second) as Float64Array;
    const beyond = weightedMean(
      joint.map((value, row) => (value - one[row] - other[row]) ** 2),
      weights,
    );
    const whole = weightedMean(
      joint.map((value) => value ** 2),
      weights,
    );
    const isNothing = whole <= ROUNDING;
    const isRounding = beyond <= ROUNDING * (1 + whole);
    found.push({
      inputs: [subject.inputs[first].name, subject.inputs[second].name],
      h: isNothing ? null : isRounding ? 0 : Math.sqrt(beyond / whole),
      strength: isRounding ? 0 : Math.sqrt(beyond),
    });
  }
  return {
    rows: vectors.rowCount,
    inputs: positions.map((position) => subject.inputs[position].name),
    pairs: found.sort((a, b) => b.strength - a.strength),
  };
}

/** Partial dependence at the values of each row, less its mean. Rows of the same values share a point. */
async function dependenceAtRows(
  subject: Subject,
  rows: ExplainedRows,
  positions: readonly number[],
  pulse: Pulse,
): Promise<Float64Array> {
  const columns = positions.map((position) => valuesOf(rows.vectors.features[position]));
  const pointOf = new Map<string, number>();
  const points: number[][] = [];
  const places = Int32Array.from({ length: rows.vectors.rowCount }, (_, row) => {
    const point = columns.map((values) => values[row]);
    const key = point.join();
    const known = pointOf.get(key) ?? points.length;
    if (known === points.length) {
      pointOf.set(key, known);
      points.push(point);
    }
    return known;
  });
  const means = await meanPredictions(subject, rows, positions, points, pulse);
  const at = Float64Array.from(places, (place) => means[place].margin);
  const mean = weightedMean(at, rows.weights);
  return at.map((value) => value - mean);
}
