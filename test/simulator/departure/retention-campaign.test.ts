import { mean, variance } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { OFFER_NAMES, OFFERS, type OfferName } from "../../../src/simulator/market/offers.js";
import type { OperatorTables } from "../../../src/simulator/output/fact-log.js";
import { simulateOperator } from "../../../src/simulator/simulate-operator.js";
import { firstDayOf, monthOf } from "../../../src/table/calendar.js";
import { bySubscriber, type Row, rowsBy, rowsIn } from "../columns.js";

// A large share, so that there are many contacts.
const OPTIONS = { subscribers: 4000, months: 14, seed: 3 } as const;
const operator = simulateOperator({ ...OPTIONS, campaign: { share: 0.3 } });
const contacts = rowsIn(operator.contacts);
const offers = rowsIn(operator.truth.offers);
const endedOn = bySubscriber(operator.subscribers, "ended_on");
const activatedOn = bySubscriber(operator.subscribers, "activated_on");
const FIRST_MONTH = (2024 - 1970) * 12 + 7;

const keyOf = (row: Row) => `${row.id} ${row.number("at")} ${row.text("offer")} ${row.text("outcome")}`;
const isHeldOut = (row: Row) => row.text("outcome") === "held_out";
const effectOf = (row: Row) => row.number(row.text("offer"));
const few = (campaign: object): OperatorTables =>
  simulateOperator({ subscribers: 400, months: 10, seed: 3, campaign: { share: 0.3, ...campaign } });

/** Four standard deviations of the number of successes in as many draws. */
function expectShare(successes: number, draws: number, share: number): void {
  const tolerance = 4 * Math.sqrt(draws * share * (1 - share));
  expect(Math.abs(successes - draws * share)).toBeLessThanOrEqual(tolerance);
}

describe("the contacts of the retention campaign", () => {
  test("are in contacts and in the truth, one row each", () => {
    expect(contacts.map(keyOf)).toEqual(offers.map(keyOf));
    expect(new Set(contacts.map((row) => `${row.id} ${row.number("at")}`)).size).toBe(contacts.length);
    expect(contacts.length).toBeGreaterThan(1000);
  });

  test("are half held out, without a channel, whatever the true effect", () => {
    const heldOut = contacts.filter(isHeldOut);
    expectShare(heldOut.length, contacts.length, 0.5);
    for (const row of contacts) expect(row.cell("channel") === null).toBe(isHeldOut(row));
    const effects = offers.map(effectOf);
    const offered = offers.filter((row) => !isHeldOut(row));
    const held = offers.filter(isHeldOut);
    const tolerance = 4 * Math.sqrt(variance(effects) * (1 / held.length + 1 / offered.length));
    expect(Math.abs(mean(held.map(effectOf)) - mean(offered.map(effectOf)))).toBeLessThan(tolerance);
  });

  test("make each offer equally often", () => {
    for (const name of OFFER_NAMES) {
      const count = contacts.filter((row) => row.text("offer") === name).length;
      expectShare(count, contacts.length, 1 / OFFER_NAMES.length);
    }
  });

  test("are while there is service, and half a year apart at least", () => {
    for (const row of contacts) {
      expect(row.number("at")).toBeGreaterThan(Number(activatedOn.get(row.id)));
      expect(row.number("at") >= Number(endedOn.get(row.id))).toBe(false);
      expect(row.text("campaign")).toMatch(/^retention \d{4}-\d{2}$/);
    }
    for (const rows of rowsBy(contacts, (row) => row.id).values()) {
      for (let i = 1; i < rows.length; i++) {
        const months = monthOf(rows[i].number("at")) - monthOf(rows[i - 1].number("at"));
        expect(months).toBeGreaterThanOrEqual(6);
      }
    }
  });

  test("reach more on the channel that the subscriber prefers", () => {
    const preferred = new Map(
      rowsIn(operator.subscribers).map((row) => [row.id, row.text("preferred_channel")]),
    );
    const shareOf = (isPreferred: boolean) => {
      const rows = contacts.filter(
        (row) => !isHeldOut(row) && (row.text("channel") === preferred.get(row.id)) === isPreferred,
      );
      expect(rows.length).toBeGreaterThan(100);
      return {
        count: rows.length,
        share: rows.filter((row) => row.text("outcome") !== "no_answer").length / rows.length,
      };
    };
    const [on, off] = [shareOf(true), shareOf(false)];
    const error = Math.sqrt(0.25 / on.count + 0.25 / off.count);
    expect(on.share - off.share).toBeGreaterThan(4 * error);
  });

  test("are accepted more by those whom the offer holds back more", () => {
    const answered = offers.filter((row) => ["accepted", "refused"].includes(row.text("outcome")));
    answered.sort((a, b) => effectOf(a) - effectOf(b));
    const half = Math.floor(answered.length / 2);
    const accepted = (rows: readonly Row[]) =>
      rows.filter((row) => row.text("outcome") === "accepted").length;
    const [best, worst] = [answered.slice(0, half), answered.slice(-half)];
    expect(accepted(best) - accepted(worst)).toBeGreaterThan(4 * Math.sqrt(half / 2));
  });

  test("that are answered are triggers with the true effect, for as long as the offer works", () => {
    const answered = offers.filter((row) => ["accepted", "refused"].includes(row.text("outcome")));
    const told = rowsIn(operator.truth.triggers).filter((row) => row.text("trigger") === "offer");
    const asText = (row: Row, day: number, until: number, effect: number) =>
      `${row.id} ${day} ${until} ${effect}`;
    expect(
      told.map((row) => asText(row, row.number("day"), row.number("until"), row.number("effect"))).sort(),
    ).toEqual(
      answered
        .map((row) => {
          const day = row.number("at");
          const { months } = OFFERS[row.text("offer") as OfferName];
          return asText(row, day, day + 30 * months, effectOf(row));
        })
        .sort(),
    );
  });

  test("have departures follow the true effects: fewer where it is negative", () => {
    const lastDay = firstDayOf(FIRST_MONTH + OPTIONS.months) - 1;
    const rates = [true, false].map((heldOut) => {
      const rows = offers.filter(
        (row) => isHeldOut(row) === heldOut && effectOf(row) < -0.4 && row.number("at") + 60 <= lastDay,
      );
      const left = rows.filter((row) => Number(endedOn.get(row.id)) <= row.number("at") + 60).length;
      return { rate: left / rows.length, count: rows.length };
    });
    const [control, offered] = rates;
    const error = Math.sqrt(rates.reduce((sum, { rate, count }) => sum + (rate * (1 - rate)) / count, 0));
    expect(control.rate - offered.rate).toBeGreaterThan(-2 * error);
    expect(control.count).toBeGreaterThan(100);
  });

  test("have terms in the truth", () => {
    const terms = rowsIn(operator.truth.offer_terms).map((row) => [
      row.text("offer"),
      { cost: row.number("cost"), months: row.number("months"), about: row.text("about") },
    ]);
    expect(Object.fromEntries(terms)).toEqual(OFFERS);
  });
});

