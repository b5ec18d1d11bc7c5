import type { BoostingSettings } from "../../src/classifiers/boosting/options.js";
import type { BinnedFeature } from "./binning.js";
import type { Constraints } from "./constraints.js";
import { type Bounds, leafValueOf, score, scoreAt } from "./gain.js";
import { addSums, NO_SUMS, type Sums, subtractSums } from "./sums.js";

/** A division of a node's rows by the bins of one feature. */
export interface Split {
  readonly feature: number;
  readonly gain: number;
  /** For numeric features the last bin that goes left; −1 for categories. */
  readonly lastLeftBin: number;
  /** For every bin whether it goes left, the missing bin included. */
  readonly goesLeft: readonly boolean[];
  readonly left: Sums;
  readonly right: Sums;
}

/** The node that is to be split. */
export interface Node {
  readonly sums: Sums;
  readonly bounds: Bounds;
}

/** What all searches of a tree share. */
export interface SearchRules {
  readonly settings: BoostingSettings;
  readonly constraints: Constraints;
  /** What one category gains by chance, over one degree of freedom of unweighted log loss. */
  readonly noise: number;
}

/** One way to divide the node. */
interface Candidate {
  readonly lastLeftBin: number;
  /** Whether a bin that the node has rows in goes left. */
  readonly goesLeft: (bin: number) => boolean;
  /** Of the left child. */
  readonly sums: Sums;
  /** Whether only missing values go right: such a division puts no two values in order. */
  readonly isOfMissing?: boolean;
}

/** Candidates in the order in which ties are decided, with what their gain is measured by. */
interface Candidates {
  readonly list: readonly Candidate[];
  /** L2 penalty of both children. */
  readonly childL2: number;
  /** What a split must gain to be made; taken off the gain. */
  readonly charge: number;
}

/** Up to this many categories in a node, each is tried against the rest. */
const MOST_ONE_VERSUS_REST = 4;
const LEAST_GAIN = 1e-9;

/**
 * The best division of a node by one feature, or undefined when none is allowed or gains anything.
 * Gain is `T(G_L)²/(H_L + λ) + T(G_R)²/(H_R + λ) − T(G)²/(H + λ)` (Chen & Guestrin 2016, eq. 7, without the half).
 * Of equal gains the first wins.
 * @param perBin the sums of the node's rows in each bin of the feature.
 */
export function findSplit(
  index: number,
  feature: BinnedFeature,
  perBin: readonly Sums[],
  node: Node,
  rules: SearchRules,
): Split | undefined {
  const present = [...perBin.keys()].filter((bin) => perBin[bin].rows > 0);
  const { list, childL2, charge } =
    feature.kind === "numeric"
      ? numericCandidates(feature, perBin, present, rules)
      : categoricalCandidates(perBin, present, node, rules);
  let best: Candidate | undefined;
  let bestGain = LEAST_GAIN;
  for (const candidate of list) {
    const gain = gainOf(candidate, node, childL2, index, rules);
    if (gain === undefined || !(gain - charge > bestGain)) continue;
    best = candidate;
    bestGain = gain - charge;
  }
  if (best === undefined) return undefined;
  const { lastLeftBin, sums: left } = best;
  const goesLeft = perBin.map(({ rows }, bin) => {
    // A value that the node has no rows of goes where its neighbours go; a category or missing follows the majority.
    const isValue = feature.kind === "numeric" && bin < feature.binCount - 1;
    return rows > 0 || isValue ? best.goesLeft(bin) : 2 * left.rows > node.sums.rows;
  });
  const right = subtractSums(node.sums, left);
  return { feature: index, gain: bestGain, lastLeftBin, goesLeft, left, right };
}

/** Every bin with rows as the last that goes left, each first with the missing values right, then left. */
function numericCandidates(
  feature: BinnedFeature,
  perBin: readonly Sums[],
  present: readonly number[],
  { settings }: SearchRules,
): Candidates {
  const missingBin = feature.binCount - 1;
  const missing = perBin[missingBin];
  const list: Candidate[] = [];
  const values = present.filter((bin) => bin !== missingBin);
  let sums = NO_SUMS;
  for (const lastPresent of values) {
    sums = addSums(sums, perBin[lastPresent]);
    // Where only missing values go right, values that the node has no rows of go with the others.
    const isOfMissing = missing.rows > 0 && lastPresent === values.at(-1);
    const lastLeftBin = isOfMissing ? missingBin - 1 : lastPresent;
    list.push({ lastLeftBin, goesLeft: (bin) => bin <= lastLeftBin, sums, isOfMissing });
    if (missing.rows === 0) continue;
    const goesLeft = (bin: number) => bin <= lastLeftBin || bin === missingBin;
    list.push({ lastLeftBin, goesLeft, sums: addSums(sums, missing) });
  }
  return { list, childL2: settings.l2, charge: 0 };
}

