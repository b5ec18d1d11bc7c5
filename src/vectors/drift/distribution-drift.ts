import { holmAdjusted } from "../../math/holm.js";
import { homogeneityPValue } from "../../math/homogeneity-test.js";
import {
  type CategoryBins,
  countsInBins,
  countsOfNumbers,
  type NumberBins,
  type ReferenceDistribution,
} from "../reference-distribution.js";
import type { Feature, Vectors } from "../vectors.js";
import { type BinCounts, populationStability } from "./population-stability.js";

/** What share of training rows and of the rows now is in a bin. */
export type DriftBin = {
  /** Share of the training rows. */
  readonly expected: number;
  /** Share of the rows now. */
  readonly observed: number;
} & (
  | {
      /** Numbers in (from, to]; null is without a limit. */
      readonly kind: "range";
      readonly from: number | null;
      readonly to: number | null;
    }
  | {
      readonly kind: "category";
      readonly name: string;
    }
  | {
      /** Categories that were rare in training, or are not among its; missing values. */
      readonly kind: "other" | "missing";
    }
);

/** How far a distribution has moved from training; plain data, goes to JSON. */
export interface DistributionDrift {
  /**
   * Population stability index: Σ (q − p) · ln(q / p) over bins, p the shares in training, q those now, with half a row more
   * in each bin. 0 without any change.
   */
  readonly psi: number;
  /** What chance alone gives on average where nothing has changed: (bins − 1)(1/n + 1/m) of n and m rows. */
  readonly expectedPsi: number;
  /** Of the chi-square test that both have one distribution; of inputs adjusted for their number (Holm); null with too few rows. */
  readonly pValue: number | null;
  /** Whether the index is 0.1 or more, the usual limit, and the p-value below 0.01. */
  readonly isDrift: boolean;
  /** Whether it is drift with an index of 0.25 or more: the usual limit of a large shift. */
  readonly isLarge: boolean;
  /** Shares of missing values. */
  readonly missing: { readonly expected: number; readonly observed: number };
  /** Those that hold a row of either. */
  readonly bins: readonly DriftBin[];
}

/** The drift of one input of a model. */
export interface InputDrift extends DistributionDrift {
  readonly input: string;
  readonly kind: Feature["kind"];
  /** The share of rows with a category that training never had; 0 for numbers; null where it was not counted. */
  readonly unseen: number | null;
}

/** What {@link inputDrift} may be given. */
export interface InputDriftOptions {
  /** Of the rows, on the scale of the rows that they are worth. Default: 1 each. */
  readonly weights?: Float64Array | undefined;
  /** The share of rows with unseen categories by input, without those that have none. Default: not counted. */
  readonly unseen?: ReadonlyMap<string, number> | undefined;
}

/** Limits of the population stability index by the rule of thumb of credit scoring (Siddiqi 2006). */
const LEAST_PSI = 0.1;
const LARGE_PSI = 0.25;
/** The probability that chance alone makes any input drift. */
const SIGNIFICANCE = 0.01;

/**
 * How far each input of a model has moved from its training rows: those that drift first, then by falling index. Rows count as
 * independent.
 * @param vectors of the rows now, of the model's vectorizer.
 */
export function inputDrift(
  reference: ReferenceDistribution,
  { features }: Vectors,
  { weights, unseen }: InputDriftOptions = {},
): InputDrift[] {
  const compared = reference.inputs.map((then, input) => {
    const feature = features[input];
    const now = countsInBins(feature, then, weights);
    return { feature, then, now, pValue: homogeneityPValue(pairsOf(then, now)) };
  });
  const pValues = holmAdjusted(compared.map(({ pValue }) => pValue));
  return compared
    .map(({ feature, then, now }, i): InputDrift => {
      const none = unseen === undefined ? null : 0;
      return {
        input: feature.name,
        kind: feature.kind,
        unseen: feature.kind === "numeric" ? 0 : (unseen?.get(feature.name) ?? none),
        ...driftOf(then, now, pValues[i], feature.kind === "categorical" ? feature.levels : []),
      };
    })
    .sort((a, b) => Number(b.isDrift) - Number(a.isDrift) || b.psi - a.psi);
}

/** How far numbers, such as predicted probabilities, have moved from their distribution in training. */
export function numberDrift(
  then: NumberBins,
  values: Float64Array,
  weights?: Float64Array | undefined,
): DistributionDrift {
  const now = countsOfNumbers(values, then.edges, weights);
  return driftOf(then, now, homogeneityPValue(pairsOf(then, now)), []);
}

/** Counts of both in each bin, the missing last. */
function pairsOf(then: BinCounts, now: BinCounts): [number, number][] {
  const pairs = then.counts.map((count, bin): [number, number] => [count, now.counts[bin]]);
  return [...pairs, [then.missing, now.missing]];
}

function driftOf(
  then: NumberBins | CategoryBins,
  now: BinCounts,
  pValue: number | null,
  levels: readonly string[],
): DistributionDrift {
  const { psi, expectedPsi, rows } = populationStability(then, now);
  const [before, after] = rows;
  const shares = pairsOf(then, now).map(([expected, observed]) => ({
    expected: before === 0 ? 0 : expected / before,
    observed: after === 0 ? 0 : observed / after,
  }));
  const isDrift = psi >= LEAST_PSI && pValue !== null && pValue < SIGNIFICANCE;
  const missing = shares[shares.length - 1];
  return {
    psi,
    expectedPsi,
    pValue,
    isDrift,
    isLarge: isDrift && psi >= LARGE_PSI,
    missing,
    bins: shares.flatMap((share, bin): DriftBin[] =>
      share.expected === 0 && share.observed === 0 ? [] : [{ ...placeOf(bin, then, levels), ...share }],
    ),
  };
}

function placeOf(bin: number, then: NumberBins | CategoryBins, levels: readonly string[]) {
  if (bin === then.counts.length) return { kind: "missing" } as const;
  if (!("edges" in then)) {
    return bin === levels.length
      ? ({ kind: "other" } as const)
      : ({ kind: "category", name: levels[bin] } as const);
  }
  const { edges } = then;
  return { kind: "range", from: edges[bin - 1] ?? null, to: edges[bin] ?? null } as const;
}
