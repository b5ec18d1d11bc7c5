import { describe, expect, test } from "vitest";
import { anyOf } from "../../../src/history/churn/any-of.js";
import { disconnected } from "../../../src/history/churn/disconnected.js";
import { inactive } from "../../../src/history/churn/inactive.js";
import { partialChurn } from "../../../src/history/churn/partial-churn.js";
import { nameOfMonth } from "./plain-calendar.js";
import { analysisOf, subscriber, used } from "./small-history.js";

const PERIOD = { from: "2025-02", to: "2025-03" };
/** The ends of subscriptions in the tables of lives alone, and month by month. */
const BY = [
  ["by the end of the subscription", disconnected()],
  ["month by month", anyOf(disconnected(), disconnected())],
] as const;

/** Who is in the base of February and March 2025, and who left in them: each in a region with their name. */
const LIVES = {
  "activated the day before": ["2025-01-31", null, 1, 0],
  "activated on the first day": ["2025-02-01", null, undefined, undefined],
  "ended the day before": ["2024-01-01", "2025-01-31", undefined, undefined],
  "ended on the first day": ["2024-01-01", "2025-02-01", 1, 1],
  "ended on the last day": ["2024-01-01", "2025-03-31", 1, 1],
  "ended the day after": ["2024-01-01", "2025-04-01", 1, 0],
  "joined, and ended a month later": ["2025-02-01", "2025-03-10", 0, 1],
} as const;

describe.each(BY)("%s", (_, churn) => {
  test("the base is who was activated before the first day and ended on it or later; left is who ended within", async () => {
    const analysis = await analysisOf(
      {
        subscribers: Object.entries(LIVES).map(([region, [from, to]]) =>
          subscriber(region, from, to, { region }),
        ),
        usage: used("ended the day after"),
      },
      { ...PERIOD, churn, by: ["region"] },
    );
    const found = analysis.cuts.region.map(({ value, base, left }) => [value, [base, left]]);
    const expected = Object.entries(LIVES).flatMap(([region, [, , base, left]]) =>
      base === undefined ? [] : [[region, [base, left]]],
    );
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect(
      analysis.months.map(({ month, joined, left, base, net }) => [month, joined, left, base, net]),
    ).toEqual([
      ["2025-02", 2, 1, 4, 1],
      ["2025-03", 0, 2, 5, -2],
    ]);
    expect(analysis.total).toMatchObject({ joined: 2, left: 3, base: 4, net: -1 });
  });
});

test("who joined and left within a month left, by the end of the subscription; month by month they were never at risk", async () => {
  const sources = {
    subscribers: [subscriber("a", "2024-01-01"), subscriber("b", "2025-02-03", "2025-02-20")],
    usage: used("a"),
  };
  const lefts = await Promise.all(
    BY.map(async ([, churn]) => (await analysisOf(sources, { ...PERIOD, churn })).total.left),
  );
  expect(lefts).toEqual([1, 0]);
});

test("churn that lasts is counted in the first of its months", async () => {
  const minutes = (month: number) => (month >= 60 && month < 63 ? 0.5 : 100);
  const usage = Array.from({ length: 24 }, (_, i) => ({
    subscriber_id: "a",
    month: nameOfMonth(600 + i + 48),
    minutes: minutes(i + 48),
  }));
  const churn = partialChurn({ table: "usage", measure: "minutes" });
  const { months } = await analysisOf(
    { subscribers: [subscriber("a", "2020-01-01")], usage },
    { from: "2024-11", to: "2025-06", churn },
  );
  // Down from January to March 2025: at risk again in May, after April, which follows a month of churn.
  expect(months.map(({ month, base, left }) => [month, base, left])).toEqual([
    ["2024-11", 1, 0],
    ["2024-12", 1, 0],
    ["2025-01", 1, 1],
    ["2025-02", 0, 0],
    ["2025-03", 0, 0],
    ["2025-04", 0, 0],
    ["2025-05", 1, 0],
    ["2025-06", 1, 0],
  ]);
});

test("who left twice left for the reason of the first time, also where it was none", async () => {
  // Silent from January 2025 on, which is churn of 2 March; the subscription ends in May.
  const { total, causes } = await analysisOf(
    {
      subscribers: [
        subscriber("a", "2024-01-01", "2025-05-05", { end_reason: "ported_out" }),
        subscriber("b", "2024-01-01", null, { end_reason: null }),
      ],
      usage: [...used("a", 12), ...used("b")],
    },
    { from: "2025-01", to: "2025-12", churn: anyOf(disconnected(), inactive({ days: 61 })) },
  );
  expect([total.base, total.left]).toEqual([2, 2]);
  expect(causes.causes.map(({ cause, left }) => [cause, left])).toEqual([["not stated", 2]]);
});
