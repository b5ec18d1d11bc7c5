import { describe, expect, test } from "vitest";
import { firstDayOf } from "../../../src/table/calendar.js";
import { type Row, rowsBy, rowsIn } from "../columns.js";
import { FIRST_MONTH, operator } from "../simulated-operator.js";

const events = rowsIn(operator.events);
const triggers = rowsIn(operator.truth.triggers);
const keyOf = (row: Row, kind: string, day: string) => `${row.id} ${row.text(kind)} ${row.number(day)}`;
const BOTH = ["complaint", "network_fault", "competitor_call", "porting_enquiry"];

describe("the events of subscribers", () => {
  test("agree with the triggers of the truth, subscriber by subscriber and day by day", () => {
    // Those that began before the records are told only where they still run.
    const isRecorded = (row: Row) =>
      BOTH.includes(row.text("trigger")) && row.number("day") >= firstDayOf(FIRST_MONTH);
    const told = new Set(triggers.filter(isRecorded).map((row) => keyOf(row, "trigger", "day")));
    const recorded = new Set(
      events.filter((row) => BOTH.includes(row.text("kind"))).map((row) => keyOf(row, "kind", "at")),
    );
    expect(recorded).toEqual(told);
    expect(recorded.size).toBeGreaterThan(1000);
  });

  test("have the hours of each fault, which its effect is in proportion to up to a limit", () => {
    const faults = rowsBy(
      events.filter((row) => row.text("kind") === "network_fault"),
      (row) => keyOf(row, "kind", "at"),
    );
    const perHour = new Set<number>();
    for (const row of triggers) {
      if (row.text("trigger") !== "network_fault") continue;
      const same = faults.get(keyOf(row, "trigger", "day")) ?? [];
      if (same.length !== 1) continue;
      perHour.add(Math.round((1e6 * row.number("effect")) / same[0].number("value")));
    }
    expect(perHour.size).toBe(1);
  });

  test("have no row of the winding down and of the shock of a bill, which are not told", () => {
    const kinds = new Set(events.map((row) => row.text("kind")));
    expect(kinds).toEqual(new Set([...BOTH, "service_call", "payment_reminder"]));
  });

  test("have no two facts that nothing tells apart", () => {
    const facts = events.map((row) =>
      ["kind", "at", "known_at", "value"]
        .map((name) => row.cell(name))
        .concat(row.id)
        .join(" "),
    );
    expect(new Set(facts).size).toBe(facts.length);
  });

  test("of the network reach several subscribers of one region on a day", () => {
    const regions = new Map(rowsIn(operator.subscribers).map((row) => [row.id, row.text("region")]));
    const outages = rowsBy(
      events.filter((row) => row.text("kind") === "network_fault"),
      (row) => `${regions.get(row.id)} ${row.number("at")} ${row.number("value")}`,
    );
    expect([...outages.values()].filter((rows) => rows.length > 20).length).toBeGreaterThan(5);
  });
});

describe("the effect of care in the truth", () => {
  // Of subscribers who were there for four months: those before activation are not recorded.
  const causes = rowsIn(operator.truth.causes);
  const complaints = rowsBy(
    triggers.filter((row) => row.text("trigger") === "complaint"),
    (row) => row.id,
  );
  const activated = new Map(rowsIn(operator.subscribers).map((row) => [row.id, row.number("activated_on")]));

  test("follows the complaints of the three months before", () => {
    const perCount = new Map<number, Set<string>>();
    for (const row of causes) {
      const month = row.number("month");
      if (month < firstDayOf(FIRST_MONTH + 3) || month - Number(activated.get(row.id)) < 125) continue;
      const from = firstDayOf(Math.round((month / 365.2425) * 12) - 3);
      const count = (complaints.get(row.id) ?? []).filter(
        (each) => each.number("day") >= from && each.number("day") < month,
      ).length;
      perCount.set(count, (perCount.get(count) ?? new Set()).add(row.number("care").toFixed(9)));
    }
    const effects = [...perCount].sort(([a], [b]) => a - b).map(([, values]) => [...values]);
    for (const values of effects) expect(values).toHaveLength(1);
    for (let i = 1; i < Math.min(4, effects.length); i++) {
      expect(Number(effects[i][0])).toBeGreaterThan(Number(effects[i - 1][0]));
    }
  });

  test("is 0 for a new subscriber without a recorded complaint", () => {
    const wrong = causes.filter((row) => {
      const isNew =
        Number(activated.get(row.id)) >= firstDayOf(FIRST_MONTH) &&
        row.number("month") - Number(activated.get(row.id)) < 62;
      return isNew && row.number("care") > 0 && !complaints.has(row.id);
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});
