import { describe, expect, test } from "vitest";
import { contrast } from "../../../src/plots/drawing/contrast.js";
import { dependencePlot, heatPlot, pointsPlot, scoresPlot } from "../../../src/plots/index.js";
import { createRandom } from "../../../src/random.js";
import {
  elementsOf,
  type Node,
  nodesOf,
  placeOf,
  pointsOf,
  readXml,
  scaleBy,
  textOf,
  textsOf,
  tipOf,
  translation,
} from "../xml.js";

const tips = (svg: string, name: string) => elementsOf(svg, name).filter((node) => tipOf(node) !== undefined);
const described = (svg: string) => String(elementsOf(svg, "desc")[0].children[0]);
const side = ({ attributes }: Node, name: string) => Number(attributes[name]);
const linesOf = (svg: string) =>
  elementsOf(svg, "g")
    .filter(({ attributes }) => attributes["stroke-width"] === "2" && attributes.fill === "none")
    .map((group) => pointsOf((group.children[0] as Node).attributes.d));

describe("scoresPlot", () => {
  const histogram = { from: [0, 0.5], to: [0.5, 1], churned: [10, 30], stayed: [90, 20] };

  test("stacks those who stayed on those who churned", () => {
    const svg = scoresPlot(histogram);
    const y = scaleBy(svg, "y", ["0", 0], ["100", 100]);
    const bars = tips(svg, "rect");
    const heights = bars.map((bar) => side(bar, "height"));
    const perRow = (y(0) - y(100)) / 100;
    for (const [i, rows] of [90, 20, 10, 30].entries()) expect(heights[i]).toBeCloseTo(rows * perRow, 0);
    expect(side(bars[0], "y")).toBeCloseTo(y(100), 0);
    expect(tipOf(bars[3])).toBe("50% – 100%\nchurned: 30\nstayed: 20");
  });

  test("draws limits of tiers where they are, and none at 0", () => {
    const tiers = [
      { name: "high", from: 0.8 },
      { name: "medium", from: 0.4 },
      { name: "low", from: 0 },
    ];
    const svg = scoresPlot(histogram, { tiers });
    const x = scaleBy(svg, "x", ["20%", 0.2], ["80%", 0.8]);
    expect(placeOf(svg, "high ≥ 80%").x).toBeCloseTo(x(0.8), 0);
    expect(placeOf(svg, "medium ≥ 40%").x).toBeCloseTo(x(0.4), 0);
    expect(textsOf(svg).some((text) => text.startsWith("low"))).toBe(false);
    expect(described(svg)).toBe("40 churned, 110 stayed, high from 80%, medium from 40%, low from 0%.");
  });

  test("cuts the name of a tier so that it stays in the picture", () => {
    const svg = scoresPlot(histogram, { width: 400, tiers: [{ name: "risk ".repeat(50), from: 0.1 }] });
    const [label] = textsOf(svg).filter((text) => text.startsWith("risk"));
    expect(label).toMatch(/… ≥ 10%$/u);
    expect(label.length).toBeLessThan(40);
  });

  test("without rows says so", () => {
    expect(textsOf(scoresPlot({ from: [], to: [], churned: [], stayed: [] }))).toContain(
      "There are no rows.",
    );
  });
});

