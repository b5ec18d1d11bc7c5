// The best division of a node by any of its features, from its histogram.
// Gain is T(G_L)²/(H_L + λ) + T(G_R)²/(H_R + λ) − T(G)²/(H + λ) with T(G) = sign(G) max(|G| − α, 0)
// (Chen & Guestrin 2016, eq. 7, without the half; α and λ are the L1 and L2 penalties).
// Longer than 300 lines: all of its functions share the globals that hold the state of the search.
import {
  binsOf,
  FEATURE_BYTES,
  hasMissingBin,
  isCategorical,
  monotoneSignOf,
  startOf,
} from "./feature-record";

/** Up to this many categories in a node, each is tried against the rest. */
const MOST_ONE_VERSUS_REST: usize = 4;
const LEAST_GAIN: f64 = 1e-9;

// What the search works on: set once per node, so that the loops below need few arguments.
let l1: f64 = 0;
let l2: f64 = 0;
let minChildWeight: f64 = 0;
let minChildRows: i64 = 0;
let gradientUnit: f64 = 0;
let hessianUnit: f64 = 0;
let countBits: i64 = 0;
let countMask: i64 = 0;
let isBounded: bool = false;
let lower: f64 = 0;
let upper: f64 = 0;
let nodeG: i64 = 0;
let nodeHC: i64 = 0;
let nodeScore: f64 = 0;

// The best so far.
let bestGain: f64 = 0;
let bestG: i64 = 0;
let bestHC: i64 = 0;

// A pair of sums is (G, HC): gradients, and hessians · 2^countBits + rows.
@inline
function gradientOf(g: i64): f64 {
  return <f64>g * gradientUnit;
}

@inline
function hessianOf(hc: i64): f64 {
  return <f64>(hc >> countBits) * hessianUnit;
}

@inline
function rowsOf(hc: i64): i64 {
  return hc & countMask;
}

@inline
function shrunk(g: f64): f64 {
  return g > l1 ? g - l1 : g < -l1 ? g + l1 : 0;
}

@inline
function score(g: f64, h: f64, penalty: f64): f64 {
  const t = shrunk(g);
  return (t * t) / (h + penalty);
}

@inline
function boundedValue(g: f64, h: f64, penalty: f64): f64 {
  const curvature = h + penalty;
  return min(max(curvature > 0 ? -shrunk(g) / curvature : 0, lower), upper);
}

/** Twice the reduction of the loss by a leaf with value w. */
@inline
function scoreAt(w: f64, g: f64, h: f64, penalty: f64): f64 {
  return -(2 * g * w + (h + penalty) * w * w + 2 * l1 * abs(w));
}

/**
 * Whether a / b + c / d, with a and c the squared sums, stays below a limit by more than rounding: found without the
 * divisions, which take most of the search's time. The L1 penalty only lowers what is compared.
 */
@inline
function cannotWin(gl: f64, left: f64, gr: f64, right: f64, limit: f64): bool {
  return (gl * gl * right + gr * gr * left) * 1.000001 < limit * left * right;
}

/** Whether a left child with these sums is allowed and gains more than any before; remembers it if so. */
@inline
function improves(g: i64, hc: i64, penalty: f64, sign: i32, charge: f64): bool {
  const rightHC = nodeHC - hc;
  if (rowsOf(hc) < minChildRows || rowsOf(rightHC) < minChildRows) return false;
  const h = hessianOf(hc);
  const rightH = hessianOf(rightHC);
  if (h < minChildWeight || rightH < minChildWeight) return false;
  const gl = gradientOf(g);
  const gr = gradientOf(nodeG - g);
  let gain: f64;
  if (isBounded) {
    const left = boundedValue(gl, h, penalty);
    const right = boundedValue(gr, rightH, penalty);
    if ((sign > 0 && left > right) || (sign < 0 && left < right)) return false;
    gain = scoreAt(left, gl, h, penalty) + scoreAt(right, gr, rightH, penalty) - nodeScore;
  } else {
    if (cannotWin(gl, h + penalty, gr, rightH + penalty, bestGain + charge + nodeScore)) return false;
    gain = score(gl, h, penalty) + score(gr, rightH, penalty) - nodeScore;
  }
  gain -= charge;
  if (!(gain > bestGain)) return false;
  bestGain = gain;
  bestG = g;
  bestHC = hc;
  return true;
}

// Offsets into the settings, in numbers of 8 bytes; src/trees/growing/split-search.ts writes them.
const L1 = 0;
const L2 = 8;
const MIN_CHILD_WEIGHT = 16;
const MIN_CHILD_ROWS = 24;
const CATEGORICAL_SMOOTHING = 32;
const CATEGORICAL_L2 = 40;
const MIN_CATEGORY_GROUP_ROWS = 48;
const NOISE = 56;
const GRADIENT_UNIT = 64;
const HESSIAN_UNIT = 72;
const COUNT_BITS = 80;
const IS_BOUNDED = 88;
const LOWER = 96;
const UPPER = 104;

