import { describe, expect, test } from "vitest";
import { MONTHLY_CAUSES } from "../../../src/simulator/departure/causes.js";
import { firstDayOf, monthOf } from "../../../src/table/calendar.js";
import { type Row, rowsBy, rowsIn } from "../columns.js";
import { END_MONTH, FIRST_MONTH, hazards, operator, subscribers } from "../simulated-operator.js";

const departures = rowsIn(operator.truth.departures);
const people = new Map(rowsIn(subscribers).map((row) => [row.id, row]));
const memberships = new Map(rowsIn(operator.memberships).map((row) => [row.id, row]));
const ofKind = (kind: string) => departures.filter((row) => row.text("kind") === kind);
const person = (row: Row): Row => people.get(row.id) as Row;

describe("the departures of the truth", () => {
  test("are those of the table subscribers, on the same days", () => {
    const told = departures.map((row) => `${row.id} ${row.number("ended_on")}`).sort();
    const ended = [...people.values()].filter((row) => !Number.isNaN(row.number("ended_on")));
    expect(told).toEqual(ended.map((row) => `${row.id} ${row.number("ended_on")}`).sort());
    expect(told.length).toBeGreaterThan(500);
  });

  test("are on the second day of a recorded month or later, so that there was service in it", () => {
    for (const row of departures) {
      const day = row.number("ended_on");
      expect(day).toBeGreaterThan(firstDayOf(monthOf(day)));
      expect(monthOf(day)).toBeGreaterThanOrEqual(FIRST_MONTH);
      expect(monthOf(day)).toBeLessThan(END_MONTH);
      expect(monthOf(day)).toBeGreaterThan(monthOf(person(row).number("activated_on")));
    }
  });

  test("are of five kinds, each with the reasons that the operator may record", () => {
    const reasons: Record<string, readonly string[]> = {
      decision: ["voluntary", "ported_out", "natural", "fraud"],
      silence: ["natural"],
      disconnection: ["arrears"],
      account: ["ported_out"],
      family: ["ported_out"],
    };
    for (const row of departures) expect(reasons[row.text("kind")]).toContain(person(row).text("end_reason"));
    expect(new Set(departures.map((row) => row.text("kind")))).toEqual(new Set(Object.keys(reasons)));
  });

  test("name the group as the cause of those of the group, and arrears of a disconnection", () => {
    for (const row of [...ofKind("account"), ...ofKind("family")]) expect(row.text("cause")).toBe("group");
    for (const row of ofKind("disconnection")) expect(row.text("cause")).toBe("arrears");
    for (const row of [...ofKind("decision"), ...ofKind("silence")]) {
      expect(MONTHLY_CAUSES).toContain(row.text("cause"));
    }
  });

  test("by silence are of prepaid cards, those for arrears of bills", () => {
    for (const row of ofKind("silence")) expect(person(row).text("payment_kind")).toBe("prepaid");
    for (const row of ofKind("disconnection")) expect(person(row).text("payment_kind")).not.toBe("prepaid");
  });

  test("for arrears follow reminders in months before", () => {
    const reminders = rowsBy(
      rowsIn(operator.events).filter((row) => row.text("kind") === "payment_reminder"),
      (row) => row.id,
    );
    for (const row of ofKind("disconnection")) {
      // Reminders are recorded from the first month on.
      if (monthOf(row.number("ended_on")) < FIRST_MONTH + 4) continue;
      const before = (reminders.get(row.id) ?? []).filter(
        (each) => each.number("at") < row.number("ended_on"),
      );
      expect(before.length).toBeGreaterThanOrEqual(3);
    }
  });

  test("of an account or a family are on one day", () => {
    for (const kind of ["account", "family"]) {
      const groups = rowsBy(ofKind(kind), (row) => String(memberships.get(row.id)?.text("group_id")));
      for (const [group, rows] of groups) {
        expect(group.startsWith(kind === "account" ? "C" : "F")).toBe(true);
        expect(new Set(rows.map((row) => row.number("ended_on"))).size).toBe(1);
      }
      expect(groups.size).toBeGreaterThan(2);
    }
  });

  test("of a whole account or family leave no member behind but those who had just come", () => {
    const all = rowsBy([...memberships.values()], (row) => row.text("group_id"));
    for (const row of [...ofKind("account"), ...ofKind("family")]) {
      const day = row.number("ended_on");
      for (const member of all.get(String(memberships.get(row.id)?.text("group_id"))) ?? []) {
        const isLater = monthOf(member.number("valid_from")) >= monthOf(day);
        if (!isLater) expect(member.number("valid_to")).toBeLessThanOrEqual(day);
      }
    }
  });
});

describe("the hazards of the truth", () => {
  test("are above 0 and at most 1, one per subscriber and month of service after that of activation", () => {
    expect(hazards.every(({ hazard }) => hazard > 0 && hazard <= 1)).toBe(true);
    expect(new Set(hazards.map(({ id, month }) => `${id} ${month}`)).size).toBe(hazards.length);
    let expected = 0;
    for (const row of people.values()) {
      const from = Math.max(FIRST_MONTH, monthOf(row.number("activated_on")) + 1);
      const ended = row.number("ended_on");
      expected += Math.max(0, (Number.isNaN(ended) ? END_MONTH : monthOf(ended) + 1) - from);
    }
    expect(hazards.length).toBe(expected);
  });

  test("are followed by departures, in every tenth of the months by hazard", () => {
    // Outside groups the draws are independent.
    const alone = hazards.filter(({ id }) => !memberships.has(id)).sort((a, b) => a.hazard - b.hazard);
    let chiSquare = 0;
    for (let tenth = 0; tenth < 10; tenth++) {
      const rows = alone.slice((tenth * alone.length) / 10, ((tenth + 1) * alone.length) / 10);
      let expected = 0;
      let variance = 0;
      let observed = 0;
      for (const { hazard, leaves } of rows) {
        expected += hazard;
        variance += hazard * (1 - hazard);
        observed += leaves ? 1 : 0;
      }
      chiSquare += (observed - expected) ** 2 / variance;
    }
    // Chi-square of 10 degrees of freedom: beyond 35.6 once in ten thousand.
    expect(chiSquare).toBeLessThan(35.6);
  });

  test("are followed by departures in groups too", () => {
    const groups = new Map<string, { expected: number; deviation: number; observed: number }>();
    for (const { id, month, hazard, leaves } of hazards) {
      const membership = memberships.get(id);
      if (membership === undefined) continue;
      const key = `${membership.text("group_id")} ${month}`;
      const sums = groups.get(key) ?? { expected: 0, deviation: 0, observed: 0 };
      sums.expected += hazard;
      sums.deviation += Math.sqrt(hazard * (1 - hazard));
      sums.observed += leaves ? 1 : 0;
      groups.set(key, sums);
    }
    let difference = 0;
    let variance = 0;
    for (const { expected, deviation, observed } of groups.values()) {
      difference += observed - expected;
      // As if the members of a group always left together: at most this.
      variance += deviation ** 2;
    }
    expect(Math.abs(difference)).toBeLessThan(4 * Math.sqrt(variance));
  });
});
