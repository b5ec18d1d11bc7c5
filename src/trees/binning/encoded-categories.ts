import type { Feature, Vectors } from "../../vectors/vectors.js";
import type { Tree } from "../tree.js";
import { type StatisticRows, targetStatistics } from "./target-statistics.js";

/** Vectors whose categories of many levels are numbers. */
export interface EncodedVectors {
  readonly vectors: Vectors;
  /** The statistic of each code, by the position of the feature. */
  readonly ofCode: ReadonlyMap<number, Float64Array>;
}

/** Positions of the categorical features with more levels than that. */
export function featuresOfManyLevels({ features }: Vectors, nativeLevels: number): number[] {
  return features.flatMap((feature, f) =>
    feature.kind === "categorical" && feature.levels.length > nativeLevels ? [f] : [],
  );
}

export function encodeCategories(
  vectors: Vectors,
  positions: readonly number[],
  rows: StatisticRows,
): EncodedVectors {
  const ofCode = new Map<number, Float64Array>();
  const features = vectors.features.map((feature, f): Feature => {
    if (feature.kind !== "categorical" || !positions.includes(f)) return feature;
    const statistics = targetStatistics(feature, rows);
    ofCode.set(f, statistics.ofCode);
    return { kind: "numeric", name: feature.name, values: statistics.values };
  });
  return { vectors: { rowCount: vectors.rowCount, features }, ofCode };
}

/** The same tree over codes: a threshold of statistics becomes the set of codes whose statistic is at most that. */
export function decodeTree(tree: Tree, ofCode: EncodedVectors["ofCode"]): Tree {
  if (!tree.feature.some((feature) => ofCode.has(feature))) return tree;
  return {
    ...tree,
    threshold: tree.threshold.map((threshold, node) => (ofCode.has(tree.feature[node]) ? null : threshold)),
    leftCodes: tree.leftCodes.map((codes, node) => {
      const statistics = ofCode.get(tree.feature[node]);
      const threshold = tree.threshold[node];
      if (statistics === undefined || threshold === null) return codes;
      return Array.from(statistics.keys()).filter((code) => statistics[code] <= threshold);
    }),
  };
}
