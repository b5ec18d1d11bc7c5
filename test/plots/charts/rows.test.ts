import { describe, expect, test } from "vitest";
import {
  contributionsPlot,
  driftPlot,
  importancePlot,
  segmentsPlot,
  tierPlot,
  waterfallPlot,
} from "../../../src/plots/index.js";
import { PLOTS } from "../../../src/plots/plots.js";
import { elementsOf, type Node, placeOf, scaleBy, textsOf, tipOf, translation } from "../xml.js";

const tips = (svg: string, name: string) => elementsOf(svg, name).filter((node) => tipOf(node) !== undefined);
const described = (svg: string) => String(elementsOf(svg, "desc")[0].children[0]);
const side = ({ attributes }: Node, name: string) => Number(attributes[name]);

describe("importancePlot", () => {
  test("draws bars as long as values, from 0, with intervals", () => {
    const svg = importancePlot([
      { name: "tenure", value: 0.08, low: 0.07, high: 0.09 },
      { name: "charges", value: 0.02 },
      { name: "noise", value: -0.01 },
    ]);
    const x = scaleBy(svg, "x", ["0", 0], ["0.08", 0.08]);
    const [tenure, charges, noise] = tips(svg, "rect");
    expect(side(tenure, "width")).toBeCloseTo(x(0.08) - x(0), 0);
    expect(side(charges, "width")).toBeCloseTo(x(0.02) - x(0), 0);
    expect(side(noise, "x") + side(noise, "width")).toBeCloseTo(x(0), 0);
    expect(tipOf(tenure)).toBe("tenure\n0.08 (0.07 to 0.09)");
    const whiskers = elementsOf(svg, "line").filter(
      ({ attributes }) => Math.abs(Number(attributes.x1) - x(0.07)) < 1,
    );
    expect(whiskers.map((line) => Math.round(side(line, "x2")))).toContain(Math.round(x(0.09)));
  });

  test("of 10,000 shows the first ones and says how many more there are", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({ name: `column ${i}`, value: 1 / (i + 1) }));
    const svg = importancePlot(many);
    expect(textsOf(svg)).toContain("… and 9,980 more");
    expect(described(svg)).toContain("… and 9,995 more");
    expect(textsOf(importancePlot(many, { most: 3 }))).toContain("… and 9,997 more");
    expect(Buffer.byteLength(svg)).toBeLessThan(10_000);
  });

  test("cuts a long name, and says the whole where it is pointed at", () => {
    const name = `the ${"very ".repeat(40)}long name`;
    const svg = importancePlot([{ name, value: 1 }]);
    const label = elementsOf(svg, "text").find((node) => tipOf(node) === name);
    expect(label?.children[0]).toMatch(/^the very .*…$/u);
  });

  test("reads permutation importance by either loss and by families, and contributions", () => {
    const loss = (value: number) => ({ value, low: null, high: null });
    const input = (name: string, a: number, b: number) => ({
      name,
      inputs: [name],
      logLoss: loss(a),
      rocAuc: loss(b),
    });
    const importance = {
      rows: 10,
      positives: 3,
      repeats: 1,
      level: 0.95,
      logLoss: 0.4,
      rocAuc: 0.8,
      inputs: [input("tenure", 0.3, 0.1)],
      families: [input("usage", 0.2, 0.05)],
    };
    expect(described(importancePlot(importance))).toBe(
      "increase of the log loss when permuted, tenure: 0.3.",
    );
    expect(described(importancePlot(importance, { by: "rocAuc", of: "families" }))).toBe(
      "decrease of the ROC AUC when permuted, usage: 0.05.",
    );
    expect(described(importancePlot(PLOTS.contributionsPlot.example as never))).toBe(
      "mean of |contribution|, in log-odds, tenure: 0.6.",
    );
  });
});

