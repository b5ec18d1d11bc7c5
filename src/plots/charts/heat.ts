import * as Plot from "@observablehq/plot";
import type { OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { checkEntries } from "../drawing/check-data.js";
import { moreNotes } from "../drawing/most.js";
import { amountText, percentText } from "../drawing/numbers.js";
import { type ColourName, HEAT_STEPS } from "../drawing/palette.js";
import type { Paper } from "../drawing/paper.js";
import { type Drawing, picture } from "../drawing/picture.js";
import { bandOf, rowLabels } from "../drawing/row-labels.js";
import { capitalized, fitted, nameOf, TEXT_SIZE, textWidth } from "../drawing/text.js";
import { PLOT_OPTIONS, type PlotOptions } from "../plot-options.js";

/** A cell of a table. */
export interface HeatCell {
  readonly row: string;
  readonly column: string;
  /** Null where there is none. */
  readonly value: number | null;
  /** Written in the cell. Default: the value. */
  readonly text?: string | null | undefined;
}

/** Options of {@link heatPlot}. */
export interface HeatPlotOptions extends PlotOptions {
  /** What rows are, above their names. Default: none. */
  readonly rowLabel?: string | undefined;
  /** What columns are, above their names. Default: none. */
  readonly columnLabel?: string | undefined;
  /** Whether values are shares, to be written as percent. Default: false. */
  readonly isShare?: boolean | undefined;
}

const HEAT_OPTIONS: OptionNames<HeatPlotOptions> = {
  ...PLOT_OPTIONS,
  rowLabel: "optional",
  columnLabel: "optional",
  isShare: "optional",
};
const MOST_ROWS = 30;
const MOST_COLUMNS = 24;
const ROW = 30;
const TIPS = 40;
/** Around the text of a cell. */
const CELL_PADDING = 4;
/** Smaller texts are not read. */
const LEAST_SIZE = 9;
/** Longer texts are cut. */
const MOST_CELL = 64;

/**
 * A table whose cells are the darker (on dark pages the brighter) the higher their values are, with the value written in each.
 * @param cells in any order; rows and columns are in the order in which they appear first. Of two of one place the last is drawn.
 * @param options `rowLabel`, `columnLabel`: what rows and columns are (default: none); `isShare`: whether values are written as percent
 * (default false); and see {@link PlotOptions}.
 * @returns SVG text
 * @example heatPlot([{ row: "high", column: "gold", value: 120 }, { row: "low", column: "gold", value: 900 }], { columnLabel: "value" })
 * @throws HoldfastError for anything else, and values that are neither finite nor null.
 */
export function heatPlot(cells: readonly HeatCell[], options: HeatPlotOptions = {}): string {
  return picture("heatPlot", options, HEAT_OPTIONS, (paper) => {
    const { rowLabel, columnLabel, isShare } = options;
    for (const [name, value] of Object.entries({ rowLabel, columnLabel }))
      if (value !== undefined && typeof value !== "string")
        invalidArgument("heatPlot", name, "must be a text", value);
    if (isShare !== undefined && typeof isShare !== "boolean")
      invalidArgument("heatPlot", "isShare", "must be true or false", isShare);
    const members = { row: "text", column: "text", value: "number?", text: "text?" } as const;
    checkEntries("heatPlot", "cells", cells, members);
    return drawingOf(paper, cells, options);
  });
}

function drawingOf(paper: Paper, cells: readonly HeatCell[], options: HeatPlotOptions): Drawing {
  const { rowLabel, columnLabel } = options;
  const title =
    rowLabel === undefined || columnLabel === undefined
      ? paper.say("Values by row and column")
      : capitalized(paper, paper.say("{y} by {x}", { y: nameOf(rowLabel), x: nameOf(columnLabel) }));
  const missing = paper.say("There are no cells.");
  if (cells.length === 0) return { title, description: missing, body: { missing } };
  const allRows = [...new Set(Array.from(cells, ({ row }) => row))];
  const allColumns = [...new Set(Array.from(cells, ({ column }) => column))];
  const rows = new Map(allRows.slice(0, MOST_ROWS).map((name, i) => [name, i]));
  const names = [...rows.keys()].map(nameOf);
  const labels = rowLabels(paper, names, { most: 0.3 });
  const left = Math.max(
    labels.left,
    textWidth(options.rowLabel ?? "") > paper.width * 0.3 ? 0 : textWidth(options.rowLabel ?? "") + 12,
  );
  const show = options.isShare === true ? percentText : amountText;
  const columns = new Map(
    allColumns.slice(0, columnsThatFit(cells, show, paper.width - left - 2)).map((name, i) => [name, i]),
  );
  const cellWidth = (paper.width - left - 2) / columns.size;
  const shown = placedCells(cells, rows, columns).map((cell) => ({
    ...cell,
    text: cell.value === null ? "–" : nameOf(cell.text ?? show(cell.value)),
  }));
  const values = shown.flatMap(({ value }) => (value === null ? [] : [value]));
  const step = stepsOf(values);
  const room = cellWidth - CELL_PADDING;
  const isBare = options.isShare === true && textSize(shown, room) < LEAST_SIZE;
  const cellText = (text: string) => (isBare ? text.replace(/%$/u, "") : text);
  const size = Math.max(
    LEAST_SIZE,
    textSize(
      shown.map(({ text }) => ({ text: cellText(text) })),
      room,
    ),
  );
  const more = allRows.length - rows.size + allColumns.length - columns.size;
  const tip = (cell: (typeof shown)[number]) =>
    shown.length > TIPS ? null : `${nameOf(cell.row)} · ${nameOf(cell.column)}\n${cell.text}`;
  const hasHead = options.columnLabel !== undefined && options.columnLabel !== "";
  return {
    title,
    description: paper.sentence(
      paper.say("{rows} {rows|row|rows} by {columns} {columns|column|columns}", {
        rows: allRows.length,
        columns: allColumns.length,
      }),
      ...extremes(paper, shown),
      ...moreNotes(paper, more),
    ),
    notes: [...(isBare ? [paper.say("values in percent")] : []), ...moreNotes(paper, more)],
    body: {
      height: rows.size * ROW + (hasHead ? 46 : 28),
      plot: {
        marginTop: hasHead ? 44 : 26,
        marginBottom: 2,
        marginLeft: left,
        marginRight: 2,
        x: bandOf(columns.size, 0),
        y: bandOf(rows.size, 0),
        marks: [
          ...byStep(shown, step).flatMap(([at, group]) => [
            Plot.cell(group, {
              x: "x",
              y: "y",
              inset: 1,
              fill: paper.colour(at < 0 ? "background" : heat(at)),
              ...(at < 0 ? { stroke: paper.colour("grid") } : {}),
              title: tip,
            }),
            Plot.text(group, {
              x: "x",
              y: "y",
              text: ({ text }) => fitted(cellText(text), room, size),
              fill: paper.colour(at < 0 ? "muted" : onHeat(at)),
              fontSize: size,
              fontVariant: "tabular-nums",
            }),
          ]),
          labels.mark,
          columnNames(paper, [...columns.keys()].map(nameOf), cellWidth),
          ...headings(paper, options),
        ],
      },
    },
  };
}

interface PlacedCell extends HeatCell {
  readonly x: number;
  readonly y: number;
}

/** Cells of shown rows and columns; places without one have no value. */
function placedCells(
  cells: readonly HeatCell[],
  rows: ReadonlyMap<string, number>,
  columns: ReadonlyMap<string, number>,
): PlacedCell[] {
  const placed = new Map<string, PlacedCell>();
  for (const [row, y] of rows)
    for (const [column, x] of columns) placed.set(`${x},${y}`, { row, column, value: null, x, y });
  for (const cell of Array.from(cells)) {
    const [x, y] = [columns.get(cell.column), rows.get(cell.row)];
    if (x !== undefined && y !== undefined)
      placed.set(`${x},${y}`, { ...cell, value: cell.value ?? null, x, y });
  }
  return [...placed.values()];
}

/** Cells by their steps. */
function byStep<Cell extends HeatCell>(
  cells: readonly Cell[],
  step: (value: number | null) => number,
): [number, Cell[]][] {
  const groups = new Map<number, Cell[]>();
  for (const cell of cells) {
    const at = step(cell.value);
    groups.set(at, [...(groups.get(at) ?? []), cell]);
  }
  return [...groups];
}

/** The step of heat of a value; −1 of none. Steps are of equal width; equal values have the one in the middle. */
function stepsOf(values: readonly number[]): (value: number | null) => number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (value) => {
    if (value === null) return -1;
    if (low === high) return Math.floor(HEAT_STEPS / 2) - 1;
    return Math.min(HEAT_STEPS - 1, Math.floor(((value - low) / (high - low)) * HEAT_STEPS));
  };
}

