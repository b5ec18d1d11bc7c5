import { describe, expect, test } from "vitest";
import { disconnected } from "../../../src/history/churn/disconnected.js";
import { openSources } from "../../../src/history/open-sources.js";
import { snapshots } from "../../../src/history/snapshots.js";
import type { HistorySources } from "../../../src/history/sources/fact-source.js";
import { factsOf, opened } from "../../support/history/facts-of.js";
import { thrownBy } from "../../support/thrown.js";

const subscribers = ["a", "b", "c"].map((subscriber_id) => ({
  subscriber_id,
  activated_on: "2024-01-10",
  ended_on: subscriber_id === "b" ? "2025-03-10" : null,
}));
const payments = ["2025-01-05", "2025-02-05", "2025-03-15"].map((paid_on) => ({
  subscriber_id: "a",
  paid_on,
  amount: 10,
}));
const TODAY = { today: "2026-01-01" };

describe("days of facts", () => {
  test("after today are named, and leave the end of the history where it is", async () => {
    const late = { subscriber_id: "a", paid_on: "2052-03-15", amount: 10 };
    const sources = { subscribers, payments: [...payments, late] };
    const error = await thrownBy(() => openSources(sources, TODAY));
    expect(error.message).toContain(
      'payments, column "paid_on": must lie before 2026-01-02, 1 row does not (future date), received "subscriber a: 2052-03-15 (row 4)"',
    );
    for (const options of [{ onProblems: "drop" }, { check: false }] as const) {
      const history = await opened(sources, { ...options, ...TODAY });
      expect(history.report.followedUntil).toBe("2025-03-16");
      const censored = await thrownBy(() => snapshots(history, { at: "2025-02", churn: disconnected() }));
      expect(censored.expected).toContain(
        "must be early enough for its prediction window to end by 2025-03-16",
      );
    }
  });

  test("that stand for none are open ends, or problems", async () => {
    const sources: HistorySources = {
      subscribers: subscribers.map((row, i) => ({
        ...row,
        ended_on: row.ended_on ?? ["9999-12-31", "", "1900-01-01"][i],
        birth_date: ["1900-01-01", "1970-01-01", "1980-05-05"][i],
      })),
      services: ["2099-12-31", "1970-01-01", "2025-01-01"]
        .map((valid_to, i) => ({
          subscriber_id: "a",
          service: String(i),
          valid_from: "2024-02-01",
          valid_to,
        }))
        .slice(0, 2),
      events: [{ subscriber_id: "a", at: "1970-01-01", kind: "k" }],
    };
    const error = await thrownBy(() => openSources(sources, TODAY));
    expect(error.problems).toMatchObject([
      {
        path: { argument: "events", column: "at" },
        expected: expect.stringContaining("1 row does not (implausible date)"),
      },
    ]);
    const history = await opened(sources, { ...TODAY, onProblems: "drop" });
    const facts = await factsOf(history, "subscribers");
    // 2025-03-10 is 20157 days after 1970-01-01; birthdays of 1970-01-01 and 1980-05-05 are days 0 and 3777.
    expect(facts.map((row) => row.slice(2))).toEqual([
      [null, null],
      [20157, 0],
      [null, 3777],
    ]);
    expect((await factsOf(history, "services")).map((row) => row[3])).toEqual([null, null]);
    const notes = Object.entries(history.report.tables).flatMap(([table, { notes }]) =>
      notes.map(({ kind, column, rows }) => [table, kind, column, rows]),
    );
    expect(notes).toEqual([
      ["subscribers", "open ends", "ended_on", 2],
      ["subscribers", "open ends", "birth_date", 1],
      ["services", "open ends", "valid_to", 2],
    ]);
    expect(history.report.followedUntil).toBe("2025-03-11");
  });

  test("of ends and starts may be planned, and are no followed time", async () => {
    const planned = [
      { subscriber_id: "a", activated_on: "2025-01-01", ended_on: "2026-08-01" },
      { subscriber_id: "b", activated_on: "2026-02-01", ended_on: null },
    ];
    const history = await opened({ subscribers: planned }, TODAY);
    expect(history.report.followedUntil).toBe("2025-01-02");
    const far = [{ subscriber_id: "a", activated_on: "2062-01-01" }];
    expect((await thrownBy(() => openSources({ subscribers: far }, TODAY))).expected).toContain(
      "future date",
    );
  });

  test("of a table with only future facts are counted with those of all others", async () => {
    const sources: HistorySources = {
      subscribers: [...subscribers, subscribers[0]],
      payments: payments.map((row) => ({ ...row, paid_on: row.paid_on.replace("2025", "2035") })),
      activity: [{ subscriber_id: "x9", day: "2025-01-01", minutes: 1 }],
      managers: ["Li", "Wang"].map((manager) => ({ group_id: "g", manager, valid_from: "2025-01-01" })),
    };
    const error = await thrownBy(() => openSources(sources, TODAY));
    expect(error.problems.map(({ path, expected }) => [path.argument, expected.replace(/.*, /, "")])).toEqual(
      [
        ["subscribers", "1 row does not (duplicate subscriber)"],
        ["payments", "3 rows do not (future date)"],
        ["activity", "1 row does not (unknown subscriber)"],
        ["managers", "1 row does not (overlapping managers)"],
      ],
    );
    expect(error.problems.map(({ received }) => received)).toEqual([
      ["subscriber a: 2024-01-10 (row 4)"],
      [
        "subscriber a: 2035-01-05 (row 1)",
        "subscriber a: 2035-02-05 (row 2)",
        "subscriber a: 2035-03-15 (row 3)",
      ],
      ["subscriber x9 (row 1)"],
      ["group g: Wang from 2025-01-01 (row 2)"],
    ]);
    const history = await opened(sources, { ...TODAY, onProblems: "drop" });
    expect(history.report.tables.payments).toMatchObject({ rowsKept: 0, first: null, last: null });
  });
});