describe("dependencePlot", () => {
  const point = (value: number | null, probability: number, level: string | null = null) => ({
    value,
    level,
    share: 0.2,
    density: null,
    probability,
    margin: 0,
    localProbability: null,
    localMargin: null,
  });
  const curve = { input: "tenure", noLocalEffects: null };

  test("of numbers goes through its points, with missing values beside them", () => {
    const points = [point(0, 0.5), point(20, 0.3), point(60, 0.1), point(null, 0.4, "missing")];
    const svg = dependencePlot({ ...curve, kind: "numeric", points });
    const x = scaleBy(svg, "x", ["0", 0], ["60", 60]);
    const y = scaleBy(svg, "y", ["0%", 0], ["50%", 0.5]);
    const [line] = linesOf(svg);
    expect(line.map((place) => Math.round(place.x))).toEqual(
      [0, 20, 60].map((value) => Math.round(x(value))),
    );
    expect(line.map((place) => Math.round(place.y))).toEqual(
      [0.5, 0.3, 0.1].map((value) => Math.round(y(value))),
    );
    const missing = tips(svg, "path").find((node) => tipOf(node)?.startsWith("missing: 40%"));
    expect(translation(String(missing?.attributes.transform)).x).toBeGreaterThan(x(60));
    expect(placeOf(svg, "missing").x).toBeGreaterThan(x(60));
  });

  test("of dates has ticks of months in the language of the chart", () => {
    const points = [20089, 20300, 20500].map((day) => point(day, 0.2));
    // 20089 days after 1970-01-01 is 2025-01-01.
    expect(textsOf(dependencePlot({ ...curve, kind: "date", points }))).toContain("Jul 2025");
    expect(textsOf(dependencePlot({ ...curve, kind: "date", points }, { locale: "zh" }))).toContain(
      "2025年7月",
    );
  });

  test("of 10,000 categories shows 20 and says how many more there are", () => {
    const points = Array.from({ length: 10_000 }, (_, i) => ({
      ...point(null, 0.3, `city ${i}`),
      share: 0.0001,
    }));
    const svg = dependencePlot({ ...curve, kind: "categorical", points });
    expect(textsOf(svg)).toContain("… and 9,980 more");
    expect(Buffer.byteLength(svg)).toBeLessThan(12_000);
  });

  test("of values that are all missing, of one point, and of none is a picture", () => {
    const missing = dependencePlot({ ...curve, kind: "numeric", points: [point(null, 0.4, "missing")] });
    expect(textsOf(missing)).toContain("missing");
    expect(linesOf(dependencePlot({ ...curve, kind: "numeric", points: [point(5, 0.4)] }))).toHaveLength(1);
    expect(textsOf(dependencePlot({ ...curve, kind: "numeric", points: [] }))).toContain(
      "The curve has no points.",
    );
  });
});

describe("heatPlot", () => {
  const cells = ["a", "b", "c"].flatMap((row, r) =>
    ["x", "y", "z"].map((column, c) => ({ row, column, value: r === c ? null : 10 ** (r + c) })),
  );

  test.each(["light", "dark"] as const)(
    "writes every value, with a contrast of 4.5 to its cell: %s",
    (theme) => {
      const svg = heatPlot(cells, { theme });
      const texts = textsOf(svg);
      for (const text of ["10", "100", "1,000"]) expect(texts).toContain(text);
      expect(texts.filter((text) => text === "–")).toHaveLength(3);
      const cellOf = new Map(
        elementsOf(svg, "g")
          .filter(({ children }) =>
            children.every((child) => typeof child === "object" && child.name === "rect"),
          )
          .flatMap((group) =>
            (group.children as Node[]).map((rect) => [
              `${Math.round(side(rect, "x") + side(rect, "width") / 2)},${Math.round(side(rect, "y") + side(rect, "height") / 2)}`,
              group.attributes.fill,
            ]),
          ),
      );
      const written = elementsOf(svg, "g").flatMap((group) =>
        (group.children as Node[])
          .filter((child) => child.name === "text" && /^[\d,]+$/u.test(textOf(child)))
          .map((text) => {
            const [outer, own] = [
              translation(group.attributes.transform),
              translation(text.attributes.transform),
            ];
            return { x: outer.x + own.x, y: outer.y + own.y, fill: group.attributes.fill };
          }),
      );
      expect(written).toHaveLength(6);
      for (const { x, y, fill } of written) {
        const near = [...cellOf].find(([place]) => {
          const [cx, cy] = place.split(",").map(Number);
          return Math.abs(cx - x) <= 1 && Math.abs(cy - y) <= 1;
        });
        expect(contrast(fill, String(near?.[1]))).toBeGreaterThanOrEqual(4.5);
      }
    },
  );

  test("shows 30 rows of 10,000, and the last of two cells of one place", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => ({ row: `city ${i}`, column: "x", value: i }));
    const svg = heatPlot(many);
    expect(textsOf(svg)).toContain("… and 9,970 more");
    const twice = heatPlot([
      { row: "a", column: "x", value: 1 },
      { row: "a", column: "x", value: 2 },
    ]);
    expect(textsOf(twice)).toContain("2");
    expect(textsOf(twice)).not.toContain("1");
  });

  test("shows as many columns as there is room for their values, whole", () => {
    const wide = Array.from({ length: 24 }, (_, i) => ({ row: "a", column: `c${i}`, value: 100_000 + i }));
    const svg = heatPlot(wide, { width: 360 });
    const values = textsOf(svg).filter((text) => /^100,0\d\d$/u.test(text));
    expect(values.length).toBeGreaterThan(4);
    expect(values.length).toBeLessThan(12);
    expect(textsOf(svg)).toContain(`… and ${24 - values.length} more`);
  });

  test("leaves out the signs of percent where only the numbers fit, and says so", () => {
    const shares = Array.from({ length: 14 }, (_, i) => ({
      row: "a",
      column: String(i),
      value: 0.5 + i / 100,
    }));
    const texts = textsOf(heatPlot(shares, { width: 360, isShare: true }));
    expect(texts).toContain("values in percent");
    expect(texts).toContain("63");
    expect(textsOf(heatPlot(shares, { width: 960, isShare: true }))).toContain("63%");
  });

  test("of equal values has one colour, and says the highest and the lowest", () => {
    expect(described(heatPlot(cells))).toContain("highest 1,000 (b · z), lowest 10 (a · y)");
    const equal = heatPlot(cells.map((cell) => ({ ...cell, value: 5 })));
    const fills = elementsOf(equal, "g").filter(({ children }) => (children[0] as Node)?.name === "rect");
    expect(new Set(fills.map(({ attributes }) => attributes.fill)).size).toBe(1);
  });
});

