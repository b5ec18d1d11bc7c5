import { checkOptions } from "../../arguments.js";
import { METRIC_OPTIONS, type MetricOptions, sampleProblems } from "../../metrics/sample/input.js";
import { addValueProblems, probabilityProblems } from "../row-problems.js";
import { stepsProblem } from "../steps-problem.js";
import { type RiskTiers, stepOf } from "../tiers.js";
import type { ValueBands } from "../value-bands.js";
import {
  type CellColumns,
  meanProbabilityOf,
  type ObservedRate,
  observedRateOf,
  sumCells,
} from "./cell-sums.js";
import { tierPositions } from "./tier-table.js";

/** The subscribers of one risk tier and one value band. */
export interface ValueGridCell {
  readonly tier: string;
  readonly band: string;
  readonly rows: number;
  /** Share of all rows; of the population where rows have weights. */
  readonly share: number;
  /** Mean predicted probability; null when the cell is empty. */
  readonly meanProbability: number | null;
  /** Share that churned, with its 95% Wilson interval; null when the cell is empty or no labels were given. */
  readonly observedRate: ObservedRate | null;
  /** The total value of its subscribers. */
  readonly value: number;
  /** Sum of probability × value. */
  readonly expectedLoss: number;
}

/**
 * The risk × value grid: one cell for every tier and value band, tier by tier from the highest, in each the bands from
 * the most valuable. Empty cells stay in the grid.
 * @param probabilities in [0, 1]
 * @param values the value of each subscriber, not negative, one per probability
 * @param labels 1 = churned, 0 = stayed, one per probability; without them there are no observed rates
 * @param options `weights` of the rows, as in `tierTable`
 * @example valueGrid(model.tiers, valueBands(revenue), probabilities, revenue).find(({ tier, band }) => tier === "high" && band === "important")
 * @throws HoldfastError for lengths that differ, no rows, probabilities outside [0, 1], values that are negative or not
 * finite, labels other than 0 and 1.
 */
export function valueGrid(
  tiers: RiskTiers,
  bands: ValueBands,
  probabilities: ArrayLike<number>,
  values: ArrayLike<number>,
  labels?: ArrayLike<number>,
  options: MetricOptions = {},
): ValueGridCell[] {
  check(tiers, bands, probabilities, values, labels, options);
  return gridCells(
    tiers,
    bands,
    { probabilities, labels, values, weights: options.weights },
    tierPositions(tiers, probabilities, values),
  );
}

/** {@link valueGrid} of columns that have been checked. @param tierOf which tier a row is in, by its place. */
export function gridCells(
  tiers: RiskTiers,
  bands: ValueBands,
  columns: CellColumns & { readonly values: ArrayLike<number> },
  tierOf: (row: number) => number,
): ValueGridCell[] {
  const { labels, values } = columns;
  const cells = sumCells(
    tiers.length * bands.length,
    columns,
    (row) => tierOf(row) * bands.length + stepOf(bands, values[row]),
  );
  const mass = cells.reduce((sum, cell) => sum + cell.mass, 0);
  return cells.map((cell, at) => ({
    tier: tiers[Math.floor(at / bands.length)].name,
    band: bands[at % bands.length].name,
    rows: cell.rows,
    share: Math.min(cell.mass / mass, 1),
    meanProbability: meanProbabilityOf(cell),
    observedRate: labels === undefined ? null : observedRateOf(cell),
    value: cell.value,
    expectedLoss: cell.expectedLoss,
  }));
}

/** As many labels as probabilities, where none were given. */
function noLabels(probabilities: ArrayLike<number>): Uint8Array {
  return new Uint8Array(probabilities?.length ?? 0);
}

function check(
  tiers: RiskTiers,
  bands: ValueBands,
  probabilities: ArrayLike<number>,
  values: ArrayLike<number>,
  labels: ArrayLike<number> | undefined,
  options: MetricOptions,
): void {
  const rules = { scoresAre: "probabilities", bothLabels: false, scoresFirst: true } as const;
  checkOptions("valueGrid", options, METRIC_OPTIONS);
  const problems =
    labels === undefined && options.weights === undefined
      ? probabilityProblems("valueGrid", probabilities, { mayBeEmpty: false })
      : sampleProblems("valueGrid", labels ?? noLabels(probabilities), probabilities, options, rules);
  for (const problem of [
    stepsProblem("valueGrid", "tiers", tiers),
    stepsProblem("valueGrid", "bands", bands),
  ]) {
    if (problem !== undefined) problems.add(problem);
  }
  addValueProblems(problems, "valueGrid", values, probabilities?.length);
  problems.throwIfAny();
}