function heat(step: number): ColourName {
  return `heat-${step + 1}`;
}

function onHeat(step: number): ColourName {
  return `on-heat-${step + 1}`;
}

/** How many columns have room for their values in the smallest text, without the signs of percent. */
function columnsThatFit(cells: readonly HeatCell[], show: (value: number) => string, width: number): number {
  const widest = Array.from(cells).reduce((most, { text, value }) => {
    const own = nameOf(text ?? (typeof value === "number" ? show(value) : "–"));
    return Math.max(most, textWidth(own.replace(/%$/u, ""), LEAST_SIZE));
  }, 0);
  const needed = Math.min(MOST_CELL, widest + CELL_PADDING);
  return Math.max(1, Math.min(MOST_COLUMNS, Math.floor(width / needed)));
}

/** At which the widest text fits. */
function textSize(texts: readonly { readonly text: string }[], width: number): number {
  const widest = Math.max(...texts.map(({ text }) => textWidth(text, 1)));
  return Math.min(TEXT_SIZE, Math.floor(width / widest));
}

function columnNames(paper: Paper, names: readonly string[], width: number): Plot.Markish {
  return Plot.text(
    names.map((name, x) => ({ x, name, text: fitted(name, width - 4) })),
    {
      x: "x",
      frameAnchor: "top",
      dy: -10,
      text: "text",
      title: (label: { name: string; text: string }) => (label.name === label.text ? null : label.name),
      fill: paper.colour("ink"),
    } as never,
  );
}

