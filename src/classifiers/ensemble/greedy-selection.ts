import { type OptionNames, optionProblems } from "../../arguments.js";
import { argumentProblem, invalidArgument, Problems } from "../../errors.js";
import { logistic, softplus } from "../../math/logistic.js";
import { listProblem } from "../../metrics/sample/number-list.js";
import { createRandom } from "../../random.js";
import { checkTrainingRows } from "../check-rows.js";

/** Options of {@link greedyWeights}. */
export interface SelectionOptions {
  /**
   * Number of bootstrap samples of rows (bags), each with a separate selection; their weights are averaged. Default 20.
   */
  readonly bags?: number;
  /** Members added in a bag, with repetition. Default 30. */
  readonly rounds?: number;
  /** Decides the bootstrap samples. Default 0. */
  readonly seed?: number;
  /** The weight of each row, ≥ 0; default 1 each. */
  readonly weights?: Float64Array | undefined;
}

const SELECTION_OPTIONS: OptionNames<SelectionOptions> = {
  bags: "optional",
  rounds: "optional",
  seed: "optional",
  weights: "optional",
};

/** Rows of a bag: more rows would cost more than they improve. */
const MOST_ROWS_OF_A_BAG = 20_000;
/** A bag ends after this many rounds without a better loss. */
const PATIENCE = 5;

/**
 * Weights for an ensemble by greedy selection with replacement (Caruana, Niculescu-Mizil, Crew & Ksikes 2004): starting
 * from nothing, the member whose addition to the average gives the least log loss is added repeatedly; the weights are
 * the members' shares in the average of the least loss. Losses are taken at the best scale of each average, since
 * averages are calibrated afterwards. The selection is repeated on bootstrap samples of the rows and averaged, so that
 * no member is included because of a few rows.
 * @param margins calibrated log-odds, one array per member, one number per row; preferably out-of-fold.
 * @returns a weight for each member, ≥ 0, with sum 1.
 * @throws HoldfastError when there is no member, for lengths that differ, labels other than 0 and 1, and options out of
 * their ranges.
 * @example greedyWeights([good, useless], labels) // [1, 0]
 */
export function greedyWeights(
  margins: readonly Float64Array[],
  labels: Uint8Array,
  options: SelectionOptions = {},
): number[] {
  checkSelection(margins, labels, options);
  const { bags = 20, rounds = 30, seed = 0, weights } = options;
  const total = new Array<number>(margins.length).fill(0);
  if (margins.length === 1 || labels.length === 0) return total.fill(1 / margins.length);
  const size = Math.min(labels.length, MOST_ROWS_OF_A_BAG);
  for (let bag = 0; bag < bags; bag++) {
    const random = createRandom(seed, "greedy selection", bag);
    const rows = Int32Array.from({ length: size }, () => random.integer(labels.length));
    // A churner's loss is that of a non-churner at the negated margin, so that signs are applied once.
    const signed = margins.map((ofMember) =>
      Float64Array.from(rows, (row) => (labels[row] === 1 ? -ofMember[row] : ofMember[row])),
    );
    const counts = selectOn(signed, weights && Float64Array.from(rows, (row) => weights[row]), rounds);
    const chosen = counts.reduce((sum, count) => sum + count, 0);
    counts.forEach((count, member) => {
      total[member] += count / chosen / bags;
    });
  }
  return total;
}

