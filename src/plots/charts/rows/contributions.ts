import * as Plot from "@observablehq/plot";
import { argumentProblem, HoldfastError, type Problem } from "../../../errors.js";
import type {
  ContributionBand,
  ContributionSummary,
  FeatureContributions,
} from "../../../explain/global/explanation.js";
import { axisBelow, limitsOf, margins } from "../../drawing/axes.js";
import { entryProblems, hintOf, isList, isObject, memberProblems } from "../../drawing/check-data.js";
import { dateOfDays, dateText } from "../../drawing/dates.js";
import { firstOf, moreNotes, mostOf, ROW_PLOT_OPTIONS, type RowPlotOptions } from "../../drawing/most.js";
import { amountText, amountTick, decimalText, percentText, signed } from "../../drawing/numbers.js";
import type { ColourName } from "../../drawing/palette.js";
import type { Paper } from "../../drawing/paper.js";
import { type Drawing, picture } from "../../drawing/picture.js";
import { rowLabels } from "../../drawing/row-labels.js";
import { nameOf } from "../../drawing/text.js";

const MOST = 12;
const MOST_NAMED = 4;
/** How many bands of a feature are drawn. */
const MOST_BANDS = 8;
const STRIP = 7;
const BETWEEN = 12;
const TIPS = 40;

/** A band where it is drawn. */
interface Strip {
  readonly y: number;
  readonly fill: ColourName;
  readonly isHollow: boolean;
  readonly band: ContributionBand;
  readonly tip: string;
}

/**
 * What each feature adds to the log-odds of churn, band by band of its values: a box from the lower to the upper quartile of the rows in
 * the band, a line from 5% to 95%, a mark at the median. Bands of numbers go from low (light, below) to high (dark, above).
 * @param summary `contributions` of what `explainGlobally` returns.
 * @param options `most`: how many features are shown (default 12); and see {@link PlotOptions}.
 * @returns SVG text
 * @example contributionsPlot((await explainGlobally(model, table)).contributions)
 * @throws HoldfastError for anything else.
 */
export function contributionsPlot(summary: ContributionSummary, options: RowPlotOptions = {}): string {
  return picture("contributionsPlot", options, ROW_PLOT_OPTIONS, (paper) => {
    check(summary);
    return drawingOf(paper, summary, mostOf("contributionsPlot", options, MOST));
  });
}

function check(given: unknown): void {
  if (!isObject(given) || !isList(given.features)) {
    const expected = "must be the contributions of a global explanation";
    throw new HoldfastError(argumentProblem("contributionsPlot", "summary", expected, given, hintOf(given)));
  }
  const problems = entryProblems("contributionsPlot", "summary.features", given.features, {
    feature: "text",
    meanAbsolute: "number",
  });
  if (problems.length === 0)
    for (const [i, feature] of Array.from(given.features as ArrayLike<FeatureContributions>).entries())
      problems.push(...bandProblems(`summary.features[${i}].bands`, feature.bands));
  if (problems.length > 0) throw new HoldfastError(problems);
}

function bandProblems(place: string, bands: unknown): Problem[] {
  if (!isList(bands)) return [argumentProblem("contributionsPlot", place, "must be a list", bands)];
  return Array.from(bands as ArrayLike<ContributionBand>).flatMap((band, i) => {
    const at = `${place}[${i}].quantiles`;
    if (!isObject(band) || !isObject(band.quantiles))
      return [argumentProblem("contributionsPlot", at, "must be quantiles", band)];
    const number = "number" as const;
    return memberProblems("contributionsPlot", at, band.quantiles, {
      low: number,
      lowerQuartile: number,
      median: number,
      upperQuartile: number,
      high: number,
    });
  });
}

