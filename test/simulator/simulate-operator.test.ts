import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operatorBlocks } from "../../src/simulator/operator-blocks.js";
import { FACT_NAMES, type OperatorTables } from "../../src/simulator/output/fact-log.js";
import { operatorPlan } from "../../src/simulator/plan.js";
import { simulateOperator } from "../../src/simulator/simulate-operator.js";
import { firstDayOf, monthOf } from "../../src/table/calendar.js";
import { rowsOf } from "../../src/table/rows.js";
import { findColumn } from "../../src/table/table.js";
import { thrownBy } from "../support/thrown.js";
import { numbersOf, textsOf } from "./columns.js";
import { activatedOn, endedOn, hazards, operator, subscribers } from "./simulated-operator.js";

/** The rows of the first subscribers, by table. */
function rowsOfFirst(tables: OperatorTables, count: number): Record<string, unknown> {
  const isFirst = ({ subscriber_id }: Record<string, unknown>) =>
    Number(String(subscriber_id).slice(1)) <= count;
  const all = { ...tables, ...tables.truth, truth: undefined };
  return Object.fromEntries(
    Object.entries(all).map(([name, table]) => [
      name,
      table === undefined ? [] : rowsOf(table).filter(isFirst),
    ]),
  );
}

describe("simulateOperator is determined by its options", () => {
  test("gives the same tables for the same seed, and others for another", () => {
    const once = simulateOperator({ subscribers: 200, seed: 5 });
    expect(simulateOperator({ subscribers: 200, seed: 5 })).toEqual(once);
    expect(simulateOperator({ subscribers: 200, seed: 6 }).usage).not.toEqual(once.usage);
  });

  test("does not change the history of a subscriber when others are added", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(1000),
        (few, more, seed) => {
          const fewer = simulateOperator({ subscribers: few, months: 8, seed });
          const larger = simulateOperator({ subscribers: few + more, months: 8, seed });
          expect(rowsOfFirst(larger, few)).toEqual(rowsOfFirst(fewer, few));
        },
      ),
      { numRuns: 15, seed: 1 },
    );
  });

  test("gives the same rows in the same order for any block size", () => {
    const plan = operatorPlan({ subscribers: 300, seed: 5 }, "test");
    const whole = simulateOperator({ subscribers: 300, seed: 5 });
    for (const blockSize of [1, 37, 1000]) {
      const blocks = [...operatorBlocks(plan, blockSize)];
      expect(blocks.length).toBe(blockSize === 1000 ? 1 : blocks.length);
      expect(blocks[blocks.length - 1].done).toBe(300);
      for (const name of FACT_NAMES) {
        expect(blocks.flatMap(({ tables }) => rowsOf(tables[name]))).toEqual(rowsOf(whole[name]));
      }
    }
  });

  test("names all options that are out of range at once", async () => {
    const wrong = { subscribers: 0, months: 1.5, start: "2024-08-15", seed: -1 };
    const { problems } = await thrownBy(() => simulateOperator(wrong));
    expect(problems.map(({ path }) => path.argument)).toEqual(["subscribers", "months", "seed", "start"]);
    expect((await thrownBy(() => simulateOperator({ start: "1970-12-01" }))).path.argument).toBe("start");
  });
});

