import { invalidArgument } from "../../errors.js";
import { sum } from "../../metrics/sample/tally.js";
import type { Feature, Vectors } from "../../vectors/vectors.js";
import { type Axis, axisOf, binCountOf, binsOf, coarseAxisOf } from "./axis.js";
import type { AdditiveSettings } from "./options.js";

/** A feature's bins over all rows: made once for all folds, from values only. */
export interface PreparedTerm {
  readonly name: string;
  readonly axis: Axis;
  readonly binCount: number;
  readonly bins: Uint8Array | Uint16Array;
  readonly sign: 1 | -1 | 0;
  /** The coarse form for pairs; made when first needed. */
  readonly coarse: () => { readonly axis: Axis; readonly bins: Uint8Array | Uint16Array };
}

export interface PreparedTerms {
  readonly terms: readonly PreparedTerm[];
  /** Whether two features, by position, may form a pair. */
  readonly mayMeet: (first: number, second: number) => boolean;
}

/** Bins with fewer rows are joined with the next. */
const LEAST_ROWS_OF_A_BIN = 5;
/** Rows that a cell of a pair should hold on average. */
const ROWS_OF_A_CELL = 60;
const MOST_COARSE_BINS = 16;
const LEAST_COARSE_BINS = 3;

/**
 * @param weights of the rows, each counting as that many; default 1 each.
 * @throws HoldfastError for a rule that names no feature, or a monotone one that is categorical.
 */
export function prepareTerms(
  vectors: Vectors,
  settings: AdditiveSettings,
  weights?: Float64Array,
): PreparedTerms {
  const { features, rowCount } = vectors;
  const positions = new Map(features.map(({ name }, position) => [name, position]));
  const positionOf = (argument: string, name: string): number => {
    const position = positions.get(name);
    return position ?? invalidArgument("additiveModel", argument, "must name a feature", name);
  };
  const signs = new Map<number, 1 | -1>();
  for (const [name, sign] of Object.entries(settings.monotone)) {
    const position = positionOf("monotone", name);
    if (features[position].kind === "categorical")
      invalidArgument("additiveModel", "monotone", "must name numeric features", name);
    signs.set(position, sign);
  }
  const coarseBins = Math.round(
    Math.sqrt((weights === undefined ? rowCount : sum(weights)) / ROWS_OF_A_CELL),
  );
  const mostCoarseBins = Math.max(LEAST_COARSE_BINS, Math.min(MOST_COARSE_BINS, coarseBins));
  return {
    terms: features.map((feature, position) => ({
      ...preparedTerm(feature, position, settings.maxBins, mostCoarseBins, weights),
      sign: signs.get(position) ?? 0,
    })),
    mayMeet: meetingRule(
      settings.interactions.map((group) => group.map((name) => positionOf("interactions", name))),
      signs,
    ),
  };
}

function preparedTerm(
  feature: Feature,
  position: number,
  maxBins: number,
  mostCoarseBins: number,
  weights: Float64Array | undefined,
) {
  const axis = axisOf(feature, position, maxBins, LEAST_ROWS_OF_A_BIN, weights);
  let made: { axis: Axis; bins: Uint8Array | Uint16Array } | undefined;
  return {
    name: feature.name,
    axis,
    binCount: binCountOf(axis),
    bins: binsOf(axis, feature),
    coarse: () => {
      if (made === undefined) {
        const coarse = coarseAxisOf(feature, position, mostCoarseBins, weights);
        made = { axis: coarse, bins: binsOf(coarse, feature) };
      }
      return made;
    },
  };
}

/** Monotone features form no pairs: stepwise updates of cells can't keep a table of two features monotone. */
function meetingRule(groups: readonly (readonly number[])[], signs: ReadonlyMap<number, 1 | -1>) {
  const groupsOf = (position: number) => {
    const own = groups.flatMap((group, g) => (group.includes(position) ? [g] : []));
    return own.length === 0 ? [-1] : own;
  };
  return (first: number, second: number) => {
    if (signs.has(first) || signs.has(second)) return false;
    if (groups.length === 0) return true;
    const ofSecond = groupsOf(second);
    return groupsOf(first).some((group) => ofSecond.includes(group));
  };
}
