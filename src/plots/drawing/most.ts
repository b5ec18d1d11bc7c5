import type { OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { PLOT_OPTIONS, type PlotOptions } from "../plot-options.js";
import type { Paper } from "./paper.js";

/** Options of charts with a row for each of many. */
export interface RowPlotOptions extends PlotOptions {
  /** How many are shown, a whole number from 1 to 200; the chart says how many more there are. Default 20. */
  readonly most?: number | undefined;
}

/** The names of {@link RowPlotOptions}. */
export const ROW_PLOT_OPTIONS: OptionNames<RowPlotOptions> = { ...PLOT_OPTIONS, most: "optional" };

const MOST = 200;

/** How many are shown. @throws HoldfastError for what is no count. */
export function mostOf(functionName: string, { most }: RowPlotOptions, usual: number): number {
  if (most === undefined) return usual;
  if (!Number.isSafeInteger(most) || most < 1 || most > MOST)
    invalidArgument(functionName, "most", `must be a whole number from 1 to ${MOST}`, most);
  return most;
}

/** … and 9,980 more; none where all are shown. */
export function moreNotes(paper: Paper, more: number): string[] {
  return more > 0 ? [paper.say("… and {more} more", { more })] : [];
}

/** The first ones, and how many are left out. */
export function firstOf<Item>(
  items: ArrayLike<Item>,
  most: number,
): { shown: readonly Item[]; more: number } {
  const shown = Array.from({ length: Math.min(most, items.length) }, (_, i) => items[i]);
  return { shown, more: items.length - shown.length };
}
