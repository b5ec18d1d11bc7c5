import { describe, expect, test } from "vitest";
import { beginMonth, finishMonth, isThere, newGroupLife } from "../../../src/simulator/life/group-life.js";
import { groupSequence } from "../../../src/simulator/life/group-sequence.js";
import type { TariffName } from "../../../src/simulator/market/catalogue.js";
import { monthlyCost } from "../../../src/simulator/market/prices.js";
import { BURN_IN, operatorPlan } from "../../../src/simulator/plan.js";
import { createWorld } from "../../../src/simulator/world.js";
import { rowsBy, rowsIn } from "../columns.js";
import { activatedOn, endedOn, operator } from "../simulated-operator.js";

const tariffs = rowsBy(rowsIn(operator.tariffs), (row) => row.id);

describe("the table tariffs", () => {
  test("has a tariff from activation to the end for every subscriber, without gaps", () => {
    expect(tariffs.size).toBe(activatedOn.size);
    for (const [id, rows] of tariffs) {
      expect(rows[0].number("valid_from")).toBe(activatedOn.get(id));
      for (let i = 1; i < rows.length; i++) {
        expect(rows[i].number("valid_from")).toBe(rows[i - 1].number("valid_to"));
        expect(rows[i].number("valid_from")).toBeGreaterThan(rows[i - 1].number("valid_from"));
      }
      expect(rows[rows.length - 1].number("valid_to")).toBe(endedOn.get(id));
    }
  });

  test("has changes to dearer and to cheaper fees, and renewals", () => {
    const changes = { dearer: 0, cheaper: 0, renewed: 0 };
    for (const rows of tariffs.values()) {
      for (let i = 1; i < rows.length; i++) {
        const difference = rows[i].number("monthly_fee") - rows[i - 1].number("monthly_fee");
        if (rows[i].text("tariff") === rows[i - 1].text("tariff")) changes.renewed++;
        else if (difference > 0) changes.dearer++;
        else changes.cheaper++;
      }
    }
    expect(changes.dearer).toBeGreaterThan(20);
    expect(changes.cheaper).toBeGreaterThan(20);
    expect(changes.renewed).toBeGreaterThan(20);
  });

  test("never changes to a smaller fee before the contract ends", () => {
    for (const rows of tariffs.values()) {
      for (let i = 1; i < rows.length; i++) {
        const isSmaller = rows[i].number("monthly_fee") < rows[i - 1].number("monthly_fee");
        const until = rows[i - 1].number("contract_until");
        // Signed on the last day of a month, for the next one.
        if (isSmaller && !Number.isNaN(until)) {
          expect(rows[i].number("valid_from") + 1).toBeGreaterThanOrEqual(until);
        }
      }
    }
  });

  test("keeps the tariff of accounts and of prepaid cards", () => {
    const prepaid = new Set(
      rowsIn(operator.subscribers)
        .filter((row) => row.text("payment_kind") === "prepaid")
        .map((row) => row.id),
    );
    for (const [id, rows] of tariffs) {
      const names = new Set(rows.map((row) => row.text("tariff")));
      if (prepaid.has(id) || names.has("business")) expect(names.size).toBe(1);
    }
  });
});

test("a change of tariff is to one that is cheaper for the mean use, at the same discount", () => {
  const plan = operatorPlan({ subscribers: 800, months: 12, seed: 5 }, "test");
  const world = createWorld(plan);
  let changes = 0;
  for (const group of groupSequence(plan.subscribers, plan.seed)) {
    const life = newGroupLife(group, world);
    for (let month = plan.firstMonth - BURN_IN; month < plan.endMonth; month++) {
      const before: TariffName[] = life.members.map(({ state }) => state.tariff);
      beginMonth(life, month, world);
      finishMonth(life, month, world, undefined);
      life.members.forEach((member, i) => {
        const { state, profile } = member;
        // Who leaves before the recorded months starts again in the first tariff.
        if (!isThere(member, month) || state.tariff === before[i] || state.tariff === profile.firstTariff)
          return;
        const use = { minutes: state.meanMinutes, dataGb: state.meanDataGb };
        const present = monthlyCost(state.tariff, 1 - profile.discount, use);
        expect(present).toBeLessThan(monthlyCost(before[i], 1 - profile.discount, use));
        expect(state.savingShare).toBe(0);
        changes++;
      });
    }
  }
  expect(changes).toBeGreaterThan(20);
});
