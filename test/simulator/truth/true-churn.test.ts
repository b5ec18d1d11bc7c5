import { beforeAll, describe, expect, test } from "vitest";
import { rocAuc } from "../../../src/metrics/ranking/roc-auc.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { trueChurnProbabilities } from "../../../src/simulator/truth/true-churn.js";
import { trueFutures } from "../../../src/simulator/truth/true-futures.js";
import { firstDayOf } from "../../../src/table/calendar.js";
import { thrownBy } from "../../support/thrown.js";
import { activeAt, deviationOf, endedWithin, someOf } from "./questions.js";

const OPTIONS = { subscribers: 3000, months: 18, seed: 8 } as const;
const operator = simulateOperator(OPTIONS);
const day = firstDayOf((2025 - 1970) * 12 + 5);
const all = activeAt(operator, day);
// Those who are active when the window begins, after a gap of one month.
const asked = someOf(
  all,
  all.subscriberIds.flatMap((_, row) => (endedWithin(all, row, 0, 1) ? [] : [row])),
);
const isChurner = (row: number) => endedWithin(asked, row, 1, 4);
const some = [5, 17, 90, 4, 801];

let probabilities: Float64Array;
beforeAll(async () => {
  probabilities = await trueChurnProbabilities(OPTIONS, asked, { futures: 8 });
});

describe("trueChurnProbabilities", () => {
  test("has one probability in (0, 1) per row", () => {
    expect(probabilities.length).toBe(asked.subscriberIds.length);
    expect(probabilities.every((probability) => probability > 0 && probability < 1)).toBe(true);
  });

  test("has the same numbers in any order and for any subset of rows outside groups", async () => {
    const single = some.map((row) => asked.groups.findIndex((group, i) => i >= row && group.startsWith("S")));
    const few = await trueChurnProbabilities(OPTIONS, someOf(asked, single), { futures: 8 });
    expect([...few]).toEqual(single.map((row) => probabilities[row]));
  });

  test("is what trueFutures says of the campaign: the end within the window, given none before", async () => {
    const few = someOf(asked, some);
    for (const [gapMonths, horizonMonths] of [
      [1, 3],
      [0, 2],
      [2, 1],
    ]) {
      const months = gapMonths + horizonMonths;
      const { campaign } = await trueFutures(OPTIONS, few, { months, futures: 8, offers: ["campaign"] });
      const found = await trueChurnProbabilities(OPTIONS, few, { gapMonths, horizonMonths, futures: 8 });
      found.forEach((probability, row) => {
        const atStart = gapMonths === 0 ? 1 : (campaign?.survival[gapMonths - 1][row] ?? Number.NaN);
        const atEnd = campaign?.survival[months - 1][row] ?? Number.NaN;
        expect(probability).toBeCloseTo(1 - atEnd / atStart, 10);
      });
    }
  });

  test("is what trueFutures says of an offer, and of none", async () => {
    const few = someOf(asked, some);
    const arms = ["none", "discount"] as const;
    const futures = await trueFutures(OPTIONS, few, { months: 3, futures: 4, offers: arms });
    for (const offer of arms) {
      const found = await trueChurnProbabilities(OPTIONS, few, {
        gapMonths: 0,
        horizonMonths: 3,
        futures: 4,
        offer,
      });
      found.forEach((probability, row) => {
        expect(probability).toBeCloseTo(1 - (futures[offer]?.survival[2][row] ?? Number.NaN), 10);
      });
    }
  });

  test("agrees with what happened, in every fifth of the rows by predicted risk", () => {
    const order = [...probabilities.keys()].sort((a, b) => probabilities[a] - probabilities[b]);
    expect(Math.abs(deviationOf(asked, probabilities, isChurner))).toBeLessThan(4);
    for (let fifth = 0; fifth < 5; fifth++) {
      const rows = new Set(order.slice((fifth * order.length) / 5, ((fifth + 1) * order.length) / 5));
      expect(Math.abs(deviationOf(asked, probabilities, isChurner, (row) => rows.has(row)))).toBeLessThan(4);
    }
  });

  test("ranks leaving subscribers well, but far from perfectly: most of it is chance", () => {
    const labels = Uint8Array.from(asked.subscriberIds, (_, row) => (isChurner(row) ? 1 : 0));
    const auc = rocAuc(labels, probabilities);
    expect(auc).toBeGreaterThan(0.7);
    expect(auc).toBeLessThan(0.97);
  });

  test("names all problems of options, ids and cutoffs", async () => {
    const wrong = await thrownBy(() =>
      trueChurnProbabilities(
        OPTIONS,
        { subscriberIds: ["S9999999", "S0000001"], cutoffs: [day, day + 0.5] },
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
  });

  test("stops when it is aborted", async () => {
    const controller = new AbortController();
    const started = trueChurnProbabilities(OPTIONS, asked, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect((await thrownBy(() => started)).code).toBe("aborted");
  });
});
