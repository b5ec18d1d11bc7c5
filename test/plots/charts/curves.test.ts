import { describe, expect, test } from "vitest";
import {
  calibrationCurve,
  evaluateScores,
  gainCurve,
  liftCurve,
  precisionRecallCurve,
  profitCurve,
  rocCurve,
} from "../../../src/metrics/index.js";
import {
  calibrationPlot,
  gainPlot,
  liftPlot,
  precisionRecallPlot,
  profitPlot,
  rocPlot,
} from "../../../src/plots/index.js";
import { createRandom } from "../../../src/random.js";
import {
  elementsOf,
  type Node,
  nodesOf,
  pointsOf,
  readXml,
  scaleBy,
  textsOf,
  tipOf,
  translation,
} from "../xml.js";

const random = createRandom(5);
const ROWS = 3000;
const scores = Array.from({ length: ROWS }, () => random.next());
const labels = scores.map((score) => (random.next() < score ** 2 ? 1 : 0));

/** The line of the first series: the path of width 2 in the colour of it. */
function lineOf(svg: string, colour = "#005c9e"): { x: number; y: number }[] {
  const groups = elementsOf(svg, "g").filter(
    ({ attributes }) =>
      attributes.stroke === colour && attributes["stroke-width"] === "2" && attributes.fill === "none",
  );
  expect(groups).toHaveLength(1);
  const [path] = groups[0].children as Node[];
  return pointsOf(path.attributes.d);
}

function descriptionOf(svg: string): string {
  return String(elementsOf(svg, "desc")[0].children[0]);
}

/** The scales of a chart from 0% to 100% both ways. */
function scalesOf(svg: string) {
  const ticks = elementsOf(svg, "text").filter(({ attributes }) => attributes.transform !== undefined);
  const at = (text: string) =>
    ticks
      .filter(({ children }) => children[0] === text)
      .map(({ attributes }) => translation(attributes.transform));
  const [below20, left20] = at("20%").sort((a, b) => b.y - a.y);
  const [below80, left80] = at("80%").sort((a, b) => b.y - a.y);
  const bottom = below20.y;
  // Labels below have one height, labels on the left one position.
  expect(below80.y).toBe(bottom);
  expect(left80.x).toBe(left20.x);
  return {
    x: (value: number) => below20.x + ((value - 0.2) / 0.6) * (below80.x - below20.x),
    y: (value: number) => left20.y + ((value - 0.2) / 0.6) * (left80.y - left20.y),
  };
}

