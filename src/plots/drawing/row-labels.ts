import * as Plot from "@observablehq/plot";
import type { Paper } from "./paper.js";
import { BOLD, fitted, TEXT_SIZE, textWidth } from "./text.js";

/** How much of the width names take at most. */
const MOST_SHARE = 0.36;
const GAP = 10;

/** Names on the left of a chart whose rows are the positions 0, 1, … of the axis `y`. */
export interface RowLabels {
  /** The left margin that they need. */
  readonly left: number;
  readonly mark: Plot.Markish;
}

/** Labels that fit their widths; those that are cut say the whole when they are pointed at. */
export function rowLabels(
  paper: Paper,
  names: readonly string[],
  { isBold = () => false, most = MOST_SHARE }: { isBold?: (row: number) => boolean; most?: number } = {},
): RowLabels {
  const widest = Math.max(
    0,
    ...names.map((name, row) => textWidth(name, TEXT_SIZE) * (isBold(row) ? BOLD : 1)),
  );
  const width = Math.min(widest, paper.width * most);
  const rows = names.map((name, row) => ({
    row,
    name,
    text: fitted(name, (width + 1) / (isBold(row) ? BOLD : 1)),
  }));
  const options = {
    y: "row",
    frameAnchor: "left" as const,
    dx: -GAP,
    textAnchor: "end" as const,
    text: "text",
    title: (row: { name: string; text: string }) => (row.name === row.text ? null : row.name),
    fill: paper.colour("ink"),
  };
  return {
    left: Math.ceil(width) + GAP + 2,
    mark: [
      Plot.text(
        rows.filter(({ row }) => !isBold(row)),
        options as never,
      ),
      Plot.text(
        rows.filter(({ row }) => isBold(row)),
        { ...options, fontWeight: 600 } as never,
      ),
    ],
  };
}

/** The scale of rows: one band for each. */
export function bandOf(count: number, padding = 0.3): Plot.ScaleOptions {
  return { type: "band", domain: Array.from({ length: count }, (_, row) => row), padding, axis: null };
}

/** Texts on the right of a chart, one for each row. */
export function rowTexts(paper: Paper, texts: readonly string[]): { right: number; mark: Plot.Markish } {
  const width = Math.max(0, ...texts.map((text) => textWidth(text)));
  return {
    right: Math.ceil(width) + GAP + 2,
    mark: Plot.text(
      texts.map((text, row) => ({ row, text })),
      {
        y: "row",
        frameAnchor: "right",
        dx: Math.ceil(width) + GAP,
        textAnchor: "end",
        text: "text",
        fill: paper.colour("muted"),
        fontVariant: "tabular-nums",
      } as never,
    ),
  };
}