function headings(paper: Paper, { rowLabel, columnLabel }: HeatPlotOptions): Plot.Markish[] {
  const style = { fill: paper.colour("muted"), fontWeight: 600 };
  return [
    ...(columnLabel === undefined
      ? []
      : [
          Plot.text([nameOf(columnLabel)], {
            ...style,
            frameAnchor: "top-left",
            dy: -32,
            dx: 2,
            textAnchor: "start",
          } as never),
        ]),
    ...(rowLabel === undefined
      ? []
      : [
          Plot.text([fitted(nameOf(rowLabel), paper.width * 0.3)], {
            ...style,
            frameAnchor: "top-left",
            dy: -10,
            dx: -10,
            textAnchor: "end",
          } as never),
        ]),
  ];
}

function extremes(paper: Paper, cells: readonly (PlacedCell & { readonly text: string })[]): string[] {
  const known = cells.filter((cell) => cell.value !== null) as (PlacedCell & {
    value: number;
    text: string;
  })[];
  if (known.length === 0) return [];
  const most = known.reduce((a, b) => (b.value > a.value ? b : a));
  const least = known.reduce((a, b) => (b.value < a.value ? b : a));
  const place = ({ row, column }: PlacedCell) => `${nameOf(row)} · ${nameOf(column)}`;
  return [
    paper.say("highest {value} ({place})", { value: most.text, place: place(most) }),
    paper.say("lowest {value} ({place})", { value: least.text, place: place(least) }),
  ];
}
