import * as Plot from "@observablehq/plot";
import { argumentProblem, HoldfastError } from "../../../errors.js";
import { limitsOf } from "../../drawing/axes.js";
import { entryProblems, hintOf, isList, isObject, memberProblems } from "../../drawing/check-data.js";
import { amountText, amountTick, decimalText } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { type Drawing, picture } from "../../drawing/picture.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { linesDrawing } from "./line-chart.js";

/** A log loss with its interval. */
export interface PlottedLoss {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What charts read of a learning curve: the result of `learningCurve`. */
export interface PlottedLearningCurve {
  readonly points: readonly { readonly rows: number; readonly logLoss: PlottedLoss }[];
  /** What twice the rows are expected to reach. */
  readonly expected?: { readonly rows: number; readonly logLoss: PlottedLoss } | null | undefined;
}

const EXPECTED = { colour: "orange", dash: "2 3" } as const;

/**
 * A learning curve: the log loss out of fold by rows of training with its interval, and what twice the rows are expected to reach.
 * @param curve what `learningCurve` of `holdfast/training` returns.
 * @param options see {@link PlotOptions}.
 * @returns SVG text
 * @example learningCurvePlot(await learningCurve(table, { label: "churned" }))
 * @throws HoldfastError for anything else, and values that are not finite.
 */
export function learningCurvePlot(curve: PlottedLearningCurve, options: PlotOptions = {}): string {
  return picture("learningCurvePlot", options, PLOT_OPTIONS, (paper) => {
    check(curve);
    return drawingOf(paper, curve);
  });
}

function check(curve: unknown): void {
  const name = "learningCurvePlot";
  if (!isObject(curve) || !isList(curve.points)) {
    const expected = "must be what learningCurve(table, options) returns";
    throw new HoldfastError(argumentProblem(name, "curve", expected, curve, hintOf(curve)));
  }
  const { points, expected } = curve as unknown as PlottedLearningCurve;
  const loss = { value: "number", low: "number", high: "number" } as const;
  const problems = entryProblems(name, "curve.points", points, { rows: "count" });
  const places = [
    ...Array.from(points, (point, i) => ({ place: `curve.points[${i}]`, point })),
    ...(isObject(expected) ? [{ place: "curve.expected", point: expected }] : []),
  ];
  for (const { place, point } of places) {
    const logLoss: unknown = isObject(point) ? point.logLoss : undefined;
    problems.push(
      ...(isObject(logLoss)
        ? memberProblems(name, `${place}.logLoss`, logLoss, loss)
        : [argumentProblem(name, `${place}.logLoss`, "must be { value, low, high }", logLoss)]),
    );
  }
  if (problems.length > 0) throw new HoldfastError(problems);
}

function drawingOf(paper: Paper, { points, expected }: PlottedLearningCurve): Drawing {
  const title = paper.say("Learning curve");
  const missing = paper.say("There are no points.");
  if (points.length === 0) return { title, description: missing, body: { missing } };
  const lossText = ({ value, low, high }: PlottedLoss) => paper.withInterval(value, low, high, decimalText);
  const line = Array.from(points, ({ rows, logLoss }) => ({
    x: rows,
    y: logLoss.value,
    low: logLoss.low,
    high: logLoss.high,
    tip: paper.say("{rows} {rows|row|rows}: {text}", { rows, text: lossText(logLoss) }),
  })).sort((a, b) => a.x - b.x);
  const last = line[line.length - 1];
  const then = expected ?? null;
  const losses = [...Array.from(points, ({ logLoss }) => logLoss), ...(then === null ? [] : [then.logLoss])];
  const xs = [...line.map(({ x }) => x), ...(then === null ? [] : [then.rows])];
  const drawn = linesDrawing(paper, [{ name: null, points: line }], {
    xLabel: paper.say("rows of training"),
    yLabel: paper.say("log loss, with interval (lower is better)"),
    xDomain: limitsOf(xs, { from: 0, pad: 0.03 }),
    yDomain: limitsOf(
      losses.flatMap(({ value, low, high }) => [value, low, high]),
      { pad: 0.08 },
    ),
    xFormat: amountTick(paper.locale),
    yFormat: amountTick(paper.locale),
    more: then === null ? [] : expectedMarks(paper, last, then, lossText(then.logLoss)),
  });
  return {
    title,
    description: paper.sentence(
      paper.say("log loss {value} of {rows} {rows|row|rows}", {
        value: lossText(losses[0]),
        rows: points[0].rows,
      }),
      points.length === 1
        ? null
        : paper.say("{value} of {rows} {rows|row|rows}", {
            value: decimalText(last.y),
            rows: last.x,
          }),
      then === null
        ? null
        : paper.say("{value} expected of {rows}", {
            value: lossText(then.logLoss),
            rows: amountText(then.rows),
          }),
    ),
    ...drawn,
    key:
      then === null
        ? []
        : [
            { label: paper.say("measured out of fold"), colour: "blue", line: {}, shape: "circle" },
            {
              label: paper.say("expected of twice the rows"),
              colour: EXPECTED.colour,
              line: { dash: EXPECTED.dash },
              shape: "square",
              isHollow: true,
            },
          ],
  };
}

function expectedMarks(
  paper: Paper,
  last: { x: number; y: number },
  { rows, logLoss }: NonNullable<PlottedLearningCurve["expected"]>,
  text: string,
): Plot.Markish[] {
  const stroke = paper.colour(EXPECTED.colour);
  return [
    Plot.line(
      [
        [last.x, last.y],
        [rows, logLoss.value],
      ],
      { stroke, strokeWidth: 2, strokeDasharray: EXPECTED.dash },
    ),
    Plot.ruleX([logLoss], { x: rows, y1: "low", y2: "high", stroke, strokeWidth: 1.5 }),
    Plot.dot([logLoss], {
      x: rows,
      y: "value",
      symbol: "square",
      r: 4,
      fill: paper.colour("background"),
      stroke,
      strokeWidth: 1.5,
      title: () => paper.say("{rows} {rows|row|rows}: {text}", { rows, text }),
    }),
  ];
}
