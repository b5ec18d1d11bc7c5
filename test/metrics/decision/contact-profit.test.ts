import { describe, expect, it } from "vitest";
import { contactProfit } from "../../../src/metrics/decision/contact-profit.js";
import { profitCurve, thinnedProfitCurve } from "../../../src/metrics/decision/profit-curve.js";
import { createRandom } from "../../../src/random.js";
import { labels as goldenLabels, scores } from "../golden.js";

/*
 * 600 rows by u(k) = (k · 2654435761 mod 2³²) / 2³², which Python makes too. References: statsmodels 0.15.0, n times the
 * intercept of OLS(profit, 1) with its standard error, and with cov_type="cluster"; scipy's normal quantile.
 */
const ROWS = Array.from({ length: 600 }, (_, i) => i);
const u = (k: number) => ((k * 2654435761) % 4294967296) / 4294967296;
const probabilities = ROWS.map((i) => u(5 * i + 1) ** 2);
const labels = ROWS.map((i) => (u(13 * i + 7) < probabilities[i] ? 1 : 0));
const campaign = { lifetimeValue: ROWS.map((i) => 50 + 300 * u(3 * i + 2)), offerCost: 10, contactCost: 3 };
const groups = ROWS.map((i) => Math.floor(i / 4));
const weights = ROWS.map((i) => 1 + (i % 3));

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function expectInterval(found: Interval | null, [value, low, high]: readonly number[]): void {
  for (const [part, expected] of [
    [found?.value, value],
    [found?.low, low],
    [found?.high, high],
  ]) {
    // Sums in another order.
    expect(Math.abs((part ?? 0) / (expected ?? 0) - 1)).toBeLessThan(1e-10);
  }
}

