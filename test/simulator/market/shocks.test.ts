import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { SHOCK_NAMES, SHOCKS, type ShockOptions } from "../../../src/simulator/market/shocks.js";
import {
  FACT_NAMES,
  type FactName,
  type OperatorTables,
  TRUTH_NAMES,
} from "../../../src/simulator/output/fact-log.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { firstDayOf, monthOf } from "../../../src/table/calendar.js";
import { rowsOf } from "../../../src/table/rows.js";
import { haveSameCells, type Row, rowsIn } from "../columns.js";

const OPTIONS = { subscribers: 1500, months: 12, seed: 4 } as const;
const calm = simulateOperator(OPTIONS);
/** March 2025. */
const MONTH = (2025 - 1970) * 12 + 2;
const DATE = "2025-03-01";
const DAY = firstDayOf(MONTH);
const withShocks = (shocks: ShockOptions, daily = false): OperatorTables =>
  simulateOperator({ ...OPTIONS, shocks, daily });

/** The day of a row by which a table is ordered in time. */
const DAYS: Partial<Record<FactName, string>> = {
  usage: "month",
  billing: "month",
  payments: "paid_on",
  events: "at",
};

function rowsBefore(tables: OperatorTables, name: FactName, day: number): string[] {
  const column = DAYS[name];
  const texts = rowsOf(tables[name]).map((row) => JSON.stringify(row));
  if (column === undefined) return texts;
  return rowsIn(tables[name]).flatMap((row, i) => (row.number(column) < day ? [texts[i]] : []));
}

/** The tables that have not the same bits as without shocks. */
function changedTables(tables: OperatorTables): string[] {
  const facts = FACT_NAMES.filter((name) => !haveSameCells(tables[name], calm[name]));
  const truth = TRUTH_NAMES.filter((name) => !haveSameCells(tables.truth[name], calm.truth[name]));
  return [...facts, ...truth];
}

const departuresIn = (tables: OperatorTables, from: number, to: number, region?: string) =>
  rowsIn(tables.subscribers).filter((row) => {
    const ended = row.number("ended_on");
    const isThere = region === undefined || row.text("region") === region;
    return isThere && ended >= firstDayOf(from) && ended < firstDayOf(to);
  }).length;

describe("the truth of shocks", () => {
  test("has none by default", () => {
    expect(calm.truth.shocks.rowCount).toBe(0);
  });

  test.each(SHOCK_NAMES)("has %s with its month and what it does", (name) => {
    const { truth } = simulateOperator({ subscribers: 5, months: 9, shocks: { [name]: DATE } });
    const [row, ...others] = rowsIn(truth.shocks);
    expect(others).toEqual([]);
    expect([row.text("shock"), row.number("month"), row.text("effect")]).toEqual([
      name,
      DAY,
      SHOCKS[name].effect,
    ]);
    expect(row.cell("region") !== null).toBe(name === "newCompetitor");
  });

  test("has all of them together", () => {
    const shocks = Object.fromEntries(SHOCK_NAMES.map((name) => [name, DATE]));
    const { truth } = simulateOperator({ subscribers: 5, months: 9, shocks });
    expect(rowsIn(truth.shocks).map((row) => row.text("shock"))).toEqual(SHOCK_NAMES);
  });
});

