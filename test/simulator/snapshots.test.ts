import { describe, expect, test } from "vitest";
import { HoldfastError } from "../../src/errors.js";
import { simulateOperator } from "../../src/simulator/operator.js";
import type { SimulatedOperator } from "../../src/simulator/simulated-operator.js";
import { snapshotRows } from "../../src/simulator/snapshot-rows.js";
import { operatorSnapshots } from "../../src/simulator/snapshots.js";
import { rowsOf } from "../../src/table/rows.js";
import { dropColumns, findColumn, type NumericColumn, type Table } from "../../src/table/table.js";

const monthOf = (year: number, month: number) => (year - 1970) * 12 + month - 1;
const numbers = (table: Table, name: string) => (findColumn(table, name) as NumericColumn).values;
const operator = simulateOperator({ subscribers: 1500, seed: 3 });
const cutoffs = ["2025-02-01", "2025-06-01", "2025-10-01"];

/** The first subscribers of an operator, with departures as the test has them. */
function withDepartures(months: readonly (number | undefined)[]): SimulatedOperator {
  const few = simulateOperator({ subscribers: months.length, seed: 4 });
  return {
    ...few,
    subscribers: few.subscribers.map((profile) => ({ ...profile, activationMonth: monthOf(2020, 1) })),
    departureMonth: Float64Array.from(months, (month) => month ?? Number.NaN),
  };
}

