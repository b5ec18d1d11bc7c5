import * as Plot from "@observablehq/plot";
import { evenly } from "./numbers.js";
import type { Paper } from "./paper.js";
import { fitted, TEXT_SIZE, textWidth } from "./text.js";

/** An axis of numbers or dates. */
export interface AxisOptions {
  readonly label?: string | undefined;
  readonly format: (value: number) => string;
  readonly ticks?: number | readonly number[] | readonly Date[] | undefined;
  /** Whether light lines go through the chart at its ticks. Default true. */
  readonly grid?: boolean;
}

const WIDE_TICK = 90;
/** Room of a chart for its axes. */
export const MARGINS = { top: 26, right: 20, bottom: 44, left: 50 };

/** The axis below, its label in the middle. */
export function axisBelow(paper: Paper, { label, format, ticks, grid = true }: AxisOptions): Plot.Markish[] {
  const count = ticks ?? Math.max(3, Math.round(paper.width / WIDE_TICK));
  const axis = Plot.axisX({
    anchor: "bottom",
    ticks: count as number,
    tickFormat: evenFormat(format) as never,
    tickSize: 0,
    tickPadding: 8,
    label: label === undefined ? null : fitted(label, paper.width * 0.85),
    labelAnchor: "center",
    labelArrow: "none",
    labelOffset: 38,
    fill: paper.colour("muted"),
    fontVariant: "tabular-nums",
  });
  return grid
    ? [Plot.gridX({ ticks: count as number, stroke: paper.colour("grid"), strokeOpacity: 1 }), axis]
    : [axis];
}

/** The axis on the left, its label above it from the left edge. @param around the margins of the chart. */
export function axisLeft(
  paper: Paper,
  { label, format, ticks, grid = true }: AxisOptions,
  around: Partial<typeof MARGINS> = {},
): Plot.Markish[] {
  const { left, top } = { ...MARGINS, ...around };
  const axis = Plot.axisY({
    anchor: "left",
    ticks: (ticks ?? 5) as number,
    tickFormat: evenFormat(format) as never,
    tickSize: 0,
    tickPadding: 8,
    label: null,
    fill: paper.colour("muted"),
    fontVariant: "tabular-nums",
  });
  const above = Plot.text([fitted(label ?? "", paper.width)], {
    frameAnchor: "top-left",
    dx: -left,
    dy: -(top - TEXT_SIZE - 2),
    lineAnchor: "bottom",
    textAnchor: "start",
    fill: paper.colour("muted"),
  } as never);
  const marks = label === undefined ? [axis] : [axis, above];
  return grid
    ? [
        Plot.gridY({ ticks: (ticks ?? 5) as number, stroke: paper.colour("grid"), strokeOpacity: 1 }),
        ...marks,
      ]
    : marks;
}

/** The left margin that numbers of an axis need. */
export function leftFor([low, high]: readonly [number, number], format: (value: number) => string): number {
  const step = (high - low) / 5;
  const digits = Math.max(1, Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / step)) + 1);
  const texts = [low, high, low + step].map((value) => format(Number(value.toPrecision(digits))));
  return Math.max(36, 14 + Math.ceil(Math.max(...texts.map((text) => textWidth(text)))));
}

/** Ticks are written together, so that they have the same decimals. */
function evenFormat(
  format: AxisOptions["format"],
): (value: number, i: number, ticks: ArrayLike<number>) => string {
  return (_value, i, ticks) => evenly(Array.from(ticks, format))[i];
}

/** The margins as Plot takes them. */
export function margins(changes: Partial<typeof MARGINS> = {}): Plot.PlotOptions {
  const { top, right, bottom, left } = { ...MARGINS, ...changes };
  return { marginTop: top, marginRight: right, marginBottom: bottom, marginLeft: left };
}

/** Limits that hold all values, a little beyond them; never of no length. */
export function limitsOf(
  values: Iterable<number>,
  { from, pad = 0.04 }: { from?: number; pad?: number } = {},
): [number, number] {
  let [low, high] = [from ?? Number.POSITIVE_INFINITY, from ?? Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low <= high)) return [0, 1];
  if (low === high) {
    const half = Math.abs(low) * 0.05 || 0.5;
    return [low === from ? low : low - half, high + half];
  }
  const room = (high - low) * pad;
  return [low === from ? low : low - room, high === from ? high : high + room];
}
