import { describe, expect, test } from "vitest";
import { firstDayOf, monthOf } from "../../src/table/calendar.js";
import type { Table } from "../../src/table/table.js";
import { numbersOf, textsOf } from "./columns.js";
import { endedOn, type HazardRow, hazards, operator, subscribers } from "./simulated-operator.js";

function rateOf(rows: readonly HazardRow[]) {
  const departures = rows.filter(({ leaves }) => leaves).length;
  const expected = rows.reduce((sum, { hazard }) => sum + hazard, 0);
  return { departures, expected, rate: departures / rows.length };
}

describe("who leaves the simulated operator", () => {
  test("is decided by hazards in (0, 1), about 2% a month, that departures follow", () => {
    expect(hazards.every(({ hazard }) => hazard > 0 && hazard < 1)).toBe(true);
    const alone = new Set(textsOf(operator.memberships, "subscriber_id"));
    const { departures, expected, rate } = rateOf(hazards.filter(({ id }) => !alone.has(id)));
    // Outside groups draws are independent: four standard deviations, which those of Poisson draws bound.
    expect(Math.abs(departures - expected)).toBeLessThan(4 * Math.sqrt(expected));
    expect(rate).toBeGreaterThan(0.012);
    expect(rate).toBeLessThan(0.028);
  });

  test("has early-life churn peak in months 4 to 6", () => {
    const rate = (from: number, to: number) =>
      rateOf(hazards.filter(({ monthOfLife }) => monthOfLife >= from && monthOfLife <= to)).rate;
    const peak = rate(4, 6);
    expect(peak).toBeGreaterThan(2 * rate(2, 3));
    expect(peak).toBeGreaterThan(2 * rate(7, 12));
    expect(peak).toBeGreaterThan(2 * rate(13, 999));
  });

  test("has the cards of bulk dealers activated on one day, hardly used, and ended in months 4 to 6", () => {
    const batches = new Map<string, string[]>();
    const dealers = textsOf(subscribers, "dealer_id");
    textsOf(subscribers, "subscriber_id").forEach((id, row) => {
      const key = `${dealers[row]} ${numbersOf(subscribers, "activated_on")[row]}`;
      batches.set(key, [...(batches.get(key) ?? []), String(id)]);
    });
    const cards = new Set([...batches.values()].filter((ids) => ids.length >= 8).flat());
    expect(cards.size).toBeGreaterThan(100);
    const { rate } = rateOf(
      hazards.filter((row) => cards.has(String(row.id)) && row.monthOfLife >= 4 && row.monthOfLife <= 6),
    );
    expect(rate).toBeGreaterThan(0.25);
    const minutes = numbersOf(operator.usage, "minutes");
    const used = textsOf(operator.usage, "subscriber_id").flatMap((id, row) =>
      cards.has(String(id)) ? [minutes[row]] : [],
    );
    expect(used.reduce((sum, value) => sum + value, 0) / used.length).toBeLessThan(10);
  });

  test("has departures in a family raise the rate of the others in the three months after", () => {
    const groups = textsOf(operator.memberships, "group_id");
    const kinds = textsOf(operator.memberships, "group_kind");
    const groupOf = new Map<string | null, string>();
    const departures = new Map<string, (readonly [string | null, number])[]>();
    textsOf(operator.memberships, "subscriber_id").forEach((id, row) => {
      const group = String(groups[row]);
      if (kinds[row] === "family") groupOf.set(id, group);
      const ended = endedOn.get(id) ?? Number.NaN;
      if (!Number.isNaN(ended))
        departures.set(group, [...(departures.get(group) ?? []), [id, monthOf(ended)]]);
    });
    const family = hazards.filter(({ id }) => groupOf.has(id));
    const isAfterDeparture = ({ id, month }: HazardRow) =>
      (departures.get(groupOf.get(id) ?? "") ?? []).some(
        ([other, left]) => other !== id && left >= month - 3 && left < month,
      );
    const after = rateOf(family.filter(isAfterDeparture)).rate;
    expect(after).toBeGreaterThan(1.7 * rateOf(family.filter((row) => !isAfterDeparture(row))).rate);
  });

  test("has corporate accounts leave as a whole", () => {
    const groups = textsOf(operator.memberships, "group_id");
    const leaving = new Map<string, number>();
    textsOf(operator.memberships, "subscriber_id").forEach((id, row) => {
      const key = `${groups[row]} ${endedOn.get(id)}`;
      if (String(groups[row]).startsWith("C") && !Number.isNaN(endedOn.get(id))) {
        leaving.set(key, (leaving.get(key) ?? 0) + 1);
      }
    });
    expect([...leaving.values()].filter((count) => count >= 5).length).toBeGreaterThan(3);
  });

  test("has more departures in the months of competitors' campaigns", () => {
    const isCampaign = ({ month }: HazardRow) => [2, 8, 10].includes(month % 12);
    const campaigns = rateOf(hazards.filter(isCampaign)).rate;
    expect(campaigns).toBeGreaterThan(1.15 * rateOf(hazards.filter((row) => !isCampaign(row))).rate);
  });

  test("has use and revenue fall in the months before leaving, and stay for the others", () => {
    const last = (monthOf(firstDayOf((2024 - 1970) * 12 + 7)) + 17) as number;
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
        const month = leaves ? monthOf(ended) - 1 : last;
        const old = of.get(`${id} ${month - 8}`);
        const recent = of.get(`${id} ${month}`);
        if (old === undefined || recent === undefined) continue;
        now += recent;
        before += old;
      }
      return now / before;
    };
    expect(ratio(operator.usage, "data_gb", true)).toBeLessThan(0.8);
    expect(ratio(operator.usage, "data_gb", false)).toBeGreaterThan(0.85);
    expect(ratio(operator.billing, "revenue", true)).toBeLessThan(
      ratio(operator.billing, "revenue", false) - 0.05,
    );
  });
});
