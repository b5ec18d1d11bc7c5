import { describe, expect, test } from "vitest";
import { betaCalibration } from "../../src/calibration/beta.js";
import { calibrate } from "../../src/calibration/calibrate.js";
import type { CalibratorJson, MixtureJson } from "../../src/calibration/calibrator.js";
import {
  CALIBRATION_METHODS,
  type CalibrationMethod,
  calibratorFromJson,
} from "../../src/calibration/calibrators.js";
import { isotonic } from "../../src/calibration/isotonic.js";
import { bestIsotonicWeight, mixed } from "../../src/calibration/mixture.js";
import { platt } from "../../src/calibration/platt.js";
import { temperature } from "../../src/calibration/temperature.js";
import { vennAbers } from "../../src/calibration/venn-abers.js";
import { logLoss } from "../../src/metrics/probability/log-loss.js";
import { rocAuc } from "../../src/metrics/ranking/roc-auc.js";
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
const METHODS = CALIBRATION_METHODS.filter((method) => method !== "auto");

describe("calibrate", () => {
  test.each(METHODS)(
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

  test.each([
    ["temperature", temperature().fit],
    ["platt", platt().fit],
    ["beta", betaCalibration().fit],
    ["isotonic", isotonic().fit],
    ["venn-abers", vennAbers],
  ] as const)("fits the given method on all rows: %s", (method, fitted) => {
    const { margins, labels, folds } = STEPPED;
    const calibration = calibrate(margins, labels, folds, method);
    expect(calibration.method).toBe(method);
    expect(calibration.calibrator.toJSON()).toEqual(fitted(margins, labels).toJSON());
    expect(calibration.candidates).toBeUndefined();
  });

  test("auto takes the simplest that is within one standard error of the best, and reports what it compared", () => {
    for (const { margins, labels, folds } of [STRAIGHT, STEPPED]) {
      const { method, probabilities, candidates = [] } = calibrate(margins, labels, folds);
      expect(candidates.map((candidate) => candidate.method).slice(0, 3)).toEqual(METHODS.slice(0, 3));
      const choice = candidates.findIndex(({ excess, standardError }) => excess <= standardError);
      expect(candidates.findIndex(({ chosen }) => chosen)).toBe(choice);
      expect(candidates[choice].method).toBe(method);
      // The probabilities are those that the other folds choose: a little worse than the choice looks on its own rows.
      expect(logLoss(labels, probabilities)).toBeGreaterThan(candidates[choice].logLoss - 1e-12);
      expect(logLoss(labels, probabilities)).toBeLessThan(candidates[choice].logLoss + 0.006);
      for (const { method, logLoss: loss } of candidates) {
        if (method === "mixture") continue;
        const alone = calibrate(margins, labels, folds, method as CalibrationMethod).probabilities;
        expect(loss).toBeCloseTo(logLoss(labels, alone), 12);
      }
    }
  });

  test("auto stays with a curve where it is right, and leaves it where it is wrong", () => {
    expect(["temperature", "platt"]).toContain(
      calibrate(STRAIGHT.margins, STRAIGHT.labels, STRAIGHT.folds).method,
    );
    const json = calibrate(STEPPED.margins, STEPPED.labels, STEPPED.folds).calibrator.toJSON();
    expect(json.method).toBe("mixture");
    expect((json as MixtureJson).isotonicWeight).toBeGreaterThan(0.9);
  });

  const logistic = (margin: number) => 1 / (1 + Math.exp(-margin));
  test.each([
    ["over-dispersed", 3, (margin: number) => logistic(margin / 2 - 1)],
    ["under-dispersed", 0.7, (margin: number) => logistic(2 * margin - 1)],
    ["nearly certain on both sides", 5, (margin: number) => 0.015 + 0.965 * logistic(4 * (margin - 0.5))],
    ["stepped", 1.5, (margin: number) => (margin > 0 ? 0.9 : margin > -1 ? 0.4 : 0.05)],
    ["with a ceiling", 2, (margin: number) => 0.05 + 0.6 * logistic(2 * margin)],
  ])(
    "auto comes as near to the truth as Platt's curve and isotonic regression: margins %s",
    (_, spread, truth) => {
      const random = createRandom(4, "shapes");
      const margins = Float64Array.from({ length: 4000 }, () => spread * random.normal());
      const labels = Uint8Array.from(margins, (margin) => (random.next() < truth(margin) ? 1 : 0));
      const folds = stratifiedFolds(labels, 5, 0);
      // The mean Kullback-Leibler divergence from the true probabilities.
      const [auto, ...others] = (["auto", "platt", "isotonic"] as const).map((method) => {
        const { calibrator } = calibrate(margins, labels, folds, method);
        let divergence = 0;
        for (const margin of margins) {
          const [p, q] = [truth(margin), calibrator.probabilityOf(margin)];
          divergence += p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
        }
        return divergence / margins.length;
      });
      // A curve where the shape is none costs 0.02 to 0.056.
      expect(auto).toBeLessThan(Math.min(...others) + 0.0015);
    },
  );

  test("auto leaves the ranking as it is", () => {
    for (const { margins, labels, folds } of [STRAIGHT, STEPPED]) {
      const { calibrator } = calibrate(margins, labels, folds);
      const probabilities = margins.map((margin) => calibrator.probabilityOf(margin));
      expect(rocAuc(labels, probabilities)).toBe(rocAuc(labels, margins));
    }
  });

  test("auto considers curves only below 50 churners", () => {
    const few = (churners: number) => {
      const labels = Uint8Array.from({ length: 400 }, (_, row) => (row < churners ? 1 : 0));
      // A clear step, on which a curve is wrong.
      const margins = Float64Array.from(
        labels,
        (label, row) => (label === 1 ? 1 : -1) * ((row * 7) % 10 < 9 ? 1 : -1),
      );
      return calibrate(margins, labels, stratifiedFolds(labels, 5, 0)).candidates?.map(
        ({ method }) => method,
      );
    };
    expect(few(49)).toEqual(["temperature", "platt", "beta"]);
    const uneven = sample(300, (margin) => (margin > 0 ? 1.5 : -2));
    expect(calibrate(uneven.margins, uneven.labels, uneven.folds).candidates).toHaveLength(4);
  });

  test("works where all margins are equal", () => {
    const labels = Uint8Array.from({ length: 50 }, (_, row) => (row % 5 === 0 ? 1 : 0));
    const folds = stratifiedFolds(labels, 5, 0);
    for (const method of CALIBRATION_METHODS) {
      // Temperature scaling has no effect at a margin of 0.
      if (method === "temperature") continue;
      const { probabilities, calibrator } = calibrate(new Float64Array(50), labels, folds, method);
      for (const probability of [...probabilities, calibrator.probabilityOf(0)]) {
        expect(Math.abs(probability - 0.2)).toBeLessThan(0.05);
      }
    }
  });

  test("rises with the margin, in every method", () => {
    const { margins, labels, folds } = STEPPED;
    for (const method of CALIBRATION_METHODS) {
      const { calibrator } = calibrate(margins, labels, folds, method);
      const rising = Array.from({ length: 200 }, (_, step) => calibrator.probabilityOf(step / 20 - 5));
      for (let i = 1; i < rising.length; i++) expect(rising[i]).toBeGreaterThanOrEqual(rising[i - 1]);
    }
  });
});

test("calibratorFromJson gives the same bits as the calibrator it was saved from", () => {
  const { margins, labels, folds } = STEPPED;
  for (const method of CALIBRATION_METHODS) {
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
