import { invalidArgument } from "../../errors.js";
import { textOn } from "./contrast.js";

/** Colours of a picture, as `#rrggbb`. */
interface BaseColours {
  readonly background: string;
  /** Text, and what matters most. */
  readonly ink: string;
  /** Labels of axes, notes. */
  readonly muted: string;
  /** Axes, diagonals: what compares. */
  readonly line: string;
  readonly grid: string;
  /** Areas behind what matters: histograms. */
  readonly pale: string;
  readonly blue: string;
  readonly orange: string;
  readonly green: string;
  readonly purple: string;
  readonly brown: string;
}

/**
 * After Okabe and Ito (2008), darker or lighter so that each is seen on its background, and that no two look alike with protanopia,
 * deuteranopia or tritanopia. The first steps of heat are near the background.
 */
const BASE: Readonly<Record<"light" | "dark", BaseColours & { readonly heat: readonly string[] }>> = {
  light: {
    background: "#ffffff",
    ink: "#1b1f24",
    muted: "#59626d",
    line: "#7d8792",
    grid: "#e7eaee",
    pale: "#cfd8e2",
    blue: "#005c9e",
    orange: "#d55e00",
    green: "#1a9c8a",
    purple: "#4d1f5c",
    brown: "#6f5200",
    heat: ["#f1f6fb", "#d6e6f4", "#abcfe6", "#6fafd8", "#3787c0", "#105ba4", "#08306b"],
  },
  dark: {
    background: "#15181c",
    ink: "#e8eaed",
    muted: "#a5adb7",
    line: "#79828d",
    grid: "#2a2f36",
    pale: "#3a4450",
    blue: "#2f8fe0",
    orange: "#e67a1f",
    green: "#8cf0d2",
    purple: "#dd93c4",
    brown: "#f0e070",
    heat: ["#1b2530", "#1d3a54", "#1f5379", "#2a6ea0", "#4690c6", "#7db8e3", "#cfe6f7"],
  },
};

/** How many steps a colour of heat has. */
export const HEAT_STEPS = BASE.light.heat.length;

/** The names of colours: those of {@link BaseColours}, `heat-1` to `heat-7` and `on-heat-1` to `on-heat-7`, the text on them. */
export type ColourName = keyof BaseColours | `heat-${number}` | `on-heat-${number}`;

/** Gives a colour as an attribute of SVG holds it. */
export type Colours = (name: ColourName) => string;

/** All colours of a theme by name. */
export function coloursOf(theme: "light" | "dark"): Readonly<Record<ColourName, string>> {
  const { heat, ...named } = BASE[theme];
  const steps = heat.flatMap((colour, i) => [
    [`heat-${i + 1}`, colour],
    [`on-heat-${i + 1}`, textOn(colour)],
  ]);
  return { ...named, ...Object.fromEntries(steps) };
}

/** The colours of a theme; those of a page are CSS variables, with the light colours where the page has none. */
export function coloursFor(theme: "light" | "dark" | "page"): Colours {
  if (theme !== "page") {
    const colours = coloursOf(theme);
    return (name) => colours[name];
  }
  const light = coloursOf("light");
  return (name) => `var(--plot-${name},${light[name]})`;
}

/**
 * The CSS declarations of the colours that charts of the theme `page` take from the page around them.
 * @param theme of the page: `light` or `dark`.
 * @example `:root { ${plotVariables("light")} } @media (prefers-color-scheme: dark) { :root { ${plotVariables("dark")} } }`
 * @throws HoldfastError for another theme.
 */
export function plotVariables(theme: "light" | "dark"): string {
  if (!Object.hasOwn(BASE, theme))
    invalidArgument("plotVariables", "theme", `must be one of ${Object.keys(BASE).join(", ")}`, theme);
  return Object.entries(coloursOf(theme))
    .map(([name, colour]) => `--plot-${name}: ${colour};`)
    .join(" ");
}
