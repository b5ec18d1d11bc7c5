import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BASELINE,
  eitherOf,
  fillEffects,
  type HazardFacts,
} from "../../../src/simulator/departure/cause-effects.js";
import { AT, CAUSES, type Cause } from "../../../src/simulator/departure/causes.js";

/** In the sixth year of life, without any trouble. */
const calm: HazardFacts = {
  monthOfLife: 61,
  tariff: "smart",
  paymentKind: "invoice",
  bulk: undefined,
  dealerEffect: 0,
  age: 40,
  groupKind: "none",
  groupDepartures: 0,
  monthsToContractEnd: undefined,
  satisfaction: 0,
  complaints: 0,
  lateBills: 0,
  monthsInArrears: 0,
  faultHours: 0,
  overageShare: 0,
  savingShare: 0,
  coverage: 0,
  services: 0,
  droppedServices: 0,
  competition: 0,
  resentment: 0,
};
const card = { share: 0.5, use: 0.1, ends: [5, 9], isInBatches: false } as const;

function effectsOf(changed: Partial<HazardFacts>): { sum: number; effects: number[] } {
  const effects = new Array<number>(CAUSES.length).fill(Number.NaN);
  const sum = fillEffects({ ...calm, ...changed }, effects);
  return { sum, effects };
}

/** What raises the log-odds, from which facts to which, and the cause that it belongs to. */
const RISES: readonly [string, Cause, Partial<HazardFacts>, Partial<HazardFacts>][] = [
  ["months 4 to 6 of life", "life", { monthOfLife: 3 }, { monthOfLife: 4 }],
  ["a shorter life", "life", { monthOfLife: 50 }, { monthOfLife: 14 }],
  ["youth", "life", { age: 40 }, { age: 20 }],
  ["the end of the contract", "contract", { monthsToContractEnd: 6 }, { monthsToContractEnd: 0 }],
  ["having no contract", "contract", { monthsToContractEnd: 6 }, {}],
  ["prepaid", "contract", {}, { paymentKind: "prepaid" }],
  ["invoice", "contract", { paymentKind: "direct debit" }, {}],
  ["the tariff youth", "price", {}, { tariff: "youth" }],
  ["bills above the fee", "price", {}, { overageShare: 0.3 }],
  ["a cheaper tariff", "price", {}, { savingShare: 0.2 }],
  ["a rise of fees", "price", {}, { resentment: 0.5 }],
  ["a complaint", "care", {}, { complaints: 1 }],
  ["a second complaint", "care", { complaints: 1 }, { complaints: 2 }],
  ["hours of faults", "faults", {}, { faultHours: 6 }],
  ["a bad network", "network", {}, { coverage: -1 }],
  ["an average network", "network", { coverage: 1 }, { coverage: 0 }],
  [
    "a departure in the family",
    "group",
    { groupKind: "family" },
    { groupKind: "family", groupDepartures: 1 },
  ],
  [
    "a departure in the account",
    "group",
    { groupKind: "corporate" },
    { groupKind: "corporate", groupDepartures: 1 },
  ],
  ["being alone", "group", { groupKind: "family" }, {}],
  ["a late bill", "arrears", {}, { lateBills: 1 }],
  ["a month in arrears", "arrears", {}, { monthsInArrears: 1 }],
  ["lost satisfaction", "usage", {}, { satisfaction: -0.5 }],
  ["a service less", "services", { services: 2 }, { services: 1 }],
  ["a dropped service", "services", {}, { droppedServices: 1 }],
  ["competition", "competition", {}, { competition: 0.5 }],
  ["a poor dealer", "dealer", {}, { dealerEffect: 0.4 }],
  [
    "a poor dealer in the first year",
    "dealer",
    { dealerEffect: 0.4 },
    { dealerEffect: 0.4, monthOfLife: 12 },
  ],
  ["the bonus of a card", "dealer", { bulk: card, monthOfLife: 4 }, { bulk: card, monthOfLife: 5 }],
  ["a card past its end", "dealer", { bulk: card, monthOfLife: 4 }, { bulk: card, monthOfLife: 10 }],
];

describe("fillEffects", () => {
  test("is the baseline and the sum of the effects", () => {
    const none = effectsOf({ monthOfLife: 12 });
    expect(none.effects.every(Number.isFinite)).toBe(true);
    fc.assert(
      fc.property(
        fc.subarray(RISES.map(([, , , after]) => after)),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (changes, coverage) => {
          const { sum, effects } = effectsOf(Object.assign({ coverage }, ...changes));
          expect(sum).toBeCloseTo(BASELINE + effects.reduce((total, effect) => total + effect, 0), 9);
        },
      ),
      { numRuns: 100, seed: 1 },
    );
  });

  test("leaves intent and offer to the triggers", () => {
    const { effects } = effectsOf({ complaints: 3, faultHours: 20 });
    expect([effects[AT.intent], effects[AT.offer]]).toEqual([0, 0]);
  });

  test.each(RISES)("rises with %s, by the effect of %s and no other", (_, cause, before, after) => {
    const from = effectsOf(before);
    const to = effectsOf(after);
    expect(to.sum).toBeGreaterThan(from.sum);
    const isMoreThanOne = (other: Cause) =>
      "monthOfLife" in after && (other === "life" || other === "dealer");
    for (const other of CAUSES) {
      if (other === cause || isMoreThanOne(other)) continue;
      expect(to.effects[AT[other]]).toBe(from.effects[AT[other]]);
    }
    expect(to.effects[AT[cause]]).toBeGreaterThan(from.effects[AT[cause]]);
  });

  test("stays within log-odds that a daily hazard can have, at the extremes", () => {
    const much = {
      satisfaction: -100,
      complaints: 100,
      lateBills: 100,
      monthsInArrears: 100,
      faultHours: 1e9,
    };
    const worst = { ...much, overageShare: 1e9, savingShare: 1, coverage: -100, groupDepartures: 50 };
    const { sum } = effectsOf({ ...worst, groupKind: "family", bulk: card, monthOfLife: 5 });
    expect(1 / (1 + Math.exp(-sum))).toBeLessThan(1);
    const best = effectsOf({ monthsToContractEnd: 12, satisfaction: 100, coverage: 100, services: 3 });
    expect(1 / (1 + Math.exp(-best.sum))).toBeGreaterThan(0);
  });
});

test("eitherOf is the probability of a union of independent events", () => {
  expect(eitherOf(0.5, 0.2)).toBeCloseTo(0.6, 12);
  expect(eitherOf(0, 0.2)).toBeCloseTo(0.2, 12);
  expect(eitherOf(1, 0.2)).toBe(1);
});
