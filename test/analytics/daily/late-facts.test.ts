import { describe, expect, test } from "vitest";
import { dailyView } from "../../../src/analytics/daily/daily-view.js";
import { extendDaily } from "../../../src/analytics/daily/extend-daily.js";
import { openHistory } from "../../../src/history/index.js";
import { formatDate } from "../../../src/table/dates.js";
import { extended, newPath } from "./daily-files.js";
import { type DayFacts, FIRST, LAST, randomDays } from "./random-days.js";

describe("extendDaily, where facts arrive late", () => {
  test("corrections lead from what a day was to what it is", async () => {
    const facts = randomDays(11, 120);
    const path = newPath();
    const first = await extended(facts, path, LAST - 10);
    const before = await dailyView(path, { from: formatDate(FIRST) });
    const last = await extended(facts, path, LAST);
    const after = await dailyView(path, { from: formatDate(FIRST) });
    expect(first.corrected).toEqual([]);
    expect(last.corrected.length).toBeGreaterThan(5);
    expect(after.corrections).toEqual(last.corrected.map((each) => ({ runDay: formatDate(LAST), ...each })));
    const figure = (view: typeof before, day: string, region: string | null, measure: string) => {
      const found = view.days
        .find((each) => each.day === day)
        ?.regions.find((each) => each.region === region);
      if (found === undefined) return 0;
      const { joins, leaves, base, payments } = found;
      const all = { joins, leaves, base, payments: payments?.count, amount: payments?.amount };
      return all[measure as keyof typeof all] ?? null;
    };
    for (const { day, region, measure, ...correction } of last.corrected) {
      expect(figure(before, day, region, measure)).toBe(correction.before);
      expect(figure(after, day, region, measure)).toBe(correction.after);
    }
  });

  test("a payment and an end that arrive late correct their days, and say so", async () => {
    const subscribers = [
      { subscriber_id: "a", activated_on: "2025-01-01", ended_on: null, region: "北" },
      { subscriber_id: "b", activated_on: "2025-01-01", ended_on: null, region: "北" },
    ];
    const payments = ["2025-01-06", "2025-01-09"].map((paid_on) => ({
      subscriber_id: "a",
      paid_on,
      amount: 10,
    }));
    const path = newPath();
    const before = await openHistory({ subscribers, payments });
    await extendDaily(before, path);
    before.close();
    const late = await openHistory({
      subscribers: [subscribers[0], { ...subscribers[1], ended_on: "2025-01-08" }],
      payments: [
        ...payments,
        { subscriber_id: "b", paid_on: "2025-01-07", amount: 5.5 },
        { subscriber_id: "a", paid_on: "2025-01-10", amount: 1 },
      ],
    });
    const { corrected } = await extendDaily(late, path);
    late.close();
    const of = (day: string, measure: string, before: number, after: number) => ({
      day,
      region: "北",
      measure,
      before,
      after,
    });
    expect(corrected).toEqual([
      of("2025-01-07", "payments", 0, 1),
      of("2025-01-07", "amount", 0, 5.5),
      of("2025-01-08", "leaves", 0, 1),
      of("2025-01-09", "base", 2, 1),
    ]);
  });

  test("a subscriber who is in another region later moves in all days, with corrections of both regions", async () => {
    const facts = (region: string) => ({
      subscribers: [
        { subscriber_id: "a", activated_on: "2025-01-06", ended_on: null, region, known_at: null },
      ],
      payments: ["2025-01-06", "2025-01-07"].map((paid_on) => ({
        subscriber_id: "a",
        paid_on,
        amount: 2,
        known_at: null,
      })),
    });
    const ended = {
      subscriber_id: "z",
      activated_on: "2024-01-01",
      ended_on: "2024-02-01",
      region: "西",
      known_at: null,
    };
    const path = newPath();
    const with2 = (region: string): DayFacts => ({
      ...facts(region),
      subscribers: [...facts(region).subscribers, ended],
    });
    await extended(with2("东"), path);
    const { corrected, regions } = await extended(with2("南"), path);
    expect(regions.map(({ region }) => region)).toEqual(["南"]);
    expect(corrected.filter(({ measure }) => measure === "joins")).toEqual([
      { day: "2025-01-06", region: "东", measure: "joins", before: 1, after: 0 },
      { day: "2025-01-06", region: "南", measure: "joins", before: 0, after: 1 },
    ]);
  });
});
