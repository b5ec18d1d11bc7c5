import { type LinearDesign, type LinearEncoding, type LinearTerm, standardised } from "./linear-design.js";
import { evaluateBasis } from "./spline-basis.js";

/** More columns than any basis has; written and read within one call. */
const BENT = new Float64Array(16);

/** Digits of means: what is subtracted from contributions is added to the base value, to all bits. */
const DIGITS = 6;

/** What one term adds to the margin for a value: a number or a code, NaN for missing. */
export function termEffect(term: LinearTerm, coefficients: ArrayLike<number>, value: number): number {
  if (Number.isNaN(value)) return term.missingAt < 0 ? 0 : coefficients[term.missingAt];
  if (term.kind === "categorical") {
    if (value < term.levels.length) return coefficients[term.at + value];
    return term.otherAt < 0 ? 0 : coefficients[term.otherAt];
  }
  if (term.at < 0) return 0;
  const u = standardised(term, value);
  let effect = coefficients[term.at] * u;
  if (term.bends === undefined) return effect;
  const { at, basis } = term.bends;
  evaluateBasis(basis, u, BENT, 0);
  for (let j = 0; j < basis.deviations.length; j++) effect += coefficients[at + j] * BENT[j];
  return effect;
}

/** The mean effect of each term over the rows that the means of an encoding are of; undefined where it holds none. */
export function meanEffects(
  { terms, means }: LinearEncoding,
  coefficients: ArrayLike<number>,
): readonly number[] | undefined {
  if (means === undefined) return undefined;
  return terms.map((term) =>
    columnsOfTerm(term).reduce((sum, column) => sum + coefficients[column] * means[column], 0),
  );
}

/** An encoding with the means of its columns over the rows of a design. @param weights of the rows; default 1 each. */
export function withMeans(
  encoding: LinearEncoding,
  { rowCount, columnCount, slots, columns, values }: LinearDesign,
  weights?: Float64Array,
): LinearEncoding {
  const sums = new Float64Array(columnCount);
  let total = 0;
  for (let row = 0; row < rowCount; row++) {
    const weight = weights === undefined ? 1 : weights[row];
    total += weight;
    for (let at = row * slots; at < (row + 1) * slots; at++)
      if (columns[at] >= 0) sums[columns[at]] += weight * values[at];
  }
  return { ...encoding, means: Array.from(sums, (sum) => Number((sum / total).toPrecision(DIGITS))) };
}

function columnsOfTerm(term: LinearTerm): number[] {
  const rest = term.missingAt < 0 ? [] : [term.missingAt];
  if (term.kind === "categorical") {
    const levels = term.levels.map((_, code) => term.at + code);
    return [...levels, ...(term.otherAt < 0 ? [] : [term.otherAt]), ...rest];
  }
  const bends = term.bends?.basis.deviations.map((_, j) => (term.bends?.at ?? 0) + j) ?? [];
  return [...(term.at < 0 ? [] : [term.at]), ...bends, ...rest];
}
