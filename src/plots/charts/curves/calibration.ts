import * as Plot from "@observablehq/plot";
import { axisBelow, axisLeft, margins } from "../../drawing/axes.js";
import type { KeyItem } from "../../drawing/key.js";
import { amountText, decimalText, percentText, percentTick } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { type Drawing, picture } from "../../drawing/picture.js";
import { SERIES, symbolOf } from "../../drawing/series.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { metricText, sampleText } from "./curve-chart.js";
import { type CurveSource, curvesOf, type NamedCurve } from "./source.js";

/** A calibration curve as `calibrationCurve` of `holdfast/metrics` gives it, or its JSON. */
export interface CalibrationPoints {
  readonly meanProbability: ArrayLike<number>;
  readonly observedRate: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly weight: ArrayLike<number>;
}

type Column = keyof CalibrationPoints;
const COLUMNS: readonly Column[] = ["meanProbability", "observedRate", "low", "high", "weight"];
const HEIGHT = 400;
/** How much of the height the histogram takes. */
const HISTOGRAM = 0.16;

/**
 * The calibration curve (reliability diagram): mean probability against observed churn rate by bins with their intervals; on the
 * diagonal probabilities are right. Of one evaluation the distribution of probabilities is drawn along the bottom.
 * @param source an evaluation with curves, what `calibrationCurve` returns, or up to six of these by name.
 * @param options see {@link PlotOptions}.
 * @returns SVG text
 * @example calibrationPlot(calibrationCurve(labels, probabilities, { bins: 8 }), { locale: "zh" })
 * @throws HoldfastError for anything else, values that are not finite, an evaluation without curves.
 */
export function calibrationPlot(source: CurveSource<CalibrationPoints>, options: PlotOptions = {}): string {
  return picture("calibrationPlot", options, PLOT_OPTIONS, (paper) =>
    drawingOf(
      paper,
      curvesOf("calibrationPlot", source, {
        columns: COLUMNS,
        ofCurves: ({ calibration }) => calibration,
        madeBy: "calibrationCurve(labels, probabilities)",
      }),
    ),
  );
}

function drawingOf(paper: Paper, curves: readonly NamedCurve<Column>[]): Drawing {
  const figures = curves.map((curve) => figureOf(paper, curve));
  const title = paper.say("Calibration");
  const missing = paper.say("The curve has no points.");
  if (curves.every(({ columns }) => columns.weight.length === 0))
    return { title, description: missing, body: { missing } };
  const sample = curves.length === 1 ? sampleText(paper, curves[0]) : null;
  const most = highestOf(curves);
  const key = curves.flatMap(({ name }, i): KeyItem[] =>
    name === null ? [] : [{ label: figures[i], colour: SERIES[i].colour, shape: SERIES[i].shape }],
  );
  return {
    title,
    subtitle:
      curves.length === 1 ? [figures[0], sample].filter((text) => text !== null).join(" · ") : undefined,
    description: paper.sentence(...figures, sample),
    key,
    body: {
      height: Math.max(280, Math.min(HEIGHT, paper.width * 0.75)),
      plot: {
        ...margins(),
        x: { domain: [0, most] },
        y: { domain: [0, most] },
        marks: [
          axisBelow(paper, { label: paper.say("mean predicted probability"), format: percentTick }),
          axisLeft(paper, {
            label: paper.say("observed churn rate, with interval"),
            format: percentTick,
          }),
          ...(curves.length === 1 ? histogramMarks(paper, curves[0], most) : []),
          Plot.line(
            [
              [0, 0],
              [most, most],
            ],
            { stroke: paper.colour("line"), strokeWidth: 1, strokeDasharray: "3 3" },
          ),
          ...curves.flatMap((curve, i) => pointMarks(paper, curve, i)),
        ],
      },
    },
  };
}

function figureOf(paper: Paper, curve: NamedCurve<Column>): string {
  const value = metricText(
    paper,
    curve,
    "expectedCalibrationError",
    () => calibrationError(curve.columns),
    (error) => decimalText(error, 4),
  );
  const text = paper.say("expected calibration error {value}", { value });
  return curve.name === null ? text : paper.say("{name}: {text}", { name: curve.name, text });
}

/** Of the bins as they are. */
function calibrationError({ meanProbability, observedRate, weight }: NamedCurve<Column>["columns"]): number {
  let [sum, mass] = [0, 0];
  for (let i = 0; i < weight.length; i++) {
    sum += weight[i] * Math.abs(meanProbability[i] - observedRate[i]);
    mass += weight[i];
  }
  return mass === 0 ? 0 : sum / mass;
}

/** Where both axes end: a round share above all that is drawn. */
function highestOf(curves: readonly NamedCurve<Column>[]): number {
  let most = 0.02;
  for (const { columns } of curves)
    for (const name of ["meanProbability", "observedRate", "high"] as const)
      for (let i = 0; i < columns[name].length; i++) most = Math.max(most, columns[name][i]);
  const step = most > 0.5 ? 0.1 : most > 0.1 ? 0.05 : 0.01;
  return Math.min(1, Math.ceil((most + step / 5) / step) * step);
}

function pointMarks(paper: Paper, { name, columns }: NamedCurve<Column>, series: number): Plot.Markish[] {
  const { colour, shape, dash } = SERIES[series];
  const points = Array.from(columns.weight, (weight, i) => ({
    x: columns.meanProbability[i],
    y: columns.observedRate[i],
    low: columns.low[i],
    high: columns.high[i],
    weight,
  }));
  const stroke = paper.colour(colour);
  return [
    Plot.line(points, {
      x: "x",
      y: "y",
      stroke,
      strokeWidth: 1,
      strokeOpacity: 0.6,
      ...(dash === undefined ? {} : { strokeDasharray: dash }),
    }),
    Plot.ruleX(points, { x: "x", y1: "low", y2: "high", stroke, strokeWidth: 1.5 }),
    Plot.dot(points, {
      x: "x",
      y: "y",
      symbol: symbolOf(shape) as never,
      fill: stroke,
      stroke: paper.colour("background"),
      title: ({ x, y, low, high, weight }) =>
        [
          ...(name === null ? [] : [name]),
          paper.say("predicted {value}", { value: percentText(x) }),
          paper.say("observed {value}", { value: paper.withInterval(y, low, high, percentText) }),
          paper.say("rows: {rows}", { rows: amountText(weight) }),
        ].join("\n"),
    }),
  ];
}

function histogramMarks(paper: Paper, { evaluation }: NamedCurve<Column>, most: number): Plot.Markish[] {
  const histogram = evaluation?.curves?.histogram;
  if (histogram === undefined) return [];
  const bars = histogram.from.map((from, i) => ({
    from,
    to: Math.min(histogram.to[i], most),
    rows: histogram.churned[i] + histogram.stayed[i],
  }));
  const shown = bars.filter(({ from, to, rows }) => from < to && rows > 0);
  const highest = Math.max(1e-12, ...shown.map(({ rows }) => rows));
  return [
    Plot.rect(shown, {
      x1: "from",
      x2: "to",
      y1: 0,
      y2: ({ rows }) => (rows / highest) * HISTOGRAM * most,
      fill: paper.colour("pale"),
      insetLeft: 0.5,
      insetRight: 0.5,
    }),
  ];
}
