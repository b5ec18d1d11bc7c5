import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dailyFigures } from "../../../src/analytics/daily/daily-figures.js";
import type { DailyReport, DayFigures } from "../../../src/analytics/daily/daily-types.js";
import type { History } from "../../../src/history/history.js";
import { openHistory } from "../../../src/history/index.js";
import { formatDate } from "../../../src/table/dates.js";
import { thrownBy } from "../../support/thrown.js";
import { type DayFacts, FIRST, LAST, openDays, randomDays } from "./random-days.js";

/** The figures of a region on a day, fact by fact, as they were known on the evening of the run. */
function counted({ subscribers, payments }: DayFacts, region: string | null, day: string, run: string) {
  const regionOf = new Map(subscribers.map((each) => [each.subscriber_id, each.region]));
  let [joins, leaves, base, count, cents] = [0, 0, 0, 0, 0];
  for (const each of subscribers) {
    if (each.region !== region || each.activated_on > run) continue;
    const isKnown = each.ended_on !== null && each.ended_on <= run && (each.known_at ?? "") <= run;
    const ended = isKnown ? each.ended_on : null;
    if (each.activated_on === day) joins++;
    if (ended === day) leaves++;
    if (each.activated_on < day && (ended === null || ended >= day)) base++;
  }
  for (const { subscriber_id, paid_on, amount, known_at } of payments) {
    if ((regionOf.get(subscriber_id) ?? null) !== region || paid_on !== day || (known_at ?? "") > run)
      continue;
    count++;
    cents += Math.round(amount * 100);
  }
  return { joins, leaves, base, payments: { count, amount: cents / 100 } };
}

const NOTHING: DayFigures = { joins: 0, leaves: 0, base: 0, payments: { count: 0, amount: 0 } };

async function reportOf(history: History, options: Parameters<typeof dailyFigures>[1]): Promise<DailyReport> {
  const report = await dailyFigures(history, options);
  if ("missing" in report) throw new Error(report.missing);
  return report;
}

describe("dailyFigures", () => {
  test("counts each region and day as fact by fact, as known then; the regions sum to the head office", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 0, max: 29 }),
        async (seed, offset) => {
          const facts = randomDays(seed);
          const history = await openDays(facts);
          try {
            const day = formatDate(FIRST + offset);
            const { regions, headOffice } = await reportOf(history, { day });
            for (const region of ["江宁", "浦口", 'O\'Hara "east"', null]) {
              const found = regions.find((each) => each.region === region) ?? { region, ...NOTHING };
              expect(found).toEqual({ region, ...counted(facts, region, day, day) });
            }
            const sum = (figure: (of: DayFigures) => number) =>
              Math.round(regions.reduce((total, each) => total + figure(each) * 100, 0)) / 100;
            expect({
              joins: sum(({ joins }) => joins),
              leaves: sum(({ leaves }) => leaves),
              base: sum(({ base }) => base),
              payments: {
                count: sum(({ payments }) => payments?.count ?? Number.NaN),
                amount: sum(({ payments }) => payments?.amount ?? Number.NaN),
              },
            }).toEqual({
              joins: headOffice.joins,
              leaves: headOffice.leaves,
              base: headOffice.base,
              payments: headOffice.payments,
            });
          } finally {
            history.close();
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test("the base of a day is that of the day before, with its joins, less its leaves", async () => {
    const history = await openDays(randomDays(7, 200));
    const { recentDays } = await reportOf(history, { lastDays: 30 });
    history.close();
    expect(recentDays).toHaveLength(30);
    for (const [at, { base }] of recentDays.entries()) {
      if (at === 0) continue;
      const before = recentDays[at - 1];
      expect(base).toBe(before.base + before.joins - before.leaves);
    }
    expect(recentDays.some(({ leaves }) => leaves > 0)).toBe(true);
  });

  test("without regions there is one that is not stated; without payments they are not known", async () => {
    const subscribers = [
      { subscriber_id: "a", activated_on: "2025-01-01", ended_on: "2025-01-09" },
      { subscriber_id: "b", activated_on: "2025-01-08", ended_on: null },
    ];
    const events = [
      { subscriber_id: "a", at: "2025-01-02", kind: "complaint" },
      { subscriber_id: "a", at: "2025-01-09", kind: "complaint" },
    ];
    const history = await openHistory({ subscribers, events });
    const report = await reportOf(history, {});
    history.close();
    const figures = { joins: 0, leaves: 1, base: 2, payments: null };
    expect(report).toMatchObject({
      day: "2025-01-09",
      regions: [{ region: null, ...figures }],
      headOffice: figures,
    });
  });

  test("payments before the first of the history are not known, and not 0", async () => {
    const subscribers = [{ subscriber_id: "a", activated_on: "2025-01-01", ended_on: "2025-01-20" }];
    const events = [{ subscriber_id: "a", at: "2025-01-02", kind: "complaint" }];
    const payments = [
      { subscriber_id: "a", paid_on: "2025-01-05", amount: 10 },
      { subscriber_id: "a", paid_on: "2025-01-07", amount: 10 },
    ];
    const history = await openHistory({ subscribers, events, payments });
    const { recentDays } = await reportOf(history, {});
    history.close();
    expect(recentDays.map(({ payments }) => payments?.count ?? null)).toEqual([null, null, null, 1, 0, 1]);
  });

  test("says why there are none where the history does not say who left", async () => {
    const history = await openHistory({ subscribers: [{ subscriber_id: "a", activated_on: "2025-01-01" }] });
    const report = await dailyFigures(history);
    history.close();
    expect(report).toEqual({ missing: expect.stringContaining("no column ended_on") });
  });

  test("refuses days that the history does not cover, and options out of range, all at once", async () => {
    const history = await openDays(randomDays(3));
    const after = await thrownBy(() => dailyFigures(history, { day: formatDate(LAST + 1) }));
    expect(after.message).toBe(
      'dailyFigures: day: must be a day that the history covers, 2025-01-06 to 2025-02-04, received "2025-02-05"',
    );
    const both = await thrownBy(() => dailyFigures(history, { weeks: 3, falseDiscoveryRate: 1 }));
    expect(both.problems.map(({ path }) => path.argument)).toEqual(["weeks", "falseDiscoveryRate"]);
    expect((await thrownBy(() => dailyFigures(history, { lastDays: 0 }))).message).toContain(
      "lastDays: must be",
    );
    expect((await thrownBy(() => dailyFigures(history, { day: "4.2.2025" }))).message).toContain(
      "day: must be a day",
    );
    history.close();
  });
});
