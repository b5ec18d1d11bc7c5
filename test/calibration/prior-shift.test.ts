import fc from "fast-check";
import { logit, mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { rebase, undoSampling } from "../../src/calibration/prior-shift.js";
import { HoldfastError } from "../../src/errors.js";
import { createRandom } from "../../src/random.js";
import { thrownBy } from "../support/thrown.js";

const PROBABILITIES = fc.array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

describe("undoSampling", () => {
  test("by hand: 0.5 among all churners and a tenth of the others is 1/11", () => {
    // Odds 1 become 0.1 (Elkan 2001, theorem 2); Dal Pozzolo et al. 2015: β p / (β p − p + 1) = 0.05/(0.05 − 0.5 + 1).
    expect(undoSampling([0.5], { others: 0.1 })[0]).toBeCloseTo(0.05 / 0.55, 15);
  });

  test("repeating churners thrice, or their class weight 3, is the same as keeping a third of the others", () => {
    const [byWeight, bySampling] = [{ churners: 3 }, { others: 1 / 3 }].map((rates) =>
      undoSampling([0.1, 0.6, 0.9], rates),
    );
    byWeight.forEach((probability, i) => {
      expect(probability).toBeCloseTo(bySampling[i], 15);
    });
  });

  test("finds the churn rate of the population from that of the sample", () => {
    // 200 churners and 2,000 others; the sample keeps half of the churners and a twentieth of the others: 100 of 200.
    expect(undoSampling([0.5], { churners: 0.5, others: 0.05 })[0]).toBeCloseTo(200 / 2200, 15);
  });

  test("recovers true probabilities on a simulated undersample", () => {
    const random = createRandom(8, "sampling");
    let difference = 0;
    let kept = 0;
    for (let row = 0; row < 200_000; row++) {
      const truth = row % 2 === 0 ? 0.05 : 0.3;
      const churned = random.next() < truth;
      if (!churned && random.next() >= 0.2) continue;
      // Bayes' rule: the probability within the sample of this row's truth.
      const inSample = truth / (truth + 0.2 * (1 - truth));
      difference += (churned ? 1 : 0) - inSample;
      kept++;
      if (row < 20) expect(undoSampling([inSample], { others: 0.2 })[0]).toBeCloseTo(truth, 14);
    }
    // Four standard errors of the mean of a coin.
    expect(Math.abs(difference / kept)).toBeLessThan(2 / Math.sqrt(kept));
  });

  test("leaves 0 and 1 where they are", () => {
    expect([...undoSampling([0, 1], { churners: 7, others: 0.3 })]).toEqual([0, 1]);
  });

  test("names every invalid argument", async () => {
    const error = await thrownBy(() => undoSampling([0.2, 1.2, Number.NaN], { churners: 0, others: -1 }));
    expect(error).toBeInstanceOf(HoldfastError);
    expect(error.problems.map(({ path, received }) => [path.argument, received])).toEqual([
      ["probabilities[1]", 1.2],
      ["probabilities[2]", Number.NaN],
      ["churners", 0],
      ["others", -1],
    ]);
  });
});

describe("rebase", () => {
  test("by hand: the old churn rate becomes the new one, odds change by one factor", () => {
    const [first, second] = rebase([0.2, 0.5], { from: 0.2, to: 0.1 });
    expect(first).toBeCloseTo(0.1, 15);
    // Odds 1 · (1/9) / (1/4) = 4/9.
    expect(second).toBeCloseTo(4 / 13, 15);
  });

  test("there and back again changes nothing", () => {
    fc.assert(
      fc.property(PROBABILITIES, (probabilities) => {
        const there = rebase(probabilities, { from: 0.3, to: 0.04 });
        rebase(there, { from: 0.04, to: 0.3 }).forEach((probability, i) => {
          expect(probability).toBeCloseTo(probabilities[i], 12);
        });
      }),
      { seed: 5 },
    );
  });

  test("toMean: the mean is the new rate and all log-odds move by the same", () => {
    fc.assert(
      fc.property(PROBABILITIES, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (probabilities, rate) => {
        const moved = rebase(probabilities, { toMean: rate });
        expect(mean([...moved])).toBeCloseTo(rate, 12);
        const shifts = probabilities.map((each, i) => logit(moved[i]) - logit(each));
        for (const shift of shifts) expect(shift).toBeCloseTo(shifts[0], 8);
      }),
      { seed: 6 },
    );
  });

  test("toMean reaches extreme rates", () => {
    const moved = rebase([1e-9, 0.5, 1 - 1e-9], { toMean: 1e-6 });
    expect(mean([...moved]) / 1e-6).toBeCloseTo(1, 9);
  });

  test.each([
    [{ from: 0, to: 0.5 }, ["from"]],
    [{ from: 1.5, to: Number.NaN }, ["from", "to"]],
    [{ toMean: 1 }, ["toMean"]],
  ])("refuses rates outside (0, 1): %j", async (target, places) => {
    const error = await thrownBy(() => rebase([0.5], target));
    expect(error.problems.map(({ path }) => path.argument)).toEqual(places);
  });

  test("refuses a mean that probabilities of 0 and 1 make unreachable", async () => {
    const error = await thrownBy(() => rebase([0, 0, 0, 0.5], { toMean: 0.3 }));
    expect([error.path.argument, error.received]).toEqual(["toMean", 0.3]);
    expect(error.expected).toContain("0.25");
  });

  test("refuses no rows", async () => {
    expect((await thrownBy(() => rebase([], { toMean: 0.3 }))).path.argument).toBe("probabilities");
  });
});
