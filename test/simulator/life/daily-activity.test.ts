import { describe, expect, test } from "vitest";
import { trigger } from "../../../src/simulator/departure/triggers.js";
import { LEAVES_WHILE_SILENT, SILENCE_LIMIT_DAYS } from "../../../src/simulator/life/silence.js";
import { meanWindDown, windDownOn } from "../../../src/simulator/life/wind-down.js";
import { FACT_NAMES, TRUTH_NAMES } from "../../../src/simulator/output/fact-log.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { firstDayOf, monthOf } from "../../../src/table/calendar.js";
import { bySubscriber, haveSameCells, type Row, rowsBy, rowsIn } from "../columns.js";

const OPTIONS = { subscribers: 1500, months: 12, seed: 7 } as const;
const plain = simulateOperator(OPTIONS);
const operator = simulateOperator({ ...OPTIONS, daily: true });
const activity = rowsIn(operator.activity);
const byMonth = rowsBy(activity, (row) => `${row.id} ${monthOf(row.number("day"))}`);
const endedOn = bySubscriber(operator.subscribers, "ended_on");
const activatedOn = bySubscriber(operator.subscribers, "activated_on");
const people = new Map(rowsIn(operator.subscribers).map((row) => [row.id, row]));
const isPrepaid = (id: string) => people.get(id)?.text("payment_kind") === "prepaid";
const sum = (rows: readonly Row[], name: string) => rows.reduce((total, row) => total + row.number(name), 0);