describe("pointsPlot", () => {
  test("draws each point once where it is, groups by other shapes", () => {
    const svg = pointsPlot([
      { x: 0, y: 0, group: "stayed" },
      { x: 10, y: 100, group: "churned" },
      { x: 5, y: 50, group: "stayed" },
    ]);
    const x = scaleBy(svg, "x", ["4", 4], ["8", 8]);
    const drawn = nodesOf(readXml(svg)).filter(
      ({ name, attributes }) => name === "path" && attributes["stroke-width"] === "1.2",
    );
    const starts = drawn.map(({ attributes }) =>
      [...attributes.d.matchAll(/M([\d.]+),/gu)].map(([, at]) => Math.round(Number(at))),
    );
    expect(starts).toEqual([[Math.round(x(0)), Math.round(x(5))], [Math.round(x(10))]]);
    expect(drawn[0].attributes.stroke).not.toBe(drawn[1].attributes.stroke);
  });

  test("of 20,000 points is a density that says so, in less bytes than 500 dots", () => {
    const random = createRandom(2);
    const points = (count: number) =>
      Array.from({ length: count }, () => ({ x: random.normal(), y: random.normal() }));
    const svg = pointsPlot(points(20_000));
    expect(described(svg)).toMatch(
      /^20,000 points, drawn as a density: how many points are in each cell of a grid/u,
    );
    expect(described(pointsPlot(points(2000)))).not.toContain("density");
    expect(Buffer.byteLength(svg)).toBeLessThan(12_000);
  });

  test("of eight groups draws five, and the rest as one", () => {
    const points = Array.from({ length: 8 }, (_, i) => ({ x: i, y: i, group: `g${i}` }));
    const texts = textsOf(pointsPlot(points));
    expect(texts).toContain("g4");
    expect(texts).toContain("the rest (3)");
    expect(texts).not.toContain("g6");
  });

  test("of points that are all in one place is a picture", () => {
    expect(textsOf(pointsPlot(Array.from({ length: 3000 }, () => ({ x: 2, y: 2 }))))).toContain(
      "many points",
    );
  });
});
