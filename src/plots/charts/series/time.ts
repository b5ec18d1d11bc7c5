import type { OptionNames } from "../../../arguments.js";
import { argumentProblem, HoldfastError, invalidArgument, type Problem } from "../../../errors.js";
import { limitsOf } from "../../drawing/axes.js";
import { checkEntries } from "../../drawing/check-data.js";
import { dateText, dateTick } from "../../drawing/dates.js";
import { amountText, amountTick, percentText, percentTick } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { type Drawing, picture } from "../../drawing/picture.js";
import { capitalized, nameOf } from "../../drawing/text.js";
import { dayTicks } from "../../drawing/ticks.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { type Line, type LinePoint, linesDrawing } from "./line-chart.js";
import { type NamedSeries, type SeriesSource, seriesOf } from "./named-series.js";

/** A value at a time, with its interval where there is one. */
export interface TimePoint {
  /** A date, its text (`2025-03` or `2025-03-31`), or a number such as a month of life. All points have the same kind. */
  readonly time: Date | string | number;
  readonly value: number;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
}

/** Options of {@link timePlot}. */
export interface TimePlotOptions extends PlotOptions {
  /** What the values are. Default: `value`. */
  readonly label?: string | undefined;
  /** Whether values are shares, to be written as percent. Default: false. */
  readonly isShare?: boolean | undefined;
  /** Whether the vertical axis begins at 0. Default: false, since it is the changes that matter. */
  readonly fromZero?: boolean | undefined;
}

const TIME_OPTIONS: OptionNames<TimePlotOptions> = {
  ...PLOT_OPTIONS,
  label: "optional",
  isShare: "optional",
  fromZero: "optional",
};
const DATE = /^\d{4}-\d{2}(?:-\d{2})?$/u;
const DAY = 86_400_000;
const MONTH = "2025-03";
/** Months of less time than this are named, where days would be. */
const SHORT_OF_MONTHS = 100 * DAY;
const WIDE_DATE = 95;

/**
 * Values over time as lines, with bands for their intervals.
 * @param points by time (they are sorted), or up to six lists of points by name.
 * @param options `label`: what the values are (default `value`); `isShare`: whether to write them as percent (default false);
 * `fromZero`: whether the axis begins at 0 (default false); and see {@link PlotOptions}.
 * @returns SVG text
 * @example timePlot([{ time: "2025-01", value: 0.021 }, { time: "2025-02", value: 0.024 }], { isShare: true, label: "churn rate" })
 * @throws HoldfastError for anything else, values that are not finite, texts that are no dates, times of two kinds.
 */
export function timePlot(points: SeriesSource<TimePoint>, options: TimePlotOptions = {}): string {
  return picture("timePlot", options, TIME_OPTIONS, (paper) => {
    checkOptionsOfTime(options);
    const series = seriesOf<TimePoint>("timePlot", "points", points);
    for (const { argument, points: list } of series)
      checkEntries("timePlot", argument, list, { value: "number", low: "number?", high: "number?" });
    return drawingOf(paper, series, isTimeOf(series), options);
  });
}

function checkOptionsOfTime({ label, isShare, fromZero }: TimePlotOptions): void {
  if (label !== undefined && typeof label !== "string")
    invalidArgument("timePlot", "label", "must be a text", label);
  for (const [name, value] of Object.entries({ isShare, fromZero }))
    if (value !== undefined && typeof value !== "boolean")
      invalidArgument("timePlot", name, "must be true or false", value);
}

/** Whether times are dates. @throws HoldfastError for what is no time, and for times of two kinds. */
function isTimeOf(series: readonly NamedSeries<TimePoint>[]): boolean {
  const problems: Problem[] = [];
  const kinds = new Set<boolean>();
  for (const { argument, points } of series)
    for (const [i, { time }] of Array.from(points).entries()) {
      const isNumber = typeof time === "number";
      const isFine = isNumber ? Number.isFinite(time) : Number.isFinite(instantOf(time));
      if (isFine) kinds.add(!isNumber);
      const expected =
        kinds.size > 1
          ? "must be of the kind of the times before it: all dates, or all numbers"
          : "must be a date, a text such as 2025-03-31, or a finite number";
      if (!isFine || kinds.size > 1)
        problems.push(argumentProblem("timePlot", `${argument}[${i}].time`, expected, time));
    }
  if (problems.length > 0) throw new HoldfastError(problems);
  return kinds.has(true);
}

