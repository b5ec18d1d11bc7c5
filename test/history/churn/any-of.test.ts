import { describe, expect, test } from "vitest";
import { anyOf } from "../../../src/history/churn/any-of.js";
import { disconnected } from "../../../src/history/churn/disconnected.js";
import { inactive } from "../../../src/history/churn/inactive.js";
import { noPurchase } from "../../../src/history/churn/no-purchase.js";
import { partialChurn } from "../../../src/history/churn/partial-churn.js";
import { serviceChurn } from "../../../src/history/churn/service-churn.js";
import { thrownBy } from "../../support/thrown.js";
import { labels, outcomes, subscribers } from "./labelled-rows.js";

const voluntary = disconnected({ reasons: ["voluntary"] });
const arrears = disconnected({ reasons: ["arrears"] });
const paid = (subscriber_id: string, ...days: string[]) =>
  days.map((paid_on) => ({ subscriber_id, paid_on, amount: 10 }));

describe("anyOf(...definitions)", () => {
  // t = 2025-01-01, gap until 2025-02-01, prediction window [2025-02-01, 2025-05-01).
  test("churns on the day of the earliest definition, for its reason", async () => {
    const facts = {
      subscribers: subscribers({
        "ends first": { ended_on: "2025-03-01", end_reason: "voluntary" },
        "silent first": { ended_on: "2025-04-20", end_reason: "voluntary" },
      }),
      // 2024-12-31 + 90 = 2025-03-31.
      payments: [...paid("ends first", "2024-12-31"), ...paid("silent first", "2024-12-31")],
    };
    const found = await outcomes(facts, anyOf(inactive(), disconnected()));
    expect(found["ends first"]).toEqual({
      churnDay: "2025-03-01",
      reason: "voluntary",
      outDay: "2025-03-01",
    });
    expect(found["silent first"]).toEqual({ churnDay: "2025-03-31", reason: null, outDay: "2025-04-20" });
  });

  test("what is a competing event for one definition and churn for another is churn", async () => {
    const ended = (end_reason: string) => ({ ended_on: "2025-03-01", end_reason });
    const facts = {
      subscribers: subscribers({ a: ended("voluntary"), b: ended("arrears"), c: ended("natural"), d: {} }),
    };
    expect(await labels(facts, voluntary)).toEqual({ a: 1, d: 0 });
    expect(await labels(facts, anyOf(voluntary, arrears))).toEqual({ a: 1, b: 1, d: 0 });
    const found = await outcomes(facts, anyOf(voluntary, arrears));
    expect(found.b).toEqual({ churnDay: "2025-03-01", reason: "arrears", outDay: "2025-03-01" });
  });

  test("a competing event before the churn of another definition still leaves the row out", async () => {
    const facts = {
      subscribers: subscribers({ a: { ended_on: "2025-02-10", end_reason: "arrears" } }),
      payments: paid("a", "2024-12-31"),
    };
    expect(await labels(facts, inactive())).toEqual({ a: 1 });
    expect(await labels(facts, anyOf(inactive(), voluntary))).toEqual({});
  });

  test("churn by one definition in the gap leaves the row out for all", async () => {
    const facts = {
      subscribers: subscribers({ gap: { ended_on: "2025-04-01", end_reason: "voluntary" } }),
      payments: paid("gap", "2024-11-01"), // + 90 = 2025-01-30
    };
    expect(await labels(facts, disconnected())).toEqual({ gap: 1 });
    expect(await labels(facts, anyOf(disconnected(), inactive()))).toEqual({});
  });

  test("a subscriber is at risk if any of them says so", async () => {
    const facts = {
      subscribers: subscribers({ bought: {}, "never bought": {}, ends: { ended_on: "2025-03-01" } }),
      payments: paid("bought", "2024-12-31", "2025-03-01"),
    };
    expect(await labels(facts, noPurchase())).toEqual({ bought: 0 });
    expect(await labels(facts, anyOf(noPurchase(), disconnected()))).toEqual({
      bought: 0,
      "never bought": 0,
      ends: 1,
    });
  });

  test("an end of the subscription is churn in addition to partial churn and service churn", async () => {
    const month = (subscriber_id: string, month: string, minutes: number) => ({
      subscriber_id,
      month,
      minutes,
    });
    const facts = {
      subscribers: subscribers({
        leaves: { ended_on: "2025-03-01", end_reason: "natural" },
        fades: {},
        drops: {},
        留下: {},
      }),
      usage: ["leaves", "fades", "drops", "留下"].flatMap((id) =>
        ["2024-12-01", "2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"].map((each) =>
          month(id, each, id === "fades" && each > "2025-01-01" ? 0 : 100),
        ),
      ),
      services: ["leaves", "drops"].map((subscriber_id) => ({
        subscriber_id,
        service: "internet",
        valid_from: "2024-01-01",
        valid_to: subscriber_id === "leaves" ? "2025-03-01" : "2025-03-10",
      })),
    };
    const partial = partialChurn({ table: "usage", measure: "minutes" });
    expect(await labels(facts, anyOf(partial, serviceChurn()))).toEqual({ fades: 1, drops: 1, 留下: 0 });
    const churn = anyOf(disconnected(), partial, serviceChurn());
    expect(await labels(facts, churn)).toEqual({ leaves: 1, fades: 1, drops: 1, 留下: 0 });
    const found = await outcomes(facts, churn);
    expect(found.leaves).toEqual({ churnDay: "2025-03-01", reason: "natural", outDay: "2025-03-01" });
    expect(found.fades).toEqual({ churnDay: "2025-04-30", reason: null, outDay: null });
    expect(found.drops.churnDay).toBe("2025-03-10");
  });

  test("on the same day, the reason is that of the definition listed first", async () => {
    const facts = {
      subscribers: subscribers({ a: { ended_on: "2025-03-31", end_reason: "voluntary" } }),
      payments: paid("a", "2024-12-31"), // + 90 = 2025-03-31
    };
    expect((await outcomes(facts, anyOf(disconnected(), inactive()))).a.reason).toBe("voluntary");
    expect((await outcomes(facts, anyOf(inactive(), disconnected()))).a.reason).toBeNull();
  });

  test("the same definition with several options, or several times, and anyOf within anyOf", async () => {
    const facts = {
      subscribers: subscribers({ a: {}, b: {} }),
      payments: [
        ...paid("a", "2024-12-20"),
        ...paid("b", "2024-12-20", "2025-01-25", "2025-03-01", "2025-04-29"),
      ],
    };
    // a: 12-20 + 60 = 2025-02-18. b: never 60 days, 01-25 to 03-01 is 35 and 03-01 to 04-29 is 59.
    const sixty = inactive({ days: 60 });
    expect(await labels(facts, anyOf(sixty, inactive({ days: 90 }), sixty))).toEqual({ a: 1, b: 0 });
    expect(await labels(facts, anyOf(anyOf(sixty, disconnected()), noPurchase()))).toEqual({ a: 1, b: 0 });
    // 12-20 + 35 = 2025-01-24 is in the gap, for both.
    expect(await labels(facts, anyOf(sixty, inactive({ days: 35 })))).toEqual({});
  });

  test("its name, description and needs are those of its definitions", () => {
    const churn = anyOf(disconnected(), serviceChurn({ service: "internet" }));
    expect(churn.name).toBe("disconnected or serviceChurn");
    expect(churn.description).toBe("left, or dropped internet and stayed");
    expect(churn.needs).toEqual([...disconnected().needs, ...serviceChurn().needs]);
  });

  test("no definition is refused, a single one is returned", async () => {
    expect((await thrownBy(() => anyOf())).message).toBe(
      "anyOf: definitions: must hold at least one, received 0",
    );
    expect(anyOf(voluntary)).toBe(voluntary);
  });
});