describe("a change of tariffs", () => {
  const dearer = withShocks({ tariffChange: DATE });
  const calmFees = new Map(
    rowsIn(calm.prices).map((row) => [`${row.text("tariff")} ${row.text("product")}`, row.number("fee")]),
  );

  test("changes nothing before its month", () => {
    for (const name of Object.keys(DAYS) as FactName[]) {
      expect(rowsBefore(dearer, name, DAY)).toEqual(rowsBefore(calm, name, DAY));
    }
  });

  test("ends the prices and begins others, with the basic fee raised by 12%", () => {
    const rows = rowsIn(dearer.prices);
    const [before, after] = [
      rows.filter((row) => row.number("valid_to") === DAY),
      rows.filter((row) => row.number("valid_from") === DAY),
    ];
    expect(before.length + after.length).toBe(rows.length);
    expect([before.length, after.length]).toEqual([calmFees.size, calmFees.size]);
    for (const [each, factor] of [
      [before, 1],
      [after, 1.12],
    ] as const) {
      for (const row of each) {
        const product = row.text("product");
        const fee = calmFees.get(`${row.text("tariff")} ${product}`) ?? Number.NaN;
        expect(Math.abs(row.number("fee") - fee * (product === "base" ? factor : 1))).toBeLessThan(0.0051);
      }
    }
  });

  test("raises the fee of every tariff that is held, on its first day", () => {
    const fees = new Map(
      rowsIn(calm.prices).flatMap((row) =>
        row.text("product") === "base" ? [[row.text("tariff"), row.number("fee")] as const] : [],
      ),
    );
    for (const row of rowsIn(dearer.tariffs)) {
      const [from, to] = [row.number("valid_from"), row.number("valid_to")];
      // The fee of tomorrow may be signed on the day before.
      const factors = from >= DAY ? [1.12] : from === DAY - 1 ? [1, 1.12] : [1];
      expect(from >= DAY - 1 || (to <= DAY && to > 0)).toBe(true);
      const fee = fees.get(row.text("tariff")) ?? Number.NaN;
      const listed = factors.flatMap((factor) => [1, 0.9, 0.8].map((share) => fee * factor * share));
      const distance = Math.min(...listed.map((each) => Math.abs(row.number("monthly_fee") - each)));
      expect(distance).toBeLessThan(0.0051);
    }
  });

  test("raises the log-odds by price", () => {
    const meanOf = (tables: OperatorTables) => {
      const rows = rowsIn(tables.truth.causes).filter((row) => row.number("month") === DAY);
      return mean(rows.map((row) => row.number("price")));
    };
    expect(meanOf(dearer)).toBeGreaterThan(meanOf(calm) + 0.1);
  });

  test("in the first recorded month raises the fees of contracts that begin with it", () => {
    const { tariffs } = simulateOperator({
      subscribers: 300,
      months: 2,
      seed: 2,
      shocks: { tariffChange: "2024-08-01" },
    });
    const fees = Object.fromEntries(
      rowsIn(calm.prices).flatMap((row) =>
        row.text("product") === "base" ? [[row.text("tariff"), row.number("fee")]] : [],
      ),
    );
    const first = firstDayOf((2024 - 1970) * 12 + 7);
    const shares = rowsIn(tariffs)
      .filter((row) => row.number("valid_from") >= first)
      .map((row) => row.number("monthly_fee") / (1.12 * fees[row.text("tariff")]));
    expect(shares.filter((share) => ![1, 0.9, 0.8].some((each) => Math.abs(share - each) < 0.001))).toEqual(
      [],
    );
  });
});

describe("a price war", () => {
  const war = withShocks({ priceWar: DATE });

  test("changes nothing before its month", () => {
    for (const name of Object.keys(DAYS) as FactName[]) {
      expect(rowsBefore(war, name, DAY)).toEqual(rowsBefore(calm, name, DAY));
    }
  });

  test("raises the effect of competition everywhere for four months, and no longer", () => {
    const ofMonth = (tables: OperatorTables, month: number) =>
      new Map(
        rowsIn(tables.truth.causes)
          .filter((row) => row.number("month") === firstDayOf(month))
          .map((row) => [row.id, row.number("competition")]),
      );
    for (const [offset, isWar] of [
      [-1, false],
      [0, true],
      [3, true],
      [4, false],
    ] as const) {
      const before = ofMonth(calm, MONTH + offset);
      for (const [id, effect] of ofMonth(war, MONTH + offset)) {
        const other = before.get(id);
        if (other === undefined) continue;
        if (isWar) expect(effect).toBeGreaterThan(other);
        else expect(effect).toBe(other);
      }
    }
  });

  test("raises departures by more than chance does", () => {
    const usual = departuresIn(calm, MONTH, MONTH + 4);
    expect(departuresIn(war, MONTH, MONTH + 4) - usual).toBeGreaterThan(4 * Math.sqrt(usual));
  });
});