function checkSelection(margins: unknown, labels: ArrayLike<number>, options: SelectionOptions): void {
  const name = "greedyWeights";
  const problems = new Problems();
  const add = (argument: string, expected: string, received: unknown, hint?: string) =>
    problems.add(argumentProblem(name, argument, expected, received, hint));
  const wrongLabels = listProblem(name, "labels", labels);
  if (wrongLabels !== undefined) problems.add(wrongLabels);
  problems.add(...optionProblems(name, options, SELECTION_OPTIONS));
  if (!Array.isArray(margins) || margins.some((member) => typeof member === "number")) {
    const isMember = Array.isArray(margins) || ArrayBuffer.isView(margins);
    const hint = isMember ? "of a single member write [margins]" : undefined;
    add("margins", "must be a list of margins, one array per member", margins, hint);
    problems.throwIfAny();
  }
  const members = margins as readonly unknown[];
  if (members.length === 0) add("margins", "must have a member", members);
  members.forEach((member, m) => {
    const wrong = listProblem(name, `margins[${m}]`, member);
    const { length } = (member ?? []) as ArrayLike<number>;
    if (wrong !== undefined) problems.add(wrong);
    else if (wrongLabels === undefined && length !== labels.length) {
      add(`margins[${m}]`, `must have the length of labels, ${labels.length}`, length);
    }
  });
  problems.throwIfAny();
  checkSelectionValues(labels, options);
}

function checkSelectionValues(labels: ArrayLike<number>, options: SelectionOptions): void {
  const { bags = 20, rounds = 30, seed = 0, weights } = options;
  if (labels.length > 0) checkTrainingRows("greedyWeights", labels.length, labels, weights);
  for (const [argument, value] of Object.entries({ bags, rounds })) {
    if (Number.isInteger(value) && value >= 1) continue;
    invalidArgument("greedyWeights", argument, "must be a whole number ≥ 1", value);
  }
  if (!Number.isSafeInteger(seed)) invalidArgument("greedyWeights", "seed", "must be a whole number", seed);
}

/** How often each member is in the best average. */
function selectOn(
  signed: readonly Float64Array[],
  weights: Float64Array | undefined,
  rounds: number,
): number[] {
  const counts = signed.map(() => 0);
  const sum = new Float64Array(signed[0].length);
  let scale = 1;
  let best = { loss: Number.POSITIVE_INFINITY, round: 0, counts: counts.slice() };
  for (let round = 1; round <= rounds && round - best.round <= PATIENCE; round++) {
    const losses = signed.map((ofMember) => lossWith(sum, ofMember, scale / round, weights));
    const member = losses.indexOf(Math.min(...losses));
    counts[member]++;
    for (let i = 0; i < sum.length; i++) sum[i] += signed[member][i];
    scale = round * bestScale(sum, scale / round, weights);
    const loss = lossWith(sum, undefined, scale / round, weights);
    if (loss < best.loss) best = { loss, round, counts: counts.slice() };
  }
  return best.counts;
}

/** Total log loss of scaled margins whose sign is turned for churners, a member added where one is given. */
function lossWith(
  sum: Float64Array,
  member: Float64Array | undefined,
  scale: number,
  weights: Float64Array | undefined,
): number {
  let loss = 0;
  for (let i = 0; i < sum.length; i++) {
    const margin = (member === undefined ? sum[i] : sum[i] + member[i]) * scale;
    const ofRow = softplus(margin);
    loss += weights === undefined ? ofRow : weights[i] * ofRow;
  }
  return loss;
}

/** Newton steps towards the scale of least loss; the margins are not far from it. */
const SCALE_STEPS = 3;

/** Averages are less extreme than their members; calibration corrects that, and the selection must allow for it. */
function bestScale(sum: Float64Array, start: number, weights: Float64Array | undefined): number {
  let scale = start;
  for (let step = 0; step < SCALE_STEPS; step++) {
    let slope = 0;
    let curvature = 0;
    for (let i = 0; i < sum.length; i++) {
      const wrong = logistic(sum[i] * scale);
      const weight = weights === undefined ? 1 : weights[i];
      slope += weight * wrong * sum[i];
      curvature += weight * wrong * (1 - wrong) * sum[i] * sum[i];
    }
    if (!(curvature > 0)) break;
    // Bounded, so that the next step can return.
    scale = Math.min(Math.max(scale - slope / curvature, scale / 2), scale * 2);
  }
  return scale;
}
