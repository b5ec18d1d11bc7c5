import { describe, expect, test } from "vitest";
import { inactive } from "../../../src/history/churn/inactive.js";
import { thrownBy } from "../../support/thrown.js";
import { type Asked, labels, outcomes, schemaOf, subscribers } from "./labelled-rows.js";

/** Payments by subscriber. */
function paidOn(days: Readonly<Record<string, readonly string[]>>) {
  return {
    subscribers: subscribers(Object.fromEntries(Object.keys(days).map((id) => [id, {}]))),
    payments: Object.entries(days).flatMap(([subscriber_id, all]) =>
      all.map((paid_on) => ({ subscriber_id, paid_on, amount: 10 })),
    ),
  };
}

// Cutoff 2025-01-01, no gap, prediction window of January; days are added by hand.
const JANUARY: Asked = { gap: 0, horizon: 1 };
const thirty = inactive({ days: 30 });

describe("inactive({ days })", () => {
  test("the churn day is the last active day + days, whatever comes later", async () => {
    const found = await outcomes(
      // 2024-12-10 + 30 = 2025-01-09, the 30th day of silence.
      paidOn({ silent: ["2024-11-30", "2024-12-10"], back: ["2024-12-10", "2025-03-01"] }),
      thirty,
      JANUARY,
    );
    const churned = { churnDay: "2025-01-09", reason: null, outDay: null };
    expect(found).toEqual({ silent: churned, back: churned });
  });

  test("activity on the last of the days prevents it, on the day after it is too late", async () => {
    const found = await outcomes(
      paidOn({ "in time": ["2024-12-10", "2025-01-09"], "too late": ["2024-12-10", "2025-01-10"] }),
      thirty,
      JANUARY,
    );
    // 2025-01-09 + 30 = 2025-02-08.
    expect(found["in time"].churnDay).toBe("2025-02-08");
    expect(found["too late"].churnDay).toBe("2025-01-09");
  });

  test("subscribers are at risk whose last active day before t is t − days or later", async () => {
    // 2025-01-01 − 30 = 2024-12-02: silent from the 3rd to t itself, which is the 30th day.
    const facts = paidOn({
      "t − 31": ["2024-12-01"],
      "t − 30": ["2024-12-02"],
      "t − 31, back on t": ["2024-12-01", "2025-01-01"],
    });
    expect(await labels(facts, thirty, JANUARY)).toEqual({ "t − 30": 1 });
  });

  test("the churn day decides the label at the edges of the prediction window", async () => {
    // Gap [01-01, 01-11), window [01-11, 01-21): last active days of 12-11 to 12-22 give 01-10 to 01-21.
    const facts = paidOn({
      "in the gap": ["2024-12-11"],
      first: ["2024-12-12"],
      last: ["2024-12-21"],
      after: ["2024-12-22"],
    });
    const asked = { gap: { days: 10 }, horizon: { days: 10 } };
    expect(await labels(facts, thirty, asked)).toEqual({ first: 1, last: 1, after: 0 });
  });

  test("the first of several silences counts, and a subscriber who came back before t is at risk again", async () => {
    const facts = paidOn({
      // Silent all autumn, back on 12-20, silent again: 12-20 + 30 = 01-19.
      returned: ["2024-08-01", "2024-12-20", "2025-03-01", "2025-07-01"],
      // 30 days exactly between payments: never.
      regular: ["2024-12-15", "2025-01-14", "2025-02-13"],
    });
    const found = await outcomes(facts, thirty, JANUARY);
    expect(found.returned.churnDay).toBe("2025-01-19");
    expect(found.regular.churnDay).toBe("2025-03-15"); // 02-13 + 30, February has 28 days
  });

  test("activation counts as activity", async () => {
    const facts = {
      subscribers: subscribers({ old: { activated_on: "2024-12-01" }, new: { activated_on: "2024-12-02" } }),
    };
    expect((await outcomes(facts, thirty, JANUARY)).new.churnDay).toBe("2025-01-01");
    expect(Object.keys(await outcomes(facts, thirty, JANUARY))).toEqual(["new"]);
  });

  test("an end does not count by itself; facts of its day and later are not activity", async () => {
    const { payments } = paidOn({ ended: ["2024-12-20", "2025-01-10", "2025-01-15"] });
    const facts = { subscribers: subscribers({ ended: { ended_on: "2025-01-10" } }), payments };
    expect(await outcomes(facts, thirty, JANUARY)).toEqual({
      ended: { churnDay: "2025-01-19", reason: null, outDay: null }, // 12-20 + 30
    });
  });

  test("several facts of one day are one active day", async () => {
    const facts = paidOn({ twice: ["2024-12-10", "2024-12-10", "2024-12-20", "2024-12-20"] });
    expect((await outcomes(facts, thirty, JANUARY)).twice.churnDay).toBe("2025-01-19");
  });

  test("90 days by default, for every cutoff by itself", async () => {
    const facts = paidOn({ 张三: ["2024-11-20", "2025-04-01"] });
    // 2024-11-20 + 90 = 2025-02-18. At 2025-03-01 the silence has lasted too long; at 2025-04-15 there is a new one:
    // 2025-04-01 + 90 = 2025-06-30.
    const at = ["2025-01-01", "2025-03-01", "2025-04-15"];
    expect(await labels(facts, inactive(), { at })).toEqual({ "张三 2025-01-01": 1, "张三 2025-04-15": 1 });
  });
});

