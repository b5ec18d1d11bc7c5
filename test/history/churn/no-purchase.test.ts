import { describe, expect, test } from "vitest";
import { noPurchase } from "../../../src/history/churn/no-purchase.js";
import type { Span } from "../../../src/history/windows/span.js";
import { thrownBy } from "../../support/thrown.js";
import { labels, outcomes, schemaOf, subscribers } from "./labelled-rows.js";

const BEFORE = "2024-12-31";

/** Customers named by the days of their purchases. */
function purchases(...customers: readonly (readonly string[])[]) {
  const ids = customers.map((days) => days.join(" "));
  return {
    subscribers: subscribers(Object.fromEntries(ids.map((id) => [id, {}]))),
    payments: customers.flatMap((days, i) =>
      days.map((paid_on) => ({ subscriber_id: ids[i], paid_on, amount: 10 })),
    ),
  };
}

describe("noPurchase()", () => {
  // t = 2025-01-01, observed from 2024-07-01, prediction window [2025-02-01, 2025-05-01).
  test("customers without a purchase in the prediction window have churned; the gap and the time after do not count", async () => {
    const facts = purchases(
      [BEFORE],
      [BEFORE, "2025-01-01"],
      [BEFORE, "2025-01-31"],
      [BEFORE, "2025-02-01"],
      [BEFORE, "2025-04-30"],
      [BEFORE, "2025-05-01"],
    );
    expect(await labels(facts, noPurchase())).toEqual({
      [BEFORE]: 1,
      [`${BEFORE} 2025-01-01`]: 1,
      [`${BEFORE} 2025-01-31`]: 1,
      [`${BEFORE} 2025-02-01`]: 0,
      [`${BEFORE} 2025-04-30`]: 0,
      [`${BEFORE} 2025-05-01`]: 1,
    });
  });

  test("the churn day is the last day of the prediction window", async () => {
    expect(await outcomes(purchases([BEFORE], [BEFORE, "2025-02-01"]), noPurchase())).toEqual({
      [BEFORE]: { churnDay: "2025-04-30", reason: null, outDay: null },
      [`${BEFORE} 2025-02-01`]: { churnDay: null, reason: null, outDay: null },
    });
  });

  test("customers with a purchase in the observation window are at risk", async () => {
    const facts = purchases(
      ["2024-06-30"],
      ["2024-07-01"],
      [BEFORE],
      ["2025-01-01"],
      ["2025-01-01", "2025-02-01"],
    );
    expect(Object.keys(await labels(facts, noPurchase())).sort()).toEqual(["2024-07-01", BEFORE]);
  });

  test.each<[Span, string]>([
    [{ days: 10 }, "2024-12-22"],
    [1, "2024-12-01"],
    [{ months: 12 }, "2024-01-01"],
  ])(
    "activeWithin: %j puts customers at risk who bought on %s, not the day before",
    async (activeWithin, first) => {
      const dayBefore = new Date(Date.parse(first) - 86_400_000).toISOString().slice(0, 10);
      const facts = purchases([dayBefore], [first]);
      expect(await labels(facts, noPurchase({ activeWithin }))).toEqual({ [first]: 1 });
    },
  );

  test("refunds are not purchases, payments of 0 are", async () => {
    const facts = {
      subscribers: subscribers({ refunded: {}, free: {}, returned: {} }),
      payments: [
        { subscriber_id: "refunded", paid_on: BEFORE, amount: -5 },
        { subscriber_id: "free", paid_on: BEFORE, amount: 0 },
        { subscriber_id: "returned", paid_on: BEFORE, amount: 5 },
        { subscriber_id: "returned", paid_on: "2025-02-01", amount: -5 },
      ],
    };
    expect(await labels(facts, noPurchase())).toEqual({ free: 1, returned: 1 });
  });

  test("a window that ends after the history has no label", async () => {
    const facts = purchases([BEFORE], [BEFORE, "2025-02-01"]);
    expect(await labels(facts, noPurchase(), { followedUntil: "2025-04-30" })).toEqual({
      [BEFORE]: null,
      [`${BEFORE} 2025-02-01`]: null,
    });
    expect(await labels(facts, noPurchase(), { followedUntil: "2025-05-01" })).toEqual({
      [BEFORE]: 1,
      [`${BEFORE} 2025-02-01`]: 0,
    });
  });

  test("needs only subscribers and payments", async () => {
    const schema = schemaOf("subscribers", "payments");
    expect(await labels(purchases([BEFORE]), noPurchase(), { schema })).toEqual({ [BEFORE]: 1 });
    expect(noPurchase().needs).toEqual([{ table: "payments" }]);
  });

  test("events of some kinds may be the purchases", async () => {
    const event = (subscriber_id: string, at: string, kind: string) => ({ subscriber_id, at, kind });
    const facts = {
      subscribers: subscribers({ 王五: {}, 赵六: {}, 浏览: {} }),
      events: [
        event("王五", BEFORE, "购买"),
        event("王五", "2025-03-01", "浏览"),
        event("赵六", BEFORE, "购买"),
        event("赵六", "2025-03-01", "购买"),
        event("浏览", BEFORE, "浏览"),
      ],
    };
    expect(await labels(facts, noPurchase({ table: "events", eventKinds: ["购买"] }))).toEqual({
      王五: 1,
      赵六: 0,
    });
    expect(await labels(facts, noPurchase({ table: "events" }))).toEqual({ 王五: 0, 赵六: 0, 浏览: 1 });
  });
});

describe("options of noPurchase()", () => {
  test.each([
    [
      { table: "billing" as "events" },
      'noPurchase: table: must be "payments" or "events", received "billing"',
    ],
    [{ eventKinds: ["购买"] }, 'noPurchase: eventKinds: must be left out unless table is "events"'],
    [{ table: "events" as const, eventKinds: [] }, "noPurchase: eventKinds: must name at least one kind"],
    [
      { activeWithin: 0 },
      "noPurchase: activeWithin: must be 1 to 120 whole months, or { days: 1 to 3660 }, received 0",
    ],
    [{ activeWithin: { days: 1.5 } }, "noPurchase: activeWithin: must be 1 to 120 whole months"],
  ])("%j is refused", async (options, message) => {
    expect((await thrownBy(() => noPurchase(options))).message).toContain(message);
  });
});
