import type { OptionNames } from "../../../arguments.js";
import { invalidArgument } from "../../../errors.js";
import { limitsOf } from "../../drawing/axes.js";
import { checkEntries } from "../../drawing/check-data.js";
import { amountText, amountTick, percentText, percentTick } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { picture } from "../../drawing/picture.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { type Line, linesDrawing } from "./line-chart.js";
import { type SeriesSource, seriesOf } from "./named-series.js";

/** A step of a survival curve: from `time` on, this share is still there. */
export interface SurvivalStep {
  readonly time: number;
  readonly survival: number;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
}

/** Options of {@link survivalPlot}. */
export interface SurvivalPlotOptions extends PlotOptions {
  /** What times are counted in and from. Default: `time`. */
  readonly label?: string | undefined;
}

const SURVIVAL_OPTIONS: OptionNames<SurvivalPlotOptions> = { ...PLOT_OPTIONS, label: "optional" };

/**
 * Survival curves: which share is still there after a time, as steps with bands for their intervals.
 * @param steps by time (they are sorted); a curve begins at 100% of time 0 unless it says otherwise. Or up to six curves by name.
 * @param options `label`: what times are counted in and from (default `time`); and see {@link PlotOptions}.
 * @returns SVG text
 * @example survivalPlot({ fibre: [{ time: 1, survival: 0.97 }, { time: 2, survival: 0.95 }], dsl: [{ time: 1, survival: 0.99 }] })
 * @throws HoldfastError for anything else, and shares outside [0, 1].
 */
export function survivalPlot(steps: SeriesSource<SurvivalStep>, options: SurvivalPlotOptions = {}): string {
  return picture("survivalPlot", options, SURVIVAL_OPTIONS, (paper) => {
    if (options.label !== undefined && typeof options.label !== "string")
      invalidArgument("survivalPlot", "label", "must be a text", options.label);
    const series = seriesOf<SurvivalStep>("survivalPlot", "steps", steps);
    const members = { time: "count", survival: "share", low: "share?", high: "share?" } as const;
    for (const { argument, points } of series) checkEntries("survivalPlot", argument, points, members);
    const title = paper.say("Survival");
    const missing = paper.say("There are no points.");
    const lines = series.map(({ name, points }) => lineOf(paper, name, points));
    const all = lines.flatMap(({ points }) => points);
    if (all.length === 0) return { title, description: missing, body: { missing } };
    return {
      title,
      description: paper.sentence(...lines.map((line) => endText(paper, line))),
      ...linesDrawing(paper, lines, {
        xLabel: options.label ?? paper.say("time"),
        yLabel: paper.say("share still there"),
        xDomain: limitsOf(
          all.map(({ x }) => x),
          { from: 0, pad: 0.01 },
        ),
        yDomain: [0, 1],
        xFormat: amountTick(paper.locale),
        yFormat: percentTick,
        isStepped: true,
      }),
    };
  });
}

function lineOf(paper: Paper, name: string | null, steps: readonly SurvivalStep[]): Line {
  const points = Array.from(steps, ({ time, survival, low, high }) => {
    const value = paper.withInterval(survival, low, high, percentText);
    const tip = `${name === null ? "" : `${name}\n`}${amountText(time)}: ${value}`;
    return { x: time, y: survival, low: low ?? null, high: high ?? null, tip };
  }).sort((a, b) => a.x - b.x);
  const hasBand = points.some(({ low }) => low !== null);
  if (points.length === 0 || points[0].x === 0) return { name, points };
  const start = { x: 0, y: 1, low: hasBand ? 1 : null, high: hasBand ? 1 : null, tip: "100%" };
  return { name, points: [start, ...points] };
}

function endText(paper: Paper, { name, points }: Line): string | null {
  const last = points.at(-1);
  if (last === undefined) return null;
  const text = paper.say("{share} are still there at {time}", {
    share: paper.withInterval(last.y, last.low, last.high, percentText),
    time: amountText(last.x),
  });
  return name === null ? text : paper.say("{name}: {text}", { name, text });
}
