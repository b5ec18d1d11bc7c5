import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChurnDefinition } from "../../src/history/churn/churn-definition.js";
import { CHURN_SPECS } from "../../src/history/churn/definitions.js";
import { coveredFromOf } from "../../src/history/followed-until.js";
import { makeSnapshots } from "../../src/history/snapshots.js";
import { parseDay } from "../../src/table/calendar.js";
import { formatDate } from "../../src/table/dates.js";
import { rowsOf } from "../../src/table/rows.js";
import { openPlainHistory } from "../support/history/open-plain-history.js";
import {
  NO_FACTS,
  type PlainHistory,
  randomHistory,
  truncateHistory,
} from "../support/history/random-history.js";

const AT = ["2024-06-01", "2024-08-01", "2024-09-01"];
/** The last prediction window, of one month after a gap of one, ends on 2024-11-01. */
const DAYS = ["2024-11-01", "2024-11-20", "2025-01-01"];

/** A definition as its usage on the command line names it. */
const DEFINITIONS = CHURN_SPECS.map(({ usage, define }) => {
  const [, , given] = /^([^:, ]*)(?::([^, ]*))?/u.exec(usage) ?? [];
  return define(given === undefined ? [] : [given]) as ChurnDefinition;
});

async function labelsOf(facts: PlainHistory, churn: ChurnDefinition, knownBefore?: string) {
  const history = await openPlainHistory(facts);
  try {
    const options = {
      at: AT,
      observe: 3,
      gap: 1,
      horizon: 1,
      churn,
      features: [],
      followedUntil: "2025-06-01",
    };
    const day = knownBefore === undefined ? undefined : parseDay(knownBefore);
    return rowsOf(await makeSnapshots("test", history, options, day));
  } finally {
    history.close();
  }
}

describe("labels as they were known before a day", () => {
  test.each(DEFINITIONS.map((churn) => [churn.name, churn] as const))(
    "%s: are those of the history without the facts of that day and later, or known only then",
    async (_, churn) => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(...DAYS), async (seed, day) => {
          const facts = randomHistory(seed, 30);
          expect(await labelsOf(facts, churn, day)).toEqual(
            await labelsOf(truncateHistory(facts, day), churn),
          );
        }),
        { numRuns: 5, seed: 3 },
      );
    },
  );

  test("a payment that was booked late makes a churner of that time one who stayed", async () => {
    const facts: PlainHistory = {
      ...NO_FACTS,
      subscribers: [{ subscriber_id: "A", activated_on: "2024-01-01" }],
      payments: [
        { subscriber_id: "A", paid_on: "2024-05-20", amount: 5, known_at: null },
        { subscriber_id: "A", paid_on: "2024-07-01", amount: 5, known_at: "2024-09-15" },
      ],
    };
    const churn = (CHURN_SPECS.find(({ name }) => name === "inactive")?.define(["60"]) ??
      {}) as ChurnDefinition;
    const history = await openPlainHistory(facts);
    // Active on 20 May, then silent for 60 days: until the booking.
    const options = {
      at: "2024-06-01",
      gap: 1,
      horizon: 1,
      churn,
      features: [],
      followedUntil: "2025-01-01",
    };
    const labelAt = async (day?: string) =>
      rowsOf(await makeSnapshots("test", history, options, day === undefined ? undefined : parseDay(day)))[0]
        .churn;
    expect([await labelAt("2024-09-15"), await labelAt("2024-09-16"), await labelAt()]).toEqual([1, 0, 0]);
    history.close();
  });
});

describe("the beginning of a history", () => {
  const begin = async (facts: Partial<PlainHistory>) => {
    const history = await openPlainHistory({ ...NO_FACTS, ...facts });
    const day = formatDate(await coveredFromOf(history));
    history.close();
    return day;
  };

  test("is the day of its first fact, or the first activation where there are no facts", async () => {
    const subscribers = [{ subscriber_id: "A", activated_on: "2020-01-05" }];
    expect(await begin({ subscribers })).toBe("2020-01-05");
    const payments = [{ subscriber_id: "A", paid_on: "2025-03-10", amount: 5 }];
    expect(await begin({ subscribers, payments })).toBe("2025-03-10");
    const usage = [{ subscriber_id: "A", month: "2025-02-01", minutes: 1 }];
    expect(await begin({ subscribers, payments, usage })).toBe("2025-02-01");
  });
});
