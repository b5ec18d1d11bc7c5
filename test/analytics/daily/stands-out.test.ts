import { describe, expect, test } from "vitest";
import type { DayRow } from "../../../src/analytics/daily/day-rows.js";
import { standsOut } from "../../../src/analytics/daily/stands-out.js";
import { createRandom, type Random } from "../../../src/random.js";

const DAY = 20_500;
const USUAL = { weeks: 8, falseDiscoveryRate: 0.05 };

/** A Poisson count. */
function poisson(random: Random, mean: number): number {
  let count = 0;
  for (let left = random.next(); left > Math.exp(-mean); left *= random.next()) count++;
  return count;
}

/** Nine weeks of regions, whose payments are of 10 to 30 each. */
function weeksOf(seed: number, mean: number, regions = 20): DayRow[] {
  const random = createRandom(seed, "weeks");
  const rows: DayRow[] = [];
  for (let day = DAY - 60; day <= DAY; day++)
    for (let at = 0; at < regions; at++) {
      const today = mean * (day % 7 < 2 ? 0.5 : 1);
      const payments = poisson(random, today);
      let amount = 0;
      for (let n = 0; n < payments; n++) amount += 100_000 + random.integer(200_000);
      const [joins, leaves] = [poisson(random, today), poisson(random, today)];
      rows.push({ region: `R${at}`, day, joins, leaves, base: 1000, payments, amount });
    }
  return rows;
}

const changed = (
  rows: DayRow[],
  region: string,
  days: (day: number) => boolean,
  change: (row: DayRow) => Partial<DayRow>,
) => rows.map((row) => (row.region === region && days(row.day) ? { ...row, ...change(row) } : row));
const onDay = (day: number) => day === DAY;

describe("standsOut", () => {
  test.each([0.1, 1, 8, 30])(
    "raises a false alarm on few days without anything unusual, of %d events a day",
    (mean) => {
      let days = 0;
      for (let seed = 1; seed <= 40; seed++)
        if (standsOut(weeksOf(seed, mean), DAY, USUAL).standsOut.length > 0) days++;
      // On 5% of days are 2 of 40 expected; 7 or more have a probability of 0.3%.
      expect(days).toBeLessThanOrEqual(6);
    },
  );

  test("finds a fall and a burst of a region, with what was expected and the usual range", () => {
    const fallen = changed(weeksOf(3, 30), "R4", onDay, () => ({ leaves: 2 }));
    const rows = changed(fallen, "R7", onDay, () => ({ joins: 200 }));
    const { standsOut: found, compared } = standsOut(rows, DAY, USUAL);
    expect(compared).toEqual({ sameWeekdays: 8, judged: 84, notJudged: 0 });
    const [burst, ...others] = found.filter(({ of }) => of === "region");
    expect(burst).toMatchObject({
      day: "2026-02-16",
      region: "R7",
      measure: "joins",
      value: 200,
      returnsMonthly: false,
    });
    expect(others).toMatchObject([{ region: "R4", measure: "leaves", value: 2 }]);
    for (const { value, expected, low, high, q } of found) {
      expect(low < expected && expected < high && (value < low || value > high) && q <= 0.05).toBe(true);
    }
    expect(found.some(({ of, measure }) => of === "head office" && measure === "joins")).toBe(true);
  });

  test("finds a burst in a region where hardly anything happens", () => {
    const rows = changed(weeksOf(5, 0.05), "R2", onDay, () => ({ joins: 25 }));
    expect(standsOut(rows, DAY, USUAL).standsOut).toContainEqual(
      expect.objectContaining({ of: "region", region: "R2", measure: "joins", value: 25 }),
    );
  });

  test("a holiday among the weeks before moves neither what is expected nor the range by much", () => {
    const rows = weeksOf(9, 30);
    const holiday = rows.map((row) => (row.day === DAY - 21 ? { ...row, joins: 0 } : row));
    const find = (each: DayRow[]) => {
      const spike = changed(each, "R1", onDay, () => ({ joins: 90 }));
      return standsOut(spike, DAY, USUAL).standsOut.find(
        ({ region, measure }) => region === "R1" && measure === "joins",
      );
    };
    const [usual, after] = [find(rows), find(holiday)];
    expect(Math.abs(Number(after?.expected) - Number(usual?.expected))).toBeLessThan(3);
    expect(Number(after?.high) - Number(usual?.high)).toBeLessThan(10);
  });

  test("says of what returns by month that it does", () => {
    // DAY is 2026-02-16, a month before is 31 days before.
    const due = (day: number) => day === DAY || day === DAY - 31;
    const rows = changed(weeksOf(4, 30), "R3", due, () => ({ payments: 500, amount: 1e8 }));
    const found = standsOut(rows, DAY, USUAL).standsOut.filter(({ region }) => region === "R3");
    expect(found).toMatchObject(
      [
        { measure: "payments", monthBefore: 500, returnsMonthly: true },
        { measure: "amount", monthBefore: 10_000, returnsMonthly: true },
      ].sort((a) => (a.measure === found[0].measure ? -1 : 1)),
    );
  });

  test("judges nothing with fewer than four same weekdays before, and says how many figures", () => {
    const rows = weeksOf(2, 10).filter(({ day }) => day > DAY - 28);
    expect(standsOut(rows, DAY, USUAL)).toEqual({
      standsOut: [],
      compared: { sameWeekdays: 3, judged: 0, notJudged: 84 },
    });
    const young = weeksOf(2, 10).filter(({ day, region }) => region !== "R0" || day > DAY - 20);
    expect(standsOut(young, DAY, USUAL).compared).toEqual({ sameWeekdays: 8, judged: 80, notJudged: 4 });
  });

  test("of a single region judges the head office only; unknown payments are not judged", () => {
    const rows = weeksOf(2, 10, 1).map((row) => ({ ...row, region: null, payments: null, amount: null }));
    expect(standsOut(rows, DAY, USUAL).compared).toEqual({ sameWeekdays: 8, judged: 2, notJudged: 0 });
  });

  test("a sum far below 0 stands out, among days with refunds too", () => {
    const rows = weeksOf(6, 3).map((row) => ({ ...row, amount: row.day % 5 === 0 ? -50_000 : row.amount }));
    const { standsOut: found } = standsOut(
      changed(rows, "R1", onDay, () => ({ amount: -9e9 })),
      DAY,
      USUAL,
    );
    const refund = found.find(({ region }) => region === "R1");
    expect(refund).toMatchObject({ measure: "amount", value: -900_000, low: 0 });
    for (const { expected, low, high, q } of found)
      expect([expected, low, high, q].every(Number.isFinite)).toBe(true);
  });
});