describe("the options of the campaign", () => {
  test("effect: false makes all true effects zero, and draws the same subscribers", () => {
    const without = few({ effect: false });
    const rows = rowsIn(without.truth.offers);
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) for (const name of OFFER_NAMES) expect(row.number(name)).toBe(0);
    for (const row of rowsIn(without.truth.triggers)) {
      if (row.text("trigger") === "offer") expect(row.number("effect")).toBe(0);
    }
    for (const row of rowsIn(without.truth.departures)) expect(row.number("offer")).toBe(0);
    const first = (rows: readonly Row[]) =>
      rows
        .filter((row) => monthOf(row.number("at")) === FIRST_MONTH)
        .map((row) => `${row.id} ${row.text("offer")}`);
    expect(first(rows)).toEqual(first(rowsIn(few({}).truth.offers)));
  });

  test("share 0 makes no contacts, and nothing else other than without effects", () => {
    const none = few({ share: 0 });
    expect([none.contacts.rowCount, none.truth.offers.rowCount]).toEqual([0, 0]);
    expect(rowsIn(none.truth.triggers).filter((row) => row.text("trigger") === "offer")).toEqual([]);
  });

  test("share 1 draws everybody who may be drawn", () => {
    const all = rowsIn(few({ share: 1 }).contacts);
    expect(all.length).toBeGreaterThan(rowsIn(few({}).contacts).length);
  });

  test("holdOut 0 and 1 hold no subscriber and every subscriber out", () => {
    expect(rowsIn(few({ holdOut: 0 }).contacts).filter(isHeldOut)).toEqual([]);
    const heldOut = few({ holdOut: 1 });
    expect(rowsIn(heldOut.contacts).every(isHeldOut)).toBe(true);
    expect(rowsIn(heldOut.truth.triggers).filter((row) => row.text("trigger") === "offer")).toEqual([]);
  });

  test("from and to are the months with contacts", () => {
    const months = new Set(
      rowsIn(few({ share: 1, from: "2024-10-01", to: "2025-01-01" }).contacts).map((row) =>
        monthOf(row.number("at")),
      ),
    );
    expect(months).toEqual(new Set([FIRST_MONTH + 2, FIRST_MONTH + 3, FIRST_MONTH + 4]));
    const since = rowsIn(few({ from: "2025-03-01" }).contacts).map((row) => row.number("at"));
    expect(Math.min(...since)).toBeGreaterThanOrEqual(firstDayOf((2025 - 1970) * 12 + 2));
  });

  test("offers are those that are made; the effects of all are in the truth", () => {
    const some = few({ offers: ["care_call", "new_contract"] });
    expect(new Set(rowsIn(some.contacts).map((row) => row.text("offer")))).toEqual(
      new Set(["care_call", "new_contract"]),
    );
    expect(rowsIn(some.truth.offers).some((row) => row.number("discount") !== 0)).toBe(true);
  });
});
