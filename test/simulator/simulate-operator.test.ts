import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operatorBlocks } from "../../src/simulator/operator-blocks.js";
import { FACT_NAMES, type OperatorTables } from "../../src/simulator/output/fact-log.js";
import { operatorPlan } from "../../src/simulator/plan.js";
import { simulateOperator } from "../../src/simulator/simulate-operator.js";
import { firstDayOf, monthOf } from "../../src/table/calendar.js";
import { rowsOf } from "../../src/table/rows.js";
import { findColumn, type Table } from "../../src/table/table.js";
import { thrownBy } from "../support/thrown.js";
import { bySubscriber, numbersOf, textsOf } from "./columns.js";

const operator = simulateOperator({ subscribers: 6000, seed: 11 });
const { subscribers } = operator;
const endedOn = bySubscriber(subscribers, "ended_on");
const activatedOn = bySubscriber(subscribers, "activated_on");
const hazards = hazardRows(operator);

interface HazardRow {
  readonly id: string | null;
  readonly month: number;
  readonly monthOfLife: number;
  readonly hazard: number;
  readonly leaves: boolean;
}

function hazardRows({ truth }: OperatorTables): HazardRow[] {
  const months = numbersOf(truth.hazards, "month");
  const values = numbersOf(truth.hazards, "hazard");
  return textsOf(truth.hazards, "subscriber_id").map((id, row) => {
    const month = monthOf(months[row]);
    const ended = endedOn.get(id) ?? Number.NaN;
    return {
      id,
      month,
      monthOfLife: month - monthOf(activatedOn.get(id) ?? Number.NaN) + 1,
      hazard: values[row],
      leaves: !Number.isNaN(ended) && monthOf(ended) === month,
    };
  });
}

function rateOf(rows: readonly HazardRow[]) {
  const departures = rows.filter(({ leaves }) => leaves).length;
  const expected = rows.reduce((sum, { hazard }) => sum + hazard, 0);
  return { departures, expected, rate: departures / rows.length };
}

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

  test("leaves the history of every subscriber as it was when others are added", () => {
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

describe("the history that simulateOperator tells", () => {
  test("has one row per subscriber, as many as asked for", () => {
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

  test("has a tariff from activation to the end for everybody", () => {
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

  test("names groups by members that are there, two or more for a family", () => {
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

  test("has the cards of bulk dealers activated on one day, hardly used, and dead in months 4 to 6", () => {
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

  test("has more leave in the months of competitors' campaigns", () => {
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
