import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operatorBlocks } from "../../src/simulator/operator-blocks.js";
import { FACT_NAMES, type OperatorTables, TRUTH_NAMES } from "../../src/simulator/output/fact-log.js";
import { type OperatorOptions, operatorPlan } from "../../src/simulator/plan.js";
import { simulateOperator } from "../../src/simulator/simulate-operator.js";
import { rowsOf } from "../../src/table/rows.js";
import { findColumn, type Table } from "../../src/table/table.js";
import { thrownBy } from "../support/thrown.js";

const EVERYTHING = {
  months: 8,
  dealers: 10,
  bulkDealers: 4,
  daily: true,
  campaign: {
    share: 0.2,
    holdOut: 0.3,
    from: "2024-09-01",
    to: "2025-02-01",
    offers: ["discount", "care_call"],
  },
  shocks: {
    tariffChange: "2024-11-01",
    priceWar: "2024-12-01",
    newCompetitor: "2024-10-01",
    unitFault: "2025-01-01",
    missingMonth: "2024-12-01",
    lateTable: "2025-02-01",
  },
} as const satisfies OperatorOptions;

/** All tables by name. */
function tablesOf({ truth, activity, ...facts }: OperatorTables): [string, Table][] {
  return Object.entries({ ...facts, ...truth, ...(activity === undefined ? {} : { activity }) });
}

/** The rows of the first subscribers, and what concerns all, by table; without those of groups that may go on. */
function rowsOfFirst(tables: OperatorTables, count: number): Record<string, unknown> {
  const isFirst = ({ subscriber_id }: Record<string, unknown>) =>
    Number(String(subscriber_id).slice(1)) <= count;
  return Object.fromEntries(
    tablesOf(tables).flatMap(([name, table]) => {
      if (findColumn(table, "subscriber_id") !== undefined) return [[name, rowsOf(table).filter(isFirst)]];
      return findColumn(table, "group_id") === undefined ? [[name, rowsOf(table)]] : [];
    }),
  );
}

/** The rows of groups all of whose members are among the first subscribers. */
function rowsOfWholeGroups(tables: OperatorTables, count: number): unknown[] {
  const groups = new Map<unknown, number>();
  for (const row of rowsOf(tables.memberships)) {
    const place = Number(String(row.subscriber_id).slice(1));
    groups.set(row.group_id, Math.max(groups.get(row.group_id) ?? 0, place));
  }
  return [tables.managers, tables.truth.relations].map((table) =>
    rowsOf(table).filter((row) => (groups.get(row.group_id) ?? Number.POSITIVE_INFINITY) < count),
  );
}

describe("simulateOperator is determined by its options", () => {
  test("gives the same tables for the same seed, and others for another", () => {
    const options = { ...EVERYTHING, subscribers: 200, seed: 5 };
    const once = simulateOperator(options);
    expect(simulateOperator(options)).toEqual(once);
    expect(simulateOperator({ ...options, seed: 6 }).usage).not.toEqual(once.usage);
  });

  test("has as its defaults those that the docstrings say", () => {
    const usual = { subscribers: 150, months: 18, start: "2024-08-01", seed: 1, dealers: 60, bulkDealers: 6 };
    const campaign = { share: 0.03, holdOut: 0.5, effect: true };
    expect(simulateOperator({ subscribers: 150 })).toEqual(
      simulateOperator({ ...usual, campaign, shocks: {}, daily: false }),
    );
  });

  test.each([
    ["by default", {}],
    ["with all options on", EVERYTHING],
  ] as const)("does not change the history of a subscriber when others are added, %s", (_, options) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(1000),
        (few, more, seed) => {
          const fewer = simulateOperator({ months: 8, ...options, subscribers: few, seed });
          const larger = simulateOperator({ months: 8, ...options, subscribers: few + more, seed });
          expect(rowsOfFirst(larger, few)).toEqual(rowsOfFirst(fewer, few));
        },
      ),
      { numRuns: 8, seed: 1 },
    );
  });

  test("does not change the managers and relations of whole accounts when others are added", () => {
    for (const seed of [1, 2]) {
      const fewer = simulateOperator({ months: 10, subscribers: 500, seed });
      const larger = simulateOperator({ months: 10, subscribers: 520, seed });
      expect(rowsOfWholeGroups(larger, 500)).toEqual(rowsOfWholeGroups(fewer, 500));
    }
  });

  test("gives the same rows in the same order for any block size, with all options on", () => {
    const options = { ...EVERYTHING, subscribers: 300, seed: 5 };
    const plan = operatorPlan(options, "test");
    const whole = simulateOperator(options);
    for (const blockSize of [1, 37, 1000]) {
      const blocks = [...operatorBlocks(plan, blockSize)];
      expect(blocks.length === 1).toBe(blockSize === 1000);
      expect(blocks[blocks.length - 1].done).toBe(300);
      for (const name of FACT_NAMES) {
        expect(blocks.flatMap(({ tables }) => rowsOf(tables[name]))).toEqual(rowsOf(whole[name]));
      }
      for (const name of TRUTH_NAMES) {
        expect(blocks.flatMap(({ tables }) => rowsOf(tables.truth[name]))).toEqual(rowsOf(whole.truth[name]));
      }
    }
  });

  test("is an operator at the limits of its options", () => {
    const least = simulateOperator({
      subscribers: 1,
      months: 1,
      dealers: 1,
      bulkDealers: 0,
      campaign: { share: 1 },
    });
    expect(least.subscribers.rowCount).toBe(1);
    const cheats = simulateOperator({
      subscribers: 50,
      months: 6,
      dealers: 2,
      bulkDealers: 2,
      campaign: { share: 0 },
    });
    expect(cheats.subscribers.rowCount).toBe(50);
    expect(simulateOperator({ subscribers: 5, months: 120, start: "1971-01-01" }).subscribers.rowCount).toBe(
      5,
    );
  });

  test("names all options that are out of range at once", async () => {
    const wrong = { subscribers: 0, months: 1.5, start: "2024-08-15", seed: -1 };
    const { problems } = await thrownBy(() => simulateOperator(wrong));
    expect(problems.map(({ path }) => path.argument)).toEqual(["subscribers", "months", "seed", "start"]);
    expect((await thrownBy(() => simulateOperator({ start: "1970-12-01" }))).path.argument).toBe("start");
  });

  test("names only the option that is out of range", async () => {
    const { problems } = await thrownBy(() => simulateOperator({ dealers: -5 }));
    expect(problems.map(({ path }) => path.argument)).toEqual(["dealers"]);
  });
});
