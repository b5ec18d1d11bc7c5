import { describe, expect, test } from "vitest";
import { AT, CAUSES } from "../../../src/simulator/departure/causes.js";
import {
  effectsOn,
  isRunning,
  TRIGGERS,
  type TriggerKind,
  trigger,
} from "../../../src/simulator/departure/triggers.js";
import { monthOf } from "../../../src/table/calendar.js";
import { type Row, rowsBy, rowsIn } from "../columns.js";
import { activatedOn, endedOn, operator } from "../simulated-operator.js";

type DrawnKind = Exclude<TriggerKind, "offer">;
const DRAWN = Object.keys(TRIGGERS).filter((kind) => kind !== "offer") as DrawnKind[];

describe("a trigger", () => {
  test.each(DRAWN)("of kind %s raises the log-odds from the day after it for its days", (kind) => {
    const each = trigger(kind, 1000);
    const { days } = TRIGGERS[kind];
    expect(each.effect).toBeGreaterThan(0);
    expect(isRunning(each, 1000)).toBe(false);
    expect(isRunning(each, 1001)).toBe(true);
    expect(isRunning(each, 1000 + days)).toBe(true);
    expect(isRunning(each, 1001 + days)).toBe(false);
  });

  test("of a fault has an effect in proportion to its hours, up to a limit", () => {
    const effect = (hours: number) => trigger("network_fault", 1000, hours).effect;
    expect(effect(6)).toBeCloseTo(2 * effect(3), 12);
    expect(effect(1e6)).toBe(effect(1e9));
  });
});

test("effectsOn adds the triggers that run to their causes", () => {
  const without = CAUSES.map((_, i) => i / 10);
  const sums = new Array<number>(CAUSES.length).fill(99);
  const triggers = [
    trigger("complaint", 1000),
    trigger("complaint", 1001),
    trigger("porting_enquiry", 1002),
    { kind: "offer", day: 990, until: 1050, effect: -0.7 } as const,
  ];
  effectsOn(without, triggers, 1002, sums);
  const expected = [...without];
  expected[AT.care] += 2 * TRIGGERS.complaint.effect;
  expected[AT.offer] -= 0.7;
  sums.forEach((sum, i) => {
    expect(sum).toBeCloseTo(expected[i], 12);
  });
});

const departures = new Map(rowsIn(operator.truth.departures).map((row) => [row.id, row]));
const triggerRows = rowsIn(operator.truth.triggers);

describe("the triggers of the truth", () => {
  test("are of every kind, each with its days", () => {
    expect(new Set(triggerRows.map((row) => row.text("trigger")))).toEqual(new Set(Object.keys(TRIGGERS)));
    for (const row of triggerRows) {
      const kind = row.text("trigger") as TriggerKind;
      const days = row.number("until") - row.number("day");
      if (kind === "offer") expect(days % 30).toBe(0);
      else expect(days).toBe(TRIGGERS[kind].days);
    }
  });

  test("begin while the subscriber has service", () => {
    const wrong = triggerRows.filter((row) => {
      const ended = endedOn.get(row.id) ?? Number.NaN;
      return row.number("day") < (activatedOn.get(row.id) ?? Number.NaN) || row.number("day") >= ended;
    });
    expect(wrong).toEqual([]);
  });

  test.each(["porting_enquiry", "competitor_call", "wind_down"])(
    "of kind %s are followed by many more departures in their days than in the days before",
    (kind) => {
      const rows = triggerRows.filter((row) => row.text("trigger") === kind);
      // Departures of those who had it, in its days, against those of everybody in as many days.
      const isDeparture = (row: Row) => {
        const end = Number(endedOn.get(row.id));
        return end > row.number("day") && end <= row.number("until");
      };
      const after = rows.filter(isDeparture).length;
      const days = rows.reduce((sum, row) => sum + row.number("until") - row.number("day"), 0);
      const everybody = departures.size / (30.4 * operator.truth.causes.rowCount);
      const expected = everybody * days;
      expect(rows.length).toBeGreaterThan(20);
      // Four standard deviations of a Poisson count above three times the usual rate.
      expect(after).toBeGreaterThan(3 * expected + 4 * Math.sqrt(3 * expected));
    },
  );

  test("add up to the effects of intent and offers on the day of each departure", () => {
    const ofSubscriber = rowsBy(triggerRows, (row) => row.id);
    for (const [id, departure] of departures) {
      const day = departure.number("ended_on");
      // Those of a silent card are of the day on which it fell silent.
      if (departure.text("kind") === "silence") continue;
      let intent = 0;
      let offer = 0;
      for (const row of ofSubscriber.get(id) ?? []) {
        if (!(row.number("day") < day && day <= row.number("until"))) continue;
        const { cause } = TRIGGERS[row.text("trigger") as TriggerKind];
        if (cause === "intent") intent += row.number("effect");
        if (cause === "offer") offer += row.number("effect");
      }
      expect(departure.number("intent")).toBeCloseTo(intent, 9);
      expect(departure.number("offer")).toBeCloseTo(offer, 9);
    }
  });

  test("and monthly effects make up the effects on the day of each departure", () => {
    const causes = new Map(
      rowsIn(operator.truth.causes).map((row) => [`${row.id} ${monthOf(row.number("month"))}`, row]),
    );
    const ofSubscriber = rowsBy(triggerRows, (row) => row.id);
    for (const [id, departure] of departures) {
      const day = departure.number("ended_on");
      const month = causes.get(`${id} ${monthOf(day)}`);
      if (departure.text("kind") === "silence") continue;
      for (const cause of ["care", "faults", "price", "network", "dealer", "usage"] as const) {
        let sum = month?.number(cause) ?? Number.NaN;
        for (const row of ofSubscriber.get(id) ?? []) {
          const isOf = TRIGGERS[row.text("trigger") as TriggerKind].cause === cause;
          if (isOf && row.number("day") < day && day <= row.number("until")) sum += row.number("effect");
        }
        expect(departure.number(cause)).toBeCloseTo(sum, 9);
      }
    }
  });
});
