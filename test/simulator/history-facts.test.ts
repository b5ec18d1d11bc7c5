import { mean, variance } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { firstDayOf, monthOf } from "../../src/table/calendar.js";
import { findColumn } from "../../src/table/table.js";
import { numbersOf, rowsBy, rowsIn, textsOf } from "./columns.js";
import {
  activatedOn,
  END_MONTH,
  endedOn,
  FIRST_MONTH,
  hazards,
  OPTIONS,
  operator,
  subscribers,
} from "./simulated-operator.js";

describe("the history of simulateOperator", () => {
  test("has one row for each of the requested subscribers", () => {
    expect(subscribers.rowCount).toBe(OPTIONS.subscribers);
    expect(new Set(textsOf(subscribers, "subscriber_id")).size).toBe(OPTIONS.subscribers);
    const reasons = textsOf(subscribers, "end_reason");
    const ended = numbersOf(subscribers, "ended_on");
    expect(reasons.findIndex((reason, row) => (reason === null) !== Number.isNaN(ended[row]))).toBe(-1);
    expect(new Set(reasons)).toEqual(
      new Set([null, "voluntary", "ported_out", "arrears", "natural", "fraud"]),
    );
  });

  test("has the hidden properties of each subscriber in the truth", () => {
    const ids = textsOf(operator.truth.properties, "subscriber_id");
    expect([...ids].sort()).toEqual([...textsOf(subscribers, "subscriber_id")].sort());
    const receptivity = [...numbersOf(operator.truth.properties, "receptivity")];
    expect(Math.abs(mean(receptivity))).toBeLessThan(
      4 * Math.sqrt(variance(receptivity) / receptivity.length),
    );
  });

  test.each([
    ["usage", "month"],
    ["billing", "month"],
    ["payments", "paid_on"],
    ["events", "at"],
    ["contacts", "at"],
  ] as const)("has no %s before activation, after the end or outside the recorded months", (name, column) => {
    const days = numbersOf(operator[name], column);
    const wrong = textsOf(operator[name], "subscriber_id").findIndex((id, row) => {
      const ended = endedOn.get(id) ?? Number.NaN;
      const activated = activatedOn.get(id) ?? Number.NaN;
      const from = column === "month" ? firstDayOf(monthOf(activated)) : activated;
      const to = Number.isNaN(ended) ? firstDayOf(END_MONTH) : ended;
      return days[row] < Math.max(from, firstDayOf(FIRST_MONTH)) || days[row] >= to;
    });
    expect(days.length).toBeGreaterThan(500);
    expect(wrong).toBe(-1);
  });

  test.each(["usage", "billing"] as const)(
    "has one row of %s per subscriber and month of service",
    (name) => {
      const months = numbersOf(operator[name], "month");
      const keys = textsOf(operator[name], "subscriber_id").map((id, row) => `${id} ${months[row]}`);
      expect(new Set(keys).size).toBe(keys.length);
      const seen = new Set(keys);
      const served = hazards.map(({ id, month }) => `${id} ${firstDayOf(month)}`);
      expect(served.filter((key) => !seen.has(key))).toEqual([]);
    },
  );

  test.each(["usage", "billing", "payments", "events"] as const)(
    "has one fact in forty of %s known late, days to weeks after it, and none before",
    (name) => {
      const table = operator[name];
      const column =
        findColumn(table, "month") === undefined ? (name === "events" ? "at" : "paid_on") : "month";
      const days = numbersOf(table, column);
      const known = numbersOf(table, "known_at");
      const delays: number[] = [];
      for (let row = 0; row < days.length; row++) {
        if (Number.isNaN(known[row])) continue;
        const fact = column === "month" ? firstDayOf(monthOf(days[row]) + 1) - 1 : days[row];
        delays.push(known[row] - fact);
      }
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(2);
      expect(Math.max(...delays)).toBeLessThanOrEqual(35);
      const tolerance = 4 * Math.sqrt(days.length * 0.025 * 0.975);
      expect(Math.abs(delays.length - 0.025 * days.length)).toBeLessThan(tolerance);
    },
  );

  test.each(["services", "memberships"] as const)(
    "has %s in spans that follow each other and end with service",
    (name) => {
      const column = name === "services" ? "service" : "group_id";
      const spans = rowsBy(rowsIn(operator[name]), (row) => `${row.id} ${row.text(column)}`);
      const wrong: string[] = [];
      for (const [key, rows] of spans) {
        rows.sort((a, b) => a.number("valid_from") - b.number("valid_from"));
        rows.forEach((row, i) => {
          const [from, to] = [row.number("valid_from"), row.number("valid_to")];
          const ended = endedOn.get(row.id) ?? Number.NaN;
          const isAfterLast = i === 0 || from >= rows[i - 1].number("valid_to");
          const isWithin = from >= Number(activatedOn.get(row.id)) && !(to > ended) && !(to <= from);
          if (!isAfterLast || !isWithin || (Number.isNaN(to) && !Number.isNaN(ended))) wrong.push(key);
        });
      }
      expect(spans.size).toBeGreaterThan(500);
      expect(wrong).toEqual([]);
    },
  );

  test("has groups with members, one group each, of one region", () => {
    expect(new Set(textsOf(operator.memberships, "group_kind"))).toEqual(new Set(["family", "corporate"]));
    expect(new Set(textsOf(operator.memberships, "subscriber_id")).size).toBe(operator.memberships.rowCount);
    const regions = new Map(rowsIn(subscribers).map((row) => [row.id, row.text("region")]));
    for (const rows of rowsBy(rowsIn(operator.memberships), (row) => row.text("group_id")).values()) {
      expect(new Set(rows.map((row) => regions.get(row.id))).size).toBe(1);
    }
  });

  test("has a margin below the revenue, that complaints lower", () => {
    const rows = rowsIn(operator.billing);
    expect(rows.filter((row) => !(row.number("margin") < row.number("revenue")))).toEqual([]);
    expect(
      rows.filter((row) => row.number("overage") < 0 || row.number("overage") > row.number("revenue") + 0.01),
    ).toEqual([]);
  });

  test("has more dropped calls where the network is worse", () => {
    const coverage = new Map(
      rowsIn(operator.truth.properties).map((row) => [row.id, row.number("coverage")]),
    );
    const meanOf = (isBad: boolean) => {
      const rows = rowsIn(operator.usage).filter(
        (row) => !Number.isNaN(row.number("dropped_calls")) && Number(coverage.get(row.id)) < 0 === isBad,
      );
      return mean(rows.map((row) => row.number("dropped_calls")));
    };
    expect(meanOf(true)).toBeGreaterThan(1.5 * meanOf(false));
  });
});
