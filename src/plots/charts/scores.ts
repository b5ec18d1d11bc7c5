import * as Plot from "@observablehq/plot";
import { sumSimple } from "simple-statistics";
import type { OptionNames } from "../../arguments.js";
import { argumentProblem, HoldfastError } from "../../errors.js";
import type { EvaluationCurves } from "../../metrics/evaluation/curves.js";
import { axisBelow, axisLeft, leftFor, limitsOf, MARGINS, margins } from "../drawing/axes.js";
import { checkEntries, columnProblems, hintOf, isList, isObject } from "../drawing/check-data.js";
import { amountText, amountTick, percentText, percentTick } from "../drawing/numbers.js";
import type { Paper } from "../drawing/paper.js";
import { type Drawing, picture } from "../drawing/picture.js";
import { fitted, nameOf, textWidth } from "../drawing/text.js";
import { PLOT_OPTIONS, type PlotOptions } from "../plot-options.js";
import type { EvaluatedCurves } from "./curves/source.js";

/** How probabilities are distributed, as evaluations with curves have it: rows by bands `from ≤ probability < to`. */
export interface ScoreHistogram {
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  readonly churned: ArrayLike<number>;
  readonly stayed: ArrayLike<number>;
}

/** A limit that is drawn: a tier and the lowest probability in it. */
export interface TierLimit {
  readonly name: string;
  readonly from: number;
}

/** Options of {@link scoresPlot}. */
export interface ScoresPlotOptions extends PlotOptions {
  /** Tiers of risk, whose limits are drawn. Default: none. */
  readonly tiers?: readonly TierLimit[] | undefined;
}

const SCORES_OPTIONS: OptionNames<ScoresPlotOptions> = { ...PLOT_OPTIONS, tiers: "optional" };
const HEIGHT = 320;
const TIPS = 40;
const LABEL_LINE = 15;
/** How much of the width the name of a limit takes at most, so that it fits on one side of it. */
const MOST_NAME = 0.4;

/**
 * How probabilities are distributed among those who churned and those who stayed, with the limits of tiers.
 * @param source an evaluation with curves, or its `curves.histogram`.
 * @param options `tiers`: names and lower limits of tiers to draw (default: none); and see {@link PlotOptions}.
 * @returns SVG text
 * @example scoresPlot(model.evaluate(table, { curves: true }), { tiers: [{ name: "high", from: 0.6 }, { name: "low", from: 0 }] })
 * @throws HoldfastError for anything else, values that are not finite, an evaluation without curves.
 */
export function scoresPlot(
  source: EvaluatedCurves | ScoreHistogram,
  options: ScoresPlotOptions = {},
): string {
  return picture("scoresPlot", options, SCORES_OPTIONS, (paper) => {
    const histogram = histogramOf(source);
    const { tiers = [] } = options;
    checkEntries("scoresPlot", "tiers", tiers, { name: "text", from: "number" });
    return drawingOf(paper, histogram, tiers);
  });
}

function histogramOf(source: unknown): ScoreHistogram {
  const given = isObject(source) ? source : {};
  const isHistogram = (value: Readonly<Record<string, unknown>>) =>
    [value.from, value.to, value.churned, value.stayed].every(isList);
  const isEvaluation = Number.isFinite(given.rows) && (isObject(given.metrics) || isObject(given.curves));
  if (isEvaluation && !isObject(given.curves)) {
    const hint = "evaluate with { curves: true }";
    const expected = "must be an evaluation with curves";
    throw new HoldfastError(argumentProblem("scoresPlot", "source", expected, source, hint));
  }
  const found: unknown = isEvaluation ? (given.curves as EvaluationCurves).histogram : given;
  if (!isObject(found) || !isHistogram(found)) {
    const expected = "must be an evaluation with curves, or { from, to, churned, stayed }";
    throw new HoldfastError(argumentProblem("scoresPlot", "source", expected, source, hintOf(source)));
  }
  const { from, to, churned, stayed } = found as unknown as ScoreHistogram;
  const problems = columnProblems("scoresPlot", "source", { from, to, churned, stayed });
  if (problems.length > 0) throw new HoldfastError(problems);
  return { from, to, churned, stayed };
}