function instantOf(time: Date | string | number): number {
  if (typeof time === "string") return DATE.test(time) ? Date.parse(time) : Number.NaN;
  return time instanceof Date ? time.getTime() : Number(time);
}

function drawingOf(
  paper: Paper,
  series: readonly NamedSeries<TimePoint>[],
  isTime: boolean,
  { label, isShare = false, fromZero = false }: TimePlotOptions,
): Drawing {
  const show = isShare ? percentText : amountText;
  const yLabel = label ?? paper.say("value");
  const missing = paper.say("There are no points.");
  const title =
    label === undefined
      ? paper.say("Values over time")
      : capitalized(paper, paper.say("{label} over time", { label: nameOf(label) }));
  const when = timeText(paper, series, isTime);
  const lines = series.map(
    ({ name, points }): Line => ({
      name,
      points: Array.from(points, ({ time, value, low, high }): LinePoint => {
        const x = typeof time === "number" ? time : instantOf(time);
        const tip = `${name === null ? "" : `${name}\n`}${when(x)}: ${paper.withInterval(value, low, high, show)}`;
        return { x, y: value, low: low ?? null, high: high ?? null, tip };
      }).sort((a, b) => a.x - b.x),
    }),
  );
  const all = lines.flatMap(({ points }) => points);
  if (all.length === 0) return { title, description: missing, body: { missing } };
  const xDomain =
    all.length > 0
      ? limitsOf(
          all.map(({ x }) => x),
          { pad: 0.01 },
        )
      : ([0, 1] as [number, number]);
  const values = all.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]);
  const yDomain = limitsOf(values, { ...(fromZero ? { from: 0 } : {}), pad: 0.08 });
  const yFormat = isShare ? percentTick : amountTick(paper.locale);
  return {
    title,
    description: paper.sentence(
      ...lines.map(({ name, points }) => {
        const range = rangeText(paper, points, show, when);
        return name === null || range === null ? range : paper.say("{name}: {text}", { name, text: range });
      }),
    ),
    ...linesDrawing(paper, lines, {
      yLabel,
      xDomain,
      yDomain,
      xFormat: isTime ? (tickText(paper, series, xDomain) as never) : amountTick(paper.locale),
      yFormat,
      isTime,
      ...(isTime ? { xTicks: (width: number) => dateTicks(width, all) } : {}),
    }),
  };
}

/** The dates of the points themselves where they are few; else firsts of months or years. */
function dateTicks(width: number, points: readonly LinePoint[]): readonly number[] {
  const dates = [...new Set(points.map(({ x }) => x))];
  const room = Math.max(2, Math.floor(width / WIDE_DATE));
  if (dates.length <= room) return dates;
  const [first, last] = limitsOf(dates, { pad: 0 });
  const ticks = dayTicks(first / DAY, last / DAY, room).map((day) => day * DAY);
  return ticks.length < 2 ? [first, last] : ticks;
}

/** Mar 2025 where all times are months, else 3 Mar 2025; numbers as they are. */
function timeText(
  { locale }: Paper,
  series: readonly NamedSeries<TimePoint>[],
  isTime: boolean,
): (x: number) => string {
  if (!isTime) return amountText;
  const withDay = !areMonths(series);
  return (x) => dateText(new Date(x), locale, withDay);
}

function tickText(
  { locale }: Paper,
  series: readonly NamedSeries<TimePoint>[],
  [from, to]: readonly [number, number],
): (date: Date) => string {
  const [first, last] = [new Date(from), new Date(to)];
  const isShort = to - from < SHORT_OF_MONTHS;
  return areMonths(series) && isShort
    ? (date) => dateText(date, locale, false)
    : dateTick(first, last, locale);
}

function areMonths(series: readonly NamedSeries<TimePoint>[]): boolean {
  return series.every(({ points }) =>
    Array.from(points).every(({ time }) => typeof time === "string" && time.length === MONTH.length),
  );
}

/** from 2.1% (Jan 2025) to 2.4% (Feb 2025) */
function rangeText(
  paper: Paper,
  points: readonly LinePoint[],
  show: (value: number) => string,
  when: (x: number) => string,
): string | null {
  if (points.length === 0) return null;
  const [first, last] = [points[0], points[points.length - 1]];
  return paper.say("from {from} ({start}) to {to} ({end})", {
    from: show(first.y),
    to: show(last.y),
    start: when(first.x),
    end: when(last.x),
  });
}