describe("the table activity", () => {
  test("is there on request only, and leaves all other tables as they are, to the bit", () => {
    expect(plain.activity).toBeUndefined();
    for (const name of FACT_NAMES)
      expect([name, haveSameCells(operator[name], plain[name])]).toEqual([name, true]);
    for (const name of TRUTH_NAMES) {
      expect([name, haveSameCells(operator.truth[name], plain.truth[name])]).toEqual([name, true]);
    }
  });

  test("has one row per subscriber and day of use, in service only", () => {
    expect(new Set(activity.map((row) => `${row.id} ${row.number("day")}`)).size).toBe(activity.length);
    const wrong = activity.filter((row) => {
      const day = row.number("day");
      const isServed = day >= Number(activatedOn.get(row.id)) && !(day >= Number(endedOn.get(row.id)));
      return !isServed || !(row.number("minutes") + row.number("data_gb") > 0);
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test("sums to usage month by month, but for the rounding of each day", () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const row of rowsIn(operator.usage)) {
      const days = byMonth.get(`${row.id} ${monthOf(row.number("month"))}`);
      if (days === undefined) continue;
      compared++;
      // 31 days to one decimal, or to three.
      const minutes = Math.abs(sum(days, "minutes") - row.number("minutes"));
      const dataGb = Math.abs(sum(days, "data_gb") - row.number("data_gb"));
      if (minutes > 31 * 0.05 + 1e-6 || dataGb > 31 * 0.0005 + 1e-6) wrong.push(row.id);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(5000);
  });

  test("is there for almost every month of use; a month of few days may have none", () => {
    const without = rowsIn(operator.usage).filter((row) => {
      const isUsed = row.number("minutes") + row.number("data_gb") > 1;
      return isUsed && !byMonth.has(`${row.id} ${monthOf(row.number("month"))}`);
    });
    for (const row of without) {
      const first = row.number("month");
      const from = Math.max(first, Number(activatedOn.get(row.id)));
      const to = Math.min(firstDayOf(monthOf(first) + 1), endedOn.get(row.id) || Number.POSITIVE_INFINITY);
      expect(to - from).toBeLessThanOrEqual(4);
    }
    expect(without.length).toBeLessThan(operator.usage.rowCount / 1000);
  });

  test("ends when a prepaid card falls silent, 90 days before it is switched off", () => {
    const silent = rowsIn(operator.truth.departures).filter((row) => row.text("kind") === "silence");
    const last = new Map<string, number>();
    for (const row of activity) last.set(row.id, Math.max(last.get(row.id) ?? 0, row.number("day")));
    const early = silent.filter((row) => {
      const ended = row.number("ended_on");
      // A limit on the first of a month is put off to the second: 91 days.
      return Number(last.get(row.id)) >= ended - SILENCE_LIMIT_DAYS;
    });
    expect(silent.length).toBeGreaterThan(8);
    // Some are switched off before the limit: four standard deviations of their number.
    const expected = 3 * LEAVES_WHILE_SILENT * silent.length;
    expect(early.length).toBeLessThanOrEqual(expected + 4 * Math.sqrt(expected));
  });

  test("has a balance of prepaid cards only, never below zero", () => {
    const wrong = activity.filter((row) => {
      const balance = row.number("balance");
      return Number.isNaN(balance) === isPrepaid(row.id) || balance < 0;
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test("has a balance that rises only in a month with a payment", () => {
    const paid = new Set(
      rowsIn(operator.payments).map((row) => `${row.id} ${monthOf(row.number("paid_on"))}`),
    );
    const wrong: string[] = [];
    for (const [key, rows] of byMonth) {
      const isRise = rows.some(
        (row, i) => i > 0 && row.number("balance") > rows[i - 1].number("balance") + 0.011,
      );
      if (isRise && !paid.has(key)) wrong.push(key);
    }
    expect(wrong).toEqual([]);
  });

  test("winds down before a departure with a porting enquiry", () => {
    const enquiries = rowsIn(operator.truth.triggers).filter(
      (row) => row.text("trigger") === "porting_enquiry",
    );
    const days = rowsBy(activity, (row) => row.id);
    let before = 0;
    let after = 0;
    let served = 0;
    for (const row of enquiries) {
      const day = row.number("day");
      const ended = Number(endedOn.get(row.id));
      const isInMonth = ended > day + 3 && ended <= row.number("until") && monthOf(ended) === monthOf(day);
      if (!isInMonth || day - firstDayOf(monthOf(day)) < 5) continue;
      const of = days.get(row.id) ?? [];
      const length = ended - day - 1;
      served += length;
      after +=
        sum(
          of.filter((each) => each.number("day") > day && each.number("day") < ended),
          "minutes",
        ) / length;
      const earlier = of.filter((each) => each.number("day") > day - 6 && each.number("day") <= day);
      before += sum(earlier, "minutes") / 6;
    }
    expect(served).toBeGreaterThan(20);
    expect(after).toBeLessThan(0.8 * before);
  });
});

describe("windDownOn", () => {
  const enquiry = trigger("porting_enquiry", 1000);

  test("is 1 without a sign, on its day and after it has passed, and falls in between", () => {
    expect(windDownOn([], 1003)).toBe(1);
    expect(windDownOn([trigger("complaint", 1000), trigger("competitor_call", 1000)], 1003)).toBe(1);
    expect(windDownOn([enquiry], 1000)).toBe(1);
    expect(windDownOn([enquiry], enquiry.until + 1)).toBe(1);
    for (let day = 1001; day <= enquiry.until; day++) {
      const share = windDownOn([enquiry], day);
      expect(share).toBeLessThan(day === 1001 ? 1 : windDownOn([enquiry], day - 1));
      expect(share).toBeGreaterThan(0);
    }
  });

  test("goes by the first of several signs that run", () => {
    const later = trigger("wind_down", 1004);
    expect(windDownOn([later, enquiry], 1006)).toBe(windDownOn([enquiry], 1006));
    expect(windDownOn([later, enquiry], enquiry.until + 1)).toBe(windDownOn([later], enquiry.until + 1));
  });

  test("has the mean of the served days", () => {
    const served = { month: 0, from: 998, to: 1008, nextMonth: 1010, share: 1 };
    let total = 0;
    for (let day = 998; day < 1008; day++) total += windDownOn([enquiry], day);
    expect(meanWindDown([enquiry], served)).toBeCloseTo(total / 10, 12);
    expect(meanWindDown([], served)).toBe(1);
    expect(meanWindDown([enquiry], { ...served, to: 998 })).toBe(1);
  });
});
