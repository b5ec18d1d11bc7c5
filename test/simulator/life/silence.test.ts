import { describe, expect, test } from "vitest";
import {
  LEAVES_WHILE_SILENT,
  SILENCE_LIMIT_DAYS,
  SWITCHED_OFF,
  SWITCHED_OFF_LATER,
  switchedOffRisk,
} from "../../../src/simulator/life/silence.js";
import { monthOf } from "../../../src/table/calendar.js";
import { rowsIn } from "../columns.js";
import { activatedOn, operator } from "../simulated-operator.js";

test("switchedOffRisk is nearly certain in the month of the limit, small before and half later", () => {
  expect([-1, 0, 1, 2].map(switchedOffRisk)).toEqual([
    LEAVES_WHILE_SILENT,
    SWITCHED_OFF,
    SWITCHED_OFF_LATER,
    SWITCHED_OFF_LATER,
  ]);
  expect(SWITCHED_OFF).toBeGreaterThan(SWITCHED_OFF_LATER);
  expect(SWITCHED_OFF_LATER).toBeGreaterThan(LEAVES_WHILE_SILENT);
});

describe("a prepaid card that fell silent", () => {
  const usage = new Map(
    rowsIn(operator.usage).map((row) => [`${row.id} ${monthOf(row.number("month"))}`, row]),
  );
  const silent = rowsIn(operator.truth.departures).filter((row) => row.text("kind") === "silence");

  test("uses nothing in the whole months of the limit of days before it is switched off", () => {
    let used = 0;
    for (const row of silent) {
      const ended = row.number("ended_on");
      const from = monthOf(ended - SILENCE_LIMIT_DAYS) + 1;
      for (let month = from; month < monthOf(ended); month++) {
        const of = usage.get(`${row.id} ${month}`);
        if (of !== undefined && of.number("minutes") + of.number("data_gb") > 0) used++;
      }
    }
    expect(silent.length).toBeGreaterThan(30);
    // Of those who leave before the limit: four standard deviations, of two months each.
    const early = 3 * LEAVES_WHILE_SILENT * silent.length;
    expect(used).toBeLessThanOrEqual(2 * (early + 4 * Math.sqrt(early)));
  });

  test("is switched off the limit of days after its last use, or in a later month", () => {
    for (const row of silent) {
      const ended = row.number("ended_on");
      const limitMonth = monthOf(ended - SILENCE_LIMIT_DAYS);
      // It was used, or there are no records yet, in the month in which it fell silent or one before.
      const before = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((back) => usage.get(`${row.id} ${limitMonth - back}`));
      const isUsed = before.some((of) => of !== undefined && of.number("minutes") + of.number("data_gb") > 0);
      const isNotRecorded = before.some((of) => of === undefined);
      expect(isUsed || isNotRecorded).toBe(true);
      expect(ended - Number(activatedOn.get(row.id))).toBeGreaterThan(28);
    }
  });
});

test("some silent cards are used again", () => {
  const minutes = new Map<string, Map<number, number>>();
  for (const row of rowsIn(operator.usage)) {
    const months = minutes.get(row.id) ?? new Map<number, number>();
    months.set(monthOf(row.number("month")), row.number("minutes"));
    minutes.set(row.id, months);
  }
  const prepaid = rowsIn(operator.subscribers).filter((row) => row.text("payment_kind") === "prepaid");
  const wokenUp = prepaid.filter(({ id }) => {
    const months = minutes.get(id);
    return [...(months ?? [])].some(
      ([month, used]) =>
        used === 0 && (months?.get(month - 1) ?? 0) > 20 && (months?.get(month + 1) ?? 0) > 20,
    );
  });
  expect(wokenUp.length).toBeGreaterThan(0);
});