describe("the end of a history", () => {
  const usage = (months: readonly string[]) =>
    months.map((month) => ({ subscriber_id: "a", month, minutes: 1 }));

  test("does not go by a few facts far behind all others", async () => {
    const events = {
      duckdb: `SELECT 'a' AS subscriber_id, 'k' || range AS kind, DATE '2024-02-01' + (range % 400)::INTEGER AS at FROM range(3000)
        UNION ALL SELECT 'a', 'late', DATE '2025-11-11'`,
    };
    const history = await opened({ subscribers, events }, TODAY);
    // The last of 400 days from 2024-02-01 on is 2025-03-06.
    expect(history.report.followedUntil).toBe("2025-03-07");
    expect(history.report.tables.events).toMatchObject({
      last: "2025-03-06",
      notes: [{ kind: "isolated facts", rows: 1 }],
    });
    // Another table that goes on until then says that they count.
    const both = await opened({ subscribers, events, usage: usage(["2025-10"]) }, TODAY);
    expect(both.report.followedUntil).toBe("2025-11-12");
  });

  test("does not go by a stray fact of a small table", async () => {
    const events = {
      duckdb:
        "SELECT 'a' AS subscriber_id, 'k' || range AS kind, DATE '2024-02-01' + (range % 375)::INTEGER AS at FROM range(3000)",
    };
    const contacts = ["2025-01-01", "2025-11-01"].map((at) => ({ subscriber_id: "a", at }));
    const history = await opened({ subscribers, events, contacts }, TODAY);
    expect(history.report.followedUntil).toBe("2025-02-10");
    expect(history.report.tables.contacts?.notes.map(({ kind }) => kind)).toEqual(["isolated facts"]);
  });

  test("is noted with tables that end early", async () => {
    const history = await opened({ subscribers, usage: usage(["2024-11", "2024-12"]), payments }, TODAY);
    const { usage: report, payments: paid } = history.report.tables;
    expect([report?.first, report?.last, paid?.last]).toEqual(["2024-11", "2024-12", "2025-03-15"]);
    expect(report?.notes).toEqual([
      { kind: "ends early", text: "the last fact is of 2024-12-31, other tables go on until 2025-03-15" },
    ]);
    expect(paid?.notes).toEqual([]);
    expect(String(history)).toContain("usage: the last fact is of 2024-12-31");
  });
});
