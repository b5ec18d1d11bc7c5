import { describe, expect, test } from "vitest";
import { serviceChurn } from "../../../src/history/churn/service-churn.js";
import { thrownBy } from "../../support/thrown.js";
import { labels, outcomes, subscribers } from "./labelled-rows.js";

type Interval = readonly [from: string, to: string | null];

/** The intervals of one service, by subscriber. */
function held(intervals: Readonly<Record<string, readonly Interval[]>>, service = "internet") {
  return {
    subscribers: subscribers(Object.fromEntries(Object.keys(intervals).map((id) => [id, {}]))),
    services: Object.entries(intervals).flatMap(([subscriber_id, all]) =>
      all.map(([valid_from, valid_to]) => ({ subscriber_id, service, valid_from, valid_to })),
    ),
  };
}

const FROM = "2023-01-01";

describe("serviceChurn()", () => {
  // t = 2025-01-01, gap until 2025-02-01, prediction window [2025-02-01, 2025-05-01).
  test("labels subscribers who drop a service in the prediction window 1, and leaves out those who did in the gap", async () => {
    const facts = held({
      "before t": [[FROM, "2024-12-31"]],
      "on t": [[FROM, "2025-01-01"]],
      "end of the gap": [[FROM, "2025-01-31"]],
      first: [[FROM, "2025-02-01"]],
      last: [[FROM, "2025-04-30"]],
      after: [[FROM, "2025-05-01"]],
      never: [[FROM, null]],
    });
    expect(await labels(facts, serviceChurn())).toEqual({ first: 1, last: 1, after: 0, never: 0 });
  });

  test("subscribers who hold the service on the day before the cutoff are at risk", async () => {
    const facts = held({
      "until t": [[FROM, "2025-01-01"]],
      "until the day before": [[FROM, "2024-12-31"]],
      "from the day before": [["2024-12-31", null]],
      "from t": [["2025-01-01", "2025-03-01"]],
      "back in the grace": [
        [FROM, "2024-12-20"],
        ["2025-01-05", null],
      ],
    });
    expect(Object.keys(await outcomes(facts, serviceChurn())).sort()).toEqual([
      "from the day before",
      "until t",
    ]);
  });

  test("a service that begins again within 30 days was not dropped", async () => {
    const again = (from: string): Interval[] => [
      [FROM, "2025-03-01"],
      [from, null],
    ];
    // 2025-03-01 + 30 = 2025-03-31.
    const facts = held({
      "the same day": again("2025-03-01"),
      "30 days later": again("2025-03-31"),
      "31 days later": again("2025-04-01"),
    });
    expect(await labels(facts, serviceChurn())).toEqual({
      "the same day": 0,
      "30 days later": 0,
      "31 days later": 1,
    });
    expect(await labels(facts, serviceChurn({ graceDays: 0 }))).toEqual({
      "the same day": 0,
      "30 days later": 1,
      "31 days later": 1,
    });
  });

  test("the drop after a renewal counts, on its day", async () => {
    const facts = held({
      renewed: [
        [FROM, "2025-01-10"],
        ["2025-01-10", "2025-03-15"],
      ],
    });
    expect((await outcomes(facts, serviceChurn())).renewed.churnDay).toBe("2025-03-15");
  });

  test("where intervals of one service overlap, the last of them ends it; intervals without days are ignored", async () => {
    const facts = held({
      "two lines": [
        [FROM, "2025-02-10"],
        ["2024-06-01", null],
      ],
      "one after the other": [
        [FROM, "2025-02-10"],
        ["2024-06-01", "2025-03-10"],
      ],
      "came to nothing": [
        [FROM, "2025-02-10"],
        ["2025-02-20", "2025-02-20"],
      ],
    });
    const found = await outcomes(facts, serviceChurn());
    expect(found["two lines"].churnDay).toBeNull();
    expect(found["one after the other"].churnDay).toBe("2025-03-10");
    expect(found["came to nothing"].churnDay).toBe("2025-02-10");
  });

  test("only the services that are named count, any of several", async () => {
    const tv = held({ 电视: [[FROM, "2025-03-01"]], both: [[FROM, "2025-03-20"]] }, "电视");
    const internet = held({ internet: [[FROM, "2025-03-01"]], both: [[FROM, "2025-03-10"]] });
    const facts = {
      subscribers: subscribers({ 电视: {}, internet: {}, both: {}, neither: {} }),
      services: [...tv.services, ...internet.services],
    };
    expect(await labels(facts, serviceChurn({ service: "电视" }))).toEqual({ 电视: 1, both: 1 });
    expect((await outcomes(facts, serviceChurn({ service: "电视" }))).both.churnDay).toBe("2025-03-20");
    expect((await outcomes(facts, serviceChurn({ service: ["电视", "internet"] }))).both.churnDay).toBe(
      "2025-03-10",
    );
    expect(await labels(facts, serviceChurn())).toEqual({ 电视: 1, internet: 1, both: 1 });
  });

  test("a subscription that ends on that day or before has no row; one that ends later has dropped the service first", async () => {
    const services = [[FROM, "2025-03-10"]] as const;
    const ids = ["before", "that day", "the day after", "with the service still there"];
    const { services: all } = held(Object.fromEntries(ids.map((id) => [id, services])));
    const facts = {
      subscribers: subscribers({
        before: { ended_on: "2025-03-09" },
        "that day": { ended_on: "2025-03-10" },
        "the day after": { ended_on: "2025-03-11" },
        "with the service still there": { ended_on: "2025-03-10" },
      }),
      services: all.map((fact) =>
        fact.subscriber_id === "with the service still there" ? { ...fact, valid_to: null } : fact,
      ),
    };
    expect(await labels(facts, serviceChurn())).toEqual({ "the day after": 1 });
  });
});

describe("options of serviceChurn()", () => {
  test.each([
    [{ service: [] }, "serviceChurn: service: must name at least one service"],
    [{ service: "" }, 'serviceChurn: service: must name at least one service, received ""'],
    [{ graceDays: -1 }, "serviceChurn: graceDays: must be a whole number ≥ 0, received -1"],
    [{ graceDays: 0.5 }, "serviceChurn: graceDays: must be a whole number ≥ 0, received 0.5"],
  ])("%j is refused", async (options, message) => {
    expect((await thrownBy(() => serviceChurn(options))).message).toContain(message);
  });

  test("the ends of services are needed", () => {
    expect(serviceChurn().needs).toEqual([{ table: "services", column: "valid_to" }]);
  });
});
