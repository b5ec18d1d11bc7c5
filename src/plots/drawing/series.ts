import type { ColourName } from "./palette.js";

/** Shapes that are told apart when they are small. */
export type Shape = "circle" | "square" | "triangle" | "diamond" | "star" | "cross";

/** How one of several series is drawn: each by another colour, another dash and another shape, so that none of them alone matters. */
export interface SeriesStyle {
  readonly colour: ColourName;
  readonly dash: string | undefined;
  readonly shape: Shape;
}

/** The styles of series in their order. */
export const SERIES: readonly SeriesStyle[] = [
  { colour: "blue", dash: undefined, shape: "circle" },
  { colour: "orange", dash: "7 3", shape: "square" },
  { colour: "green", dash: "2 3", shape: "triangle" },
  { colour: "purple", dash: "9 3 2 3", shape: "diamond" },
  { colour: "brown", dash: "14 4", shape: "star" },
  { colour: "ink", dash: "1 5", shape: "cross" },
];

/** How many pixels of a side a shape of radius 4 has; drawn around (0, 0). */
const PATHS: Readonly<Record<Exclude<Shape, "circle">, string>> = {
  square: "M-3.5,-3.5h7v7h-7z",
  triangle: "M0,-4.7L4,2.3H-4z",
  diamond: "M0,-5L3.5,0L0,5L-3.5,0z",
  star: "M0,-5L1.2,-1.6L4.8,-1.5L1.9,0.6L2.9,4L0,2L-2.9,4L-1.9,0.6L-4.8,-1.5L-1.2,-1.6z",
  cross: "M-1.5,-4.5h3v3h3v3h-3v3h-3v-3h-3v-3h3z",
};

/** The path of a shape around (0, 0). */
export function shapePath(shape: Shape): string {
  return shape === "circle" ? "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z" : PATHS[shape];
}

/** A shape as Plot takes it. */
export function symbolOf(shape: Shape): { draw: (context: PathContext, size: number) => void } {
  return { draw: (context) => tracePath(context, shape) };
}

/** What Plot draws symbols on. */
interface PathContext {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  closePath(): void;
}

function tracePath(context: PathContext, shape: Shape): void {
  if (shape === "circle") {
    context.arc(0, 0, 4, 0, 2 * Math.PI);
    return;
  }
  let [x, y] = [0, 0];
  for (const [, letter, numbers] of PATHS[shape].matchAll(/([MLHhv])([-\d.,]+)/gu)) {
    const [a, b] = numbers.split(",").map(Number);
    if (letter === "M" || letter === "L") [x, y] = [a, b];
    else if (letter === "H") x = a;
    else if (letter === "h") x += a;
    else y += a;
    if (letter === "M") context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}
