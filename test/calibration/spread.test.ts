import { describe, expect, test } from "vitest";
import { spreadOf } from "../../src/calibration/spread.js";
import { calibrationSlope } from "../../src/metrics/probability/calibration-line.js";
import { createRandom } from "../../src/random.js";
import { stratifiedFolds } from "../../src/vectors/folds.js";

const FOLDS = 5;
const ROWS = 40_000;

/**
 * Five models of one signal, each with independent errors of that deviation, and each drawn towards the labels that it
 * has seen; the model of a row's fold has not seen the row. New rows get the average of five more such errors.
 */
function simulate(error: number, pull: number) {
  const random = createRandom(17, "spread", error, pull);
  const signal = Float64Array.from({ length: ROWS }, () => 1.5 * random.normal() - 1);
  const labels = Uint8Array.from(signal, (margin) => (random.next() < probabilityOf(margin) ? 1 : 0));
  const folds = stratifiedFolds(labels, FOLDS, 3);
  const models = Array.from({ length: FOLDS }, (_, model) =>
    signal.map((margin, row) => {
      const seen = folds.of[row] === model ? 0 : pull * (labels[row] - probabilityOf(margin));
      return margin + error * random.normal() + seen;
    }),
  );
  const outOfFold = signal.map((_, row) => models[folds.of[row]][row]);
  const average = signal.map((margin) => {
    let errors = 0;
    for (let model = 0; model < FOLDS; model++) errors += error * random.normal();
    return margin + errors / FOLDS;
  });
  const inFold = signal.map(
    (_, row) =>
      models.reduce((sum, margins, model) => sum + (model === folds.of[row] ? 0 : margins[row]), 0) /
      (FOLDS - 1),
  );
  return { labels, inFold, outOfFold, average, probabilities: signal.map(probabilityOf) };
}

function probabilityOf(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}

describe("spreadOf", () => {
  test.each([
    [0.5, 0],
    [0.5, 1],
    [0.9, 0.5],
  ])("is the ratio of slopes of the average and of single models (error %d, pull %d)", (error, pull) => {
    const { labels, inFold, outOfFold, average, probabilities } = simulate(error, pull);
    const { factor, centre } = spreadOf({ outOfFold, inFold }, FOLDS, labels, probabilities);
    // Var(m) / (Var(m) − (1 − 1/5) σ²) with Var(m) = 1.5² + σ²; its estimate is off by about 1 % at 40,000 rows.
    const variance = 1.5 ** 2 + error ** 2;
    expect(Math.abs(factor - variance / (variance - 0.8 * error ** 2))).toBeLessThan(0.015);
    expect(centre).toBeCloseTo(-1, 1);
    // So a calibrator of single margins fits the average once it is spread, to first order: log-odds are not linear.
    const slopeOf = (margins: Float64Array) => calibrationSlope(labels, margins.map(probabilityOf));
    const spread = average.map((margin) => centre + factor * (margin - centre));
    const offBefore = slopeOf(average) / slopeOf(outOfFold) - 1;
    const offAfter = slopeOf(spread) / slopeOf(outOfFold) - 1;
    expect(offBefore).toBeGreaterThan(0.08);
    expect(Math.abs(offAfter)).toBeLessThan(0.4 * offBefore);
  });

  test("leaves margins alone where all models agree, or are constant", () => {
    const { labels, inFold, outOfFold, probabilities } = simulate(0, 0);
    expect(spreadOf({ outOfFold, inFold }, FOLDS, labels, probabilities).factor).toBeCloseTo(1, 12);
    const nothing = outOfFold.map(() => 0.3);
    expect(spreadOf({ outOfFold: nothing, inFold: nothing }, FOLDS, labels, probabilities)).toMatchObject({
      factor: 1,
    });
  });

  test("spreads by no more than half, however little models agree", () => {
    const { labels, inFold, outOfFold, probabilities } = simulate(20, 0);
    expect(spreadOf({ outOfFold, inFold }, FOLDS, labels, probabilities).factor).toBe(1.5);
  });
});
