import * as Plot from "@observablehq/plot";
import type { CurvePoint, DependenceCurve } from "../../../explain/global/explanation.js";
import { axisBelow, axisLeft, limitsOf, MARGINS, margins } from "../../drawing/axes.js";
import { dateOfDays, dateText, dateTick } from "../../drawing/dates.js";
import { amountText, amountTick, percentText, percentTick } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { SERIES, symbolOf } from "../../drawing/series.js";
import { nameOf } from "../../drawing/text.js";
import { dayTicks, numberTicks } from "../../drawing/ticks.js";
import { type Body, keyOf, levelName, meanOf, rangeText, TIPS, tipOf } from "./shared.js";

const HEIGHT = 320;
/** How much of the height the distribution of rows takes. */
const DENSITY = 0.18;
/** Where missing values are, beyond the numbers, in shares of the axis. */
const BEYOND = 0.09;

type NumberPoint = CurvePoint & { readonly value: number };

/** A line over numbers or dates, missing values beside it. */
export function numericDrawing(paper: Paper, { input, kind, points }: DependenceCurve): Body {
  const numbers = points.filter((point): point is NumberPoint => point.value !== null);
  const others = points.filter(({ value }) => value === null);
  const isDate = kind === "date";
  const [from, to] = limitsOf(
    numbers.map(({ value }) => value),
    { pad: 0.01 },
  );
  const end = others.length === 0 ? to : to + (to - from) * BEYOND * others.length;
  const level = meanOf(points);
  const local = numbers.flatMap(({ value, localProbability }) =>
    localProbability === null || localProbability === undefined
      ? []
      : [{ value, at: level + localProbability }],
  );
  const limits = limitsOf([...points.map(({ probability }) => probability), ...local.map(({ at }) => at)], {
    from: 0,
    pad: 0.08,
  });
  const bottom = limits[0];
  const valueText = (value: number) =>
    isDate ? dateText(dateOfDays(value), paper.locale) : amountText(value);
  const tip = (point: CurvePoint) =>
    numbers.length > TIPS
      ? null
      : tipOf(paper, point, point.value === null ? levelName(paper, point) : valueText(point.value));
  const marginal = others.map((point, i) => ({
    ...point,
    at: to + (to - from) * BEYOND * (i + 0.6),
    name: levelName(paper, point),
  }));
  const format = amountTick(paper.locale);
  const dates = isDate ? dateTick(dateOfDays(from), dateOfDays(to), paper.locale) : null;
  const x = (value: number) => value;
  return {
    subtitle: rangeText(paper, points, valueText),
    description: paper.sentence(
      rangeText(paper, points, valueText),
      local.length === 0
        ? null
        : paper.say("local effects are drawn around the mean {mean}", { mean: percentText(level) }),
    ),
    key: keyOf(paper, local.length > 0),
    body: {
      height: Math.max(230, Math.min(HEIGHT, paper.width * 0.6)),
      plot: {
        ...margins({ right: marginal.length > 0 ? 34 : MARGINS.right }),
        x: { domain: [from, end] },
        y: { domain: limits },
        marks: [
          axisBelow(paper, {
            label: nameOf(input),
            format: (value) => (dates === null ? format(value) : dates(dateOfDays(value))),
            ticks: (isDate ? dayTicks : numberTicks)(
              from,
              to,
              Math.max(3, Math.round(paper.width / (isDate ? 110 : 90))),
            ),
            grid: false,
          }),
          axisLeft(paper, { label: paper.say("probability of churn"), format: percentTick }),
          densityMark(paper, numbers, from, to, bottom, limits[1]),
          ...(local.length === 0
            ? []
            : [
                Plot.line(local, {
                  x: "value",
                  y: "at",
                  stroke: paper.colour(SERIES[1].colour),
                  strokeWidth: 1.5,
                  strokeDasharray: SERIES[1].dash as string,
                }),
              ]),
          Plot.line(numbers, {
            x: ({ value }) => x(value),
            y: "probability",
            stroke: paper.colour("blue"),
            strokeWidth: 2,
          }),
          Plot.dot(numbers, {
            x: "value",
            y: "probability",
            r: numbers.length > TIPS ? 0 : 2.5,
            fill: paper.colour("blue"),
            title: tip,
          }),
          Plot.dot(marginal, {
            x: "at",
            y: "probability",
            symbol: symbolOf("diamond") as never,
            fill: paper.colour("background"),
            stroke: paper.colour("blue"),
            strokeWidth: 1.5,
            title: tip,
          }),
          Plot.text(marginal, {
            x: "at",
            frameAnchor: "bottom",
            dy: 16,
            text: "name",
            fill: paper.colour("muted"),
          } as never),
        ],
      },
    },
  };
}

/** Bars along the bottom: how many rows are around each point. */
function densityMark(
  paper: Paper,
  points: readonly NumberPoint[],
  from: number,
  to: number,
  bottom: number,
  top: number,
): Plot.Markish {
  const heights = points.map(({ density, share }) => density ?? share);
  const highest = Math.max(1e-300, ...heights);
  const bars = points.map(({ value }, i) => ({
    from: i === 0 ? from : (points[i - 1].value + value) / 2,
    to: i === points.length - 1 ? to : (value + points[i + 1].value) / 2,
    height: bottom + (heights[i] / highest) * DENSITY * (top - bottom),
  }));
  return Plot.rect(bars, { x1: "from", x2: "to", y1: bottom, y2: "height", fill: paper.colour("pale") });
}