describe("tierPlot and segmentsPlot", () => {
  test("put predictions and rates where they are, and another shape where they differ", () => {
    const rate = (value: number) => ({ value, low: value - 0.04, high: value + 0.04 });
    const tier = { rows: 100, isCalibrated: true };
    const svg = tierPlot([
      { ...tier, tier: "high", meanProbability: 0.6, observedRate: rate(0.58) },
      { ...tier, tier: "low", meanProbability: 0.1, observedRate: rate(0.2), isCalibrated: false },
      { tier: "none", rows: 0, meanProbability: null, observedRate: null, isCalibrated: null },
    ]);
    const x = scaleBy(svg, "x", ["0%", 0], ["60%", 0.6]);
    const marks = tips(svg, "path").map((node) => ({
      ...translation(node.attributes.transform),
      d: node.attributes.d,
    }));
    const places = marks.map(({ x: at }) => Math.round(at)).sort((a, b) => a - b);
    expect(places).toEqual([0.1, 0.2, 0.58, 0.6].map((value) => Math.round(x(value))));
    const [high, low] = [0.58, 0.2].map((value) => marks.find(({ x: at }) => Math.abs(at - x(value)) < 1));
    expect(low?.d).not.toBe(high?.d);
    expect(textsOf(svg)).toContain("none");
    expect(described(svg)).toBe(
      "high: predicted 60%, observed 58% (54% to 62%), low: predicted 10%, observed 20% (16% to 24%).",
    );
  });

  test("show segments that differ first, and count them", () => {
    const segment = (name: string | null, isMiscalibrated: boolean) => ({
      by: "plan",
      segment: name,
      rows: 50,
      meanProbability: 0.2,
      observedRate: { value: 0.2, low: 0.1, high: 0.3 },
      isMiscalibrated,
    });
    const svg = segmentsPlot([segment("gold", false), segment(null, false), segment("basic", true)]);
    expect(placeOf(svg, "basic").y).toBeLessThan(placeOf(svg, "gold").y);
    expect(placeOf(svg, "gold").y).toBeLessThan(placeOf(svg, "missing").y);
    expect(textsOf(svg)).toContain("1 of 3 segments differ beyond chance");
  });
});

describe("waterfallPlot", () => {
  const explanation = PLOTS.waterfallPlot.example;

  test("goes from the base probability to that of the row, each bar from where the last one ended", () => {
    const svg = waterfallPlot(explanation);
    const x = scaleBy(svg, "x", ["20%", 0.2], ["60%", 0.6]);
    const bars = tips(svg, "rect").map((bar) => ({
      from: side(bar, "x"),
      to: side(bar, "x") + side(bar, "width"),
      tip: tipOf(bar),
    }));
    const bar = (name: string) => bars.find(({ tip }) => tip?.startsWith(name));
    expect(bar("base probability")?.to).toBeCloseTo(x(0.25), 0);
    expect(bar("tenure = 2")?.from).toBeCloseTo(x(0.25), 0);
    expect(bar("tenure = 2")?.to).toBeCloseTo(x(0.53), 0);
    expect(bar("contract = monthly")?.to).toBeCloseTo(x(0.66), 0);
    expect(bar("charges = 29.85")).toMatchObject({ tip: "charges = 29.85\n−5%" });
    expect(bar("charges = 29.85")?.from).toBeCloseTo(x(0.61), 0);
    expect(bar("this row")?.to).toBeCloseTo(x(0.61), 0);
  });

  test("sums up the columns beyond the largest as one bar", () => {
    const svg = waterfallPlot(explanation, { most: 1 });
    expect(tips(svg, "rect").map(tipOf)).toContain("2 other columns\n+8%");
  });
});

test("contributionsPlot draws boxes from the lower to the upper quartile, high values above", () => {
  const svg = contributionsPlot(PLOTS.contributionsPlot.example as never);
  const x = scaleBy(svg, "x", ["−1.0", -1], ["1.0", 1]);
  const [above, below] = tips(svg, "rect");
  expect(tipOf(above)).toBe("12 < tenure\nmedian −0.60\n50% of the rows");
  expect(side(above, "y")).toBeLessThan(side(below, "y"));
  expect(side(above, "x")).toBeCloseTo(x(-0.8), 0);
  expect(side(above, "x") + side(above, "width")).toBeCloseTo(x(-0.4), 0);
});

test("driftPlot compares shares, and says their PSI", () => {
  const svg = driftPlot([
    { name: "a", expected: 500, observed: 60 },
    { name: "b", expected: 500, observed: 40 },
  ]);
  // Half a row more in each bin: shares 0.5 and 60.5 / 101, 0.0990 (ln 1.1980 − ln 0.8020) by hand.
  expect(textsOf(svg)).toContain("population stability index 0.040");
  const shares = [
    { name: "a", expected: 0.5, observed: 0.6 },
    { name: "b", expected: 0.5, observed: 0.4 },
  ];
  // 0.1 (ln 1.2 − ln 0.8) by hand.
  expect(textsOf(driftPlot(shares))).toContain("population stability index 0.041");
  const empty = [...shares.slice(0, 1), { name: "b", expected: 0.5, observed: 0 }];
  expect(described(driftPlot(empty))).toMatch(/^population stability index \d\.\d{3}, /u);
  const x = scaleBy(svg, "x", ["0%", 0], ["50%", 0.5]);
  const widths = tips(svg, "rect").map((bar) => Math.round(side(bar, "width")));
  expect(widths).toEqual([0.5, 0.5, 0.6, 0.4].map((share) => Math.round(x(share) - x(0))));
  expect(textsOf(driftPlot([{ name: "a", expected: 0, observed: 4 }]))).toContain("There are no rows.");
});
