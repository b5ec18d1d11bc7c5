import type { ObservedRate } from "../../../tiers/summary/cell-sums.js";
import { checkEntries } from "../../drawing/check-data.js";
import { firstOf, moreNotes } from "../../drawing/most.js";
import { picture } from "../../drawing/picture.js";
import { nameOf } from "../../drawing/text.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { checkRates, predictedObservedPlot, rowSentence } from "./predicted-observed.js";

/** What charts read of a tier: an entry of what `tierTable` returns. */
export interface PlottedTier {
  readonly tier: string;
  readonly rows: number;
  readonly meanProbability: number | null;
  readonly observedRate: ObservedRate | null;
  readonly isCalibrated?: boolean | null | undefined;
}

const MOST_TIERS = 20;

/**
 * Mean predicted probability against observed churn rate with its interval, tier by tier; tiers where they differ have another shape.
 * @param tiers what `tierTable` of `holdfast/tiers` returns, or `tierTable` of an evaluation of a model.
 * @param options see {@link PlotOptions}.
 * @returns SVG text
 * @example tierPlot(model.evaluate(table).tierTable)
 * @throws HoldfastError for anything else, and values that are no probabilities.
 */
export function tierPlot(tiers: readonly PlottedTier[], options: PlotOptions = {}): string {
  return picture("tierPlot", options, PLOT_OPTIONS, (paper) => {
    const members = { tier: "text", rows: "count", meanProbability: "share?" } as const;
    checkEntries("tierPlot", "tiers", tiers, members);
    checkRates("tierPlot", "tiers", tiers);
    const title = paper.say("Predicted and observed by tier");
    const missing = paper.say("There are no tiers.");
    if (tiers.length === 0) return { title, description: missing, body: { missing } };
    const { shown, more } = firstOf(tiers, MOST_TIERS);
    const rows = shown.map(({ tier, rows: count, meanProbability, observedRate, isCalibrated }) => ({
      name: nameOf(tier),
      rows: count,
      predicted: meanProbability ?? null,
      observed: observedRate ?? null,
      isOff: isCalibrated === false,
    }));
    return {
      title,
      description: paper.sentence(...rows.map((row) => rowSentence(paper, row)), ...moreNotes(paper, more)),
      notes: moreNotes(paper, more),
      ...predictedObservedPlot(paper, rows, paper.say("observed, predicted is outside the interval")),
    };
  });
}
