import { sum, type Tally } from "../metrics/sample/tally.js";
import {
  type Calibrator,
  calibratorOf,
  type IntervalCalibrator,
  tallyMargins,
  type VennAbersJson,
} from "./calibrator.js";
import { FittedIsotonic } from "./isotonic.js";
import { isotonicWithChurner } from "./isotonic-with-churner.js";

/** How many margins a fitted calibrator keeps at most. */
const MOST_MARGINS = 1000;
/**
 * The first number of groups where margins are pooled, then half of it, and so on: 1,000 groups have at most 1,000
 * steps.
 */
const FINEST_GROUPS = 16 * MOST_MARGINS;

/**
 * Inductive Venn-Abers calibration (Vovk, Petej and Fedorova 2015): isotonic regression is fitted twice for every margin,
 * with a row of that margin added, once as a non-churner (p0) and once as a churner (p1). One of the two is perfectly
 * calibrated whatever the data, and the further they are apart, the less is known about such a margin. All of them are
 * computed in advance, in O(n), so that a prediction is one binary search.
 *
 * Where p0 and p1 have more than 1,000 steps, margins are first pooled into groups of equal weight (16,000, then half
 * that number until there are few enough steps), each at its mean: p0 and p1 become those of about one group further
 * down and up, and p0 ≤ p1 still holds.
 * @example vennAbers([2, 1, 0, -1], [1, 1, 0, 0]).intervalOf(0.5) // [0, 1]
 * @throws HoldfastError for lengths that differ, labels other than 0 and 1, margins that are not finite, weights that are
 * negative or all zero.
 */
export function vennAbers(
  margins: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): IntervalCalibrator<VennAbersJson> {
  return vennAbersOf(tallyMargins("vennAbers", margins, labels, weights));
}

/** {@link vennAbers} as a calibrator for training. */
export const vennAbersCalibrator: Calibrator<VennAbersJson> = calibratorOf({
  name: "venn-abers",
  functionName: "vennAbers",
  fitTally: vennAbersOf,
  fromJson: (json) => new FittedVennAbers(json),
  file: async () => (await import("./file-forms.js")).vennAbersForm,
});

export function vennAbersOf(tally: Tally): FittedVennAbers {
  let steps = stepsOf(tally);
  for (let groups = FINEST_GROUPS; steps.margins.length > MOST_MARGINS; groups /= 2) {
    steps = stepsOf(groupsOfEqualMass(tally, groups));
  }
  return new FittedVennAbers(steps);
}

export class FittedVennAbers implements IntervalCalibrator<VennAbersJson> {
  constructor(private readonly json: VennAbersJson) {}

  /** `[p0, p1]`: the probability if the row were a non-churner, and if it were a churner. */
  intervalOf(margin: number): readonly [low: number, high: number] {
    const { margins, p0, p1 } = this.json;
    // Counts the margins at or below.
    let count = 0;
    let end = margins.length;
    while (count < end) {
      const middle = (count + end) >>> 1;
      if (margins[middle] <= margin) count = middle + 1;
      else end = middle;
    }
    const isMet = count > 0 && margins[count - 1] === margin;
    const next = isMet ? count - 1 : count;
    return [count === 0 ? 0 : p0[count - 1], next === margins.length ? 1 : p1[next]];
  }

  /** p1 / (1 − p0 + p1), which minimises the maximum regret of log loss over the interval. */
  probabilityOf(margin: number): number {
    const [low, high] = this.intervalOf(margin);
    return high / (1 - low + high);
  }

  toJSON(): VennAbersJson {
    return this.json;
  }
}

/**
 * Isotonic regression as Venn-Abers prediction smooths it: straight lines between its probabilities at the margins
 * where they change. Better than isotonic regression itself, on simulated samples by half its excess log
 * loss and more, because the rate of a pool of few rows is not taken as certain.
 */
export function vennAbersKnotsOf(tally: Tally): FittedIsotonic {
  const fitted = vennAbersOf(tally);
  const { margins } = fitted.toJSON();
  const probabilities = margins.map((margin) => fitted.probabilityOf(margin));
  return new FittedIsotonic({ method: "isotonic", margins, probabilities });
}

/** p0 and p1 at the margins where either changes. */
function stepsOf({ scores, positives, negatives }: Tally): VennAbersJson {
  const count = scores.length;
  const rising = scores.toReversed();
  const asChurner = isotonicWithChurner(positives.toReversed(), negatives.toReversed());
  // Seen from the other end, others are churners: p0 is 1 − p1 of the mirror image.
  const asOther = isotonicWithChurner(negatives, positives);
  const p0 = asOther.mass.map((mass, i) => (mass - asOther.churned[i]) / mass).reverse();
  const p1 = asChurner.mass.map((mass, i) => asChurner.churned[i] / mass);
  // Enforced where fractional weights are rounded, although it holds in theory: both are increasing, and p0 ≤ p1.
  for (let i = 0; i < count; i++) {
    if (i > 0) p0[i] = Math.max(p0[i], p0[i - 1]);
    p1[i] = Math.max(p1[i], p0[i], i > 0 ? p1[i - 1] : 0);
  }
  // p0 changes at a margin, p1 right after it.
  const isStep = (_: number, i: number) =>
    p0[i] !== (i === 0 ? 0 : p0[i - 1]) || p1[i] !== (i === count - 1 ? 1 : p1[i + 1]);
  return {
    method: "venn-abers",
    margins: [...rising.filter(isStep)],
    p0: [...p0.filter(isStep)],
    p1: [...p1.filter(isStep)],
  };
}

/** Falling margins pooled to groups of about equal mass, each at its mean. */
function groupsOfEqualMass({ scores, positives, negatives, isWhole }: Tally, count: number): Tally {
  const total = sum(positives) + sum(negatives);
  const groups = { scores: [] as number[], positives: [] as number[], negatives: [] as number[] };
  let massBefore = 0;
  let group = -1;
  let groupMass = 0;
  for (let i = 0; i < scores.length; i++) {
    const mass = positives[i] + negatives[i];
    const groupOfMargin = Math.floor((count * massBefore) / total);
    if (groupOfMargin > group) {
      group = groupOfMargin;
      groupMass = 0;
      groups.scores.push(scores[i]);
      groups.positives.push(0);
      groups.negatives.push(0);
    }
    const at = groups.scores.length - 1;
    massBefore += mass;
    groupMass += mass;
    // Never below the lowest of them, even after rounding, so that the means of groups fall as their margins do.
    const centre = groups.scores[at];
    groups.scores[at] = Math.max(centre + (mass / groupMass) * (scores[i] - centre), scores[i]);
    groups.positives[at] += positives[i];
    groups.negatives[at] += negatives[i];
  }
  return {
    scores: Float64Array.from(groups.scores),
    positives: Float64Array.from(groups.positives),
    negatives: Float64Array.from(groups.negatives),
    isWhole,
  };
}
