import * as Plot from "@observablehq/plot";
import { axisBelow, axisLeft, leftFor, MARGINS, margins } from "../../drawing/axes.js";
import { endLabels } from "../../drawing/end-labels.js";
import type { KeyItem } from "../../drawing/key.js";
import type { Paper } from "../../drawing/paper.js";
import type { Drawing } from "../../drawing/picture.js";
import { SERIES, symbolOf } from "../../drawing/series.js";
import { thinned, thinnedSteps } from "../../drawing/thin.js";

/** A point of a line, its interval where it has one. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly tip: string;
}

/** A line of a chart. */
export interface Line {
  readonly name: string | null;
  readonly points: readonly LinePoint[];
}

/** How lines are drawn. */
export interface LineChart {
  readonly xLabel?: string | undefined;
  readonly yLabel: string;
  readonly xDomain: readonly [number, number];
  readonly yDomain: readonly [number, number];
  readonly xFormat: (value: number) => string;
  readonly yFormat: (value: number) => string;
  /** The ticks that a frame of a width has room for, or how many. Default: one for about 80 pixels. */
  readonly xTicks?: ((width: number) => readonly number[] | number) | undefined;
  readonly isTime?: boolean;
  readonly isStepped?: boolean;
  readonly height?: number;
  readonly more?: readonly Plot.Markish[];
}

const HEIGHT = 320;
const MOST_DOTS = 40;
const WIDE_TICK = 80;

/** Lines with bands, named at their ends. */
export function linesDrawing(
  paper: Paper,
  lines: readonly Line[],
  chart: LineChart,
): Pick<Drawing, "body" | "key"> {
  const height = chart.height ?? Math.max(230, Math.min(HEIGHT, paper.width * 0.6));
  const [low, high] = chart.yDomain;
  const filled = lines.filter(({ points }) => points.length > 0);
  const named = filled.flatMap(({ name, points }) =>
    name === null ? [] : [{ name, y: points[points.length - 1].y }],
  );
  const labels = endLabels(paper, named, chart.yDomain, height - MARGINS.top - MARGINS.bottom);
  const left = leftFor(chart.yDomain, chart.yFormat);
  const right = Math.max(MARGINS.right, labels.right);
  const frame = paper.width - left - right;
  const ticks = chart.xTicks?.(frame) ?? Math.max(2, Math.round(frame / WIDE_TICK));
  const total = filled.reduce((sum, { points }) => sum + points.length, 0);
  const at = (value: number) => (chart.isTime === true ? new Date(value) : value);
  return {
    key: filled.flatMap(({ name }): KeyItem[] => {
      const style = SERIES[lines.findIndex((line) => line.name === name)];
      return name === null || labels.areClear
        ? []
        : [{ label: name, colour: style.colour, line: { dash: style.dash } }];
    }),
    body: {
      height,
      plot: {
        ...margins({ left, right }),
        x: { domain: chart.xDomain.map(at) as number[], type: chart.isTime === true ? "utc" : "linear" },
        y: { domain: [low, high] },
        marks: [
          axisBelow(paper, {
            label: chart.xLabel,
            format: chart.xFormat,
            ticks: typeof ticks === "number" ? ticks : (ticks.map(at) as Date[]),
            grid: false,
          }),
          axisLeft(paper, { label: chart.yLabel, format: chart.yFormat }, { left }),
          ...filled.map((line) => bandMark(paper, line, lines.indexOf(line), chart)),
          ...(chart.more ?? []),
          ...filled.flatMap((line) => lineMarks(paper, line, lines.indexOf(line), chart, total <= MOST_DOTS)),
          labels.mark,
        ],
      },
    },
  };
}

function bandMark(paper: Paper, { points }: Line, series: number, chart: LineChart): Plot.Markish {
  const withBand = points.filter(({ low, high }) => low !== null && high !== null);
  const spans = spansOf(chart);
  const x = withBand.map((point) => point.x);
  const thin = chart.isStepped === true ? thinnedSteps : thinned;
  const kept = new Set([
    ...thin(
      x,
      withBand.map((point) => point.low ?? 0),
      ...spans,
    ),
    ...thin(
      x,
      withBand.map((point) => point.high ?? 0),
      ...spans,
    ),
  ]);
  return Plot.areaY(
    withBand.filter((_, i) => kept.has(i)),
    {
      x: (point: LinePoint) => (chart.isTime === true ? new Date(point.x) : point.x),
      y1: "low",
      y2: "high",
      fill: paper.colour(SERIES[series].colour),
      fillOpacity: 0.14,
      curve: chart.isStepped === true ? "step-after" : "linear",
    } as never,
  );
}

function lineMarks(
  paper: Paper,
  { points }: Line,
  series: number,
  chart: LineChart,
  hasDots: boolean,
): Plot.Markish[] {
  const { colour, dash, shape } = SERIES[series];
  const thin = chart.isStepped === true ? thinnedSteps : thinned;
  const kept = thin(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
    ...spansOf(chart),
  ).map((i) => points[i]);
  const place = {
    x: (point: LinePoint) => (chart.isTime === true ? new Date(point.x) : point.x),
    y: "y",
  };
  const dots =
    chart.isStepped === true
      ? { r: 6, fill: "white", fillOpacity: 0, stroke: "none" }
      : { symbol: symbolOf(shape), fill: paper.colour(colour), stroke: paper.colour("background") };
  return [
    Plot.line(kept, {
      ...place,
      stroke: paper.colour(colour),
      strokeWidth: 2,
      ...(dash === undefined ? {} : { strokeDasharray: dash }),
      curve: chart.isStepped === true ? "step-after" : "linear",
    } as never),
    ...(hasDots ? [Plot.dot(points, { ...place, ...dots, title: "tip" } as never)] : []),
  ];
}

function spansOf({ xDomain, yDomain }: LineChart): [number, number] {
  return [xDomain[1] - xDomain[0] || 1, yDomain[1] - yDomain[0] || 1];
}