describe("a new competitor", () => {
  const entered = withShocks({ newCompetitor: DATE });
  const region = rowsIn(entered.truth.shocks)[0].text("region");
  const regions = new Map(rowsIn(calm.subscribers).map((row) => [row.id, row.text("region")]));

  test("changes the rows of one region only", () => {
    for (const name of FACT_NAMES) {
      if (["managers", "prices"].includes(name)) continue;
      const outside = (tables: OperatorTables) =>
        rowsOf(tables[name]).filter((row) => regions.get(String(row.subscriber_id)) !== region);
      expect(outside(entered)).toEqual(outside(calm));
    }
    expect(entered.subscribers).not.toEqual(calm.subscribers);
  });

  test("raises competition there from its month on, most at first", () => {
    const effects = (tables: OperatorTables) =>
      new Map(
        rowsIn(tables.truth.causes)
          .filter((row) => regions.get(row.id) === region)
          .map((row) => [monthOf(row.number("month")), row.number("competition")]),
      );
    const [before, after] = [effects(calm), effects(entered)];
    const raised = [...after].map(([month, effect]) => [month, effect - Number(before.get(month))] as const);
    for (const [month, rise] of raised) expect(rise > 0.01).toBe(month >= MONTH);
    const rises = raised.filter(([month]) => month >= MONTH).sort(([a], [b]) => a - b);
    for (let i = 1; i < rises.length; i++) expect(rises[i][1]).toBeLessThan(rises[i - 1][1]);
    expect(departuresIn(entered, MONTH, MONTH + 5, region)).toBeGreaterThan(
      departuresIn(calm, MONTH, MONTH + 5, region),
    );
  });
});

describe("a fault of units", () => {
  const fault = withShocks({ unitFault: DATE });

  test("records data in megabytes from its month on, and changes nothing else", () => {
    expect(changedTables(fault)).toEqual(["usage", "shocks"]);
    const before = rowsIn(calm.usage);
    rowsIn(fault.usage).forEach((row, i) => {
      const factor = row.number("month") >= DAY ? 1024 : 1;
      expect(row.number("data_gb")).toBe(before[i].number("data_gb") * factor);
      for (const name of ["month", "minutes", "sms", "dropped_calls", "known_at"]) {
        expect(row.number(name)).toEqual(before[i].number(name));
      }
    });
  });
});

describe("a missing month", () => {
  const missing = withShocks({ missingMonth: DATE });
  const rowsOfOthers = (tables: OperatorTables) =>
    rowsIn(tables.usage)
      .filter((row) => row.number("month") !== DAY)
      .map((row) => ["month", "minutes", "data_gb"].map((name) => row.number(name)));

  test("has no usage, and that of other months as without it", () => {
    expect(rowsIn(missing.usage).filter((row) => row.number("month") === DAY)).toEqual([]);
    expect(rowsOfOthers(missing)).toEqual(rowsOfOthers(calm));
  });

  test("leaves what happens as it was", () => {
    const changed = changedTables(missing);
    for (const name of ["causes", "departures", "triggers", "offers", "contacts", "tariffs"]) {
      expect(changed).not.toContain(name);
    }
    const revenue = (tables: OperatorTables) => rowsIn(tables.billing).map((row) => row.number("revenue"));
    expect(revenue(missing)).toEqual(revenue(calm));
  });

  test("changes no other table", () => {
    expect(changedTables(missing)).toEqual(["usage", "shocks"]);
  });
});

describe("a late table", () => {
  const late = withShocks({ lateTable: DATE });

  test("has billing known 40 days late or later from its month on, and changes nothing else", () => {
    expect(changedTables(late)).toEqual(["billing", "shocks"]);
    const before = rowsIn(calm.billing);
    const isSameFact = (row: Row, i: number) =>
      ["month", "revenue", "overage", "margin"].every((name) => row.number(name) === before[i].number(name));
    rowsIn(late.billing).forEach((row, i) => {
      expect(isSameFact(row, i)).toBe(true);
      const known = row.number("known_at");
      const lastDay = firstDayOf(monthOf(row.number("month")) + 1) - 1;
      if (row.number("month") < DAY) expect(known).toEqual(before[i].number("known_at"));
      else expect(known).toBe(Math.max(lastDay + 40, before[i].number("known_at") || 0));
    });
  });
});

test("shocks of the data leave activity as it was", () => {
  const plain = simulateOperator({ ...OPTIONS, subscribers: 300, daily: true });
  const faulty = simulateOperator({
    ...OPTIONS,
    subscribers: 300,
    daily: true,
    shocks: { unitFault: DATE, missingMonth: "2025-04-01", lateTable: DATE },
  });
  expect(plain.activity?.rowCount).toBeGreaterThan(10_000);
  expect(haveSameCells(faulty.activity, plain.activity)).toBe(true);
});