describe("the history of simulateOperator", () => {
  test("has one row for each of the requested subscribers", () => {
    expect(subscribers.rowCount).toBe(6000);
    expect(new Set(textsOf(subscribers, "subscriber_id")).size).toBe(6000);
    const reasons = textsOf(subscribers, "end_reason");
    const ended = numbersOf(subscribers, "ended_on");
    expect(reasons.findIndex((reason, row) => (reason === null) !== Number.isNaN(ended[row]))).toBe(-1);
    expect(new Set(reasons)).toEqual(
      new Set([null, "voluntary", "ported_out", "arrears", "natural", "fraud"]),
    );
  });

  test.each([
    ["usage", "month"],
    ["billing", "month"],
    ["payments", "paid_on"],
    ["events", "at"],
  ] as const)("has no %s before activation, after the end or before the first month", (name, column) => {
    const days = numbersOf(operator[name], column);
    const firstDay = firstDayOf((2024 - 1970) * 12 + 7);
    const wrong = textsOf(operator[name], "subscriber_id").findIndex((id, row) => {
      const ended = endedOn.get(id) ?? Number.NaN;
      const activated = activatedOn.get(id) ?? Number.NaN;
      const from = column === "month" ? firstDayOf(monthOf(activated)) : activated;
      return days[row] < Math.max(from, firstDay) || days[row] >= (Number.isNaN(ended) ? 1e9 : ended);
    });
    expect(days.length).toBeGreaterThan(1000);
    expect(wrong).toBe(-1);
  });

  test.each(["usage", "billing"] as const)(
    "has one row of %s per subscriber and month of service",
    (name) => {
      const months = numbersOf(operator[name], "month");
      const keys = textsOf(operator[name], "subscriber_id").map((id, row) => `${id} ${months[row]}`);
      expect(new Set(keys).size).toBe(keys.length);
      const served = hazards
        .filter(({ leaves }) => !leaves)
        .map(({ id, month }) => `${id} ${firstDayOf(month)}`);
      const seen = new Set(keys);
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
      let late = 0;
      for (let row = 0; row < days.length; row++) {
        if (Number.isNaN(known[row])) continue;
        const fact = column === "month" ? firstDayOf(monthOf(days[row]) + 1) - 1 : days[row];
        expect(known[row] - fact).toBeGreaterThanOrEqual(2);
        expect(known[row] - fact).toBeLessThanOrEqual(35);
        late++;
      }
      expect(late / days.length).toBeGreaterThan(0.02);
      expect(late / days.length).toBeLessThan(0.03);
    },
  );

  test("has intervals that are not empty, do not overlap and lie within the time of service", () => {
    for (const name of ["tariffs", "memberships", "services"] as const) {
      const services = name === "services" ? textsOf(operator.services, "service") : [];
      const intervals = new Map<string, (readonly [number, number])[]>();
      const from = numbersOf(operator[name], "valid_from");
      const to = numbersOf(operator[name], "valid_to");
      textsOf(operator[name], "subscriber_id").forEach((id, row) => {
        const end = Number.isNaN(to[row]) ? Number.POSITIVE_INFINITY : to[row];
        const ended = endedOn.get(id) ?? Number.NaN;
        expect(end).toBeGreaterThan(from[row]);
        expect(from[row]).toBeGreaterThanOrEqual(activatedOn.get(id) ?? Number.NaN);
        expect(end).toBeLessThanOrEqual(Number.isNaN(ended) ? Number.POSITIVE_INFINITY : ended);
        const key = `${id} ${services[row] ?? ""}`;
        intervals.set(key, [...(intervals.get(key) ?? []), [from[row], end]]);
      });
      for (const list of intervals.values()) {
        list.sort(([a], [b]) => a - b);
        for (let i = 1; i < list.length; i++) {
          if (name === "tariffs") expect(list[i][0]).toBe(list[i - 1][1]);
          else expect(list[i][0]).toBeGreaterThanOrEqual(list[i - 1][1]);
        }
      }
    }
  });

  test("has a tariff from activation to the end for every subscriber", () => {
    const from = numbersOf(operator.tariffs, "valid_from");
    const first = new Map<string | null, number>();
    textsOf(operator.tariffs, "subscriber_id").forEach((id, row) => {
      first.set(id, Math.min(first.get(id) ?? Number.POSITIVE_INFINITY, from[row]));
    });
    expect(first).toEqual(activatedOn);
  });

  test("has upgrades, downgrades and renewals", () => {
    const names = textsOf(operator.tariffs, "tariff");
    const ids = textsOf(operator.tariffs, "subscriber_id");
    const last = new Map<string | null, string | null>();
    const changes = new Set<string>();
    ids.forEach((id, row) => {
      if (last.has(id)) changes.add(`${last.get(id)} to ${names[row]}`);
      last.set(id, names[row]);
    });
    for (const change of ["smart to plus", "plus to smart", "smart to smart"])
      expect(changes).toContain(change);
  });

  test("has groups with members, two or more for a family", () => {
    const kinds = new Set(textsOf(operator.memberships, "group_kind"));
    expect(kinds).toEqual(new Set(["family", "corporate"]));
    expect(new Set(textsOf(operator.memberships, "subscriber_id")).size).toBe(operator.memberships.rowCount);
  });

  test("lets silent prepaid cards use nothing until they are switched off after 90 days", () => {
    const minutes = numbersOf(operator.usage, "minutes");
    const dataGb = numbersOf(operator.usage, "data_gb");
    const months = numbersOf(operator.usage, "month");
    const paymentKinds = textsOf(subscribers, "payment_kind");
    const kinds = new Map(textsOf(subscribers, "subscriber_id").map((id, row) => [id, paymentKinds[row]]));
    const silent = new Map<string | null, number>();
    textsOf(operator.usage, "subscriber_id").forEach((id, row) => {
      const ended = endedOn.get(id) ?? Number.NaN;
      const isBeforeEnd = months[row] >= ended - 70 && months[row] < ended - 28;
      if (kinds.get(id) === "prepaid" && isBeforeEnd && minutes[row] + dataGb[row] === 0) {
        silent.set(id, (silent.get(id) ?? 0) + 1);
      }
    });
    expect(silent.size).toBeGreaterThan(50);
  });
});
