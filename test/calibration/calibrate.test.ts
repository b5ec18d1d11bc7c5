import { describe, expect, test } from "vitest";
import { calibrate, calibratorFromJson } from "../../src/calibration/calibrate.js";
import type { CalibratorJson } from "../../src/calibration/calibrator.js";
import { bestIsotonicWeight, mixed } from "../../src/calibration/mixture.js";
import { logLoss } from "../../src/metrics/log-loss.js";
import { createRandom } from "../../src/random.js";
import { rowsOfFold, stratifiedFolds } from "../../src/vectors/folds.js";

/** Margins whose log-odds of churn are `shape` of the margin. */
function sample(rows: number, shape: (margin: number) => number) {
  const random = createRandom(1, "calibrate");
  const margins = Float64Array.from({ length: rows }, () => 1.5 * random.normal());
  const labels = Uint8Array.from(margins, (margin) =>
    random.next() < 1 / (1 + Math.exp(-shape(margin))) ? 1 : 0,
  );
  return { margins, labels, folds: stratifiedFolds(labels, 5, 0) };
}

const STRAIGHT = sample(600, (margin) => 0.8 * margin - 0.3);
const STEPPED = sample(6000, (margin) => (margin > 0 ? 2.5 : margin > -1 ? -0.5 : -3));

describe("calibrate", () => {
  test.each(["platt", "isotonic"] as const)(
    "takes the probabilities of a fold from a calibrator that saw no row of it: %s",
    (method) => {
      const { margins, labels, folds } = STEPPED;
      const flipped = labels.map((label, row) => (folds.of[row] === 2 ? 1 - label : label));
      const before = calibrate(margins, labels, folds, method).probabilities;
      const after = calibrate(margins, flipped, folds, method).probabilities;
      for (const row of rowsOfFold(folds, 2)) expect(after[row]).toBe(before[row]);
      expect(rowsOfFold(folds, 1).some((row) => after[row] !== before[row])).toBe(true);
    },
  );

  test("keeps Platt's curve as it is asked to, and isotonic regression", () => {
    const { margins, labels, folds } = STEPPED;
    for (const method of ["platt", "isotonic"] as const) {
      const calibration = calibrate(margins, labels, folds, method);
      expect(calibration.method).toBe(method);
      expect(calibration.calibrator.toJSON().method).toBe(method);
    }
  });

  test("auto is never worse than either method on the rows it chose by", () => {
    for (const { margins, labels, folds } of [STRAIGHT, STEPPED]) {
      const [auto, ...others] = (["auto", "platt", "isotonic"] as const).map((method) =>
        logLoss(labels, calibrate(margins, labels, folds, method).probabilities),
      );
      expect(auto).toBeLessThanOrEqual(Math.min(...others) + 1e-12);
    }
  });

  test("auto stays with Platt's curve where it is right, and leaves it where it is wrong", () => {
    const weightOf = ({ margins, labels, folds }: typeof STRAIGHT) => {
      const json = calibrate(margins, labels, folds).calibrator.toJSON();
      return json.method === "mixture" ? json.isotonicWeight : json.method === "platt" ? 0 : 1;
    };
    expect(weightOf(STRAIGHT)).toBeLessThan(0.5);
    expect(weightOf(STEPPED)).toBeGreaterThan(0.9);
  });

  test("works where all margins are equal", () => {
    const labels = Uint8Array.from({ length: 50 }, (_, row) => (row % 5 === 0 ? 1 : 0));
    const folds = stratifiedFolds(labels, 5, 0);
    for (const method of ["auto", "platt", "isotonic"] as const) {
      const { probabilities, calibrator } = calibrate(new Float64Array(50), labels, folds, method);
      for (const probability of [...probabilities, calibrator.probabilityOf(9)]) {
        expect(Math.abs(probability - 0.2)).toBeLessThan(0.05);
      }
    }
  });

  test("rises with the margin, in every method", () => {
    const { margins, labels, folds } = STEPPED;
    for (const method of ["auto", "platt", "isotonic"] as const) {
      const { calibrator } = calibrate(margins, labels, folds, method);
      const rising = Array.from({ length: 200 }, (_, step) => calibrator.probabilityOf(step / 20 - 5));
      for (let i = 1; i < rising.length; i++) expect(rising[i]).toBeGreaterThanOrEqual(rising[i - 1]);
    }
  });
});

test("calibratorFromJson gives the same bits as the calibrator it was saved from", () => {
  const { margins, labels, folds } = STEPPED;
  for (const method of ["auto", "platt", "isotonic"] as const) {
    const { calibrator } = calibrate(margins, labels, folds, method);
    const copy = calibratorFromJson(JSON.parse(JSON.stringify(calibrator)) as CalibratorJson);
    for (const margin of margins) expect(copy.probabilityOf(margin)).toBe(calibrator.probabilityOf(margin));
  }
});

describe("bestIsotonicWeight", () => {
  test("finds the weight of the least log loss", () => {
    const { margins, labels, folds } = sample(3000, (margin) => margin + (margin > 0.5 ? 0.8 : 0));
    const [platt, isotonic] = (["platt", "isotonic"] as const).map(
      (method) => calibrate(margins, labels, folds, method).probabilities,
    );
    const lossAt = (weight: number) =>
      logLoss(
        labels,
        platt.map((probability, row) => mixed(weight, probability, isotonic[row])),
      );
    const weight = bestIsotonicWeight(platt, isotonic, labels);
    expect(weight).toBeGreaterThan(0);
    expect(weight).toBeLessThan(1);
    for (const other of [weight - 1e-3, weight + 1e-3, 0, 1]) {
      expect(lossAt(other)).toBeGreaterThan(lossAt(weight));
    }
  });

  test("is 0 or 1 where one of the two is better in every mixture", () => {
    const labels = Uint8Array.of(1, 0);
    const [right, wrong] = [Float64Array.of(0.9, 0.1), Float64Array.of(0.4, 0.6)];
    expect(bestIsotonicWeight(right, wrong, labels)).toBe(0);
    expect(bestIsotonicWeight(wrong, right, labels)).toBe(1);
  });
});
