import * as Plot from "@observablehq/plot";
import { picture } from "../../drawing/picture.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { curveDrawing, lineAt, metricText } from "./curve-chart.js";
import { type CurveSource, curvesOf, type NamedCurve } from "./source.js";

/** A lift curve as `liftCurve` of `holdfast/metrics` gives it, or its JSON. */
export interface LiftPoints {
  readonly share: ArrayLike<number>;
  readonly lift: ArrayLike<number>;
}

/**
 * The lift curve: how many times the churn rate of all the riskiest share of rows has. The line at 1 is chance.
 * @param source an evaluation with curves, what `liftCurve` returns, or up to six of these by name.
 * @param options see {@link PlotOptions}.
 * @returns SVG text
 * @example liftPlot(liftCurve(labels, scores))
 * @throws HoldfastError for anything else, values that are not finite, an evaluation without curves.
 */
export function liftPlot(source: CurveSource<LiftPoints>, options: PlotOptions = {}): string {
  return picture("liftPlot", options, PLOT_OPTIONS, (paper) => {
    const curves = curvesOf("liftPlot", source, {
      columns: ["share", "lift"],
      ofCurves: ({ lift }) => lift,
      madeBy: "liftCurve(labels, scores)",
    });
    return curveDrawing(paper, curves, {
      title: "Lift",
      x: "share",
      y: "lift",
      xLabel: "riskiest share of rows",
      yLabel: "churn rate, in multiples of that of all",
      yDomain: [0, highest(curves) * 1.04],
      yIsShare: false,
      reference: () => [
        Plot.ruleY([1], { x1: 0, x2: 1, stroke: paper.colour("line"), strokeDasharray: "3 3" }),
      ],
      figure: (curve) => {
        const { share, lift } = curve.columns;
        const value = metricText(
          paper,
          curve,
          "topDecileLift",
          () => liftAt(share, lift, 0.1),
          (each) => each.toFixed(2),
        );
        return paper.say("lift of the riskiest 10%: {value}", { value });
      },
      tip: (share, lift) =>
        paper.say("the riskiest {share} churn {lift} times as often as all", { share, lift }),
    });
  });
}

/** Between points it is the gain that is linear. */
function liftAt(share: ArrayLike<number>, lift: ArrayLike<number>, at: number): number {
  if (share.length === 0) return 0;
  const gain = Array.from(share, (each, i) => each * lift[i]);
  return at <= share[0] ? lift[0] : lineAt(share, gain, at) / at;
}

function highest(curves: readonly NamedCurve<"lift" | "share">[]): number {
  return curves.reduce(
    (most, { columns }) => Array.from(columns.lift).reduce((a, b) => Math.max(a, b), most),
    1,
  );
}