describe("contactProfit", () => {
  it("contacts whom the model expects to be worth it, and measures on labels, as by hand", () => {
    // Acceptance 0.3: a churner brings 0.3 · (200 − 10) − 1 = 56, any other −11: worth it above p = 11 / 67 = 0.164.
    const found = contactProfit([1, 0, 0, 1], [0.9, 0.2, 0.16, 0.1]);
    expect(found).toMatchObject({ contacted: 2, churners: 1, share: 0.5, profit: { value: 45 } });
    expect(found.profitPerContact?.value).toBeCloseTo(22.5, 12);
    expect(found.expectedProfit).toBeCloseTo(0.9 * 56 - 0.1 * 11 + 0.2 * 56 - 0.8 * 11, 12);
    expect(found.all).toMatchObject({ contacted: 4, churners: 2, profit: { value: 90 } });
    expect(found.random).toMatchObject({ contacted: 2, churners: 1, profit: { value: 45 } });
    expect(found.overRandom?.value).toBeCloseTo(0, 12);
  });

  it("has the intervals of statsmodels between rows", () => {
    const found = contactProfit(labels, probabilities, campaign);
    expect(found).toMatchObject({ contacted: 317, churners: 155 });
    expect(found.expectedProfit).toBeCloseTo(8008.576424382239, 8);
    expectInterval(found.profit, [6750.700667166151, 5252.338585812846, 8249.062748519456]);
    expectInterval(found.all.profit, [5352.57067533955, 3671.371901708071, 7033.769448971028]);
    expectInterval(found.profitPerContact, [21.29558570083959, 16.848711956029153, 25.742459445650034]);
    expectInterval(found.overRandom, [3922.7591603617557, 3169.5978816326497, 4675.920439090862]);
    const share = 317 / 600;
    expectInterval(found.random.profit, [
      share * 5352.57067533955,
      share * 3671.371901708071,
      share * 7033.769448971028,
    ]);
  });

  it("has those of statsmodels between clusters", () => {
    const found = contactProfit(labels, probabilities, { ...campaign, groups });
    expectInterval(found.profit, [6750.700667166151, 4506.4290722683345, 8994.972262063968]);
    expectInterval(found.all.profit, [5352.57067533955, 2838.512634700444, 7866.628715978655]);
    expectInterval(found.profitPerContact, [21.29558570083959, 14.316260034575956, 28.27491136710323]);
    expectInterval(found.overRandom, [3922.7591603617557, 2742.278189288987, 5103.240131434524]);
  });

  it("counts whole weights as repeated rows, as statsmodels has them", () => {
    const found = contactProfit(labels, probabilities, { ...campaign, weights });
    expect(found).toMatchObject({ contacted: 631, churners: 311 });
    expect(found.expectedProfit).toBeCloseTo(16072.21251283144, 8);
    expectInterval(found.profit, [13716.789542491082, 11591.290056309746, 15842.289028672418]);
    expectInterval(found.profitPerContact, [21.738176770984282, 18.577667752390575, 24.89868578957799]);
    expectInterval(found.overRandom, [7892.501847871707, 6816.443720979206, 8968.559974764208]);
  });

  it("does not depend on labels in whom it contacts", () => {
    const turned = labels.map((label) => 1 - label);
    const [a, b] = [labels, turned].map((each) => contactProfit(each, probabilities, campaign));
    expect([a.contacted, a.expectedProfit]).toEqual([b.contacted, b.expectedProfit]);
  });

  it("is what the model expects where its probabilities are right, in 95% of samples", () => {
    let held = 0;
    for (let sample = 0; sample < 400; sample++) {
      const random = createRandom(sample, "contact");
      const p = Array.from({ length: 500 }, () => random.next() ** 3);
      const found = contactProfit(
        p.map((each) => (random.next() < each ? 1 : 0)),
        p,
      );
      // Given these probabilities; the interval is wider, as other rows would have others.
      if (
        found.profit &&
        found.profit.low <= found.expectedProfit &&
        found.expectedProfit <= found.profit.high
      )
        held++;
    }
    expect(held / 400).toBeGreaterThan(0.93);
  });

  it("contacts no one where nothing pays, and has no interval of one row", () => {
    const none = contactProfit(goldenLabels, scores, { contactCost: 60 });
    expect(none).toMatchObject({ contacted: 0, share: 0, expectedProfit: 0, profitPerContact: null });
    expect(none.profit).toEqual({ value: 0, low: 0, high: 0 });
    expect(JSON.parse(JSON.stringify(none))).toEqual(none);
    expect(contactProfit([1], [0.5])).toMatchObject({ contacted: 1, profit: null, all: { profit: null } });
    expect(contactProfit([1, 0], [0.5, 0.4], { groups: [1, 1] }).profit).toBeNull();
    expect(contactProfit([1, 0, 1], [0.5, 0.4, 0.1], { weights: [1, 0, 0] }).profit).toBeNull();
  });

  it("names what is wrong", () => {
    expect(() => contactProfit([1, 0], [0.5, 2], { acceptance: 30, level: 95 })).toThrow(
      /contactProfit: probabilities\[1\]: must be in \[0, 1\][\s\S]*acceptance[\s\S]*level: must be between 0 and 1, received 95/,
    );
    expect(() => contactProfit([1, 0], [0.5, 0.2], { lifetimeValue: [1] })).toThrow(
      "contactProfit: lifetimeValue: must have the length of labels, 2, received 1",
    );
    expect(() => contactProfit([1, 0], [0.5, 0.2], { clv: 3 } as object)).toThrow(
      /did you mean "lifetimeValue"\?/,
    );
  });
});

describe("thinnedProfitCurve", () => {
  it("has at most 200 points of the curve, both ends, and goes to JSON", () => {
    const random = createRandom(2, "thin");
    const p = Array.from({ length: 20_000 }, () => random.next());
    const curve = profitCurve(
      p.map((each) => (random.next() < each ? 1 : 0)),
      p,
    );
    const thinned = thinnedProfitCurve(curve);
    expect(thinned.profit.length).toBeLessThanOrEqual(200);
    expect(thinned.threshold[0]).toBeNull();
    expect(thinned.profit.at(-1)).toBe(curve.profit[curve.profit.length - 1]);
    const at = thinned.share.map((share) => curve.share.indexOf(share));
    expect(thinned.profit).toEqual(at.map((point) => curve.profit[point]));
    expect(thinned.contacted).toEqual(at.map((point) => curve.contacted[point]));
    expect(thinned.best).toEqual(curve.best);
    const none = thinnedProfitCurve(profitCurve(goldenLabels, scores, { contactCost: 60 }));
    expect(none.best.threshold).toBeNull();
    expect(JSON.parse(JSON.stringify(none))).toEqual(none);
  });

  it("names what is no curve", () => {
    expect(() => thinnedProfitCurve([1, 2] as never)).toThrow(
      /thinnedProfitCurve: curve: must be what profitCurve returns/,
    );
  });
});
