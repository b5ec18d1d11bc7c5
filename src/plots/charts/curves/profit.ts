import * as Plot from "@observablehq/plot";
import type { OptionNames } from "../../../arguments.js";
import { argumentProblem, HoldfastError } from "../../../errors.js";
import { axisBelow, axisLeft, leftFor, limitsOf, margins } from "../../drawing/axes.js";
import { columnProblems, hintOf, isList, isObject } from "../../drawing/check-data.js";
import { amountText, amountTick, percentText } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { type Drawing, picture } from "../../drawing/picture.js";
import { thinned } from "../../drawing/thin.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { lineAt } from "./curve-chart.js";

/** A profit curve as `profitCurve` of `holdfast/metrics` gives it, or its JSON. */
export interface ProfitPoints {
  readonly share: ArrayLike<number>;
  readonly contacted: ArrayLike<number>;
  readonly profit: ArrayLike<number>;
  /** The best point; of a thinned curve it need not be among the others. Default: that of the largest profit. */
  readonly best?: { readonly share: number; readonly profit: number } | undefined;
}

/** Options of {@link profitPlot}. */
export interface ProfitPlotOptions extends PlotOptions {
  /** How many contacts to mark beside the best number, and what they earn (default: what the curve says). Default: none. */
  readonly chosen?: number | { readonly contacted: number; readonly profit: number } | undefined;
}

const PROFIT_OPTIONS: OptionNames<ProfitPlotOptions> = { ...PLOT_OPTIONS, chosen: "optional" };
const HEIGHT = 340;

/** A number of contacts that is marked. */
interface Mark {
  readonly contacted: number;
  readonly profit: number;
  readonly label: string;
  readonly isBest: boolean;
}

/**
 * The profit curve of a retention campaign: what contacting so many subscribers earns, highest scores first, with the best number.
 * @param curve what `profitCurve` returns.
 * @param options `chosen`: a number of contacts to mark too (default: none); and see {@link PlotOptions}.
 * @returns SVG text
 * @example profitPlot(profitCurve(labels, scores, { lifetimeValue: 400 }), { chosen: 500 })
 * @throws HoldfastError for anything else, values that are not finite, a number of contacts that the curve does not reach.
 */
export function profitPlot(curve: ProfitPoints, options: ProfitPlotOptions = {}): string {
  return picture("profitPlot", options, PROFIT_OPTIONS, (paper) => {
    check(curve, options.chosen);
    return drawingOf(paper, curve, options.chosen);
  });
}

function check(curve: unknown, chosen: unknown): void {
  const expected = "must be what profitCurve(labels, scores) returns";
  if (!isObject(curve) || ![curve.share, curve.contacted, curve.profit].every(isList))
    throw new HoldfastError(argumentProblem("profitPlot", "curve", expected, curve, hintOf(curve)));
  const { share, contacted, profit } = curve as unknown as ProfitPoints;
  const problems = columnProblems("profitPlot", "curve", { share, contacted, profit });
  const most = contacted[contacted.length - 1] ?? 0;
  const { contacted: count, profit: earned } = isObject(chosen)
    ? (chosen as { readonly contacted?: unknown; readonly profit?: unknown })
    : { contacted: chosen, profit: 0 };
  const isInside = typeof count === "number" && count >= 0 && count <= most && Number.isFinite(earned);
  if (chosen !== undefined && !isInside)
    problems.push(argumentProblem("profitPlot", "chosen", `must be a number from 0 to ${most}`, chosen));
  if (problems.length > 0) throw new HoldfastError(problems);
}

function drawingOf(paper: Paper, curve: ProfitPoints, chosen: ProfitPlotOptions["chosen"]): Drawing {
  const { contacted, profit, share } = curve;
  const title = paper.say("Profit of a campaign");
  const missing = paper.say("The curve has no points.");
  if (profit.length === 0) return { title, description: missing, body: { missing } };
  const marks = marksOf(paper, curve, chosen);
  const figures = marks.map(({ label }) => label);
  const most = contacted[contacted.length - 1];
  const shareOf = (count: number) => percentText(most === 0 ? 0 : (count / most) * share[share.length - 1]);
  const limits = limitsOf(Array.from(profit), { from: 0, pad: 0.12 });
  const points = thinned(contacted, profit, most || 1, limits[1] - limits[0]).map((i) => [
    contacted[i],
    profit[i],
  ]);
  const stroke = paper.colour("blue");
  const left = leftFor(limits, amountTick(paper.locale));
  return {
    title,
    description: paper.sentence(...figures),
    key: marks.map(({ label, isBest }) => ({ label, colour: "blue", shape: "circle", isHollow: !isBest })),
    body: {
      height: Math.max(240, Math.min(HEIGHT, paper.width * 0.6)),
      plot: {
        ...margins({ left, right: 18 }),
        x: { domain: [0, most || 1] },
        y: { domain: limits },
        marks: [
          axisBelow(paper, { label: paper.say("contacted subscribers"), format: amountTick(paper.locale) }),
          axisLeft(
            paper,
            { label: paper.say("profit in total"), format: amountTick(paper.locale) },
            { left },
          ),
          Plot.ruleY([0], { stroke: paper.colour("line") }),
          Plot.line(points, { stroke, strokeWidth: 2 }),
          Plot.ruleX(marks, {
            x: "contacted",
            y1: 0,
            y2: "profit",
            stroke: paper.colour("line"),
            strokeDasharray: "3 3",
          }),
          Plot.dot(marks, {
            x: "contacted",
            y: "profit",
            r: 5,
            fill: ({ isBest }) => (isBest ? stroke : paper.colour("background")),
            stroke,
            strokeWidth: 2,
            title: ({ label, contacted: count }) => `${label}\n${shareOf(count)}`,
          }),
        ],
        color: { type: "identity" },
      },
    },
  };
}

function marksOf(paper: Paper, curve: ProfitPoints, chosen: ProfitPlotOptions["chosen"]): Mark[] {
  const { contacted, profit } = curve;
  const best = bestOf(curve);
  const marks: Mark[] = [
    {
      ...best,
      isBest: true,
      label: paper.say("best: {contacted} {contacted|contact earns|contacts earn} {profit}", {
        contacted: best.contacted,
        profit: amountText(best.profit),
      }),
    },
  ];
  if (chosen === undefined) return marks;
  const mark =
    typeof chosen === "number"
      ? { contacted: chosen, profit: lineAt(contacted, profit, chosen) }
      : { contacted: chosen.contacted, profit: chosen.profit };
  const label = paper.say("chosen: {contacted} {contacted|contact earns|contacts earn} {profit}", {
    contacted: mark.contacted,
    profit: amountText(mark.profit),
  });
  return [...marks, { ...mark, isBest: false, label }];
}

function bestOf({ contacted, profit, best }: ProfitPoints) {
  if (best !== undefined)
    return { contacted: best.share * contacted[contacted.length - 1], profit: best.profit };
  let at = 0;
  for (let i = 1; i < profit.length; i++) if (profit[i] > profit[at]) at = i;
  return { contacted: contacted[at], profit: profit[at] };
}
