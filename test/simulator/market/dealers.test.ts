import { mean } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { drawDealers } from "../../../src/simulator/market/dealers.js";
import type { OperatorTables } from "../../../src/simulator/output/fact-log.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { type Row, rowsBy, rowsIn } from "../columns.js";
import { hazards, operator } from "../simulated-operator.js";

const kindsOf = ({ truth }: OperatorTables) => rowsIn(truth.dealers).map((row) => row.text("kind"));
const dealers = new Map(rowsIn(operator.truth.dealers).map((row) => [row.text("dealer_id"), row]));
const people = rowsIn(operator.subscribers);
const dealerOf = new Map(people.map((row) => [row.id, dealers.get(row.text("dealer_id")) as Row]));
const cards = new Set(
  rowsIn(operator.truth.properties)
    .filter((row) => row.number("is_bulk_card") === 1)
    .map((row) => row.id),
);

describe("the dealers of an operator", () => {
  test("are 60, a tenth of them bulk dealers, by default", () => {
    const kinds = kindsOf(operator);
    expect(kinds.length).toBe(60);
    expect(kinds.filter((kind) => kind === "bulk").length).toBe(6);
    expect(new Set(kinds)).toEqual(new Set(["honest", "poor", "bulk"]));
  });

  test("have the number that was asked for, and so have the bulk dealers among them", () => {
    for (const [all, bulk] of [
      [1, 0],
      [1, 1],
      [20, 5],
      [30, 30],
    ]) {
      const kinds = kindsOf(
        simulateOperator({ subscribers: 40, months: 2, dealers: all, bulkDealers: bulk }),
      );
      expect(kinds.length).toBe(all);
      expect(kinds.filter((kind) => kind === "bulk").length).toBe(bulk);
    }
    const tenth = kindsOf(simulateOperator({ subscribers: 200, months: 2, dealers: 200 }));
    expect(tenth.filter((kind) => kind === "bulk").length).toBe(20);
  });

  test("have ids of one length", () => {
    const ids = drawDealers({ seed: 1, dealers: 150, bulkDealers: 3 }).map(({ id }) => id);
    expect([ids[0], ids[149]]).toEqual(["D001", "D150"]);
  });

  test("are the same for any number of subscribers", () => {
    const some = (subscribers: number) => simulateOperator({ subscribers, months: 2 }).truth.dealers;
    expect(some(10)).toEqual(some(300));
  });

  test("have a share, use and months of their cards in the truth if they are bulk dealers, else none", () => {
    for (const row of dealers.values()) {
      const isBulk = row.text("kind") === "bulk";
      expect(row.number("bulk_share") > 0).toBe(isBulk);
      expect(row.number("bulk_use") > 0).toBe(isBulk);
      expect(row.number("bulk_ends_from") <= row.number("bulk_ends_to")).toBe(isBulk);
      if (row.text("kind") === "poor") expect(row.number("effect")).toBeGreaterThan(0.3);
    }
  });
});

describe("the cards of bulk dealers", () => {
  test("are of bulk dealers only, who also have real subscribers", () => {
    for (const id of cards) expect(dealerOf.get(id)?.text("kind")).toBe("bulk");
    for (const rows of rowsBy(people, (row) => row.text("dealer_id")).values()) {
      const count = rows.filter((row) => cards.has(row.id)).length;
      expect(count).toBeLessThan(rows.length);
    }
    expect(cards.size).toBeGreaterThan(40);
  });

  test("are the share of the dealer's single subscribers that the truth tells", () => {
    const grouped = new Set(rowsIn(operator.memberships).map((row) => row.id));
    for (const [dealer, rows] of rowsBy(people, (row) => row.text("dealer_id"))) {
      const share = dealers.get(dealer)?.number("bulk_share") ?? Number.NaN;
      const single = rows.filter((row) => !grouped.has(row.id));
      const count = single.filter((row) => cards.has(row.id)).length;
      expect(Math.abs(count - share * single.length)).toBeLessThanOrEqual(
        4 * Math.sqrt(share * (1 - share) * single.length),
      );
    }
  });

  test("are prepaid, and used less than the others", () => {
    const isPrepaid = new Set(
      people.filter((row) => row.text("payment_kind") === "prepaid").map((row) => row.id),
    );
    for (const id of cards) expect(isPrepaid.has(id)).toBe(true);
    const meanMinutes = (isCard: boolean) => {
      const rows = rowsIn(operator.usage).filter(
        (row) => cards.has(row.id) === isCard && isPrepaid.has(row.id),
      );
      return mean(rows.map((row) => row.number("minutes")));
    };
    expect(meanMinutes(true)).toBeLessThan(0.7 * meanMinutes(false));
  });

  test("end in the months that the truth tells, more than before", () => {
    const rate = (isIn: (monthOfLife: number, dealer: Row) => boolean) => {
      const rows = hazards.filter(
        ({ id, monthOfLife }) => cards.has(id) && isIn(monthOfLife, dealerOf.get(id) as Row),
      );
      return { share: rows.filter(({ leaves }) => leaves).length / rows.length, count: rows.length };
    };
    const early = rate((month, dealer) => month < dealer.number("bulk_ends_from"));
    const late = rate(
      (month, dealer) => month >= dealer.number("bulk_ends_from") && month <= dealer.number("bulk_ends_to"),
    );
    const error = Math.sqrt(0.25 / late.count) * 2 * Math.sqrt(late.share * (1 - late.share));
    expect(late.share - early.share).toBeGreaterThan(4 * error);
    expect(late.share).toBeGreaterThan(3 * early.share);
  });

  test("of dealers who work in batches are activated on one day of a quarter", () => {
    const batches = rowsBy(
      people.filter((row) => cards.has(row.id) && dealerOf.get(row.id)?.number("is_in_batches") === 1),
      (row) => `${row.text("dealer_id")} ${row.number("activated_on")}`,
    );
    const days = rowsBy(
      [...batches.values()].map(([first]) => first),
      (row) => row.text("dealer_id"),
    );
    // 18 months, and up to one interval before, have at most seven quarters.
    for (const rows of days.values()) expect(rows.length).toBeLessThanOrEqual(7);
    expect(Math.max(...[...batches.values()].map((rows) => rows.length))).toBeGreaterThan(2);
  });
});

test("customers of poor dealers leave more often in the first year", () => {
  const rate = (kind: string) => {
    const rows = hazards.filter(
      ({ id, monthOfLife }) => monthOfLife <= 12 && !cards.has(id) && dealerOf.get(id)?.text("kind") === kind,
    );
    return { share: rows.filter(({ leaves }) => leaves).length / rows.length, count: rows.length };
  };
  const [poor, honest] = [rate("poor"), rate("honest")];
  const variance = ({ share, count }: typeof poor) => (share * (1 - share)) / count;
  expect(poor.share - honest.share).toBeGreaterThan(2 * Math.sqrt(variance(poor) + variance(honest)));
});
