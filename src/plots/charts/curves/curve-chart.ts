import * as Plot from "@observablehq/plot";
import { axisBelow, axisLeft, margins } from "../../drawing/axes.js";
import type { KeyItem } from "../../drawing/key.js";
import { amountTick, percentText, percentTick } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import type { Drawing } from "../../drawing/picture.js";
import { SERIES } from "../../drawing/series.js";
import { thinned, thinnedSteps } from "../../drawing/thin.js";
import type { PlotText } from "../../words.js";
import type { NamedCurve } from "./source.js";

/** How a kind of curve is drawn. */
export interface CurveChart<Column extends string> {
  readonly title: PlotText;
  readonly x: Column;
  readonly y: Column;
  readonly xLabel: PlotText;
  readonly yLabel: PlotText;
  /** Of the vertical axis; default 0 to 1, as percent. */
  readonly yDomain?: readonly [number, number];
  readonly yIsShare?: boolean;
  readonly isStepped?: boolean;
  /** What the curve is compared with. */
  readonly reference?: (paper: Paper) => readonly Plot.Markish[];
  /** What the reference is, in the key. */
  readonly referenceKey?: KeyItem | undefined;
  /** The figure of a curve: `ROC AUC 0.846 (0.836 to 0.857)`. */
  readonly figure: (curve: NamedCurve<Column>, paper: Paper) => string;
  /** What a point says when it is pointed at. */
  readonly tip: (x: string, y: string, paper: Paper) => string;
}

const HEIGHT = 380;
const LEAST_HEIGHT = 260;
/** How many points of a chart say their values. */
const MOST_TIPS = 36;

/** The drawing of one or several curves over shares. */
export function curveDrawing<Column extends string>(
  paper: Paper,
  curves: readonly NamedCurve<Column>[],
  chart: CurveChart<Column>,
): Drawing {
  const title = paper.say(chart.title);
  const figures = curves.map((curve) => {
    const figure = chart.figure(curve, paper);
    return curve.name === null ? figure : paper.say("{name}: {text}", { name: curve.name, text: figure });
  });
  const [first] = curves;
  const sample = curves.length === 1 ? sampleText(paper, first) : null;
  const description = paper.sentence(...figures, sample);
  if (curves.every((curve) => curve.columns[chart.x].length === 0))
    return {
      title,
      description: paper.say("The curve has no points."),
      body: { missing: paper.say("The curve has no points.") },
    };

  const [low, high] = chart.yDomain ?? [0, 1];
  const { yIsShare = true } = chart;
  const yFormat = yIsShare ? percentTick : amountTick(paper.locale);
  const lines = curves.map((curve, i) => {
    const { [chart.x]: x, [chart.y]: y } = curve.columns;
    const thin = chart.isStepped === true ? thinnedSteps : thinned;
    const points = thin(x, y, 1, high - low).map((at) => [x[at], y[at]]);
    return Plot.line(points, {
      stroke: paper.colour(SERIES[i].colour),
      strokeWidth: 2,
      ...(SERIES[i].dash === undefined ? {} : { strokeDasharray: SERIES[i].dash }),
      curve: chart.isStepped === true ? "step-before" : "linear",
    });
  });
  const height = Math.max(LEAST_HEIGHT, Math.min(HEIGHT, paper.width * 0.7));
  return {
    title,
    subtitle:
      curves.length === 1 ? [figures[0], sample].filter((text) => text !== null).join(" · ") : undefined,
    description,
    key: keyItems(curves, figures, chart),
    body: {
      height,
      plot: {
        ...margins(),
        x: { domain: [0, 1] },
        y: { domain: [low, high] },
        marks: [
          axisBelow(paper, {
            label: paper.say(chart.xLabel),
            format: percentTick,
            ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
          }),
          axisLeft(paper, { label: paper.say(chart.yLabel), format: yFormat }),
          ...(chart.reference?.(paper) ?? []),
          ...lines.reverse(),
          ...curves.map((curve) =>
            tipsOf(curve, chart, Math.floor(MOST_TIPS / curves.length), (x, y) =>
              chart.tip(percentText(x), yIsShare ? percentText(y) : y.toFixed(2), paper),
            ),
          ),
        ],
      },
    },
  };
}

function keyItems<Column extends string>(
  curves: readonly NamedCurve<Column>[],
  figures: readonly string[],
  { referenceKey }: CurveChart<Column>,
): KeyItem[] {
  const named = curves.flatMap((curve, i): KeyItem[] =>
    curve.name === null
      ? []
      : [{ label: figures[i], colour: SERIES[i].colour, line: { dash: SERIES[i].dash } }],
  );
  return referenceKey === undefined || named.length === 0 ? named : [...named, referenceKey];
}

/** 7,043 rows, 26.5% churned */
export function sampleText(paper: Paper, { evaluation }: NamedCurve): string | null {
  if (evaluation === null) return null;
  const { rows, baseRate } = evaluation;
  if (baseRate === undefined) return paper.say("{rows} {rows|row|rows}", { rows });
  return paper.say("{rows} {rows|row|rows}, of which {rate} churned", { rows, rate: percentText(baseRate) });
}

/** Unseen points along a curve that say their values. */
function tipsOf<Column extends string>(
  { columns, threshold }: NamedCurve<Column>,
  { x, y }: CurveChart<Column>,
  most: number,
  text: (x: number, y: number) => string,
): Plot.Markish {
  const [xs, ys] = [columns[x], columns[y]];
  const steps = Math.min(most, 20);
  const at = new Set<number>();
  for (let step = 1; step < steps; step++) at.add(nearest(xs, step / steps));
  const points = [...at].filter((i) => i >= 0);
  return Plot.dot(points, {
    x: (i: number) => xs[i],
    y: (i: number) => ys[i],
    r: 7,
    fill: "white",
    fillOpacity: 0,
    stroke: "none",
    title: (i: number) => {
      const limit = threshold?.[i];
      const from = typeof limit === "number" && Number.isFinite(limit) ? `\n≥ ${limit.toFixed(3)}` : "";
      return text(xs[i], ys[i]) + from;
    },
  });
}

/** The first position of rising values that is not below one; −1 of none. */
function nearest(values: ArrayLike<number>, value: number): number {
  let [low, high] = [0, values.length - 1];
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The value of a line through points whose positions rise. */
export function lineAt(x: ArrayLike<number>, y: ArrayLike<number>, at: number): number {
  const to = nearest(x, at);
  if (to <= 0) return y[0];
  const span = x[to] - x[to - 1];
  return span === 0 ? y[to] : y[to - 1] + ((y[to] - y[to - 1]) * (at - x[to - 1])) / span;
}

/** The line from (0, 0) to (1, 1). */
export function diagonal(paper: Paper): Plot.Markish {
  return Plot.line(
    [
      [0, 0],
      [1, 1],
    ],
    { stroke: paper.colour("line"), strokeWidth: 1, strokeDasharray: "3 3" },
  );
}

/** A metric of an evaluation with its interval, or what the curve itself gives. */
export function metricText(
  paper: Paper,
  { evaluation }: NamedCurve,
  metric: string,
  ofCurve: () => number,
  show: (value: number) => string,
): string {
  const measured = evaluation?.metrics?.[metric];
  if (measured === null || measured === undefined) return show(ofCurve());
  return paper.withInterval(measured.value, measured.low, measured.high, show);
}
