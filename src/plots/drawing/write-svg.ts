import { printable } from "../../printing/printable.js";
import { shortPath } from "./short-path.js";

/** What is read of a node of the document that charts are drawn in. */
export interface DrawnNode {
  readonly nodeType: number;
  readonly localName?: string;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<DrawnNode>;
  readonly attributes?: ArrayLike<{ readonly name: string; readonly value: string }>;
}

const ELEMENT = 1;
const TEXT = 3;
/** Nothing else is written, so that no style, script, handler or link can be in a picture. */
const ELEMENTS = new Set(["g", "path", "line", "rect", "circle", "text", "tspan", "title"]);
const ATTRIBUTES = new Set(
  `d transform x y x1 x2 y1 y2 dx dy cx cy r rx ry width height fill fill-opacity stroke stroke-width stroke-opacity
  stroke-dasharray stroke-linecap stroke-linejoin opacity text-anchor font-size font-weight font-variant paint-order`.split(
    /\s+/u,
  ),
);
/** A number with more than one decimal: no screen shows less than a tenth of a pixel. */
const LONG_NUMBER = /-?\d*\.\d{2,}(?:e-?\d+)?(?!\d*em)/gu;

/** The SVG text of drawn nodes: only known elements and attributes, coordinates to a tenth of a pixel. */
export function written(node: DrawnNode): string {
  if (node.nodeType === TEXT) return escaped(node.textContent ?? "");
  const name = node.localName ?? "";
  if (node.nodeType !== ELEMENT || !ELEMENTS.has(name)) return "";
  const children = Array.from(node.childNodes);
  const inner = children.map(written).join("");
  const attributes = Object.fromEntries(
    Array.from(node.attributes ?? [])
      .filter((attribute) => ATTRIBUTES.has(attribute.name) && !isUsual(attribute.name, attribute.value))
      .map(({ name: key, value }) => [key, shortPath(value).replace(LONG_NUMBER, rounded)]),
  );
  const hasTip = children.some((child) => child.localName === "title");
  if (name === "g" && Object.keys(attributes).length === 0) return inner;
  return element(name, hasTip ? { class: "tip", ...attributes } : attributes, inner);
}

/** An element with its attributes; what is in it is SVG text. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  inner = "",
): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${escaped(typeof value === "number" ? rounded(value) : String(value))}"`,
    );
  return inner === "" ? `<${name}${list.join("")}/>` : `<${name}${list.join("")}>${inner}</${name}>`;
}

/** Text as XML holds it, without what XML cannot hold and what turns the direction of writing. */
export function escaped(text: string): string {
  return text
    .split("\n")
    .map((line) => printable(line).replace(/[\p{Cs}\ufffe\uffff]/gu, "�"))
    .join("\n")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** To a tenth. */
export function rounded(value: number | string): string {
  const tenths = Math.round(Number(value) * 10) / 10;
  return String(tenths === 0 ? 0 : tenths);
}

/** What SVG does without being told. */
function isUsual(name: string, value: string): boolean {
  return name === "transform" && value === "translate(0,0)";
}
