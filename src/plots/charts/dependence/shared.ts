import type { CurvePoint } from "../../../explain/global/explanation.js";
import type { KeyItem } from "../../drawing/key.js";
import { percentText } from "../../drawing/numbers.js";
import type { Paper } from "../../drawing/paper.js";
import type { Drawing } from "../../drawing/picture.js";
import { SERIES } from "../../drawing/series.js";
import { nameOf } from "../../drawing/text.js";

/** A drawing without its title. */
export type Body = Omit<Drawing, "title">;

/** Of how many points each says its value. */
export const TIPS = 40;

/** What tells partial dependence from local effects, where there are any. */
export function keyOf(paper: Paper, hasLocal: boolean, shape?: "square"): KeyItem[] {
  if (!hasLocal) return [];
  const isRows = shape !== undefined;
  return [
    {
      label: paper.say("partial dependence"),
      colour: "blue",
      ...(isRows ? { shape: "circle" } : { line: {} }),
    },
    {
      label: paper.say("accumulated local effects"),
      colour: SERIES[1].colour,
      ...(isRows ? { shape, isHollow: true } : { line: { dash: SERIES[1].dash } }),
    },
  ];
}

/** A category, or what is said of values that are none. */
export function levelName(paper: Paper, { level }: CurvePoint): string {
  if (level === "missing" || level === null || level === undefined) return paper.say("missing");
  return level === "other" ? paper.say("other") : nameOf(level);
}

/** What a point says when it is pointed at. */
export function tipOf(paper: Paper, { probability, share }: CurvePoint, name: string): string {
  return [
    `${name}: ${percentText(probability)}`,
    paper.say("{share} of the rows", { share: percentText(share) }),
  ].join("\n");
}

/** The mean of partial dependence over the rows; weightedMean of simple-statistics refuses shares that are all 0. */
export function meanOf(points: readonly CurvePoint[]): number {
  let [sum, mass] = [0, 0];
  for (const { probability, share } of points) {
    sum += probability * share;
    mass += share;
  }
  return mass === 0 ? 0 : sum / mass;
}

/** from 4.1% (two years) to 38.0% (monthly) */
export function rangeText(
  paper: Paper,
  points: readonly CurvePoint[],
  show: (value: number) => string,
): string {
  const name = (point: CurvePoint) => (point.value === null ? levelName(paper, point) : show(point.value));
  const least = points.reduce((a, b) => (b.probability < a.probability ? b : a));
  const most = points.reduce((a, b) => (b.probability > a.probability ? b : a));
  return paper.say("from {from} ({start}) to {to} ({end})", {
    from: percentText(least.probability),
    to: percentText(most.probability),
    start: name(least),
    end: name(most),
  });
}