describe("inactive({ activity })", () => {
  const facts = {
    subscribers: subscribers({ 李四: {} }),
    payments: [{ subscriber_id: "李四", paid_on: "2024-12-05", amount: 10 }],
    usage: [
      { subscriber_id: "李四", month: "2024-11-01", minutes: 5, 流量: null },
      { subscriber_id: "李四", month: "2024-12-01", minutes: 0, 流量: 0.1 },
      { subscriber_id: "李四", month: "2025-01-01", minutes: 0, 流量: null },
    ],
    events: [
      { subscriber_id: "李四", at: "2024-12-25", kind: "service_call" },
      { subscriber_id: "李四", at: "2025-01-20", kind: "retention_contact" },
    ],
  };
  const churnDay = async (options: Parameters<typeof inactive>[0], asked: Asked = {}) =>
    (await outcomes(facts, inactive({ days: 40, ...options }), { ...JANUARY, ...asked })).李四?.churnDay;

  test("payments, usage and events by themselves", async () => {
    expect(await churnDay({ activity: ["payments"] })).toBe("2025-01-14"); // 12-05 + 40
    // A month with any measure above 0 is active on its last day: 12-31 + 40.
    expect(await churnDay({ activity: ["usage"] })).toBe("2025-02-09");
    expect(await churnDay({ activity: ["events"] })).toBe("2025-03-01"); // 01-20 + 40
    expect(await churnDay({ activity: ["events"], eventKinds: ["service_call"] })).toBe("2025-02-03"); // 12-25 + 40
  });

  test("by default payments and usage, and events only by kinds that are named", async () => {
    expect(await churnDay({})).toBe("2025-02-09");
    expect(await churnDay({ eventKinds: ["retention_contact"] })).toBe("2025-03-01");
  });

  test("events are activity by default where the history has nothing else", async () => {
    expect(await churnDay({}, { schema: schemaOf("subscribers", "events") })).toBe("2025-03-01");
  });

  test("a month in which the subscription ends is active until the day before", async () => {
    const ended = { ...facts, subscribers: subscribers({ 李四: { ended_on: "2025-01-10" } }) };
    const january = { subscriber_id: "李四", month: "2025-01-01", minutes: 3 };
    const february = { subscriber_id: "李四", month: "2025-02-01", minutes: 3 };
    const usage = [...facts.usage.slice(0, 2), january, february];
    const found = await outcomes({ ...ended, usage }, inactive({ days: 40, activity: ["usage"] }), JANUARY);
    expect(found.李四.churnDay).toBe("2025-02-18"); // 01-09 + 40
  });

  test("a table that the history does not have is named as needed; a history without any of them is refused", async () => {
    expect(inactive({ activity: ["usage", "events"] }).needs).toEqual([
      { table: "usage" },
      { table: "events" },
    ]);
    const error = await thrownBy(() => outcomes(facts, inactive(), { schema: schemaOf("subscribers") }));
    expect(error.message).toContain("inactive: activity: must be in the history: payments, usage, events");
  });
});

describe("options of inactive()", () => {
  test.each([
    [{ days: 0 }, "inactive: days: must be a whole number from 1 to 3660, received 0"],
    [{ days: 1.5 }, "inactive: days: must be a whole number from 1 to 3660, received 1.5"],
    [{ days: Number.NaN }, "inactive: days: must be a whole number from 1 to 3660, received NaN"],
    [{ activity: [] }, "inactive: activity: must be one or more of payments, usage, events, received "],
    [{ activity: ["billing" as "usage"] }, 'of payments, usage, events, received "billing"'],
    [{ eventKinds: [] }, "inactive: eventKinds: must name at least one kind"],
    [
      { activity: ["usage" as const], eventKinds: ["login"] },
      "eventKinds: must be left out where events are no",
    ],
  ])("%j is refused", async (options, message) => {
    expect((await thrownBy(() => inactive(options))).message).toContain(message);
  });
});