describe("rocPlot", () => {
  test("draws a line through the points of the curve", () => {
    const svg = rocPlot({ falsePositiveRate: [0, 0.1, 0.5, 1], truePositiveRate: [0, 0.6, 0.9, 1] });
    const { x, y } = scalesOf(svg);
    const line = lineOf(svg);
    const expected = [
      [0, 0],
      [0.1, 0.6],
      [0.5, 0.9],
      [1, 1],
    ];
    expect(line).toHaveLength(expected.length);
    for (const [i, [others, churners]] of expected.entries()) {
      expect(line[i].x).toBeCloseTo(x(others), 0);
      expect(line[i].y).toBeCloseTo(y(churners), 0);
    }
  });

  test("keeps at most 200 points of a curve of thousands, none of which is more than a pixel from the line", () => {
    const curve = rocCurve(labels, scores);
    expect(curve.threshold.length).toBeGreaterThan(2000);
    const svg = rocPlot(curve);
    const { x, y } = scalesOf(svg);
    const line = lineOf(svg);
    expect(line.length).toBeLessThanOrEqual(200);
    expect(Buffer.byteLength(svg)).toBeLessThan(8000);
    for (let i = 0; i < curve.threshold.length; i++) {
      const point = { x: x(curve.falsePositiveRate[i]), y: y(curve.truePositiveRate[i]) };
      expect(distanceTo(line, point)).toBeLessThan(1);
    }
  });

  test("says the area under the curve, by trapezoids", () => {
    // 0.1 · 0.3 + 0.4 · 0.75 + 0.5 · 0.95 = 0.03 + 0.3 + 0.475.
    const svg = rocPlot({ falsePositiveRate: [0, 0.1, 0.5, 1], truePositiveRate: [0, 0.6, 0.9, 1] });
    expect(descriptionOf(svg)).toBe("ROC AUC 0.805.");
  });

  test("says the metric of an evaluation with its interval, rows and churn rate", () => {
    const evaluation = evaluateScores(labels, scores, { replicates: 20, seed: 1 });
    const curves = curvesOfAll();
    const { value, low, high } = evaluation.metrics.rocAuc;
    const figures = `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
    const rate = `${(evaluation.baseRate * 100).toFixed(1)}%`;
    expect(descriptionOf(rocPlot({ ...evaluation, curves }))).toBe(
      `ROC AUC ${figures}, 3,000 rows, of which ${rate} churned.`,
    );
  });

  test("tells several curves apart by dash, and names them with their figures", () => {
    const curve = rocCurve(labels, scores);
    const worse = rocCurve(
      labels,
      scores.map((score, i) => (i % 2 === 0 ? score : 0.5)),
    );
    const svg = rocPlot({ new: curve, old: worse });
    const lines = elementsOf(svg, "g").filter(
      ({ attributes }) => attributes["stroke-width"] === "2" && attributes.fill === "none",
    );
    expect(new Set(lines.map(({ attributes }) => attributes["stroke-dasharray"])).size).toBe(2);
    expect(textsOf(svg).filter((text) => /^(?:new|old): ROC AUC 0\.\d{3}$/u.test(text))).toHaveLength(2);
  });

  test("of one point and of none is a picture", () => {
    expect(lineOf(rocPlot({ falsePositiveRate: [0.3], truePositiveRate: [0.4] }))).toHaveLength(1);
    expect(textsOf(rocPlot({ falsePositiveRate: [], truePositiveRate: [] }))).toContain(
      "The curve has no points.",
    );
  });

  test("says rates and threshold where it is pointed at", () => {
    const tips = nodesOf(readXml(rocPlot(rocCurve(labels, scores)))).filter(
      ({ attributes }) => attributes.class === "tip",
    );
    expect(tips.length).toBeGreaterThan(5);
    expect(tips.length).toBeLessThanOrEqual(40);
    for (const tip of tips)
      expect(tipOf(tip)).toMatch(/^[\d.]+% of the churners, [\d.]+% of the others\n≥ 0\.\d{3}$/u);
  });
});

test("precisionRecallPlot draws steps: precision holds from the recall before", () => {
  const svg = precisionRecallPlot({ recall: [0, 0.5, 1], precision: [1, 0.8, 0.4] });
  const { x, y } = scalesOf(svg);
  const line = lineOf(svg);
  const corner = line.find(
    ({ x: at, y: height }) => Math.abs(at - x(0.5)) < 1 && Math.abs(height - y(0.4)) < 1,
  );
  expect(corner).toBeDefined();
  expect(line.some((point) => Math.abs(point.x - x(0)) < 1 && Math.abs(point.y - y(0.8)) < 1)).toBe(true);
  // 0.5 · 0.8 + 0.5 · 0.4.
  expect(descriptionOf(svg)).toBe("average precision 0.600.");
});

test("gainPlot and liftPlot say what the riskiest tenth holds", () => {
  expect(descriptionOf(gainPlot({ share: [0, 0.2, 1], gain: [0, 0.6, 1] }))).toBe(
    "the riskiest 10% hold 30% of all churners.",
  );
  // Between points it is the gain that is linear: 0.3 / 0.1.
  expect(descriptionOf(liftPlot({ share: [0, 0.2, 1], lift: [3, 3, 1] }))).toBe(
    "lift of the riskiest 10%: 3.00.",
  );
  const exact = liftCurve(labels, scores);
  const tenth = exact.lift[exact.share.findIndex((share) => share >= 0.1)];
  expect(descriptionOf(liftPlot(exact))).toContain(tenth.toFixed(2));
});

describe("calibrationPlot", () => {
  test("puts bins where prediction and rate are, with their intervals", () => {
    const svg = calibrationPlot({
      meanProbability: [0.1, 0.7],
      observedRate: [0.2, 0.6],
      low: [0.15, 0.5],
      high: [0.25, 0.7],
      weight: [50, 30],
    });
    const own = { x: scaleBy(svg, "x", ["10%", 0.1], ["70%", 0.7]) };
    const dots = elementsOf(svg, "path").filter((node) => tipOf(node) !== undefined);
    expect(dots).toHaveLength(2);
    const places = dots.map(({ attributes }) => translation(attributes.transform));
    expect(places[0].x).toBeCloseTo(own.x(0.1), 0);
    expect(places[1].x).toBeCloseTo(own.x(0.7), 0);
    expect(tipOf(dots[1])).toBe("predicted 70%\nobserved 60% (50% to 70%)\nrows: 30");
    // (50 · 0.1 + 30 · 0.1) / 80.
    expect(descriptionOf(svg)).toBe("expected calibration error 0.1000.");
  });

  test("draws the histogram of one evaluation, and of two none", () => {
    const evaluation = { ...evaluateScores(labels, scores, { replicates: 5 }), curves: curvesOfAll() };
    const bars = (svg: string) => elementsOf(svg, "rect").length;
    expect(bars(calibrationPlot(evaluation))).toBe(1 + 10);
    expect(bars(calibrationPlot({ a: evaluation, b: evaluation }))).toBe(1);
  });
});

test("profitPlot marks the best and the chosen number of contacts", () => {
  const curve = profitCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]);
  const svg = profitPlot(curve, { chosen: 3 });
  // 0.3 · (200 − 10) − 1 = 56 of a churner, −11 of another one: 56, 45, 101, 90.
  expect(descriptionOf(svg)).toBe("best: 3 contacts earn 101, chosen: 3 contacts earn 101.");
  expect(descriptionOf(profitPlot(curve, { chosen: 1 }))).toContain("chosen: 1 contact earns 56");
});

/** The curves of an evaluation, as holdfast makes them. */
function curvesOfAll() {
  const roc = rocCurve(labels, scores);
  const precisionRecall = precisionRecallCurve(labels, scores);
  const list = <Curve extends object>(curve: Curve) =>
    Object.fromEntries(
      Object.entries(curve).map(([name, values]) => [
        name,
        Array.from(values as ArrayLike<number>, (value) => (Number.isFinite(value) ? value : null)),
      ]),
    ) as never;
  const from = Array.from({ length: 10 }, (_, i) => i / 10);
  return {
    roc: list(roc),
    precisionRecall: list(precisionRecall),
    gain: list(gainCurve(labels, scores)),
    lift: list(liftCurve(labels, scores)),
    calibration: list(calibrationCurve(labels, scores)),
    histogram: {
      from,
      to: from.map((each) => each + 0.1),
      churned: from.map(() => 100),
      stayed: from.map(() => 200),
    },
  };
}

/** The distance of a point to a line of several pieces. */
function distanceTo(line: readonly { x: number; y: number }[], point: { x: number; y: number }): number {
  return line.slice(1).reduce((least, to, i) => {
    const from = line[i];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const length = dx * dx + dy * dy;
    const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
    const at = Math.min(1, Math.max(0, along));
    return Math.min(least, Math.hypot(point.x - from.x - at * dx, point.y - from.y - at * dy));
  }, Number.POSITIVE_INFINITY);
}
