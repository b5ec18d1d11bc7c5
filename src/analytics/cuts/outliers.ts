import { unusualCells } from "../statistics/unusual-cells.js";
import type { CutFigures } from "./cut-figures.js";

/** A value of a cut that is unlike the others. */
export interface Outlier {
  readonly cut: string;
  readonly value: string | null;
  readonly base: number;
  /** Of the base, those who left: who joined later is not compared. */
  readonly leftOfBase: number;
  /** `leftOfBase / base`. */
  readonly rate: number;
  /** How many would have left at the rate of all. */
  readonly expected: number;
  readonly direction: "high" | "low";
  /** Standard deviations from the expectation, those beyond chance between values taken into account. */
  readonly z: number;
  /** The false-discovery rate at which it would be named (Benjamini and Hochberg 1995), of all values of the cut. */
  readonly q: number;
}

/** The values of a cut whose rates are unusual (funnel plot, Spiegelhalter 2005), the most leavers beyond expectation first. */
export function outliersOf(
  cut: string,
  figures: readonly CutFigures[],
  falseDiscoveryRate: number,
): Outlier[] {
  const { cells } = unusualCells(
    figures.map(({ base, leftOfBase }) => ({ base, left: leftOfBase })),
    { falseDiscoveryRate },
  );
  const outliers = figures.flatMap(({ value, base, leftOfBase }, i): Outlier[] => {
    const { rate, z, q, expected, direction, isUnusual } = cells[i];
    if (!isUnusual || rate === null || z === null || q === null || direction === null) return [];
    return [{ cut, value, base, leftOfBase, rate, expected, direction, z, q }];
  });
  return outliers.sort((a, b) => Math.abs(b.leftOfBase - b.expected) - Math.abs(a.leftOfBase - a.expected));
}