function drawingOf(paper: Paper, { rows, features }: ContributionSummary, most: number): Drawing {
  const title = paper.say("What features add to the risk");
  const missing = paper.say("There are no inputs.");
  const { shown, more } = firstOf(features, most);
  if (shown.length === 0) return { title, description: missing, body: { missing } };
  const strips: Strip[] = [];
  const middles: number[] = [];
  let y = 0;
  for (const feature of shown) {
    const own = stripsOf(paper, feature, y);
    strips.push(...own);
    const height = Math.max(3, own.length) * STRIP;
    middles.push(y + height / 2);
    y += height + BETWEEN;
  }
  const names = shown.map(({ feature }) => nameOf(feature));
  const labels = rowLabels(paper, names);
  const range = strips.flatMap(({ band: { quantiles } }) => [quantiles.low, quantiles.high]);
  const tips = new Set(strips.slice(0, TIPS));
  const marks = strips.map((strip) => ({
    ...strip,
    ...strip.band.quantiles,
    tip: tips.has(strip) ? strip.tip : null,
  }));
  return {
    title,
    description: paper.sentence(
      paper.say("{rows} {rows|row|rows}", { rows }),
      paper.say("mean of |contribution|, in log-odds"),
      ...shown
        .slice(0, MOST_NAMED)
        .map(({ meanAbsolute }, i) =>
          paper.say("{name}: {text}", { name: names[i], text: decimalText(meanAbsolute) }),
        ),
      ...moreNotes(paper, features.length - Math.min(MOST_NAMED, shown.length)),
    ),
    notes: moreNotes(paper, more),
    key: keyOf(paper, strips),
    body: {
      height: y + 60,
      plot: {
        ...margins({ top: 8, left: labels.left }),
        x: { domain: limitsOf(range, { from: 0 }) },
        y: { domain: [0, y - BETWEEN], range: [8, y - BETWEEN + 8], axis: null },
        marks: [
          axisBelow(paper, {
            label: paper.say("contribution (log-odds of churn)"),
            format: amountTick(paper.locale),
            ticks: Math.max(3, Math.round(paper.width / 130)),
          }),
          Plot.ruleX([0], { stroke: paper.colour("line") }),
          Plot.ruleY(marks, {
            y: (strip) => strip.y + STRIP / 2,
            x1: "low",
            x2: "high",
            stroke: paper.colour("line"),
          }),
          Plot.rect(marks, {
            x1: "lowerQuartile",
            x2: "upperQuartile",
            y1: "y",
            y2: (strip) => strip.y + STRIP,
            insetTop: 0.5,
            insetBottom: 0.5,
            fill: (strip) => paper.colour(strip.isHollow ? "background" : strip.fill),
            stroke: (strip) => paper.colour(strip.isHollow ? "ink" : "line"),
            strokeWidth: 0.75,
            title: "tip",
          }),
          Plot.ruleX(marks, {
            x: "median",
            y1: "y",
            y2: (strip) => strip.y + STRIP,
            stroke: paper.colour("ink"),
            strokeWidth: 2,
          }),
          labelsAt(labels.mark, middles),
        ],
        color: { type: "identity" },
      },
    },
  };
}

/** Labels of rows, put where their rows are on a scale of numbers. */
function labelsAt(mark: Plot.Markish, middles: readonly number[]): Plot.Markish {
  for (const text of mark as unknown as { data: { row: number }[] }[])
    text.data = text.data.map((label) => ({ ...label, row: middles[label.row] }));
  return mark;
}

function stripsOf(paper: Paper, feature: FeatureContributions, top: number): Strip[] {
  const bands = Array.from(feature.bands).slice(0, MOST_BANDS);
  const numeric = bands.filter(({ level }) => level === null);
  const others = bands.filter(({ level }) => level !== null);
  // High values above, as on any axis; what has no order follows.
  return [...numeric.toReversed(), ...others].map((band, i) => ({
    y: top + i * STRIP,
    fill: band.level === null ? heatOf(numeric.length - 1 - i, numeric.length) : "pale",
    isHollow: band.level === "missing",
    band,
    tip: tipOf(paper, feature, band),
  }));
}

/** The second to the last but one step of heat. */
function heatOf(position: number, count: number): ColourName {
  return `heat-${2 + Math.round((position / Math.max(1, count - 1)) * 4)}`;
}

function tipOf(paper: Paper, { feature, kind }: FeatureContributions, band: ContributionBand): string {
  const value = (each: number) =>
    kind === "date" ? dateText(dateOfDays(each), paper.locale) : amountText(each);
  const { from, to, level } = band;
  const name =
    level === null
      ? [
          from === null ? "" : `${value(from)} < `,
          nameOf(feature),
          to === null ? "" : ` ≤ ${value(to)}`,
        ].join("")
      : `${nameOf(feature)}: ${level === "missing" ? paper.say("missing") : nameOf(level)}`;
  const median = paper.say("median {value}", { value: signed(decimalText(band.quantiles.median, 2)) });
  return `${name}\n${median}\n${paper.say("{share} of the rows", { share: percentText(band.share) })}`;
}

function keyOf(paper: Paper, strips: readonly Strip[]): Drawing["key"] {
  const has = (test: (strip: Strip) => boolean) => strips.some(test);
  return [
    ...(has(({ band }) => band.level === null)
      ? [
          { label: paper.say("low values"), colour: "heat-2" as const, box: { outline: "line" as const } },
          { label: paper.say("high values"), colour: "heat-6" as const, box: { outline: "line" as const } },
        ]
      : []),
    ...(has(({ band, isHollow }) => band.level !== null && !isHollow)
      ? [{ label: paper.say("categories"), colour: "pale" as const, box: { outline: "line" as const } }]
      : []),
    ...(has(({ isHollow }) => isHollow)
      ? [{ label: paper.say("missing"), colour: "background" as const, box: { outline: "ink" as const } }]
      : []),
  ];
}