describe("operatorSnapshots", () => {
  test("labels departures in [cutoff + gap, cutoff + gap + horizon) and leaves out earlier ones", () => {
    const history = withDepartures([
      monthOf(2025, 1), // before the cutoff
      monthOf(2025, 2), // in the gap
      monthOf(2025, 3), // first month of the window
      monthOf(2025, 5), // last month of the window
      monthOf(2025, 6), // after it
      undefined, // never
    ]);
    const rows = snapshotRows(history, { cutoffs: ["2025-02-01"] });
    expect(rows.map(({ subscriber, churned }) => [subscriber, churned])).toEqual([
      [2, 1],
      [3, 1],
      [4, 0],
      [5, 0],
    ]);
    const wider = snapshotRows(history, { cutoffs: ["2025-02-01"], gapMonths: 0, horizonMonths: 5 });
    expect(wider.map(({ subscriber, churned }) => [subscriber, churned])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 0],
    ]);
  });

  test("has a row for subscribers of one month and none for those activated at the cutoff", () => {
    const history = withDepartures([undefined, undefined]);
    const [first, second] = history.subscribers;
    const subscribers = [
      { ...first, activationMonth: monthOf(2025, 1) },
      { ...second, activationMonth: monthOf(2025, 2) },
    ];
    const table = operatorSnapshots({ ...history, subscribers }, { cutoffs: ["2025-02-01"] });
    expect(rowsOf(table)).toMatchObject([{ subscriber_id: "S000001", tenure_months: 1 }]);
  });

  test("takes every value from the months before the cutoff, m1 the last of them", () => {
    const history = withDepartures([undefined]);
    history.facts.minutes.forEach((_, cell, minutes) => {
      minutes[cell] = history.firstMonth + cell;
    });
    const [row] = rowsOf(operatorSnapshots(history, { cutoffs: ["2025-02-01"], observationMonths: 2 }));
    expect(row).toMatchObject({ minutes_m1: monthOf(2025, 1), minutes_m2: monthOf(2024, 12) });
    expect(row).not.toHaveProperty("minutes_m3");
  });

  test("does not change by one bit when facts at or after the cutoff do", () => {
    const cutoff = "2025-06-01";
    const other = simulateOperator({ subscribers: 1500, seed: 3, future: { from: cutoff, number: 7 } });
    const vectorsOf = (simulated: SimulatedOperator) =>
      new Map(
        rowsOf(dropColumns(operatorSnapshots(simulated, { cutoffs: [cutoff] }), ["churned"])).map((row) => [
          row.subscriber_id,
          row,
        ]),
      );
    const vectors = vectorsOf(operator);
    const otherVectors = vectorsOf(other);
    let compared = 0;
    for (const [id, row] of vectors) {
      if (!otherVectors.has(id)) continue; // left in the gap of the other future
      expect(otherVectors.get(id)).toEqual(row);
      compared++;
    }
    expect(compared).toBeGreaterThan(900);
    expect(numbers(operatorSnapshots(other, { cutoffs: [cutoff] }), "churned")).not.toEqual(
      numbers(operatorSnapshots(operator, { cutoffs: [cutoff] }), "churned"),
    );
  });

  test("has usage missing exactly for the months before activation", () => {
    const table = operatorSnapshots(operator, { cutoffs });
    const tenure = numbers(table, "tenure_months");
    expect(tenure.some((months) => months < 6)).toBe(true);
    for (let monthsAgo = 1; monthsAgo <= 6; monthsAgo++) {
      const minutes = numbers(table, `minutes_m${monthsAgo}`);
      expect(minutes.findIndex((value, row) => Number.isNaN(value) !== tenure[row] < monthsAgo)).toBe(-1);
    }
  });

  test("averages the bills of the months there were", () => {
    for (const row of rowsOf(operatorSnapshots(operator, { cutoffs: ["2025-02-01"] })).slice(0, 200)) {
      const subscriber = Number(String(row.subscriber_id).slice(1)) - 1;
      const start = subscriber * operator.monthCount + monthOf(2025, 2) - operator.firstMonth;
      const bills = operator.facts.arpu.slice(start - 6, start).filter((bill) => !Number.isNaN(bill));
      const mean = bills.reduce((sum, bill) => sum + bill, 0) / bills.length;
      expect(Math.abs(Number(row.arpu_mean_6m) - mean)).toBeLessThan(0.005001);
    }
  });

  test("counts the other members who left in the three months before the cutoff", () => {
    const history = withDepartures([
      undefined,
      monthOf(2025, 1),
      monthOf(2024, 11),
      monthOf(2024, 10),
      monthOf(2025, 3),
    ]);
    const family = {
      ...history,
      groups: [{ kind: "family" as const, members: [0, 1, 2, 3, 4] }],
      subscribers: history.subscribers.map((profile) => ({
        ...profile,
        group: 0,
        groupKind: "family" as const,
      })),
    };
    expect(rowsOf(operatorSnapshots(family, { cutoffs: ["2025-02-01"] }))).toMatchObject([
      { subscriber_id: "S000001", group_kind: "family", group_size: 2, group_departures_3m: 2, churned: 0 },
      { subscriber_id: "S000005", group_kind: "family", group_size: 2, group_departures_3m: 2, churned: 1 },
    ]);
  });

  test("has months to the contract's end from 0 up, missing after it", () => {
    const history = withDepartures([undefined]);
    const at = monthOf(2025, 1) - history.firstMonth;
    const columnWith = (contractEnd: number) => {
      history.facts.contractEnd[at] = contractEnd;
      return numbers(operatorSnapshots(history, { cutoffs: ["2025-02-01"] }), "months_to_contract_end")[0];
    };
    expect(columnWith(monthOf(2025, 5))).toBe(3);
    expect(columnWith(monthOf(2025, 2))).toBe(0);
    expect(columnWith(monthOf(2025, 1))).toBeNaN();
    expect(columnWith(Number.NaN)).toBeNaN();
  });

  test("has a churn rate between 4% and 10% at each cutoff", () => {
    for (const cutoff of cutoffs) {
      const churned = numbers(operatorSnapshots(operator, { cutoffs: [cutoff] }), "churned");
      const rate = churned.reduce((sum, label) => sum + label, 0) / churned.length;
      expect(rate).toBeGreaterThan(0.04);
      expect(rate).toBeLessThan(0.1);
    }
  });

  test("names all options out of range, and the cutoffs whose windows the simulation covers", () => {
    const messageOf = (options: Parameters<typeof operatorSnapshots>[1]) => {
      try {
        operatorSnapshots(operator, options);
      } catch (error) {
        if (error instanceof HoldfastError) return error.message;
      }
      throw new Error("should have thrown a HoldfastError");
    };
    const wrong = ["2025-11-01", "2024-07-01", "soon", "2025-06-01", "2025-06-01"];
    expect(messageOf({ cutoffs: wrong })).toBe(
      [
        "4 problems:",
        '  - operatorSnapshots: cutoffs[0]: must lie from 2024-08-01 to 2025-10-01, received "2025-11-01"',
        '  - operatorSnapshots: cutoffs[1]: must lie from 2024-08-01 to 2025-10-01, received "2024-07-01"',
        '  - operatorSnapshots: cutoffs[2]: must be the first day of a month such as 2025-02-01, received "soon"',
        '  - operatorSnapshots: cutoffs[4]: must not stand twice, received "2025-06-01"',
      ].join("\n"),
    );
    expect(messageOf({ cutoffs: ["2025-01-01"], observationMonths: 12 })).toContain(
      "must lie from 2025-02-01 to",
    );
    expect(messageOf({ cutoffs, gapMonths: -1, horizonMonths: 0, observationMonths: 1.5 })).toMatch(
      /observationMonths: must be[\s\S]*gapMonths: must be[\s\S]*horizonMonths: must be/,
    );
    expect(messageOf({ cutoffs: [] })).toContain("cutoffs: must name at least one day");
  });
});
