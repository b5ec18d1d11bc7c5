import { expect, test } from "vitest";
import {
  departureLogOdds,
  eitherOf,
  type HazardCauses,
  probabilityOf,
} from "../../../src/simulator/departure/departure-hazard.js";
import { silentDay, switchedOffBetween } from "../../../src/simulator/life/silence.js";

/** June, in the sixth year of life, without any effect. */
const calm: HazardCauses = {
  monthOfYear: 5,
  region: "east",
  monthOfLife: 61,
  tariff: "smart",
  paymentKind: "invoice",
  isBulkCard: false,
  dealerEffect: 0,
  age: 40,
  groupKind: "none",
  groupDepartures: 0,
  monthsToContractEnd: undefined,
  satisfaction: 0,
  complaints: 0,
  lateBills: 0,
  faultHours: 0,
  overageShare: 0,
  services: 0,
  droppedServices: 0,
};

test("departureLogOdds is the baseline and the sum of the effects", () => {
  // Baseline −4.45, and −0.9 after five years.
  expect(departureLogOdds(calm)).toBeCloseTo(-5.35, 12);
  // In month 5 of life, prepaid, satisfaction −1: −4.45 + 1.7 + 0.6 + 2.3.
  const unhappy = { ...calm, monthOfLife: 5, paymentKind: "prepaid", satisfaction: -1 } as const;
  expect(departureLogOdds(unhappy)).toBeCloseTo(0.15, 12);
});

test.each([
  ["a departure in the family", { groupKind: "family" }, { groupKind: "family", groupDepartures: 1 }],
  ["lost satisfaction", {}, { satisfaction: -0.5 }],
  ["a complaint", {}, { complaints: 1 }],
  ["a late bill", {}, { lateBills: 1 }],
  ["hours of faults", {}, { faultHours: 6 }],
  ["a bill above the fee", {}, { overageShare: 0.3 }],
  ["a dropped service", {}, { droppedServices: 1 }],
  ["the end of the contract", { monthsToContractEnd: 6 }, { monthsToContractEnd: 0 }],
  ["youth", {}, { age: 20 }],
  ["a poor dealer", {}, { dealerEffect: 0.4 }],
  ["a competitor's campaign in September", { monthOfYear: 7 }, { monthOfYear: 8 }],
  ["the campaign being in the capital", { monthOfYear: 8 }, { monthOfYear: 8, region: "capital" }],
  ["months 4 to 6 of life", { monthOfLife: 3 }, { monthOfLife: 4 }],
  ["a card of a bulk dealer in month 4", { monthOfLife: 4 }, { monthOfLife: 4, isBulkCard: true }],
] satisfies [string, Partial<HazardCauses>, Partial<HazardCauses>][])(
  "departureLogOdds rises with %s",
  (_, before, after) => {
    expect(departureLogOdds({ ...calm, ...after })).toBeGreaterThan(departureLogOdds({ ...calm, ...before }));
  },
);

test("the hazard stays strictly between 0 and 1 at the extremes", () => {
  const much = { satisfaction: -100, complaints: 100, lateBills: 100, faultHours: 1e9, overageShare: 1e9 };
  const worst = departureLogOdds({ ...calm, ...much, monthOfLife: 5, isBulkCard: true, groupDepartures: 50 });
  expect(probabilityOf(worst)).toBeLessThan(1);
  expect(
    probabilityOf(departureLogOdds({ ...calm, monthsToContractEnd: 12, satisfaction: 100 })),
  ).toBeGreaterThan(0);
});

test("eitherOf is the probability of a union of independent events", () => {
  expect(eitherOf(0.5, 0.2)).toBeCloseTo(0.6, 12);
});

test("ninety days after a card falls silent always lie in the third month after", () => {
  for (let month = 0; month < 600; month++) {
    for (const uniform of [0, 0.999999]) {
      const limit = new Date((silentDay(month, uniform) + 90) * 86_400_000);
      expect((limit.getUTCFullYear() - 1970) * 12 + limit.getUTCMonth()).toBe(month + 3);
    }
  }
});

test("switchedOffBetween follows a silent card month by month", () => {
  // Stays silent with 0.9 after each month; 0.001 in months 1 and 2, 0.97 in month 3, 0.5 later.
  const third = (1 - 0.001) ** 2 * 0.9 ** 2 * 0.97;
  expect(switchedOffBetween(3, 4)).toBeCloseTo(third, 12);
  expect(switchedOffBetween(1, 3)).toBeCloseTo(0.001 + 0.999 * 0.9 * 0.001, 12);
  expect(switchedOffBetween(4, 5)).toBeCloseTo((1 - 0.001) ** 2 * 0.9 ** 3 * 0.03 * 0.5, 12);
  expect(switchedOffBetween(1, 1)).toBe(0);
});
