import * as Plot from "@observablehq/plot";
import { axisBelow, limitsOf, margins } from "../../drawing/axes.js";
import { checkEntries } from "../../drawing/check-data.js";
import { firstOf, moreNotes, mostOf, ROW_PLOT_OPTIONS, type RowPlotOptions } from "../../drawing/most.js";
import { decimalText, percentText, percentTick } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { type Drawing, picture } from "../../drawing/picture.js";
import { rowLabels } from "../../drawing/row-labels.js";
import { nameOf } from "../../drawing/text.js";

/** A bin of two distributions: counts, or shares. */
export interface DriftBin {
  readonly name: string;
  /** Of what is compared with, such as training. */
  readonly expected: number;
  readonly observed: number;
}

const MOST = 20;
const ROW = 30;
const TIPS = 40;
const LEAST_SHARE = 1e-4;
/** What sums to less than this is shares, which may be off by rounding, and no counts. */
const LEAST_COUNT = 1.5;

/**
 * Two distributions side by side, bin by bin, as shares of each, with the population stability index (PSI) between them.
 * @param bins in their order; counts or shares of each.
 * @param options `most`: how many bins are shown (default 20); and see {@link PlotOptions}.
 * @returns SVG text
 * @example driftPlot([{ name: "month-to-month", expected: 550, observed: 610 }, { name: "two years", expected: 450, observed: 390 }])
 * @throws HoldfastError for anything else, and values below 0.
 */
export function driftPlot(bins: readonly DriftBin[], options: RowPlotOptions = {}): string {
  return picture("driftPlot", options, ROW_PLOT_OPTIONS, (paper) => {
    checkEntries("driftPlot", "bins", bins, { name: "text", expected: "count", observed: "count" });
    return drawingOf(paper, bins, mostOf("driftPlot", options, MOST));
  });
}

function drawingOf(paper: Paper, bins: readonly DriftBin[], most: number): Drawing {
  const title = paper.say("Distribution then and now");
  const missing = paper.say("There are no rows.");
  const [expected, observed] = [sharesOf(bins, "expected"), sharesOf(bins, "observed")];
  if (expected === null || observed === null) return { title, description: missing, body: { missing } };
  const { shown, more } = firstOf(bins, most);
  const rows = shown.map((bin, row) => ({
    row,
    name: nameOf(bin.name),
    expected: expected[row],
    observed: observed[row],
  }));
  const psi = paper.say("population stability index {psi}", {
    psi: decimalText(stabilityIndex(bins)),
  });
  const moved = rows.reduce((a, b) => (distance(b) > distance(a) ? b : a));
  const labels = rowLabels(
    paper,
    rows.map(({ name }) => name),
  );
  const limits = limitsOf(
    rows.flatMap((row) => [row.expected, row.observed]),
    { from: 0 },
  );
  const text = (row: (typeof rows)[number]) =>
    paper.say("expected {expected}, observed {observed}", {
      expected: percentText(row.expected),
      observed: percentText(row.observed),
    });
  return {
    title,
    subtitle: psi,
    description: paper.sentence(
      psi,
      paper.say("the largest move: {name}, {text}", { name: moved.name, text: text(moved) }),
      ...moreNotes(paper, more),
    ),
    notes: moreNotes(paper, more),
    key: [
      { label: paper.say("expected"), colour: "pale", box: { outline: "line" } },
      { label: paper.say("observed"), colour: "blue", box: {} },
    ],
    body: {
      height: rows.length * ROW + 56,
      plot: {
        ...margins({ top: 4, left: labels.left, right: 24 }),
        x: { domain: limits },
        y: { type: "band", domain: rows.map(({ row }) => row), padding: 0.3, axis: null },
        marks: [
          axisBelow(paper, {
            label: paper.say("share of rows"),
            format: percentTick,
            ticks: Math.max(2, Math.round(paper.width / 130)),
          }),
          bars(rows, "expected", ROW * 0.35, 0, paper),
          bars(rows, "observed", 0, ROW * 0.35, paper),
          Plot.ruleX([0], { stroke: paper.colour("line") }),
          labels.mark,
        ],
      },
    },
  };

  function bars(
    data: typeof rows,
    side: "expected" | "observed",
    insetBottom: number,
    insetTop: number,
    on: Paper,
  ): Plot.Markish {
    return Plot.barX(data, {
      y: "row",
      x1: 0,
      x2: side,
      insetBottom,
      insetTop,
      fill: on.colour(side === "expected" ? "pale" : "blue"),
      ...(side === "expected" ? { stroke: on.colour("line") } : {}),
      title: (row) => (data.length > TIPS / 2 ? null : `${row.name}\n${text(row)}`),
    });
  }
}

function distance({ expected, observed }: { expected: number; observed: number }): number {
  return Math.abs(expected - observed);
}

/** Null where there is nothing to share. */
function sharesOf(bins: readonly DriftBin[], side: "expected" | "observed"): number[] | null {
  const total = Array.from(bins).reduce((sum, bin) => sum + bin[side], 0);
  return total === 0 ? null : Array.from(bins, (bin) => bin[side] / total);
}

/**
 * Σ (observed − expected) ln(observed / expected) of shares. Of counts there is half a row more in every bin, as in the drift of a
 * scoring job; shares are at least 0.01%: an empty bin would need the logarithm of 0.
 */
function stabilityIndex(bins: readonly DriftBin[]): number {
  const filled = Array.from(bins).filter(({ expected, observed }) => expected > 0 || observed > 0);
  const [before, after] = (["expected", "observed"] as const).map((side) => {
    const total = filled.reduce((sum, bin) => sum + bin[side], 0);
    const areShares = total < LEAST_COUNT;
    return filled.map((bin) =>
      areShares
        ? Math.max(bin[side] / total, LEAST_SHARE)
        : (bin[side] + 0.5) / (total + 0.5 * filled.length),
    );
  });
  return before.reduce((sum, share, i) => sum + (after[i] - share) * Math.log(after[i] / share), 0);
}
