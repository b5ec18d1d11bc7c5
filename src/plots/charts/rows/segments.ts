import type { ObservedRate } from "../../../tiers/summary/cell-sums.js";
import { checkEntries } from "../../drawing/check-data.js";
import { firstOf, moreNotes, mostOf, ROW_PLOT_OPTIONS, type RowPlotOptions } from "../../drawing/most.js";
import type { Paper } from "../../drawing/paper.js";
import { picture } from "../../drawing/picture.js";
import { nameOf } from "../../drawing/text.js";
import { checkRates, predictedObservedPlot, rowSentence } from "./predicted-observed.js";

/** What charts read of a segment: an entry of what `evaluateSegments` returns. */
export interface PlottedSegment {
  readonly by: string;
  /** Null for the rows where it is missing. */
  readonly segment: string | null;
  readonly rows: number;
  readonly meanProbability: number;
  readonly observedRate: ObservedRate;
  readonly isMiscalibrated: boolean;
}

const MOST_SEGMENTS = 20;
const MOST_SENTENCES = 5;

/**
 * Mean predicted probability against observed churn rate with its interval, segment by segment; those that differ beyond chance
 * come first and have another shape.
 * @param segments what `evaluateSegments` returns, or `segments` of an evaluation of a model.
 * @param options `most`: how many segments are shown (default 20); and see {@link PlotOptions}.
 * @returns SVG text
 * @example segmentsPlot(model.evaluate(table, { segments: ["contract"] }).segments, { most: 12 })
 * @throws HoldfastError for anything else, and values that are no probabilities.
 */
export function segmentsPlot(segments: readonly PlottedSegment[], options: RowPlotOptions = {}): string {
  return picture("segmentsPlot", options, ROW_PLOT_OPTIONS, (paper) => {
    const members = { by: "text", segment: "text?", rows: "count", meanProbability: "share" } as const;
    checkEntries("segmentsPlot", "segments", segments, members);
    checkRates("segmentsPlot", "segments", segments);
    const most = mostOf("segmentsPlot", options, MOST_SEGMENTS);
    const title = paper.say("Predicted and observed by segment");
    const missing = paper.say("There are no segments.");
    if (segments.length === 0) return { title, description: missing, body: { missing } };
    const isOneColumn = new Set(Array.from(segments, ({ by }) => by)).size === 1;
    const sorted = [...segments].sort((a, b) => Number(b.isMiscalibrated) - Number(a.isMiscalibrated));
    const { shown, more } = firstOf(sorted, most);
    const rows = shown.map((segment) => ({
      name: segmentName(paper, segment, isOneColumn),
      rows: segment.rows,
      predicted: segment.meanProbability,
      observed: segment.observedRate,
      isOff: segment.isMiscalibrated,
    }));
    const off = sorted.filter(({ isMiscalibrated }) => isMiscalibrated).length;
    const summary = paper.say("{off} of {all} {all|segment|segments} differ beyond chance", {
      off,
      all: segments.length,
    });
    return {
      title: isOneColumn
        ? paper.say("Predicted and observed by {column}", { column: segments[0].by })
        : title,
      subtitle: summary,
      description: paper.sentence(
        summary,
        ...rows.slice(0, MOST_SENTENCES).map((row) => rowSentence(paper, row)),
        ...moreNotes(paper, segments.length - Math.min(MOST_SENTENCES, rows.length)),
      ),
      notes: moreNotes(paper, more),
      ...predictedObservedPlot(paper, rows, paper.say("observed, differs from predicted beyond chance")),
    };
  });
}

/** tenure: 12 – 24; without the column where all are of one. */
function segmentName(paper: Paper, { by, segment }: PlottedSegment, isOneColumn: boolean): string {
  const value = segment === null ? paper.say("missing") : nameOf(segment);
  return isOneColumn ? value : paper.say("{name}: {text}", { name: nameOf(by), text: value });
}
