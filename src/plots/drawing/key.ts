import type { ColourName } from "./palette.js";
import type { Paper } from "./paper.js";
import { type Shape, shapePath } from "./series.js";
import { TEXT_SIZE, textWidth, wrapped } from "./text.js";
import { element, escaped, rounded } from "./write-svg.js";

/** What a mark of the chart means. */
export interface KeyItem {
  readonly label: string;
  readonly colour: ColourName;
  readonly line?: { readonly dash?: string | undefined };
  readonly shape?: Shape | undefined;
  readonly box?: { readonly opacity?: number; readonly outline?: ColourName };
  /** Whether the shape is an outline. */
  readonly isHollow?: boolean;
}

const GLYPH = 26;
const BETWEEN = 16;
const LINE = 19;
/** Of a label that does not fit in one. */
const MOST_LINES = 2;

/** The key of a chart above it, in lines of its width. */
export function keyOf(items: readonly KeyItem[], paper: Paper): { svg: string; height: number } {
  let [x, y, lines] = [0, 0, 1];
  const parts = items.map((item) => {
    const texts = wrapped(item.label, paper.width - GLYPH - 4, TEXT_SIZE, MOST_LINES);
    const width = GLYPH + Math.max(...texts.map((text) => textWidth(text)));
    if (x > 0 && x + width > paper.width) [x, y, lines] = [0, y + lines * LINE, 1];
    const at = `translate(${rounded(x)},${rounded(y + LINE / 2)})`;
    x += width + BETWEEN;
    lines = Math.max(lines, texts.length);
    const isCut = texts.at(-1)?.endsWith("…") === true && !item.label.endsWith("…");
    const labels = texts.map((text, i) =>
      element(
        "text",
        { x: GLYPH, y: i * LINE, dy: "0.32em", fill: paper.colour("ink") },
        escaped(text) + (isCut ? element("title", {}, escaped(item.label)) : ""),
      ),
    );
    return element("g", { transform: at }, glyph(item, paper) + labels.join(""));
  });
  if (items.length === 0) return { svg: "", height: 0 };
  return { svg: element("g", { "font-size": TEXT_SIZE }, parts.join("")), height: y + lines * LINE + 4 };
}

function glyph({ colour, line, shape, box, isHollow = false }: KeyItem, paper: Paper): string {
  const stroke = paper.colour(colour);
  const parts: string[] = [];
  if (box !== undefined)
    parts.push(
      element("rect", {
        x: 6,
        y: -5,
        width: 14,
        height: 10,
        fill: stroke,
        "fill-opacity": box.opacity === undefined ? undefined : String(box.opacity),
        stroke: box.outline === undefined ? undefined : paper.colour(box.outline),
      }),
    );
  if (line !== undefined)
    parts.push(element("path", { d: "M0,0h22", stroke, "stroke-width": 2, "stroke-dasharray": line.dash }));
  if (shape !== undefined)
    parts.push(
      element("path", {
        d: shapePath(shape),
        transform: "translate(11,0)",
        fill: isHollow ? paper.colour("background") : stroke,
        stroke: isHollow ? stroke : undefined,
        "stroke-width": isHollow ? "1.5" : undefined,
      }),
    );
  return parts.join("");
}
