import * as Plot from "@observablehq/plot";
import { argumentProblem, HoldfastError } from "../../../errors.js";
import { axisBelow, limitsOf, margins } from "../../drawing/axes.js";
import { isObject, memberProblems } from "../../drawing/check-data.js";
import { amountText, percentText, percentTick } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import type { Drawing } from "../../drawing/picture.js";
import { bandOf, rowLabels, rowTexts } from "../../drawing/row-labels.js";
import { symbolOf } from "../../drawing/series.js";

/** One row: what was predicted of it, and what happened. */
export interface PredictedObserved {
  readonly name: string;
  readonly rows: number;
  readonly predicted: number | null;
  readonly observed: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Whether the two differ beyond chance. */
  readonly isOff: boolean;
}

const ROW = 30;
const TIPS = 40;
/** Below this width names need the room of words beside counts. */
const NARROW = 420;
const NARROW_NAMES = 0.45;

/** Mean probability and observed rate with its interval, a row each. */
export function predictedObservedPlot(
  paper: Paper,
  rows: readonly PredictedObserved[],
  offLabel: string,
): Pick<Drawing, "body" | "key"> {
  const isNarrow = paper.width < NARROW;
  const labels = rowLabels(
    paper,
    rows.map(({ name }) => name),
    { isBold: (row) => rows[row].isOff, ...(isNarrow ? { most: NARROW_NAMES } : {}) },
  );
  const texts = rowTexts(
    paper,
    rows.map(({ rows: count }) =>
      isNarrow ? amountText(count) : paper.say("{rows} {rows|row|rows}", { rows: count }),
    ),
  );
  const entries = rows.map((row, at) => ({ ...row, row: at }));
  const predicted = entries.filter((row) => row.predicted !== null);
  const observed = entries.flatMap((row) => (row.observed === null ? [] : [{ ...row, ...row.observed }]));
  const title = (row: PredictedObserved) => (rows.length > TIPS ? null : tipOf(paper, row));
  const sound = observed.filter(({ isOff }) => !isOff);
  const off = observed.filter(({ isOff }) => isOff);
  const [, high] = limitsOf(
    [...predicted.map((row) => row.predicted ?? 0), ...observed.map((row) => row.high)],
    { from: 0 },
  );
  const dots = (data: typeof observed, shape: "circle" | "triangle", colour: "blue" | "orange") => [
    Plot.ruleY(data, { y: "row", x1: "low", x2: "high", stroke: paper.colour(colour), strokeWidth: 2 }),
    Plot.dot(data, {
      x: "value",
      y: "row",
      symbol: symbolOf(shape) as never,
      fill: paper.colour(colour),
      title,
    }),
  ];
  return {
    key: [
      { label: paper.say("mean predicted"), colour: "ink", shape: "diamond", isHollow: true },
      {
        label: paper.say("observed, with interval"),
        colour: "blue",
        shape: "circle",
        line: {},
      },
      ...(off.length === 0
        ? []
        : [
            {
              label: offLabel,
              colour: "orange" as const,
              shape: "triangle" as const,
              line: {},
            },
          ]),
    ],
    body: {
      height: rows.length * ROW + 60,
      plot: {
        ...margins({ top: 8, left: labels.left, right: texts.right }),
        x: { domain: [0, Math.min(1, high)] },
        y: bandOf(rows.length),
        marks: [
          axisBelow(paper, { label: paper.say("churn rate"), format: percentTick, ticks: ticksFor(paper) }),
          labels.mark,
          texts.mark,
          ...dots(sound, "circle", "blue"),
          ...dots(off, "triangle", "orange"),
          Plot.dot(predicted, {
            x: "predicted",
            y: "row",
            symbol: symbolOf("diamond") as never,
            fill: paper.colour("background"),
            fillOpacity: 0.75,
            stroke: paper.colour("ink"),
            strokeWidth: 1.5,
            title,
          }),
        ],
      },
    },
  };
}

/** Rows with names on the left have less room for ticks. */
function ticksFor(paper: Paper): number {
  return Math.max(2, Math.round((paper.width * 0.5) / 70));
}

function tipOf(paper: Paper, { name, rows, predicted, observed }: PredictedObserved): string {
  return [
    name,
    ...(predicted === null ? [] : [paper.say("predicted {value}", { value: percentText(predicted) })]),
    ...(observed === null ? [] : [paper.say("observed {value}", { value: observedText(paper, observed) })]),
    paper.say("rows: {rows}", { rows: amountText(rows) }),
  ].join("\n");
}

/** 26.5% (24.0% to 29.1%) */
function observedText(
  paper: Paper,
  { value, low, high }: NonNullable<PredictedObserved["observed"]>,
): string {
  return paper.withInterval(value, low, high, percentText);
}

/** high: predicted 52.1%, observed 50.0% (46.1% to 54.0%) */
export function rowSentence(paper: Paper, { name, predicted, observed }: PredictedObserved): string | null {
  if (predicted === null || observed === null) return null;
  return paper.say("{name}: predicted {predicted}, observed {observed}", {
    name,
    predicted: percentText(predicted),
    observed: observedText(paper, observed),
  });
}

/** Makes sure that observed rates of entries are shares with intervals, or null. @throws HoldfastError */
export function checkRates(
  functionName: string,
  argument: string,
  entries: ArrayLike<{ readonly observedRate: unknown }>,
): void {
  const problems = Array.from(entries).flatMap(({ observedRate }, i) => {
    if (observedRate === null || observedRate === undefined) return [];
    const place = `${argument}[${i}].observedRate`;
    const expected = "must be { value, low, high } or null";
    if (!isObject(observedRate)) return [argumentProblem(functionName, place, expected, observedRate)];
    return memberProblems(functionName, place, observedRate, { value: "share", low: "share", high: "share" });
  });
  if (problems.length > 0) throw new HoldfastError(problems);
}
