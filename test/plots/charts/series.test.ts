import { describe, expect, test } from "vitest";
import { learningCurvePlot, survivalPlot, timePlot } from "../../../src/plots/index.js";
import { createRandom } from "../../../src/random.js";
import { elementsOf, type Node, placeOf, pointsOf, scaleBy, textsOf } from "../xml.js";

const described = (svg: string) => String(elementsOf(svg, "desc")[0].children[0]);
const linesOf = (svg: string) =>
  elementsOf(svg, "g")
    .filter(({ attributes }) => attributes["stroke-width"] === "2" && attributes.fill === "none")
    .map((group) => pointsOf((group.children[0] as Node).attributes.d));

describe("timePlot", () => {
  const months = ["2025-03", "2025-01", "2025-02"];

  test("sorts points by time, and goes through them", () => {
    const svg = timePlot(months.map((time, i) => ({ time, value: i })));
    const [line] = linesOf(svg);
    const y = scaleBy(svg, "y", ["0.5", 0.5], ["2.0", 2]);
    expect(line.map((place) => Math.round(place.y))).toEqual([1, 2, 0].map((value) => Math.round(y(value))));
    expect(line[0].x).toBeLessThan(line[1].x);
    expect(described(svg)).toBe("from 1 (Jan 2025) to 0 (Mar 2025).");
  });

  test("names months in the language of the chart, and series at their ends", () => {
    const points = months.map((time, i) => ({ time, value: i / 100 }));
    expect(textsOf(timePlot(points))).toContain("Mar 2025");
    expect(textsOf(timePlot(points, { locale: "zh" }))).toContain("2025年3月");
    const svg = timePlot({
      corporate: points,
      consumer: points.map((each) => ({ ...each, value: each.value + 1 })),
    });
    const last = Math.max(
      ...linesOf(svg)
        .flat()
        .map(({ x }) => x),
    );
    for (const name of ["corporate", "consumer"]) expect(placeOf(svg, name).x).toBeGreaterThan(last);
  });

  test("takes dates and numbers, equal values, one point, 200,000 points", () => {
    expect(linesOf(timePlot([{ time: new Date("2025-01-05"), value: 3 }]))).toHaveLength(1);
    const equal = timePlot([1, 2, 3].map((time) => ({ time, value: 7 })));
    expect(new Set(linesOf(equal)[0].map(({ y }) => y)).size).toBe(1);
    const random = createRandom(1);
    const many = Array.from({ length: 200_000 }, (_, time) => ({ time, value: random.normal() }));
    expect(linesOf(timePlot(many))[0].length).toBeLessThanOrEqual(200);
  });
});

test("survivalPlot begins at 100% of time 0 and holds each share to the next step", () => {
  const svg = survivalPlot([
    { time: 10, survival: 0.5 },
    { time: 5, survival: 0.8 },
  ]);
  const [line] = linesOf(svg);
  const x = scaleBy(svg, "x", ["4", 4], ["8", 8]);
  const y = scaleBy(svg, "y", ["20%", 0.2], ["80%", 0.8]);
  const corners = [
    [0, 1],
    [5, 1],
    [5, 0.8],
    [10, 0.8],
    [10, 0.5],
  ];
  expect(line.map((place) => [Math.round(place.x), Math.round(place.y)])).toEqual(
    corners.map(([time, share]) => [Math.round(x(time)), Math.round(y(share))]),
  );
  expect(described(svg)).toBe("50% are still there at 10.");
});

test("learningCurvePlot goes through its losses and on to what is expected", () => {
  const loss = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });
  const points = [1000, 2000, 4000].map((rows, i) => ({ rows, logLoss: loss(0.5 - i * 0.05) }));
  const svg = learningCurvePlot({ points, expected: { rows: 8000, logLoss: loss(0.38) } });
  const x = scaleBy(svg, "x", ["2,000", 2000], ["8,000", 8000]);
  const y = scaleBy(svg, "y", ["0.40", 0.4], ["0.50", 0.5]);
  const [expected, measured] = linesOf(svg).sort((a, b) => a.length - b.length);
  expect(measured.map((place) => Math.round(place.y))).toEqual(
    [0.5, 0.45, 0.4].map((value) => Math.round(y(value))),
  );
  expect(expected[0].x).toBeCloseTo(measured[2].x, 6);
  expect(expected[0].y).toBeCloseTo(measured[2].y, 6);
  expect(expected[1].x).toBeCloseTo(x(8000), 0);
  expect(described(svg)).toContain("0.380 (0.370 to 0.390) expected of 8,000");
});
