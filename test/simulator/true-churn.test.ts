import { beforeAll, describe, expect, test } from "vitest";
import { rocAuc } from "../../src/metrics/ranking/roc-auc.js";
import type { ChurnQuestions } from "../../src/simulator/churn-questions.js";
import { simulateOperator } from "../../src/simulator/simulate-operator.js";
import { trueChurnProbabilities } from "../../src/simulator/true-churn.js";
import { firstDayOf } from "../../src/table/calendar.js";
import { thrownBy } from "../support/thrown.js";
import { numbersOf, textsOf } from "./columns.js";

const options = { subscribers: 8000, months: 18, seed: 8 };
const operator = simulateOperator(options);
const ids = textsOf(operator.subscribers, "subscriber_id");
const activated = numbersOf(operator.subscribers, "activated_on");
const ended = numbersOf(operator.subscribers, "ended_on");
const monthOf = (year: number, month: number) => (year - 1970) * 12 + month - 1;

/** Subscribers who are active when the window of a cutoff begins, and whether they leave within it. */
function questionsAt(months: readonly number[], gap = 1, horizon = 3): ChurnQuestions & { labels: number[] } {
  const subscriberIds: (string | null)[] = [];
  const cutoffs: number[] = [];
  const labels: number[] = [];
  for (const month of months) {
    ids.forEach((id, row) => {
      if (activated[row] >= firstDayOf(month) || ended[row] < firstDayOf(month + gap)) return;
      subscriberIds.push(id);
      cutoffs.push(firstDayOf(month));
      labels.push(ended[row] < firstDayOf(month + gap + horizon) ? 1 : 0);
    });
  }
  return { subscriberIds, cutoffs, labels };
}

const questions = questionsAt([monthOf(2025, 2), monthOf(2025, 6), monthOf(2025, 10)]);
let probabilities: Float64Array;
beforeAll(async () => {
  probabilities = await trueChurnProbabilities(options, questions, { futures: 12 });
});

describe("trueChurnProbabilities", () => {
  test("has one probability in (0, 1) per row, in the order of the rows", async () => {
    expect(probabilities.length).toBe(questions.labels.length);
    expect(probabilities.every((probability) => probability > 0 && probability < 1)).toBe(true);
    const rows = [5000, 17, 9000];
    const few = await trueChurnProbabilities(
      options,
      {
        subscriberIds: rows.map((row) => questions.subscriberIds[row]),
        cutoffs: rows.map((row) => questions.cutoffs[row]),
      },
      { futures: 12 },
    );
    expect([...few]).toEqual(rows.map((row) => probabilities[row]));
  });

  test("agrees with what happened, in every fifth of the rows by predicted risk", () => {
    const order = [...probabilities.keys()].sort((a, b) => probabilities[a] - probabilities[b]);
    let chiSquare = 0;
    for (let fifth = 0; fifth < 5; fifth++) {
      const rows = order.slice((fifth * order.length) / 5, ((fifth + 1) * order.length) / 5);
      let expected = 0;
      let variance = 0;
      let observed = 0;
      for (const row of rows) {
        expected += probabilities[row];
        variance += probabilities[row] * (1 - probabilities[row]);
        observed += questions.labels[row];
      }
      chiSquare += (observed - expected) ** 2 / variance;
    }
    // Five sums of draws give a chi-square of 5 degrees of freedom, beyond 20.5 once in a thousand. Accounts that leave
    // as a whole and outages that a region shares make the sums vary up to twice as much as independent draws.
    expect(chiSquare).toBeLessThan(41);
  });

  test("is the hazard itself for a window of only the next month", async () => {
    const next = questionsAt([monthOf(2025, 6)], 0, 1);
    const months = numbersOf(operator.truth.hazards, "month");
    const values = numbersOf(operator.truth.hazards, "hazard");
    const hazardOf = new Map(
      textsOf(operator.truth.hazards, "subscriber_id").flatMap((id, row) =>
        months[row] === firstDayOf(monthOf(2025, 6)) ? [[id, values[row]] as const] : [],
      ),
    );
    const found = await trueChurnProbabilities(options, next, { gapMonths: 0, horizonMonths: 1, futures: 1 });
    found.forEach((probability, row) => {
      expect(probability).toBeCloseTo(hazardOf.get(next.subscriberIds[row]) ?? Number.NaN, 12);
    });
  });

  test("ranks leaving subscribers well, but far from perfectly: most of it is chance", () => {
    const auc = rocAuc(Uint8Array.from(questions.labels), probabilities);
    expect(auc).toBeGreaterThan(0.8);
    expect(auc).toBeLessThan(0.9);
  });

  test("falls for most when an offer is made, and rises for some", async () => {
    const [made, withheld] = await Promise.all(
      (["made", "withheld"] as const).map((offer) =>
        trueChurnProbabilities(options, questionsAt([monthOf(2025, 6)]), { gapMonths: 0, futures: 4, offer }),
      ),
    );
    const effects = made.map((probability, row) => probability - withheld[row]);
    const mean = effects.reduce((sum, effect) => sum + effect, 0) / effects.length;
    expect(mean).toBeLessThan(-0.005);
    expect(effects.filter((effect) => effect > 0).length).toBeGreaterThan(effects.length / 20);
  });

  test("names all problems: options, ids, cutoffs, and subscribers who are not active", async () => {
    const cutoff = firstDayOf(monthOf(2025, 6));
    const wrong = await thrownBy(() =>
      trueChurnProbabilities(
        options,
        { subscriberIds: ["S9999999", "S0000001"], cutoffs: [cutoff, cutoff + 1] },
        { gapMonths: -1, horizonMonths: 0, futures: 0.5 },
      ),
    );
    expect(wrong.problems.map(({ path }) => path.argument)).toEqual([
      "gapMonths",
      "horizonMonths",
      "futures",
      "questions.subscriberIds",
      "questions.cutoffs",
    ]);
    const gone = ids[ended.findIndex((day) => day < cutoff)];
    const absent = await thrownBy(() =>
      trueChurnProbabilities(options, { subscriberIds: [gone], cutoffs: [cutoff] }, { futures: 1 }),
    );
    expect(absent.message).toContain("must be a subscriber who is active at the cutoff");
  });

  test("stops when it is aborted", async () => {
    const controller = new AbortController();
    const started = trueChurnProbabilities(options, questions, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect((await thrownBy(() => started)).code).toBe("aborted");
  });
});
