import { mean, sumNthPowerDeviations } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { chooseSimplest } from "../../src/calibration/choose.js";
import type { CrossFittedCalibrator } from "../../src/calibration/cross-fit.js";
import { FittedPlatt } from "../../src/calibration/platt.js";

function candidate(method: "temperature" | "platt" | "beta", probabilities: number[]): CrossFittedCalibrator {
  const calibrator = new FittedPlatt({ method: "platt", slope: 1, intercept: 0 });
  return { method, calibrator, probabilities: Float64Array.from(probabilities) };
}

describe("chooseSimplest", () => {
  const LABELS = Uint8Array.of(1, 1, 0, 0);

  test("by hand: excess and its standard error are of the differences of the rows", () => {
    const { candidates } = chooseSimplest(
      [candidate("temperature", [0.5, 0.5, 0.5, 0.5]), candidate("platt", [0.8, 0.4, 0.2, 0.5])],
      LABELS,
    );
    // Differences of the losses: ln(0.8/0.5), ln(0.4/0.5), ln(0.8/0.5), 0: mean 0.179214, sum of squares about it 0.363125.
    const differences = [Math.log(1.6), Math.log(0.8), Math.log(1.6), 0];
    expect(mean(differences)).toBeCloseTo(0.179216, 6);
    expect(candidates[0].excess).toBeCloseTo(mean(differences), 14);
    const squares = sumNthPowerDeviations(differences, 2);
    expect(candidates[0].standardError).toBeCloseTo(Math.sqrt(squares) / 4, 14);
    expect(candidates[0].logLoss).toBeCloseTo(Math.LN2, 14);
    expect(candidates[1]).toMatchObject({ excess: 0, standardError: 0 });
  });

  test("takes the simplest within one standard error of the best", () => {
    const noisy = [candidate("temperature", [0.5, 0.5, 0.5, 0.5]), candidate("platt", [0.9, 0.3, 0.4, 0.6])];
    expect(chooseSimplest(noisy, LABELS).chosen.method).toBe("temperature");
  });

  test("takes the better one where every row says so", () => {
    const clear = [
      candidate("temperature", [0.5, 0.5, 0.5, 0.5]),
      candidate("platt", [0.8, 0.7, 0.2, 0.3]),
      candidate("beta", [0.6, 0.6, 0.4, 0.4]),
    ];
    const { chosen, candidates } = chooseSimplest(clear, LABELS);
    expect(chosen.method).toBe("platt");
    expect(candidates.map(({ method, chosen }) => [method, chosen])).toEqual([
      ["temperature", false],
      ["platt", true],
      ["beta", false],
    ]);
  });
});
