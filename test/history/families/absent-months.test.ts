import { expect, test } from "vitest";
import { populationFigures } from "../../../src/history/population-figures.js";
import { snapshotSql } from "../../../src/history/snapshot-sql.js";
import { snapshots } from "../../../src/history/snapshots.js";
import { vectorFromFacts } from "../../../src/history/vector-from-facts.js";
import { rowsOf } from "../../../src/table/rows.js";
import { opened } from "../../support/history/facts-of.js";

const AT = "2025-03-01";
const subscribers = [
  { subscriber_id: "x", activated_on: "2023-01-05" },
  { subscriber_id: "y", activated_on: "2025-01-02" },
  { subscriber_id: "z", activated_on: "2023-01-05" },
];
const month = (subscriber_id: string, name: string, minutes: number | null) => ({
  subscriber_id,
  month: name,
  minutes,
});
const usage = [
  month("x", "2025-01", 600),
  ...["2024-09", "2024-10", "2024-11", "2024-12"].map((name) => month("z", name, 0)),
  month("z", "2025-01", 600),
  month("z", "2025-02", 0),
];
const billing = [
  { subscriber_id: "x", month: "2025-01", revenue: 30 },
  { subscriber_id: "z", month: "2025-02", revenue: 30 },
];

const of = (row: Readonly<Record<string, unknown>>) => {
  const { subscriber_id: _, ...others } = row;
  return others;
};

test("a month without a row is a month without use, for those who were active, where the table has the month", async () => {
  const history = await opened({ subscribers, usage, billing });
  const rows = rowsOf(await snapshots(history, { at: AT, churn: false }));
  const minutes = (row: object) => Object.entries(row).filter(([name]) => name.startsWith("minutes"));
  expect(minutes(rows[0])).toEqual(minutes(rows[2]));
  expect(rows[0]).toMatchObject({ minutes_mean: 100, minutes_silent_months: 5, minutes_last: 0 });
  // Activated within January: February is the only whole month.
  expect(rows[1]).toMatchObject({ minutes_mean: 0, minutes_silent_months: 1, minutes_active_months: 0 });
  // Billing has two months: of the others nothing is known.
  expect(rows.map(({ arpu_mean, arpu_last }) => [arpu_mean, arpu_last])).toEqual([
    [15, 0],
    [0, 0],
    [15, 30],
  ]);
});

test("a row without a value is no month without use", async () => {
  const history = await opened({ subscribers, usage: [...usage, month("x", "2025-02", null)] });
  const [row] = rowsOf(await snapshots(history, { at: AT, churn: false }));
  expect(row).toMatchObject({ minutes_mean: 120, minutes_last: null, minutes_silent_months: 4 });
});

test("one subscriber online has the same months, by the figures of all", async () => {
  const history = await opened({ subscribers, usage, billing });
  const rows = rowsOf(await snapshots(history, { at: AT, churn: false }));
  const population = JSON.parse(JSON.stringify(await populationFigures(history, AT)));
  const facts = { subscribers: [subscribers[0]], usage: [usage[0]], billing: [billing[0]] };
  const vector = await vectorFromFacts(facts, AT, { population });
  expect(of(vector ?? {})).toEqual({ ...of(rows[0]), cutoff: AT });
});

test("absent months may be unknown, in one table or all, wherever the schema goes", async () => {
  const history = await opened(
    { subscribers, usage: { source: usage, absentMonths: "zero" }, billing },
    { absentMonths: "unknown" },
  );
  const [row] = rowsOf(await snapshots(history, { at: AT, churn: false }));
  expect(row).toMatchObject({ minutes_mean: 100, arpu_mean: 30, arpu_last: null });
  expect(history.schema.billing?.find(({ name }) => name === "month")).toEqual({
    name: "month",
    kind: "month",
    absentMonths: "unknown",
  });
  const { query } = await snapshotSql(history.schema, { dialect: "spark", at: AT, churn: false });
  expect([query.includes("usage_zero_months"), query.includes("billing_zero_months")]).toEqual([true, false]);
});