/** Missing is a category like others. */
function categoricalCandidates(
  perBin: readonly Sums[],
  present: readonly number[],
  node: Node,
  { settings, noise }: SearchRules,
): Candidates {
  const { l2, categoricalL2 } = settings;
  if (present.length <= MOST_ONE_VERSUS_REST) {
    return { list: present.map((bin) => groupOf([bin], perBin)), childL2: l2, charge: 0 };
  }
  // What ordering categories by pure noise would gain: each one's G²/H is then chi-square with one degree of freedom,
  // and the division by sign takes 2/π of their sum.
  const charge = (2 / Math.PI) * (present.length - 1) * noise;
  const list = orderedPrefixes(perBin, present, node, settings);
  return { list, childL2: l2 + categoricalL2, charge };
}

/**
 * Categories in the order of their mean gradient, shrunk to the node's: the best subset is a prefix of that order
 * (Fisher 1958). Candidates lie at least `minCategoryGroupRows` apart, so that a few rows alone never form a group.
 */
function orderedPrefixes(
  perBin: readonly Sums[],
  present: readonly number[],
  node: Node,
  { categoricalSmoothing, minCategoryGroupRows }: BoostingSettings,
): Candidate[] {
  const meanOfNode = node.sums.gradient / node.sums.hessian;
  const meanOf = (bin: number) => {
    const { gradient, hessian } = perBin[bin];
    const weight = hessian + categoricalSmoothing;
    // A category whose rows all have weight 0 carries no information.
    return weight > 0 ? (gradient + categoricalSmoothing * meanOfNode) / weight : meanOfNode;
  };
  const ordered = present.toSorted((a, b) => meanOf(a) - meanOf(b) || a - b);
  const candidates: Candidate[] = [];
  let rowsBefore = 0;
  for (let length = 1; length < ordered.length; length++) {
    const candidate = groupOf(ordered.slice(0, length), perBin);
    if (candidate.sums.rows - rowsBefore < minCategoryGroupRows) continue;
    if (node.sums.rows - candidate.sums.rows < minCategoryGroupRows) break;
    rowsBefore = candidate.sums.rows;
    candidates.push(candidate);
  }
  return candidates;
}

/** The division of some categories from the others. */
function groupOf(bins: readonly number[], perBin: readonly Sums[]): Candidate {
  const sums = bins.reduce((sum, bin) => addSums(sum, perBin[bin]), NO_SUMS);
  return { lastLeftBin: -1, goesLeft: (bin) => bins.includes(bin), sums };
}

/** What a division gains, undefined where a child would be too small or the order of values is not allowed. */
function gainOf(
  { sums: left, isOfMissing = false }: Candidate,
  node: Node,
  childL2: number,
  feature: number,
  { settings, constraints }: SearchRules,
): number | undefined {
  const { minChildRows, minChildWeight, l1, l2 } = settings;
  const right = subtractSums(node.sums, left);
  const children = [left, right];
  if (children.some(({ rows }) => rows < minChildRows)) return undefined;
  if (children.some(({ hessian }) => hessian < minChildWeight)) return undefined;
  const ofNode = { l1, l2 };
  const ofChild = { l1, l2: childL2 };
  if (!constraints.isMonotone) {
    return score(left, ofChild) + score(right, ofChild) - score(node.sums, ofNode);
  }
  const valueOfNode = leafValueOf(node.sums, ofNode, node.bounds);
  const [leftValue, rightValue] = children.map((child) => leafValueOf(child, ofChild, node.bounds));
  if (!isOfMissing && constraints.signs[feature] * (rightValue - leftValue) < 0) return undefined;
  return (
    scoreAt(leftValue, left, ofChild) +
    scoreAt(rightValue, right, ofChild) -
    scoreAt(valueOfNode, node.sums, ofNode)
  );
}