// Offsets into the result.
const GAIN = 0;
const FEATURE = 8;
const LAST_LEFT_BIN = 16;
const LEFT = 24;
const RIGHT = 56;
const NODE = 88;
const GOES_LEFT = 120;

/**
 * Finds the best split of the node with this histogram.
 * @param allowed one byte a feature, 0 where the node may not split on it.
 * @param result receives the gain (0 when no split is allowed or gains), the feature, the last bin that goes left
 * (−1 for categories), then for the left child, the right one and the node: gradient, hessian, rows, value; then one
 * byte a bin: 1 where it goes left. A bin that the node has no rows in follows the majority.
 * @param scratch room for 256 numbers of 8 bytes and 256 of 4.
 */
export function findSplit(
  histogram: usize,
  features: usize,
  featureCount: i32,
  allowed: usize,
  settings: usize,
  result: usize,
  scratch: usize,
): void {
  l1 = load<f64>(settings, L1);
  l2 = load<f64>(settings, L2);
  minChildWeight = load<f64>(settings, MIN_CHILD_WEIGHT);
  minChildRows = <i64>load<f64>(settings, MIN_CHILD_ROWS);
  gradientUnit = load<f64>(settings, GRADIENT_UNIT);
  hessianUnit = load<f64>(settings, HESSIAN_UNIT);
  countBits = <i64>load<f64>(settings, COUNT_BITS);
  countMask = (<i64>1 << countBits) - 1;
  isBounded = load<f64>(settings, IS_BOUNDED) != 0;
  lower = load<f64>(settings, LOWER);
  upper = load<f64>(settings, UPPER);
  sumNode(histogram, binsOf(features));
  const g = gradientOf(nodeG);
  const h = hessianOf(nodeHC);
  nodeScore = isBounded ? scoreAt(boundedValue(g, h, l2), g, h, l2) : score(g, h, l2);
  bestGain = LEAST_GAIN;
  let best = -1;
  for (let f = 0; f < featureCount; f++, features += FEATURE_BYTES) {
    if (load<u8>(allowed + <usize>f) == 0) continue;
    const start = histogram + (startOf(features) << 4);
    const improved = isCategorical(features)
      ? searchCategories(start, binsOf(features), settings, result, scratch)
      : searchNumbers(start, binsOf(features), hasMissingBin(features), monotoneSignOf(features), result);
    if (improved) best = f;
  }
  storeSums(result + NODE, nodeG, nodeHC);
  if (best < 0) {
    store<f64>(result, 0, GAIN);
    return;
  }
  store<f64>(result, bestGain, GAIN);
  store<f64>(result, best, FEATURE);
  storeSums(result + LEFT, bestG, bestHC);
  storeSums(result + RIGHT, nodeG - bestG, nodeHC - bestHC);
}

function storeSums(to: usize, g: i64, hc: i64): void {
  const gradient = gradientOf(g);
  const hessian = hessianOf(hc);
  const curvature = hessian + l2;
  const value = curvature > 0 ? -shrunk(gradient) / curvature : 0;
  store<f64>(to, gradient);
  store<f64>(to, hessian, 8);
  store<f64>(to, <f64>rowsOf(hc), 16);
  store<f64>(to, isBounded ? min(max(value, lower), upper) : value, 24);
}

/** Every row of the node is in one bin of the first feature. */
function sumNode(bins: usize, count: usize): void {
  let sum = i64x2.splat(0);
  for (let end = bins + (count << 4); bins < end; bins += 16) sum = i64x2.add(sum, v128.load(bins));
  nodeG = i64x2.extract_lane(sum, 0);
  nodeHC = i64x2.extract_lane(sum, 1);
}

/** Scans the bins from the left once, with the missing values tried on either side. */
function searchNumbers(start: usize, bins: usize, hasMissingBin: bool, sign: i32, result: usize): bool {
  const last = hasMissingBin ? bins - 1 : bins;
  const missingG = hasMissingBin ? load<i64>(start + (last << 4)) : 0;
  const missingHC = hasMissingBin ? load<i64>(start + (last << 4), 8) : 0;
  const hasMissing = rowsOf(missingHC) > 0;
  let g: i64 = 0;
  let hc: i64 = 0;
  let bestBin: i32 = -1;
  let missingLeft = false;
  for (let bin: usize = 0; bin < last; bin++) {
    const at = start + (bin << 4);
    const binHC = load<i64>(at, 8);
    if (rowsOf(binHC) == 0) continue;
    g += load<i64>(at);
    hc += binHC;
    // Where only missing values go right, no two values are put in order, and values unseen here go with the others.
    const isOfMissing = hasMissing && rowsOf(hc) + rowsOf(missingHC) == rowsOf(nodeHC);
    if (improves(g, hc, l2, isOfMissing ? 0 : sign, 0)) {
      bestBin = isOfMissing ? <i32>last - 1 : <i32>bin;
      missingLeft = false;
    }
    if (hasMissing && improves(g + missingG, hc + missingHC, l2, sign, 0)) {
      bestBin = <i32>bin;
      missingLeft = true;
    }
  }
  if (bestBin < 0) return false;
  if (!hasMissing) missingLeft = isMajority(bestHC);
  const goesLeft = result + GOES_LEFT;
  memory.fill(goesLeft, 1, <usize>bestBin + 1);
  memory.fill(goesLeft + <usize>bestBin + 1, 0, last - <usize>bestBin - 1);
  if (hasMissingBin) store<u8>(goesLeft + last, missingLeft ? 1 : 0);
  store<f64>(result, <f64>bestBin, LAST_LEFT_BIN);
  return true;
}

