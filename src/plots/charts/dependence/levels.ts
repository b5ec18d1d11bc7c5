import * as Plot from "@observablehq/plot";
import type { DependenceCurve } from "../../../explain/global/explanation.js";
import { axisBelow, limitsOf, margins } from "../../drawing/axes.js";
import { firstOf, moreNotes } from "../../drawing/most.js";
import { percentText, percentTick } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import { bandOf, rowLabels, rowTexts } from "../../drawing/row-labels.js";
import { SERIES, symbolOf } from "../../drawing/series.js";
import { type Body, keyOf, levelName, meanOf, rangeText, tipOf } from "./shared.js";

const MOST_LEVELS = 20;
const ROW = 26;

/** A row for each category. */
export function levelsDrawing(paper: Paper, { points }: DependenceCurve): Body {
  const { shown, more } = firstOf(points, MOST_LEVELS);
  const rows = shown.map((point, row) => ({ ...point, row, name: levelName(paper, point) }));
  const level = meanOf(points);
  const labels = rowLabels(
    paper,
    rows.map(({ name }) => name),
  );
  const texts = rowTexts(
    paper,
    rows.map(({ share }) => paper.say("{share} of rows", { share: percentText(share) })),
  );
  const local = rows.flatMap(({ row, localProbability }) =>
    localProbability === null || localProbability === undefined
      ? []
      : [{ row, at: level + localProbability }],
  );
  const known = rows.filter(({ level: name }) => name !== "missing");
  const missing = rows.filter(({ level: name }) => name === "missing");
  const limits = limitsOf([...rows.map(({ probability }) => probability), ...local.map(({ at }) => at)], {
    from: 0,
  });
  const dots = (data: typeof rows, isHollow: boolean) =>
    Plot.dot(data, {
      x: "probability",
      y: "row",
      symbol: symbolOf(isHollow ? "diamond" : "circle") as never,
      fill: paper.colour(isHollow ? "background" : "blue"),
      stroke: paper.colour("blue"),
      strokeWidth: 1.5,
      title: (point) => tipOf(paper, point, point.name),
    });
  const range = rangeText(paper, points, String);
  return {
    subtitle: range,
    description: paper.sentence(range, ...moreNotes(paper, more)),
    notes: moreNotes(paper, more),
    key: keyOf(paper, local.length > 0, "square"),
    body: {
      height: rows.length * ROW + 58,
      plot: {
        ...margins({ top: 6, left: labels.left, right: texts.right }),
        x: { domain: limits },
        y: bandOf(rows.length),
        marks: [
          axisBelow(paper, {
            label: paper.say("probability of churn"),
            format: percentTick,
            ticks: Math.max(2, Math.round(paper.width / 140)),
          }),
          Plot.ruleX([limits[0]], { stroke: paper.colour("line") }),
          Plot.ruleY(rows, {
            y: "row",
            x1: 0,
            x2: "probability",
            stroke: paper.colour("pale"),
            strokeWidth: 3,
          }),
          Plot.dot(local, {
            x: "at",
            y: "row",
            symbol: symbolOf("square") as never,
            fill: "none",
            stroke: paper.colour(SERIES[1].colour),
            strokeWidth: 1.5,
          }),
          dots(known, false),
          dots(missing, true),
          labels.mark,
          texts.mark,
        ],
      },
    },
  };
}
