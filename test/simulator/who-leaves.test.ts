import { describe, expect, test } from "vitest";
import { monthOf } from "../../src/table/calendar.js";
import type { Table } from "../../src/table/table.js";
import { numbersOf, rowsBy, rowsIn, textsOf } from "./columns.js";
import { END_MONTH, endedOn, type HazardRow, hazards, operator, subscribers } from "./simulated-operator.js";

interface Rate {
  readonly rate: number;
  /** Of the rate, as of independent draws. */
  readonly variance: number;
}

function rateOf(rows: readonly HazardRow[]): Rate {
  const rate = rows.filter(({ leaves }) => leaves).length / rows.length;
  return { rate, variance: (rate * (1 - rate)) / rows.length };
}

/** Expects a rate above a multiple of another one, by more than chance. */
function expectAbove(high: Rate, low: Rate, standardErrors = 3): void {
  const error = Math.sqrt(high.variance + low.variance);
  expect(high.rate - low.rate).toBeGreaterThan(standardErrors * error);
}

describe("who leaves the simulated operator", () => {
  test("is a small share each month", () => {
    const { rate } = rateOf(hazards);
    expect(rate).toBeGreaterThan(0.008);
    expect(rate).toBeLessThan(0.035);
  });

  test("has early-life churn peak in months 4 to 6", () => {
    const rate = (from: number, to: number) =>
      rateOf(hazards.filter(({ monthOfLife }) => monthOfLife >= from && monthOfLife <= to));
    const peak = rate(4, 6);
    expectAbove(peak, rate(2, 3));
    expectAbove(peak, rate(7, 12));
    expectAbove(peak, rate(13, 999));
  });

  test("has departures in a family raise the rate of the others in the three months after", () => {
    const members = rowsIn(operator.memberships).filter((row) => row.text("group_kind") === "family");
    const groupOf = new Map(members.map((row) => [row.id, row.text("group_id")]));
    const groups = rowsBy(members, (row) => row.text("group_id"));
    const family = hazards.filter(({ id }) => groupOf.has(id));
    const isAfterDeparture = ({ id, month }: HazardRow) =>
      (groups.get(groupOf.get(id) ?? "") ?? []).some((row) => {
        const left = monthOf(row.number("valid_to"));
        return row.id !== id && left >= month - 3 && left < month;
      });
    expectAbove(
      rateOf(family.filter(isAfterDeparture)),
      rateOf(family.filter((row) => !isAfterDeparture(row))),
    );
  });

  test("has corporate accounts leave as a whole", () => {
    const leaving = rowsBy(
      rowsIn(operator.memberships).filter(
        (row) => row.text("group_kind") === "corporate" && row.number("valid_to") > 0,
      ),
      (row) => `${row.text("group_id")} ${row.number("valid_to")}`,
    );
    expect([...leaving.values()].filter((rows) => rows.length >= 4).length).toBeGreaterThan(1);
  });

  test("has more departures in the months of competitors' campaigns", () => {
    const isCampaign = ({ month }: HazardRow) => [2, 8, 10].includes(month % 12);
    expectAbove(rateOf(hazards.filter(isCampaign)), rateOf(hazards.filter((row) => !isCampaign(row))), 2);
  });

  test("has the rate rise with each effect of the truth: the upper half above the lower", () => {
    const rows = rowsIn(operator.truth.causes);
    for (const cause of ["life", "price", "care", "network", "arrears", "usage", "dealer"]) {
      const values = rows.map((row) => row.number(cause));
      const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.8)];
      const isHigh = (i: number) =>
        values[i] > middle || (middle === Math.max(...values.slice(0, 1)) && values[i] > 0);
      expectAbove(
        rateOf(hazards.filter((_, i) => isHigh(i))),
        rateOf(hazards.filter((_, i) => !isHigh(i))),
        2,
      );
    }
  });

  test("has use fall in the months before leaving, and stay for the others", () => {
    const ratio = (table: Table, column: string, leaves: boolean) => {
      const values = numbersOf(table, column);
      const months = numbersOf(table, "month");
      const of = new Map(
        textsOf(table, "subscriber_id").map((id, row) => [`${id} ${monthOf(months[row])}`, values[row]]),
      );
      let now = 0;
      let before = 0;
      for (const [id, ended] of endedOn) {
        if (Number.isNaN(ended) === leaves) continue;
        const month = leaves ? monthOf(ended) - 1 : END_MONTH - 1;
        const old = of.get(`${id} ${month - 8}`);
        const recent = of.get(`${id} ${month}`);
        if (old === undefined || recent === undefined) continue;
        now += recent;
        before += old;
      }
      return now / before;
    };
    for (const column of ["data_gb", "minutes"]) {
      expect(ratio(operator.usage, column, true)).toBeLessThan(ratio(operator.usage, column, false) - 0.05);
    }
    expect(subscribers.rowCount).toBeGreaterThan(0);
  });
});