function drawingOf(paper: Paper, histogram: ScoreHistogram, tiers: readonly TierLimit[]): Drawing {
  const title = paper.say("Distribution of probabilities");
  const missing = paper.say("There are no rows.");
  const bands = Array.from(histogram.from, (from, i) => ({
    from,
    to: histogram.to[i],
    churned: histogram.churned[i],
    stayed: histogram.stayed[i],
  }));
  const [churned, stayed] = [histogram.churned, histogram.stayed].map((rows) => sumSimple(Array.from(rows)));
  if (!(churned + stayed > 0)) return { title, description: missing, body: { missing } };
  const end = Math.max(...bands.filter((band) => band.churned + band.stayed > 0).map(({ to }) => to));
  const shown = bands.filter(({ from }) => from < end);
  const start = Math.min(0, ...shown.map(({ from }) => from));
  const [, highest] = limitsOf(
    shown.map((band) => band.churned + band.stayed),
    { from: 0 },
  );
  const tip = (band: (typeof bands)[number]) =>
    shown.length > TIPS
      ? null
      : [
          `${percentText(band.from)} – ${percentText(band.to)}`,
          paper.say("churned: {rows}", { rows: amountText(band.churned) }),
          paper.say("stayed: {rows}", { rows: amountText(band.stayed) }),
        ].join("\n");
  const limits = tierLimits(paper, tiers, start, end);
  const around = {
    top: MARGINS.top + limits.lines * LABEL_LINE,
    left: leftFor([0, highest], amountTick(paper.locale)),
  };
  const inside = { insetLeft: 0.5, insetRight: 0.5 };
  return {
    title,
    description: paper.sentence(
      paper.say("{churned} churned, {stayed} stayed", { churned, stayed }),
      ...Array.from(tiers, ({ name, from }) =>
        paper.say("{name} from {from}", { name: nameOf(name), from: percentText(from) }),
      ),
    ),
    key: [
      { label: paper.say("churned"), colour: "orange", box: {} },
      { label: paper.say("stayed"), colour: "pale", box: { outline: "line" } },
    ],
    body: {
      height: Math.max(230, Math.min(HEIGHT, paper.width * 0.6)) + limits.lines * LABEL_LINE,
      plot: {
        ...margins(around),
        x: { domain: [start, end] },
        y: { domain: [0, highest] },
        marks: [
          axisBelow(paper, { label: paper.say("predicted probability"), format: percentTick, grid: false }),
          axisLeft(paper, { label: paper.say("rows"), format: amountTick(paper.locale) }, around),
          Plot.rect(shown, {
            x1: "from",
            x2: "to",
            y1: "churned",
            y2: (band) => band.churned + band.stayed,
            fill: paper.colour("pale"),
            stroke: paper.colour("line"),
            strokeWidth: 0.5,
            ...inside,
            title: tip,
          }),
          Plot.rect(shown, {
            x1: "from",
            x2: "to",
            y1: 0,
            y2: "churned",
            fill: paper.colour("orange"),
            ...inside,
            title: tip,
          }),
          Plot.ruleY([0], { stroke: paper.colour("line") }),
          ...limits.marks,
        ],
      },
    },
  };
}

/** The name of a limit above the chart. */
interface TierLabel {
  readonly from: number;
  readonly text: string;
  /** Whether it ends at its rule. */
  readonly isLeft: boolean;
  readonly left: number;
  readonly right: number;
  /** From 0, just above the chart. */
  readonly line: number;
}

/** Rules at limits of tiers, named above the chart, on as many lines as there are names that would meet. */
function tierLimits(
  paper: Paper,
  tiers: readonly TierLimit[],
  start: number,
  end: number,
): { marks: Plot.Markish[]; lines: number } {
  const perPixel = (end - start) / Math.max(100, paper.width - 70);
  const labels: TierLabel[] = [];
  // From the right: a name that reaches the next rule is put above its end.
  for (const { name, from } of Array.from(tiers).sort((a, b) => b.from - a.from)) {
    if (from <= start || from >= end) continue;
    const limit = percentText(from);
    const short = fitted(nameOf(name), paper.width * MOST_NAME - textWidth(` ≥ ${limit}`));
    const text = paper.say("{name} ≥ {from}", { name: short, from: limit });
    const length = (textWidth(text) + 8) * perPixel;
    const isLeft = from + length > end;
    const [left, right] = isLeft ? [from - length, from] : [from, from + length];
    const met = labels.filter((label) => label.left < right && left < label.right);
    const line = Math.max(-1, ...met.map((label) => label.line)) + 1;
    labels.push({ from, text, isLeft, left, right, line });
  }
  const marks = labels.flatMap(({ from, text, isLeft, line }) => [
    Plot.ruleX([from], {
      stroke: paper.colour("ink"),
      strokeDasharray: "4 3",
      insetTop: -(4 + line * LABEL_LINE),
    }),
    Plot.text([text], {
      x: [from],
      frameAnchor: "top",
      dy: -(10 + line * LABEL_LINE),
      dx: isLeft ? -3 : 3,
      textAnchor: isLeft ? "end" : "start",
      fill: paper.colour("ink"),
      stroke: paper.colour("background"),
      strokeWidth: 3,
    } as never),
  ]);
  return { marks, lines: Math.max(-1, ...labels.map(({ line }) => line)) + 1 };
}
