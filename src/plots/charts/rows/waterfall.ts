import * as Plot from "@observablehq/plot";
import { argumentProblem, HoldfastError } from "../../../errors.js";
import type { Explanation, ShownValue } from "../../../explain/explanation.js";
import { axisBelow, limitsOf, margins } from "../../drawing/axes.js";
import { entryProblems, hintOf, isList, isObject, memberProblems } from "../../drawing/check-data.js";
import { mostOf, ROW_PLOT_OPTIONS, type RowPlotOptions } from "../../drawing/most.js";
import { amountText, percentText, percentTick, signed } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { type Drawing, picture } from "../../drawing/picture.js";
import { bandOf, rowLabels } from "../../drawing/row-labels.js";
import { nameOf } from "../../drawing/text.js";

const MOST = 10;
const MOST_NAMED = 4;
const ROW = 26;
/** Room for values on the right of bars. */
const VALUES = 54;

/** A row of the waterfall: from one probability to another. */
interface Step {
  readonly row: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly isEnd: boolean;
}

/**
 * Why one row has its probability: from the base probability, column by column, the largest first, to its probability.
 * @param explanation what `model.explainOne` returns, or an entry of `model.explain`.
 * @param options `most`: how many columns have their own bar; the others are one together (default 10); and see {@link PlotOptions}.
 * @returns SVG text
 * @example waterfallPlot(model.explainOne(row), { most: 6, locale: "zh" })
 * @throws HoldfastError for anything else.
 */
export function waterfallPlot(explanation: Explanation, options: RowPlotOptions = {}): string {
  return picture("waterfallPlot", options, ROW_PLOT_OPTIONS, (paper) => {
    check(explanation);
    return drawingOf(paper, explanation, mostOf("waterfallPlot", options, MOST));
  });
}

function check(given: unknown): void {
  if (!isObject(given) || !isList(given.contributions)) {
    const expected = "must be what model.explainOne(row) returns";
    throw new HoldfastError(argumentProblem("waterfallPlot", "explanation", expected, given, hintOf(given)));
  }
  const problems = [
    ...memberProblems("waterfallPlot", "explanation", given, {
      probability: "share",
      baseProbability: "share",
    }),
    ...entryProblems("waterfallPlot", "explanation.contributions", given.contributions, {
      column: "text",
      probabilityContribution: "number",
    }),
  ];
  if (problems.length > 0) throw new HoldfastError(problems);
}

function drawingOf(paper: Paper, explanation: Explanation, most: number): Drawing {
  const steps = stepsOf(paper, explanation, most);
  const id = explanation.id === null || explanation.id === undefined ? null : nameOf(String(explanation.id));
  const labels = rowLabels(
    paper,
    steps.map(({ name }) => name),
    { isBold: (row) => steps[row].isEnd, most: 0.42 },
  );
  const limits = limitsOf(
    steps.flatMap(({ from, to }) => [from, to]),
    { from: 0, pad: 0.01 },
  );
  const ends = steps.filter(({ isEnd }) => isEnd);
  const bars = steps.filter(({ isEnd }) => !isEnd);
  const links = steps.slice(0, -1).map((step) => ({ row: step.row, next: step.row + 1, at: step.to }));
  const named = bars.slice(0, MOST_NAMED);
  return {
    title:
      id === null ? paper.say("Why this probability") : paper.say("Why {id} has its probability", { id }),
    description: paper.sentence(
      paper.say("from the base probability {base} to {probability}", {
        base: percentText(explanation.baseProbability),
        probability: percentText(explanation.probability),
      }),
      ...named.map((step) => paper.say("{name}: {text}", { name: step.name, text: step.text })),
    ),
    key: [
      { label: paper.say("raises the probability"), colour: "orange", box: {} },
      { label: paper.say("lowers it"), colour: "blue", box: { opacity: 0.35, outline: "blue" } },
    ],
    body: {
      height: steps.length * ROW + 56,
      plot: {
        ...margins({ top: 4, left: labels.left, right: VALUES }),
        x: { domain: [limits[0], limits[1]] },
        y: bandOf(steps.length, 0.3),
        marks: [
          axisBelow(paper, {
            label: paper.say("probability of churn"),
            format: percentTick,
            ticks: Math.max(2, Math.round(paper.width / 140)),
          }),
          linkMark(paper, links),
          Plot.barX(bars, {
            y: "row",
            x1: "from",
            x2: "to",
            fill: ({ from, to }: Step) => paper.colour(to >= from ? "orange" : "blue"),
            fillOpacity: ({ from, to }: Step) => (to >= from ? 1 : 0.35),
            stroke: ({ from, to }: Step) => paper.colour(to >= from ? "orange" : "blue"),
            title: ({ name, text }: Step) => `${name}\n${text}`,
          }),
          Plot.barX(ends, {
            y: "row",
            x1: 0,
            x2: "to",
            fill: paper.colour("line"),
            title: ({ name, text }: Step) => `${name}\n${text}`,
          }),
          Plot.text(steps, {
            y: "row",
            x: ({ from, to }: Step) => Math.max(from, to),
            text: "text",
            textAnchor: "start",
            dx: 6,
            fill: paper.colour("ink"),
            stroke: paper.colour("background"),
            strokeWidth: 3,
            fontVariant: "tabular-nums",
          } as never),
          labels.mark,
        ],
        color: { type: "identity" },
        opacity: { type: "identity" },
      },
    },
  };
}

/** Thin lines from where a bar ends to where the next one begins. */
function linkMark(paper: Paper, links: readonly { row: number; next: number; at: number }[]): Plot.Markish {
  return Plot.link(links, {
    x1: "at",
    x2: "at",
    y1: "row",
    y2: "next",
    stroke: paper.colour("line"),
    strokeWidth: 1,
  });
}

function stepsOf(paper: Paper, explanation: Explanation, most: number): Step[] {
  const { baseProbability, probability, contributions } = explanation;
  const sorted = [...contributions].sort(
    (a, b) => Math.abs(b.probabilityContribution) - Math.abs(a.probabilityContribution),
  );
  const own = sorted.length <= most + 1 ? sorted : sorted.slice(0, most);
  const rest = sorted.slice(own.length);
  const parts = own.map(({ column, value, probabilityContribution }) => ({
    name: valueName(paper, column, value),
    change: probabilityContribution,
  }));
  if (rest.length > 0)
    parts.push({
      name: paper.say("{count} other {count|column|columns}", { count: rest.length }),
      change: rest.reduce((sum, { probabilityContribution }) => sum + probabilityContribution, 0),
    });
  let at = baseProbability;
  const steps = parts.map(({ name, change }, i): Step => {
    const from = at;
    at += change;
    return { row: i + 1, name, from, to: at, text: signed(percentText(change)), isEnd: false };
  });
  const end = (row: number, name: string, to: number): Step => ({
    row,
    name,
    from: 0,
    to,
    text: percentText(to),
    isEnd: true,
  });
  return [
    end(0, paper.say("base probability"), baseProbability),
    ...steps,
    end(steps.length + 1, paper.say("this row"), probability),
  ];
}

/** tenure = 2 */
function valueName(paper: Paper, column: string, value: ShownValue | undefined): string {
  if (value === undefined) return nameOf(column);
  const shown =
    value === null ? paper.say("missing") : typeof value === "number" ? amountText(value) : nameOf(value);
  return `${nameOf(column)} = ${shown}`;
}
