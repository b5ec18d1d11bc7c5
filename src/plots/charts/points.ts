import type * as Plot from "@observablehq/plot";
import type { OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { axisBelow, axisLeft, leftFor, limitsOf, margins } from "../drawing/axes.js";
import { checkEntries } from "../drawing/check-data.js";
import { densityOf, type Grid } from "../drawing/density.js";
import type { KeyItem } from "../drawing/key.js";
import { amountTick } from "../drawing/numbers.js";
import { HEAT_STEPS } from "../drawing/palette.js";
import type { Paper } from "../drawing/paper.js";
import { type Drawing, picture } from "../drawing/picture.js";
import { SERIES, shapePath } from "../drawing/series.js";
import { nameOf } from "../drawing/text.js";
import { rounded } from "../drawing/write-svg.js";
import { PLOT_OPTIONS, type PlotOptions } from "../plot-options.js";
import { MOST_SERIES } from "./curves/source.js";

/** A point of a scatter plot. */
export interface PlottedPoint {
  readonly x: number;
  readonly y: number;
  /** What it is told apart by, such as `churned`. Default: nothing. */
  readonly group?: string | null | undefined;
}

/** Options of {@link pointsPlot}. */
export interface PointsPlotOptions extends PlotOptions {
  /** What `x` is. Default `x`. */
  readonly xLabel?: string | undefined;
  /** What `y` is. Default `y`. */
  readonly yLabel?: string | undefined;
}

const POINTS_OPTIONS: OptionNames<PointsPlotOptions> = {
  ...PLOT_OPTIONS,
  xLabel: "optional",
  yLabel: "optional",
};
/** Above this points cover each other, and their bytes count. */
const MOST_POINTS = 2000;
const HEIGHT = 380;

/**
 * Points, told apart by groups; of more than 2,000 points their number in each cell of a grid, as a density.
 * @param points in any order; up to six groups, the rest are one.
 * @param options `xLabel`, `yLabel`: what the axes are (default `x`, `y`); and see {@link PlotOptions}.
 * @returns SVG text
 * @example pointsPlot([{ x: 2, y: 70, group: "churned" }, { x: 40, y: 25, group: "stayed" }], { xLabel: "tenure", yLabel: "charges" })
 * @throws HoldfastError for anything else, and values that are not finite.
 */
export function pointsPlot(points: readonly PlottedPoint[], options: PointsPlotOptions = {}): string {
  return picture("pointsPlot", options, POINTS_OPTIONS, (paper) => {
    const { xLabel, yLabel } = options;
    for (const [name, value] of Object.entries({ xLabel, yLabel }))
      if (value !== undefined && typeof value !== "string")
        invalidArgument("pointsPlot", name, "must be a text", value);
    checkEntries("pointsPlot", "points", points, { x: "number", y: "number", group: "text?" });
    return drawingOf(paper, points, nameOf(xLabel ?? "x"), nameOf(yLabel ?? "y"));
  });
}

function drawingOf(paper: Paper, points: readonly PlottedPoint[], xLabel: string, yLabel: string): Drawing {
  const title = paper.say("{y} by {x}", { x: xLabel, y: yLabel });
  const missing = paper.say("There are no points.");
  if (points.length === 0) return { title, description: missing, body: { missing } };
  const xs = Float64Array.from(points, ({ x }) => x);
  const ys = Float64Array.from(points, ({ y }) => y);
  const [xDomain, yDomain] = [limitsOf(xs), limitsOf(ys)];
  const isDense = points.length > MOST_POINTS;
  const groups = groupsOf(points);
  const yFormat = amountTick(paper.locale);
  const left = leftFor(yDomain, yFormat);
  const height = Math.max(260, Math.min(HEIGHT, paper.width * 0.7));
  const marks = isDense
    ? densityMark(paper, densityOf(xs, ys, xDomain, yDomain, paper.width / height))
    : pointsMark(paper, points, groups);
  const count = paper.say("{points} {points|point|points}", { points: points.length });
  const ranges = [
    paper.say("{name} from {from} to {to}", {
      name: xLabel,
      from: yFormat(least(xs)),
      to: yFormat(most(xs)),
    }),
    paper.say("{name} from {from} to {to}", {
      name: yLabel,
      from: yFormat(least(ys)),
      to: yFormat(most(ys)),
    }),
  ];
  const density = isDense
    ? paper.say("drawn as a density: how many points are in each cell of a grid")
    : null;
  return {
    title,
    subtitle: isDense ? [count, density].join(" · ") : undefined,
    description: paper.sentence(count, density, ...ranges),
    key: isDense ? densityKey(paper) : groupKey(paper, groups),
    body: {
      height,
      plot: {
        ...margins({ left }),
        x: { domain: xDomain },
        y: { domain: yDomain },
        marks: [
          axisBelow(paper, { label: xLabel, format: amountTick(paper.locale) }),
          axisLeft(paper, { label: yLabel, format: yFormat }, { left }),
          marks,
        ],
      },
    },
  };
}

/** Names of groups in their order; beyond six the rest is one. Null where there are none. */
function groupsOf(points: readonly PlottedPoint[]): ReadonlyMap<string, number> | null {
  const names = [...new Set(Array.from(points, ({ group }) => group ?? null))];
  if (names.every((name) => name === null)) return null;
  const groups = new Map<string, number>();
  for (const [i, name] of names.entries()) groups.set(name ?? "", Math.min(i, MOST_SERIES - 1));
  return groups;
}

function groupKey(paper: Paper, groups: ReadonlyMap<string, number> | null): KeyItem[] {
  if (groups === null) return [];
  const byStyle = new Map<number, string[]>();
  for (const [name, style] of groups) byStyle.set(style, [...(byStyle.get(style) ?? []), name]);
  return [...byStyle].map(([style, names]) => ({
    label: names.length === 1 ? nameOf(names[0]) || "–" : `${paper.say("the rest")} (${names.length})`,
    colour: SERIES[style].colour,
    shape: SERIES[style].shape,
    isHollow: true,
  }));
}

/** One path for each group: a point takes a dozen bytes. */
function pointsMark(
  paper: Paper,
  points: readonly PlottedPoint[],
  groups: ReadonlyMap<string, number> | null,
): Plot.Markish {
  return ((_index: unknown, scales: Scales, _values: unknown, _dimensions: unknown, context: Context) => {
    const paths = new Map<number, string[]>();
    for (const { x, y, group } of Array.from(points)) {
      const style = groups?.get(group ?? "") ?? 0;
      const place = `${rounded(scales.x(x))},${rounded(scales.y(y))}`;
      const path = paths.get(style) ?? [];
      path.push(
        groups === null
          ? `M${place}h0`
          : shapePath(SERIES[style].shape).replace(
              /^M([-\d.]+),([-\d.]+)/u,
              (_, dx, dy) => `M${place}m${dx},${dy}`,
            ),
      );
      paths.set(style, path);
    }
    const all = context.document.createElementNS(SVG, "g");
    for (const [style, path] of paths) {
      const node = context.document.createElementNS(SVG, "path");
      node.setAttribute("d", path.join(""));
      const colour = paper.colour(SERIES[style].colour);
      const look =
        groups === null
          ? { stroke: colour, "stroke-width": "5", "stroke-linecap": "round", "stroke-opacity": "0.6" }
          : { fill: "none", stroke: colour, "stroke-width": "1.2" };
      for (const [name, value] of Object.entries(look)) node.setAttribute(name, value);
      all.appendChild(node);
    }
    return all;
  }) as unknown as Plot.Markish;
}

const SVG = "http://www.w3.org/2000/svg";

interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

interface Context {
  readonly document: { createElementNS(namespace: string, name: string): MadeNode };
}

interface MadeNode {
  setAttribute(name: string, value: string): void;
  appendChild(node: MadeNode): void;
}

/** One path for each step of heat, cells beside each other joined. */
function densityMark(paper: Paper, grid: Grid): Plot.Markish {
  return ((_index: unknown, scales: Scales, _values: unknown, _dimensions: unknown, context: Context) => {
    const paths = new Map<number, string[]>();
    for (const { step, x1, x2, y1, y2 } of grid.runs) {
      const path = paths.get(step) ?? [];
      const [left, right, top, bottom] = [scales.x(x1), scales.x(x2), scales.y(y2), scales.y(y1)];
      path.push(`M${rounded(left)},${rounded(bottom)}H${rounded(right)}V${rounded(top)}H${rounded(left)}z`);
      paths.set(step, path);
    }
    const all = context.document.createElementNS(SVG, "g");
    for (const [step, path] of [...paths].sort(([a], [b]) => a - b)) {
      const node = context.document.createElementNS(SVG, "path");
      node.setAttribute("d", path.join(""));
      node.setAttribute("fill", paper.colour(`heat-${step + 1}`));
      all.appendChild(node);
    }
    return all;
  }) as unknown as Plot.Markish;
}

function densityKey(paper: Paper): KeyItem[] {
  return [
    { label: paper.say("few points"), colour: "heat-2", box: { outline: "line" } },
    { label: paper.say("many points"), colour: `heat-${HEAT_STEPS}`, box: { outline: "line" } },
  ];
}

function least(values: Float64Array): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function most(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
}
