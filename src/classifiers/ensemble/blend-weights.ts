import type { LinearDesign } from "../../vectors/linear-design.js";
import { solveLogistic } from "../logistic/solve.js";

/** Enough to keep the solution finite where members separate the labels. */
const LAMBDA = 1e-9;

/**
 * Weights for a blend of classifiers from their out-of-fold margins: logistic regression of the label on the margins
 * with coefficients that are not negative (Breiman 1996, stacked regressions), scaled to add up to 1; what scale they
 * had is for the calibrator to find. The most negative coefficient is taken out until none is left.
 * @param margins one array per member, one number per row.
 */
export function blendWeights(margins: readonly Float64Array[], labels: Uint8Array): number[] {
  const rows = Int32Array.from(labels.keys());
  let active = margins.map((_, member) => member);
  while (active.length > 1) {
    const design = designOf(active.map((member) => margins[member]));
    const coefficients = solveLogistic(
      design,
      labels,
      rows,
      { lambda: LAMBDA, l1Ratio: 0 },
      { tolerance: 1e-9 },
    );
    const worst = active.reduce((least, _, i) => (coefficients[i] < coefficients[least] ? i : least), 0);
    if (coefficients[worst] >= 0) return spread(margins.length, active, coefficients);
    active = active.filter((_, i) => i !== worst);
  }
  return spread(margins.length, active, Float64Array.of(1));
}

function spread(memberCount: number, active: readonly number[], coefficients: Float64Array): number[] {
  const total = active.reduce((sum, _, i) => sum + coefficients[i], 0);
  const weights = new Array<number>(memberCount).fill(0);
  active.forEach((member, i) => {
    weights[member] = total > 0 ? coefficients[i] / total : 1 / active.length;
  });
  return weights;
}

function designOf(margins: readonly Float64Array[]): LinearDesign {
  const slots = margins.length;
  const rowCount = margins[0].length;
  const columns = Int32Array.from({ length: rowCount * slots }, (_, at) => at % slots);
  const values = Float64Array.from(columns, (column, at) => margins[column][Math.floor(at / slots)]);
  return { rowCount, columnCount: slots, slots, columns, values };
}
