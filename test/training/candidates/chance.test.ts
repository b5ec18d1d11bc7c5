import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import { createRandom } from "../../../src/random.js";
import { tableFromRows } from "../../../src/table/rows.js";
import type { Table } from "../../../src/table/table.js";
import { crossValidate } from "../../../src/training/cross-validate.js";
import { type TrainOptions, trainChurnModel } from "../../../src/training/train.js";
import { subscriberRows } from "../../support/subscribers.js";
import { tableOf } from "../quick-training.js";

/** Labels that no feature knows anything of. */
function chance(seed: number, rows: number, rate = 0.25): Table {
  const random = createRandom(seed, "labels of chance");
  return tableFromRows(
    Array.from({ length: rows }, () => ({
      a: random.normal(),
      b: random.integer(50),
      c: "uvwx"[random.integer(4)],
      d: random.normal(),
      churn: random.next() < rate ? 1 : 0,
    })),
  );
}

const QUICK = { label: "churn", repeats: 1, replicates: 50, tiers: { by: "auto" } } as const;
const BOOSTING = [
  gradientBoosting({ maxLeaves: 4, rowFraction: 0.7, columnFraction: 0.6 }),
  gradientBoosting(),
];

describe("on labels of chance", () => {
  test("the churn rate itself is kept, in one tier, and a note says so", async () => {
    const table = chance(1, 600);
    const model = await trainChurnModel(table, { ...QUICK, classifier: [...BOOSTING, "logistic"] });
    const { leaderboard, evaluation, tierTable, notes, churnRate } = model.training;
    expect(leaderboard[0].name).toBe("constant");
    expect(leaderboard).toHaveLength(5);
    expect(notes).toContainEqual({
      kind: "no-signal",
      column: null,
      detail:
        "none of 4 candidates predicts better than the churn rate itself: every row gets it, in one tier, until there are more churners or better features",
    });
    expect(tierTable.map(({ tier, rows }) => [tier, rows])).toEqual([["all", 600]]);
    const probabilities = model.probabilities(table);
    for (const probability of probabilities) expect(probability).toBeCloseTo(churnRate, 12);
    const { low, high } = evaluation.metrics.rocAuc;
    expect(low <= 0.5 && high >= 0.5).toBe(true);
  });

  test("tiers by capacity are one tier as well, given limits stay", async () => {
    const train = (tiers: NonNullable<TrainOptions["tiers"]>) =>
      trainChurnModel(chance(1, 600), { ...QUICK, classifier: "logistic", tiers });
    expect((await train("call=20,rest")).tiers).toEqual([{ name: "all", from: 0 }]);
    const limits = [
      { name: "high", from: 0.4 },
      { name: "low", from: 0 },
    ];
    const limited = await train({ by: "probability", tiers: limits });
    expect(limited.tiers).toEqual(limits);
    expect(limited.training.notes.map(({ detail }) => detail)).toContainEqual(
      "logistic does not predict better than the churn rate itself: every row gets it, until there are more churners or better features",
    );
  });

  test("what training reports of boosting is no better than what cross-validation finds", async () => {
    // With rounds chosen by the rows that measure them, the mean of these was 0.55 to 0.57.
    const reported: number[] = [];
    const validated: number[] = [];
    for (let seed = 1; seed <= 4; seed++) {
      const table = chance(seed, 400);
      const options = { ...QUICK, classifier: BOOSTING, seed };
      const { leaderboard } = (await trainChurnModel(table, options)).training;
      reported.push(...leaderboard.filter(({ name }) => name !== "constant").map(({ rocAuc }) => rocAuc));
      validated.push((await crossValidate(table, { ...options, splits: 3 })).mean.rocAuc.value);
    }
    expect(mean(reported)).toBeLessThan(0.525);
    expect(Math.abs(mean(validated) - 0.5)).toBeLessThan(0.035);
  });
});

test("where there is signal, the choice is measured and nothing is said of chance", async () => {
  const { training } = await trainChurnModel(tableOf(subscriberRows(600)), {
    label: "churned",
    id: "subscriber",
    classifier: ["logistic", ...BOOSTING],
    repeats: 1,
    replicates: 50,
  });
  expect(training.notes.map(({ kind }) => kind)).not.toContain("no-signal");
  expect(training.leaderboard.at(-1)?.name).toBe("constant");
  expect(training.evaluation.metrics.rocAuc.value).toBeGreaterThan(0.7);
});
