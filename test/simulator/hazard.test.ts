import { expect, test } from "vitest";
import { type HazardCauses, monthlyHazard } from "../../src/simulator/hazard.js";

/** June, in the sixth year of life, nothing special. */
const calm: HazardCauses = {
  month: (2025 - 1970) * 12 + 5,
  monthOfLife: 61,
  tariffEffect: 0,
  paymentKind: "invoice",
  groupKind: "none",
  groupDepartures: 0,
  monthsToContractEnd: undefined,
  satisfaction: 0,
  complaints: 0,
  latePayments: 0,
  overageShare: 0,
};

test("monthlyHazard is the logistic function of the baseline and the sum of the effects", () => {
  // Baseline −4.7, and −0.7 once early life has faded: 1 / (1 + exp(5.4)) = 0.0044963.
  expect(monthlyHazard(calm)).toBeCloseTo(0.0044963, 7);
  // In month 5 of life, prepaid, satisfaction −1: −4.7 + 1.8 + 0.6 + 1.7 = −0.6, 1 / (1 + exp(0.6)) = 0.3543437.
  const unhappy = { ...calm, monthOfLife: 5, paymentKind: "prepaid", satisfaction: -1 } as const;
  expect(monthlyHazard(unhappy)).toBeCloseTo(0.3543437, 7);
});

test.each([
  ["a departure in the family", { groupKind: "family" }, { groupKind: "family", groupDepartures: 1 }],
  ["lost satisfaction", {}, { satisfaction: -0.5 }],
  ["a complaint", {}, { complaints: 1 }],
  ["a late payment", {}, { latePayments: 1 }],
  ["a bill above the fee", {}, { overageShare: 0.3 }],
  ["the end of the contract", { monthsToContractEnd: 6 }, { monthsToContractEnd: 0 }],
  ["a competitor's campaign in September", { month: calm.month + 2 }, { month: calm.month + 3 }],
] satisfies [string, Partial<HazardCauses>, Partial<HazardCauses>][])(
  "monthlyHazard rises with %s",
  (_, before, after) => {
    expect(monthlyHazard({ ...calm, ...after })).toBeGreaterThan(monthlyHazard({ ...calm, ...before }));
  },
);

test("monthlyHazard stays strictly between 0 and 1 at its extremes", () => {
  const worst = monthlyHazard({
    ...calm,
    monthOfLife: 5,
    tariffEffect: 1,
    satisfaction: -100,
    complaints: 100,
    latePayments: 100,
    overageShare: 1e9,
  });
  expect(worst).toBeGreaterThan(0.9);
  expect(worst).toBeLessThan(1);
  expect(monthlyHazard({ ...calm, monthsToContractEnd: 12, satisfaction: 100 })).toBeGreaterThan(0);
});
