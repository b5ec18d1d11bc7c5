import * as Plot from "@observablehq/plot";
import type { Paper } from "./paper.js";
import { fitted, textWidth } from "./text.js";

/** A name at the end of its line. */
export interface EndLabel {
  readonly name: string;
  /** Of the end of the line. */
  readonly y: number;
}

const LINE = 15;
const GAP = 8;
const MOST_SHARE = 0.28;

/**
 * Names on the right of their lines, moved apart where they would cover each other; `areClear`: each is whole and beside its line.
 */
export function endLabels(
  paper: Paper,
  labels: readonly EndLabel[],
  [low, high]: readonly [number, number],
  height: number,
): { right: number; mark: Plot.Markish; areClear: boolean } {
  const widest = Math.min(
    paper.width * MOST_SHARE,
    Math.max(0, ...labels.map(({ name }) => textWidth(name))),
  );
  const perPixel = (high - low) / height;
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  const places: number[] = [];
  for (const { y } of sorted) {
    const before = places.at(-1);
    places.push(before === undefined ? y : Math.max(y, before + LINE * perPixel));
  }
  // What was pushed beyond the top goes back down.
  let limit = high;
  for (let i = places.length - 1; i >= 0; i--) {
    places[i] = Math.min(places[i], limit);
    limit = places[i] - LINE * perPixel;
  }
  const texts = sorted.map(({ name }) => fitted(name, widest + 1));
  return {
    areClear: sorted.every(
      ({ name, y }, i) => texts[i] === name && Math.abs(places[i] - y) < (LINE * perPixel) / 2,
    ),
    right: labels.length === 0 ? 0 : Math.ceil(widest) + GAP + 4,
    mark: Plot.text(
      sorted.map(({ name }, i) => ({ y: places[i], name, text: texts[i] })),
      {
        y: "y",
        frameAnchor: "right",
        dx: GAP,
        textAnchor: "start",
        text: "text",
        title: (label: { name: string; text: string }) => (label.name === label.text ? null : label.name),
        fill: paper.colour("ink"),
      } as never,
    ),
  };
}
