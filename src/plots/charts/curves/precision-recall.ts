import * as Plot from "@observablehq/plot";
import { decimalText } from "../../drawing/numbers.js";
import { picture } from "../../drawing/picture.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { curveDrawing, metricText } from "./curve-chart.js";
import { type CurveSource, curvesOf } from "./source.js";

/** A precision-recall curve as `precisionRecallCurve` of `holdfast/metrics` gives it, or its JSON. */
export interface PrecisionRecallPoints {
  readonly recall: ArrayLike<number>;
  readonly precision: ArrayLike<number>;
  readonly threshold?: ArrayLike<number | null> | undefined;
}

/**
 * The precision-recall curve: which share of the churners is above each threshold, and which share of what is above it churned.
 * It is drawn as steps, under which lies the average precision; the horizontal line is the churn rate.
 * @param source an evaluation with curves, what `precisionRecallCurve` returns, or up to six of these by name.
 * @param options see {@link PlotOptions}.
 * @returns SVG text
 * @example precisionRecallPlot(model.evaluate(table, { curves: true }), { width: 480 })
 * @throws HoldfastError for anything else, values that are not finite, an evaluation without curves.
 */
export function precisionRecallPlot(
  source: CurveSource<PrecisionRecallPoints>,
  options: PlotOptions = {},
): string {
  return picture("precisionRecallPlot", options, PLOT_OPTIONS, (paper) => {
    const curves = curvesOf("precisionRecallPlot", source, {
      columns: ["recall", "precision"],
      ofCurves: ({ precisionRecall }) => precisionRecall,
      madeBy: "precisionRecallCurve(labels, scores)",
    });
    const [{ columns, evaluation }] = curves;
    // At recall 1 all rows are decided positive where the curve ends at the lowest score.
    const rate = evaluation?.baseRate ?? columns.precision[columns.precision.length - 1];
    return curveDrawing(paper, curves, {
      title: "Precision-recall curve",
      x: "recall",
      y: "precision",
      xLabel: "churners found (recall)",
      yLabel: "churners among the flagged (precision)",
      isStepped: true,
      reference: () => [
        Plot.ruleY([rate], { x1: 0, x2: 1, stroke: paper.colour("line"), strokeDasharray: "3 3" }),
      ],
      figure: (curve) => {
        const { recall, precision } = curve.columns;
        const area = () => areaOfSteps(recall, precision);
        const value = metricText(paper, curve, "averagePrecision", area, decimalText);
        return paper.say("average precision {value}", { value });
      },
      tip: (recall, precision) =>
        paper.say("{recall} of the churners; {precision} of those above churned", { recall, precision }),
    });
  });
}

function areaOfSteps(recall: ArrayLike<number>, precision: ArrayLike<number>): number {
  let area = 0;
  for (let i = 1; i < recall.length; i++) area += (recall[i] - recall[i - 1]) * precision[i];
  return area;
}
