import { describe, expect, it } from "vitest";
import { HoldfastError } from "../../src/errors.js";
import { type EmpcOptions, empc } from "../../src/metrics/decision/empc.js";
import { type MpcOptions, mpc } from "../../src/metrics/decision/mpc.js";
import { type ProfitCurveOptions, profitCurve } from "../../src/metrics/decision/profit-curve.js";
import { hMeasure } from "../../src/metrics/ranking/h-measure.js";
import type { MetricOptions } from "../../src/metrics/sample/input.js";

type Metric = (labels: number[], scores: number[], options?: MetricOptions) => unknown;
const all: Record<string, Metric> = { hMeasure, mpc, empc, profitCurve };

function sentencesOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    return error.problems.map(
      ({ path, expected, received }) =>
        `${path.function}: ${path.argument}: ${expected}, received ${received}`,
    );
  }
  return [];
}

const [labels, scores] = [
  [1, 0],
  [0.9, 0.1],
];

describe.each(Object.entries(all))("%s", (name, metric) => {
  it("refuses an empty sample and one of one class", () => {
    expect(sentencesOf(() => metric([], []))).toEqual([`${name}: labels: must not be empty, received 0`]);
    expect(sentencesOf(() => metric([1, 1], scores))).toEqual([
      `${name}: labels: must hold both classes, received no label 0 in a row of positive weight`,
    ]);
    expect(sentencesOf(() => metric([1, 0, 0], [1, 2, 3], { weights: [0, 1, 1] }))).toEqual([
      `${name}: labels: must hold both classes, received no label 1 in a row of positive weight`,
    ]);
  });
  it("collects everything wrong with labels, scores and weights, each with its index", () => {
    const work = () => metric([1, 2, 0], [0.5, Number.NaN, 0.1, Infinity], { weights: [1, -1, Number.NaN] });
    expect(sentencesOf(work)).toEqual([
      `${name}: scores: must have the length of labels, 3, received 4`,
      `${name}: labels[1]: must be 0 or 1, received 2`,
      `${name}: scores[1]: must be finite, received NaN`,
      `${name}: scores[3]: must be finite, received Infinity`,
      `${name}: weights[1]: must be finite and not negative, received -1`,
      `${name}: weights[2]: must be finite and not negative, received NaN`,
    ]);
  });
});

describe.each([
  ["mpc", (options: MpcOptions) => mpc(labels, scores, options)],
  ["empc", (options: EmpcOptions) => empc(labels, scores, options)],
  ["profitCurve", (options: ProfitCurveOptions) => profitCurve(labels, scores, options)],
] as const)("%s", (name, metric) => {
  it.each([0, -5, Number.NaN, Infinity])("refuses a lifetimeValue of %d", (lifetimeValue) => {
    expect(sentencesOf(() => metric({ lifetimeValue }))).toEqual([
      `${name}: lifetimeValue: must be finite and above 0, received ${lifetimeValue}`,
    ]);
  });
  it.each([-1, Number.NaN, Infinity])("refuses costs of %d, all at once", (cost) => {
    expect(sentencesOf(() => metric({ offerCost: cost, contactCost: cost }))).toEqual([
      `${name}: offerCost: must be finite and not negative, received ${cost}`,
      `${name}: contactCost: must be finite and not negative, received ${cost}`,
    ]);
  });
});

it.each([0, 1, -0.1, 1.5, Number.NaN])("mpc and profitCurve refuse an acceptance of %d", (acceptance) => {
  expect(sentencesOf(() => mpc(labels, scores, { acceptance }))).toEqual([
    `mpc: acceptance: must be between 0 and 1, received ${acceptance}`,
  ]);
  expect(sentencesOf(() => profitCurve(labels, scores, { acceptance }))).toEqual([
    `profitCurve: acceptance: must be between 0 and 1, received ${acceptance}`,
  ]);
});

it.each([0, -1, Number.NaN, Infinity, 1e-9])("empc and hMeasure refuse Beta parameters of %d", (value) => {
  const received = `must be from 0.01 to 10000, received ${value}`;
  const parameters = { alpha: value, beta: value };
  expect(sentencesOf(() => empc(labels, scores, parameters))).toEqual([
    `empc: alpha: ${received}`,
    `empc: beta: ${received}`,
  ]);
  expect(sentencesOf(() => hMeasure(labels, scores, { severity: parameters }))).toEqual([
    `hMeasure: severity.alpha: ${received}`,
    `hMeasure: severity.beta: ${received}`,
  ]);
});

it("profitCurve refuses amounts of another length, and names the row of a wrong one", () => {
  const work = () => profitCurve(labels, scores, { lifetimeValue: [1, -2, 3], offerCost: [Number.NaN, 0] });
  expect(sentencesOf(work)).toEqual([
    "profitCurve: lifetimeValue: must have the length of labels, 2, received 3",
    "profitCurve: lifetimeValue[1]: must be finite and not negative, received -2",
    "profitCurve: offerCost[0]: must be finite and not negative, received NaN",
  ]);
});
