import { decimalText } from "../../drawing/numbers.js";
import { picture } from "../../drawing/picture.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { curveDrawing, diagonal, metricText } from "./curve-chart.js";
import { type CurveSource, curvesOf } from "./source.js";

/** A ROC curve as `rocCurve` of `holdfast/metrics` gives it, or its JSON. */
export interface RocPoints {
  readonly falsePositiveRate: ArrayLike<number>;
  readonly truePositiveRate: ArrayLike<number>;
  readonly threshold?: ArrayLike<number | null> | undefined;
}

/**
 * The ROC curve: of the churners and of the others, which shares are above each threshold. The diagonal is chance.
 * @param source an evaluation with curves, what `rocCurve` returns, or up to six of these by name.
 * @param options see {@link PlotOptions}.
 * @returns SVG text
 * @example rocPlot({ old: rocCurve(labels, oldScores), new: rocCurve(labels, newScores) }, { theme: "dark" })
 * @throws HoldfastError for anything else, values that are not finite, an evaluation without curves.
 */
export function rocPlot(source: CurveSource<RocPoints>, options: PlotOptions = {}): string {
  return picture("rocPlot", options, PLOT_OPTIONS, (paper) => {
    const curves = curvesOf("rocPlot", source, {
      columns: ["falsePositiveRate", "truePositiveRate"],
      ofCurves: ({ roc }) => roc,
      madeBy: "rocCurve(labels, scores)",
    });
    return curveDrawing(paper, curves, {
      title: "ROC curve",
      x: "falsePositiveRate",
      y: "truePositiveRate",
      xLabel: "others flagged (false positive rate)",
      yLabel: "churners found (true positive rate)",
      reference: () => [diagonal(paper)],
      figure: (curve) => {
        const { falsePositiveRate: x, truePositiveRate: y } = curve.columns;
        const value = metricText(paper, curve, "rocAuc", () => areaUnder(x, y), decimalText);
        return paper.say("ROC AUC {value}", { value });
      },
      tip: (others, churners) =>
        paper.say("{churners} of the churners, {others} of the others", { churners, others }),
    });
  });
}

/** By trapezoids. */
function areaUnder(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area;
}
