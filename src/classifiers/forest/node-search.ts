import type { Random } from "../../random.js";
import type { BinnedFeature } from "../../trees/binning/binned-feature.js";
import type { NodeSearch } from "../../trees/growing/grower.js";
import type { GrowingSettings } from "../../trees/growing/settings.js";
import type { BinSums, FoundSplit, NodeSums, SplitSearch } from "../../trees/growing/split-search.js";

const UNBOUNDED = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

/** The best split over a few features drawn for each node; where none of them can split it, over the others. */
export function randomForestSearch(
  search: SplitSearch,
  featureCount: number,
  perSplit: number,
  random: Random,
): NodeSearch {
  return (slot) => {
    const drawn = drawFeatures(featureCount, perSplit, random);
    const mask = new Uint8Array(featureCount);
    for (let i = 0; i < perSplit; i++) mask[drawn[i]] = 1;
    const found = search.find(slot, mask, UNBOUNDED);
    if (found.split !== undefined || perSplit === featureCount) return found;
    return search.find(
      slot,
      mask.map((isDrawn) => 1 - isDrawn),
      UNBOUNDED,
    );
  };
}

/** One random cut of each of a few features drawn for each node, the best of them; constant ones do not count. */
export function extraTreesSearch(
  search: SplitSearch,
  features: readonly BinnedFeature[],
  settings: GrowingSettings,
  perSplit: number,
  random: Random,
): NodeSearch {
  return (slot) => {
    const left = Int32Array.from({ length: features.length }, (_, f) => f);
    let sums: NodeSums | undefined;
    let best: FoundSplit | undefined;
    let seen = 0;
    for (let i = 0; i < left.length && seen < perSplit; i++) {
      const feature = drawNext(left, i, random);
      const bins = search.binsOf(slot, feature);
      sums ??= sumsOf(bins, undefined, settings);
      const occupied = occupiedBins(bins);
      if (occupied.length < 2) continue;
      seen++;
      const split = randomCut(feature, features[feature], bins, occupied, sums, settings, random);
      if (split !== undefined && (best === undefined || split.gain > best.gain)) best = split;
    }
    return { split: best, sums: sums as NodeSums };
  };
}

/** A random permutation's first entries (Fisher & Yates, as far as needed). */
function drawFeatures(count: number, wanted: number, random: Random): Int32Array {
  const features = Int32Array.from({ length: count }, (_, f) => f);
  for (let i = 0; i < wanted; i++) drawNext(features, i, random);
  return features;
}

/** Draws one of the features from place `i` on, which changes places with the one there. */
function drawNext(features: Int32Array, i: number, random: Random): number {
  const j = i + random.integer(features.length - i);
  const drawn = features[j];
  features[j] = features[i];
  features[i] = drawn;
  return drawn;
}

function occupiedBins({ rows }: BinSums): number[] {
  const occupied: number[] = [];
  for (let b = 0; b < rows.length; b++) if (rows[b] > 0) occupied.push(b);
  return occupied;
}

function randomCut(
  position: number,
  feature: BinnedFeature,
  bins: BinSums,
  occupied: readonly number[],
  node: NodeSums,
  settings: GrowingSettings,
  random: Random,
): FoundSplit | undefined {
  const isCategorical = feature.kind === "categorical";
  const goesLeft = new Uint8Array(feature.binCount);
  let lastLeftBin = -1;
  if (isCategorical) for (const b of occupied) goesLeft[b] = random.next() < 0.5 ? 1 : 0;
  else {
    // A missing value goes to a random side; with only one other value, the two are separated.
    const hasMissing = feature.missingBin >= 0 && occupied.at(-1) === feature.missingBin;
    const lowest = occupied[0];
    const highest = occupied[occupied.length - (hasMissing ? 2 : 1)];
    const range = highest - lowest;
    lastLeftBin = range === 0 ? lowest : lowest + random.integer(range);
    for (let b = 0; b <= lastLeftBin; b++) goesLeft[b] = 1;
    if (hasMissing && range > 0 && random.next() < 0.5) goesLeft[feature.missingBin] = 1;
    // Only missing values go right: every finite one is below the threshold.
    if (range === 0) lastLeftBin = feature.cuts.length;
    if (range === 0)
      for (let b = 0; b < feature.binCount; b++) goesLeft[b] = b === feature.missingBin ? 0 : 1;
  }
  const left = sumsOf(bins, goesLeft, settings);
  const right = difference(node, left, settings);
  if (Math.min(left.rows, right.rows) < settings.minChildRows) return undefined;
  const gain = scoreOf(left, settings) + scoreOf(right, settings) - scoreOf(node, settings);
  if (!(gain > 1e-9)) return undefined;
  const majorityLeft = 2 * left.rows > node.rows;
  return { gain, feature: position, lastLeftBin, goesLeft, majorityLeft, left, right };
}

/** Sums over the bins that go left, or over all. */
function sumsOf(
  { gradients, hessians, rows }: BinSums,
  goesLeft: Uint8Array | undefined,
  settings: GrowingSettings,
): NodeSums {
  let gradient = 0;
  let hessian = 0;
  let count = 0;
  for (let b = 0; b < rows.length; b++) {
    if (goesLeft !== undefined && goesLeft[b] === 0) continue;
    gradient += gradients[b];
    hessian += hessians[b];
    count += rows[b];
  }
  return { gradient, hessian, rows: count, value: -gradient / (hessian + settings.l2) };
}

function difference(node: NodeSums, left: NodeSums, settings: GrowingSettings): NodeSums {
  const gradient = node.gradient - left.gradient;
  const hessian = node.hessian - left.hessian;
  return { gradient, hessian, rows: node.rows - left.rows, value: -gradient / (hessian + settings.l2) };
}

function scoreOf({ gradient, hessian }: NodeSums, { l2 }: GrowingSettings): number {
  return gradient ** 2 / (hessian + l2);
}
