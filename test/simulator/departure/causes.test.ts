import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  AT,
  CAUSE_MEANS,
  CAUSES,
  MONTHLY_CAUSES,
  namedCause,
} from "../../../src/simulator/departure/causes.js";
import { rowsIn } from "../columns.js";
import { operator } from "../simulated-operator.js";

describe("namedCause", () => {
  test("is the cause whose effect is furthest above its mean", () => {
    const means = CAUSES.map((cause) => CAUSE_MEANS[cause]);
    for (const cause of MONTHLY_CAUSES) {
      const effects = [...means];
      effects[AT[cause]] += 0.1;
      expect(namedCause(effects)).toBe(cause);
      // A greater effect of another cause that is usual does not count.
      effects[AT[cause]] += 1;
      for (const other of MONTHLY_CAUSES) if (other !== cause) effects[AT[other]] += 1.05;
      expect(namedCause(effects)).toBe(cause);
    }
  });

  test("is the first of several", () => {
    expect(namedCause(CAUSES.map((cause) => CAUSE_MEANS[cause]))).toBe(CAUSES[0]);
  });

  test("is never intent or offer", () => {
    const effect = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(effect, { minLength: CAUSES.length, maxLength: CAUSES.length }), (effects) => {
        effects[AT.intent] += 20;
        effects[AT.offer] += 20;
        expect(MONTHLY_CAUSES).toContain(namedCause(effects));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe("the truth", () => {
  test("has the mean that each cause is compared with", () => {
    const means = rowsIn(operator.truth.cause_means).map((row) => [row.text("cause"), row.number("mean")]);
    expect(Object.fromEntries(means)).toEqual(CAUSE_MEANS);
  });

  test("names intent and offer as the cause of no departure, and most others of some", () => {
    const named = new Set(rowsIn(operator.truth.departures).map((row) => row.text("cause")));
    expect(named).not.toContain("intent");
    expect(named).not.toContain("offer");
    for (const cause of [
      "life",
      "contract",
      "price",
      "care",
      "faults",
      "group",
      "arrears",
      "usage",
      "dealer",
    ]) {
      expect(named).toContain(cause);
    }
  });

  test("has the effects of the causes that a decision is named by", () => {
    for (const row of rowsIn(operator.truth.departures)) {
      if (row.text("kind") !== "decision") continue;
      expect(row.text("cause")).toBe(namedCause(CAUSES.map((cause) => row.number(cause))));
    }
  });
});
