import { describe, expect, test } from "vitest";
import { contrast, luminance, textOn } from "../../../src/plots/drawing/contrast.js";
import { type ColourName, coloursOf, HEAT_STEPS } from "../../../src/plots/drawing/palette.js";
import { SERIES } from "../../../src/plots/drawing/series.js";
import { plotVariables } from "../../../src/plots/index.js";
import { errorOf } from "../../support/thrown.js";

test("contrast is that of WCAG 2.2: 21 of black on white, 4.54 of #767676, the same both ways", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
  // A well-known limit: #767676 is the lightest grey that is readable on white.
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(contrast("#ffffff", "#767676")).toBe(contrast("#767676", "#ffffff"));
  expect(luminance("#ff0000")).toBeCloseTo(0.2126, 4);
  expect([textOn("#08306b"), textOn("#d6e6f4")]).toEqual(["#ffffff", "#000000"]);
});

describe.each(["light", "dark"] as const)("colours of %s pictures", (theme) => {
  const colours = coloursOf(theme);
  const against = (name: ColourName) => contrast(colours[name], colours.background);

  test("text has a contrast of 4.5 to the background", () => {
    expect(against("ink")).toBeGreaterThanOrEqual(7);
    expect(against("muted")).toBeGreaterThanOrEqual(4.5);
  });

  test("series and what they are compared with have a contrast of 3 to the background", () => {
    for (const { colour } of SERIES) expect(against(colour), colour).toBeGreaterThanOrEqual(3);
    expect(against("line")).toBeGreaterThanOrEqual(3);
  });

  test("text on each step of heat has a contrast of 4.5", () => {
    for (let step = 1; step <= HEAT_STEPS; step++)
      expect(contrast(colours[`heat-${step}`], colours[`on-heat-${step}`])).toBeGreaterThanOrEqual(4.5);
  });

  test("heat goes one way in lightness, away from the background, so that it is read in grey", () => {
    const steps = Array.from({ length: HEAT_STEPS }, (_, i) => luminance(colours[`heat-${i + 1}`]));
    const sorted = [...steps].sort((a, b) => (theme === "light" ? b - a : a - b));
    expect(steps).toEqual(sorted);
  });

  test.each(Object.entries(deficiencies()))("the first five series differ with %s", (_, matrix) => {
    const seen = SERIES.slice(0, 5).map(({ colour }) => oklab(simulated(colours[colour], matrix)));
    for (const [i, one] of seen.entries())
      for (const other of seen.slice(i + 1)) {
        const distance = Math.hypot(...one.map((value, k) => value - other[k]));
        // Four times what is just noticed (0.02).
        expect(distance).toBeGreaterThan(0.08);
      }
  });
});

test("series differ in dash and shape too", () => {
  expect(new Set(SERIES.map(({ dash }) => dash)).size).toBe(SERIES.length);
  expect(new Set(SERIES.map(({ shape }) => shape)).size).toBe(SERIES.length);
});

test("plotVariables gives a declaration for each colour of a theme", () => {
  const light = plotVariables("light");
  expect(light).toMatch(/^--plot-background: #ffffff; --plot-ink: #[\da-f]{6};/u);
  expect(light.split("; ")).toHaveLength(Object.keys(coloursOf("light")).length);
  expect(plotVariables("dark")).not.toBe(light);
  const { path, message } = errorOf(() => plotVariables("sepia" as never));
  expect(path).toEqual({ function: "plotVariables", argument: "theme" });
  expect(message).toMatch(/must be one of light, dark/u);
});

/** Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB. */
function deficiencies(): Readonly<Record<string, readonly (readonly number[])[]>> {
  return {
    protanopia: [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    deuteranopia: [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
    tritanopia: [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
    "full colour vision": [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  };
}

function simulated(colour: string, matrix: readonly (readonly number[])[]): number[] {
  const linear = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return matrix.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, i) => sum + weight * linear[i], 0),
      ),
    ),
  );
}

/** Ottosson (2020), from linear sRGB. */
function oklab([red, green, blue]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
