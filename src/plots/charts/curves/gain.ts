import { percentText } from "../../drawing/numbers.js";
import { picture } from "../../drawing/picture.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { curveDrawing, diagonal, lineAt } from "./curve-chart.js";
import { type CurveSource, curvesOf } from "./source.js";

/** A cumulative gains curve as `gainCurve` of `holdfast/metrics` gives it, or its JSON. */
export interface GainPoints {
  readonly share: ArrayLike<number>;
  readonly gain: ArrayLike<number>;
}

/**
 * The cumulative gains curve: which share of all churners is among the riskiest share of rows. The diagonal is chance.
 * @param source an evaluation with curves, what `gainCurve` returns, or up to six of these by name.
 * @param options see {@link PlotOptions}.
 * @returns SVG text
 * @example gainPlot(gainCurve(labels, scores))
 * @throws HoldfastError for anything else, values that are not finite, an evaluation without curves.
 */
export function gainPlot(source: CurveSource<GainPoints>, options: PlotOptions = {}): string {
  return picture("gainPlot", options, PLOT_OPTIONS, (paper) => {
    const curves = curvesOf("gainPlot", source, {
      columns: ["share", "gain"],
      ofCurves: ({ gain }) => gain,
      madeBy: "gainCurve(labels, scores)",
    });
    return curveDrawing(paper, curves, {
      title: "Cumulative gains",
      x: "share",
      y: "gain",
      xLabel: "riskiest share of rows",
      yLabel: "share of all churners",
      reference: () => [diagonal(paper)],
      figure: ({ columns: { share, gain } }) =>
        paper.say("the riskiest 10% hold {gain} of all churners", {
          gain: percentText(share.length === 0 ? 0 : lineAt(share, gain, 0.1)),
        }),
      tip: (share, gain) => paper.say("the riskiest {share} hold {gain} of all churners", { share, gain }),
    });
  });
}
