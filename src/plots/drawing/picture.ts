import { createHash } from "node:crypto";
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { checkPlotOptions, type PlotOptions } from "../plot-options.js";
import { type KeyItem, keyOf } from "./key.js";
import { type Paper, paperOf } from "./paper.js";
import { BOLD, nameOf, TEXT_SIZE, wrapped } from "./text.js";
import { type DrawnNode, element, escaped, written } from "./write-svg.js";

/** What a chart is made of. */
export interface Drawing {
  readonly title: string;
  /** Drawn below the title: its key figures. */
  readonly subtitle?: string | undefined;
  readonly description: string;
  /** Of the chart itself, in pixels; or what is missing, as a sentence in the place of the chart. */
  readonly body: { readonly height: number; readonly plot: Plot.PlotOptions } | { readonly missing: string };
  readonly key?: readonly KeyItem[] | undefined;
  /** Lines below the chart: what is not shown. */
  readonly notes?: readonly string[] | undefined;
}

const WIDTH = 640;
const PADDING = 16;
const TITLE_SIZE = 15;
const TITLE_LINE = 20;
const NOTE_LINE = 17;
const LEAST_HEIGHT = 60;
const EMPTY_HEIGHT = 120;
const FONT = "system-ui,sans-serif";

/**
 * Draws a chart: checks its options, asks for what is in it, and lays out title, key, chart and notes.
 * @param names those of the options of the chart.
 */
export function picture<Options extends PlotOptions>(
  functionName: string,
  options: Options,
  names: Readonly<Record<string, "optional" | "required">>,
  compose: (paper: Paper, options: Options) => Drawing,
): string {
  checkPlotOptions(functionName, options, names);
  const { width = WIDTH, theme = "light" } = options;
  const padding = theme === "page" ? 0 : PADDING;
  const paper = paperOf(options, width - 2 * padding);
  const drawing = compose(paper, options);
  const title = nameOf(options.title ?? drawing.title);
  const description = nameOf(options.description ?? drawing.description);

  const head = theme === "page" ? NO_HEAD : headOf(title, drawing.subtitle, paper);
  const key = keyOf(drawing.key ?? [], paper);
  const notes = (drawing.notes ?? []).flatMap((note) => wrapped(note, paper.width, TEXT_SIZE, 3));
  const around = 2 * padding + head.height + key.height + notes.length * NOTE_LINE;
  const height = options.height ?? around + heightOf(drawing);
  const body = bodyOf(drawing, Math.max(LEAST_HEIGHT, height - around), paper);
  const top = padding + head.height;
  const parts = [
    theme === "page" ? "" : element("rect", { width, height, fill: paper.colour("background") }),
    head.svg === "" ? "" : moved(padding, padding, head.svg),
    key.svg === "" ? "" : moved(padding, top, key.svg),
    moved(padding, top + key.height, body),
    ...notes.map((note, i) =>
      element(
        "text",
        {
          x: padding,
          y: height - padding - (notes.length - 1 - i) * NOTE_LINE - 3,
          fill: paper.colour("muted"),
        },
        escaped(note),
      ),
    ),
  ].join("");
  return root({ width, height, id: options.id, title, description, isOfPage: theme === "page" }, parts);
}

interface Root {
  readonly width: number;
  readonly height: number;
  readonly id: string | undefined;
  readonly title: string;
  readonly description: string;
  readonly isOfPage: boolean;
}

function root({ width, height, id, title, description, isOfPage }: Root, parts: string): string {
  const prefix = id ?? `plot-${digestOf(title + description + parts)}`;
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    role: "img",
    "aria-labelledby": `${prefix}-title`,
    "aria-describedby": `${prefix}-desc`,
    viewBox: `0 0 ${Math.round(width)} ${Math.round(height)}`,
    width: Math.round(width),
    height: Math.round(height),
    "font-size": TEXT_SIZE,
    ...(isOfPage ? {} : { "font-family": FONT }),
  };
  const names =
    element("title", { id: `${prefix}-title` }, escaped(title)) +
    element("desc", { id: `${prefix}-desc` }, escaped(description));
  return element("svg", attributes, names + parts);
}

const NO_HEAD = { svg: "", height: 0 };

function headOf(title: string, subtitle: string | undefined, paper: Paper): { svg: string; height: number } {
  const titles = wrapped(title, paper.width / BOLD, TITLE_SIZE, 3);
  const below =
    subtitle === undefined || subtitle === "" ? [] : wrapped(nameOf(subtitle), paper.width, TEXT_SIZE, 3);
  const lines = [
    ...titles.map((line, i) =>
      element(
        "text",
        {
          y: TITLE_SIZE + i * TITLE_LINE,
          "font-size": TITLE_SIZE,
          "font-weight": 600,
          fill: paper.colour("ink"),
        },
        escaped(line),
      ),
    ),
    ...below.map((line, i) =>
      element(
        "text",
        { y: titles.length * TITLE_LINE + TEXT_SIZE + 1 + i * NOTE_LINE, fill: paper.colour("muted") },
        escaped(line),
      ),
    ),
  ];
  const height = titles.length * TITLE_LINE + below.length * NOTE_LINE + 10;
  return { svg: lines.join(""), height };
}

function heightOf({ body }: Drawing): number {
  return "missing" in body ? EMPTY_HEIGHT : body.height;
}

function bodyOf({ body }: Drawing, height: number, paper: Paper): string {
  if ("missing" in body) return emptyBody(body.missing, height, paper);
  const svg = Plot.plot({
    width: paper.width,
    height,
    ...body.plot,
    document: documentOfPlots() as never,
  }) as unknown as DrawnNode;
  const inner = Array.from(svg.childNodes, written).join("");
  return element("g", { "text-anchor": "middle", fill: paper.colour("ink") }, inner);
}

/** What is missing, said where the chart would be. */
function emptyBody(text: string, height: number, paper: Paper): string {
  const lines = wrapped(text, paper.width - 24, TEXT_SIZE, 3);
  const frame = element("rect", {
    x: 0.5,
    y: 0.5,
    width: paper.width - 1,
    height: height - 1,
    fill: "none",
    stroke: paper.colour("line"),
    "stroke-dasharray": "4 4",
  });
  const texts = lines.map((line, i) =>
    element(
      "text",
      {
        x: paper.width / 2,
        y: height / 2 + 4 + (i - (lines.length - 1) / 2) * NOTE_LINE,
        "text-anchor": "middle",
        fill: paper.colour("muted"),
      },
      escaped(line),
    ),
  );
  return frame + texts.join("");
}

let drawnIn: unknown;

/** An empty document that makes nodes; nothing is ever put into it. */
function documentOfPlots(): unknown {
  drawnIn ??= parseHTML("<html><body></body></html>").document;
  return drawnIn;
}

function moved(x: number, y: number, svg: string): string {
  return element("g", { transform: `translate(${x},${y})` }, svg);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