@inline
function isMajority(leftHC: i64): bool {
  return 2 * rowsOf(leftHC) > rowsOf(nodeHC);
}

function searchCategories(start: usize, bins: usize, settings: usize, result: usize, scratch: usize): bool {
  // The bins that the node has rows in.
  const present = scratch + 2048;
  let count: usize = 0;
  for (let bin: usize = 0; bin < bins; bin++) {
    if (rowsOf(load<i64>(start + (bin << 4), 8)) == 0) continue;
    store<u32>(present + (count << 2), <u32>bin);
    count++;
  }
  if (count < 2) return false;
  const chosen =
    count <= MOST_ONE_VERSUS_REST
      ? oneVersusRest(start, present, count)
      : orderedPrefix(start, present, count, settings, scratch);
  if (chosen == 0) return false;
  const goesLeft = result + GOES_LEFT;
  memory.fill(goesLeft, isMajority(bestHC) ? 1 : 0, bins);
  for (let i: usize = 0; i < count; i++) {
    store<u8>(goesLeft + <usize>load<u32>(present + (i << 2)), i < chosen ? 1 : 0);
  }
  store<f64>(result, -1, LAST_LEFT_BIN);
  return true;
}

/** Brings the best category to the front of the list; returns how many go left: 1, or 0 for none. */
function oneVersusRest(start: usize, present: usize, count: usize): usize {
  let best = count;
  for (let i: usize = 0; i < count; i++) {
    const at = start + ((<usize>load<u32>(present + (i << 2))) << 4);
    if (improves(load<i64>(at), load<i64>(at, 8), l2, 0, 0)) best = i;
  }
  if (best == count) return 0;
  const bin = load<u32>(present + (best << 2));
  store<u32>(present + (best << 2), load<u32>(present));
  store<u32>(present, bin);
  return 1;
}

/**
 * Categories in the order of their mean gradient, shrunk to the node's: the best subset is a prefix of that order
 * (Fisher 1958). Candidates lie at least minCategoryGroupRows apart, so that a few rows alone never form a group.
 * Sorts the list and returns how many of it go left, 0 for none.
 *
 * A split must gain more than ordering by pure noise would: where a category carries no information its G²/H is
 * chi-square with one degree of freedom, and dividing k of them by sign takes 2/π of their sum. Without this charge,
 * features with many categories win splits by their number of categories alone.
 */
function orderedPrefix(start: usize, present: usize, count: usize, settings: usize, scores: usize): usize {
  const smoothing = load<f64>(settings, CATEGORICAL_SMOOTHING);
  const minGroupRows = <i64>load<f64>(settings, MIN_CATEGORY_GROUP_ROWS);
  sortByScore(start, present, count, smoothing, scores);
  const chance = (2 / Math.PI) * <f64>(count - 1) * load<f64>(settings, NOISE);
  const penalty = l2 + load<f64>(settings, CATEGORICAL_L2);
  let g: i64 = 0;
  let hc: i64 = 0;
  let rowsSinceCandidate: i64 = 0;
  let best: usize = 0;
  for (let i: usize = 0; i < count - 1; i++) {
    const at = start + ((<usize>load<u32>(present + (i << 2))) << 4);
    const binHC = load<i64>(at, 8);
    g += load<i64>(at);
    hc += binHC;
    rowsSinceCandidate += rowsOf(binHC);
    if (rowsSinceCandidate < minGroupRows) continue;
    if (rowsOf(nodeHC - hc) < minGroupRows) break;
    rowsSinceCandidate = 0;
    if (improves(g, hc, penalty, 0, chance)) best = i + 1;
  }
  return best;
}

/** Insertion sort, stable: equal scores keep the order of the bins. Categories are few. */
function sortByScore(start: usize, present: usize, count: usize, smoothing: f64, scores: usize): void {
  const mean = gradientOf(nodeG) / hessianOf(nodeHC);
  for (let i: usize = 0; i < count; i++) {
    const bin = load<u32>(present + (i << 2));
    const at = start + ((<usize>bin) << 4);
    const weight = hessianOf(load<i64>(at, 8)) + smoothing;
    // A category whose rows all have weight 0 carries no information.
    const value = weight > 0 ? (gradientOf(load<i64>(at)) + smoothing * mean) / weight : mean;
    let to = i;
    for (; to > 0 && load<f64>(scores + ((to - 1) << 3)) > value; to--) {
      store<f64>(scores + (to << 3), load<f64>(scores + ((to - 1) << 3)));
      store<u32>(present + (to << 2), load<u32>(present + ((to - 1) << 2)));
    }
    store<f64>(scores + (to << 3), value);
    store<u32>(present + (to << 2), bin);
  }
}
