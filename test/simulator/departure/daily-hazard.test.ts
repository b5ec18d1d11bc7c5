import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logistic } from "../../../src/math/logistic.js";
import {
  decidedDay,
  hazardSpans,
  LOG_DAYS,
  stayingUntil,
} from "../../../src/simulator/departure/daily-hazard.js";
import { isRunning, type Trigger } from "../../../src/simulator/departure/triggers.js";

const running = (day: number, until: number, effect: number): Trigger => ({
  kind: "complaint",
  day,
  until,
  effect,
});

/** The hazard of one end day, from its definition. */
function hazardOn(day: number, logOdds: number, triggers: readonly Trigger[]): number {
  let sum = logOdds - LOG_DAYS;
  for (const each of triggers) if (isRunning(each, day)) sum += each.effect;
  return logistic(sum);
}

const MONTH = { from: 101, to: 131 };
const triggersOf = fc.array(
  fc
    .record({
      day: fc.integer({ min: 60, max: 140 }),
      days: fc.integer({ min: 1, max: 50 }),
      effect: fc.double({ min: -3, max: 6, noNaN: true }),
    })
    .map(({ day, days, effect }) => running(day, day + days, effect)),
  { maxLength: 5 },
);
const logOddsOf = fc.double({ min: -8, max: 3, noNaN: true });

describe("hazardSpans", () => {
  test("is one span with the daily log-odds where no trigger runs", () => {
    const hazard = 1 / (1 + Math.exp(3) * 29.44);
    expect(hazardSpans(-3, 101, 131, [])).toEqual([
      { from: 101, to: 131, hazard: expect.closeTo(hazard, 15) },
    ]);
  });

  test("is empty where there is no end day", () => {
    expect(hazardSpans(-3, 131, 131, [])).toEqual([]);
    expect(hazardSpans(-3, 131, 131, [running(120, 140, 1)])).toEqual([]);
  });

  test("is cut on the days after a trigger begins and after it ends", () => {
    const spans = hazardSpans(-4, 101, 131, [running(105, 112, 2), running(110, 150, 1)]);
    const daily = (effect: number) => expect.closeTo(1 / (1 + 29.44 * Math.exp(4 - effect)), 15);
    expect(spans).toEqual([
      { from: 101, to: 106, hazard: daily(0) },
      { from: 106, to: 111, hazard: daily(2) },
      { from: 111, to: 113, hazard: daily(3) },
      { from: 113, to: 131, hazard: daily(1) },
    ]);
  });

  test("counts a trigger that began before and one that ends after, and not one that is over", () => {
    const spans = hazardSpans(-4, 101, 131, [
      running(90, 100, 5),
      running(100, 140, 1),
      running(130, 150, 9),
    ]);
    expect(spans).toEqual([{ from: 101, to: 131, hazard: expect.closeTo(hazardOn(101, -3, []), 15) }]);
  });

  test("covers the end days without a gap, each with its own hazard", () => {
    fc.assert(
      fc.property(logOddsOf, triggersOf, (logOdds, triggers) => {
        const spans = hazardSpans(logOdds, MONTH.from, MONTH.to, triggers);
        expect(spans[0].from).toBe(MONTH.from);
        expect(spans[spans.length - 1].to).toBe(MONTH.to);
        for (let i = 1; i < spans.length; i++) expect(spans[i].from).toBe(spans[i - 1].to);
        for (const { from, to, hazard } of spans) {
          expect(to).toBeGreaterThan(from);
          for (let day = from; day < to; day++) {
            expect(hazard).toBeCloseTo(hazardOn(day, logOdds, triggers), 12);
          }
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe("stayingUntil", () => {
  test("is the product over the days", () => {
    const spans = [
      { from: 101, to: 103, hazard: 0.1 },
      { from: 103, to: 104, hazard: 0.5 },
    ];
    expect(stayingUntil(spans)).toBeCloseTo(0.9 * 0.9 * 0.5, 12);
    expect(stayingUntil(spans, 101)).toBe(1);
    expect(stayingUntil(spans, 102)).toBeCloseTo(0.9, 12);
    expect(stayingUntil(spans, 103)).toBeCloseTo(0.81, 12);
    expect(stayingUntil([])).toBe(1);
  });

  test("is the product over the days for any triggers and day", () => {
    fc.assert(
      fc.property(
        logOddsOf,
        triggersOf,
        fc.integer({ min: MONTH.from, max: MONTH.to }),
        (logOdds, triggers, until) => {
          let product = 1;
          for (let day = MONTH.from; day < until; day++) product *= 1 - hazardOn(day, logOdds, triggers);
          const spans = hazardSpans(logOdds, MONTH.from, MONTH.to, triggers);
          expect(stayingUntil(spans, until)).toBeCloseTo(product, 10);
        },
      ),
      { numRuns: 200, seed: 2 },
    );
  });
});

describe("decidedDay", () => {
  test("inverts the probability of having decided, by hand", () => {
    const spans = [
      { from: 101, to: 103, hazard: 0.1 },
      { from: 103, to: 104, hazard: 0.5 },
    ];
    // Decided for day 101 below 0.1, for 102 below 0.19, for 103 below 0.595.
    expect([0, 0.099, 0.101, 0.189, 0.191, 0.594].map((uniform) => decidedDay(spans, uniform))).toEqual([
      101, 101, 102, 102, 103, 103,
    ]);
    expect(decidedDay(spans, 0.596)).toBeUndefined();
    expect(decidedDay([], 0)).toBeUndefined();
  });

  test("is the day on which the probability of staying falls to the uniform number or below", () => {
    fc.assert(
      fc.property(
        logOddsOf,
        triggersOf,
        fc.double({ min: 0, max: 0.9999, noNaN: true }),
        (logOdds, triggers, u) => {
          const spans = hazardSpans(logOdds, MONTH.from, MONTH.to, triggers);
          const day = decidedDay(spans, u);
          const slack = 1e-9;
          if (day === undefined) {
            expect(1 - u).toBeLessThanOrEqual(stayingUntil(spans) + slack);
            return;
          }
          expect(day).toBeGreaterThanOrEqual(MONTH.from);
          expect(day).toBeLessThan(MONTH.to);
          expect(1 - u).toBeLessThanOrEqual(stayingUntil(spans, day) + slack);
          expect(1 - u).toBeGreaterThanOrEqual(stayingUntil(spans, day + 1) - slack);
        },
      ),
      { numRuns: 500, seed: 3 },
    );
  });

  test("decides for each day as often as its probability", () => {
    const spans = hazardSpans(-1, 101, 131, [running(110, 115, 3)]);
    const counts = new Map<number | undefined, number>();
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const day = decidedDay(spans, (i + 0.5) / draws);
      counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    for (let day = 101; day < 131; day++) {
      const probability = stayingUntil(spans, day) - stayingUntil(spans, day + 1);
      // Evenly spaced numbers: the count is off by at most one at each end.
      expect(Math.abs((counts.get(day) ?? 0) - draws * probability)).toBeLessThan(2.001);
    }
  });
});
