import { describe, expect, test } from "vitest";
import { mondayLists } from "../../../src/analytics/lists/monday-lists.js";
import { disconnected, openHistory, snapshots } from "../../../src/history/index.js";
import { rowsOf } from "../../../src/table/index.js";
import { trainChurnModel } from "../../../src/training/index.js";
import { thrownBy } from "../../support/thrown.js";
import { opened } from "../tariffs/opened.js";
import { MONDAY } from "./monday-history.js";

const listsOf = (options: object = {}, tables: Parameters<typeof opened>[0] = MONDAY) =>
  opened(tables, (history) => mondayLists(history, options));
const without = (...names: readonly (keyof typeof MONDAY)[]) =>
  Object.fromEntries(
    Object.entries(MONDAY).filter(([name]) => !names.some((each) => each === name)),
  ) as typeof MONDAY;

describe("mondayLists", () => {
  test("lists who used nothing in the last whole month and did before, by bill", async () => {
    const { silent, at, active } = await listsOf();
    expect([at, active]).toEqual(["2025-07-01", MONDAY.subscribers.length - 1]);
    expect(silent).toEqual({
      listed: 1,
      ...{ missing: null, revenue: 12, neverUsed: 1 },
      rows: [
        {
          ...{
            subscriber: "silent",
            region: "北部",
            dealer: "D1",
            tariff: null,
            activatedOn: "2023-01-01",
            revenue: 12,
          },
          ...{ lastContact: null, lastUse: "2025-04", monthsSilent: 2 },
          reason: "no use for 2 months, last in 2025-04, and still billed 12 a month",
        },
      ],
    });
    const june = await listsOf({ at: "2025-06" });
    expect(june.silent.rows.map(({ subscriber, monthsSilent }) => [subscriber, monthsSilent])).toEqual([
      ["silent", 1],
      ["gone", 1],
    ]);
  });

  test("lists new subscribers with a high first bill who paid twice or whose payment is overdue", async () => {
    const { newcomers } = await listsOf();
    // First bills of six with a whole month: 5, 60, 60, 65, 70, 80.
    expect(newcomers).toMatchObject({ missing: null, newSubscribers: 6, withoutWholeMonth: 0, highFrom: 70 });
    expect(newcomers.rows.map(({ subscriber, call }) => [subscriber, call])).toEqual([
      ["overdue", "overdue"],
    ]);
    // Without the two highest bills others are among the highest quarter.
    const subscribers = MONDAY.subscribers.filter(
      ({ subscriber_id: id }) => id !== "overdue" && id !== "once",
    );
    const ids = new Set(subscribers.map((each) => each.subscriber_id));
    const keep = <Row extends { readonly subscriber_id: string }>(rows: readonly Row[]) =>
      rows.filter((row) => ids.has(row.subscriber_id));
    const { tariffs, usage, billing, payments, events, contacts } = MONDAY;
    const fewer = {
      ...{ subscribers, tariffs: keep(tariffs), usage: keep(usage), billing: keep(billing) },
      ...{ payments: keep(payments), events: keep(events), contacts: keep(contacts) },
    };
    const next = await listsOf({}, fewer);
    // 5, 60, 60, 65.
    expect(next.newcomers.highFrom).toBe(60);
    expect(
      next.newcomers.rows.map(({ subscriber, call, daysSincePayment, reason }) => [
        subscriber,
        call,
        daysSincePayment,
        reason,
      ]),
    ).toEqual([
      [
        "shock",
        "bill shock",
        11,
        "first bill 65 at a fee of 20: offer a fitting tariff or service before the next bill",
      ],
      [
        "first day",
        "overdue",
        61,
        "no payment 61 days after the activation, first bill 60: ask what is wrong",
      ],
      ["welcome", "welcome", 11, "paid 2 times, first bill 60 is among the highest: ask what else they need"],
    ]);
    expect(next.newcomers.rows[2]).toMatchObject({
      fee: 50,
      payments: 2,
      lastPaid: "2025-06-20",
      firstBill: 60,
    });
  });

  test("counts the services that a subscriber has to the fee, so that they are no shock", async () => {
    const tables = {
      ...MONDAY,
      payments: [
        ...MONDAY.payments,
        { subscriber_id: "once", paid_on: "2025-06-25", amount: 1, days_late: 0 },
      ],
      services: [{ subscriber_id: "once", service: "tv", valid_from: "2025-04-10", valid_to: null }],
    };
    // 80 is 1.6 times the fee of 50.
    const shock = await listsOf({}, tables);
    expect(shock.newcomers.rows[0]).toMatchObject({ subscriber: "once", call: "bill shock", fee: 50 });
    const prices = [{ tariff: "=basic", product: "tv", fee: 25, valid_from: "2025-01-01" }];
    const known = await listsOf({}, { ...tables, prices });
    expect(known.newcomers.rows[0]).toMatchObject({ subscriber: "once", call: "welcome", fee: 75 });
  });

  test("lists subscribers of high value by their warning signs times their bill", async () => {
    const { atRisk } = await listsOf();
    // 32 have a bill: a twentieth of them is 1 (100), and 15% are 4 (95, 90, and new ones with 80 and 70).
    expect(atRisk).toMatchObject({
      missing: null,
      by: "warning signs",
      highValue: 5,
      highValueFrom: 70,
    });
    expect(
      atRisk.rows.map(({ subscriber, signCount, priority }) => [subscriber, signCount, priority]),
    ).toEqual([
      ["many signs", 4, 360],
      ["fell", 1, 100],
    ]);
    expect(atRisk.rows[0].signs).toEqual({
      ...{ useFell: false, complaint: true, contractEnds: true, paymentLate: true, portingEnquiry: true },
    });
    expect(atRisk.rows[1]).toMatchObject({
      ...{ valueBand: "important", reason: "use fell by half or more", lastContact: "2025-06-05" },
      ...{ probability: null, tier: null, revenue: 100 },
    });
  });

  test("says null of signs that the history can't tell, and which list is missing", async () => {
    const few = await listsOf({}, without("events", "contacts", "payments", "tariffs"));
    expect(few.newcomers).toMatchObject({ missing: "the history has no payments", rows: [], highFrom: null });
    expect(few.atRisk.rows.map(({ subscriber, signs }) => [subscriber, signs])).toEqual([
      [
        "fell",
        { useFell: true, complaint: null, contractEnds: null, paymentLate: null, portingEnquiry: null },
      ],
    ]);
    const unbilled = await listsOf({}, without("billing"));
    expect(unbilled.atRisk).toMatchObject({ missing: "the history has no billing", rows: [], highValue: 0 });
    expect(unbilled.silent.rows.map(({ reason }) => reason)).toEqual([
      "no use for 2 months, last in 2025-04",
    ]);
    const unused = await listsOf({}, without("usage"));
    expect(unused.silent.missing).toBe("the history has no measures of usage");
    expect(JSON.parse(JSON.stringify(few))).toEqual(few);
  });

  test("does not call subscribers silent in a month of which the table has no rows", async () => {
    const usage = MONDAY.usage.filter(({ month }) => month !== "2025-06");
    const { silent } = await listsOf({}, { ...MONDAY, usage });
    expect([silent.missing, silent.rows]).toEqual(["the use of the last whole month is not known", []]);
  });

  test("refuses wrong options, each by name", async () => {
    await opened(MONDAY, async (history) => {
      const wrong = { locale: "de", most: 0, measures: "minutes" } as object;
      const error = await thrownBy(() => mondayLists(history, wrong));
      expect(error.problems.map(({ path }) => path.argument)).toEqual(["measures", "locale", "most"]);
      const ofModel = await thrownBy(() => mondayLists(history, { model: "churn.model.json" } as object));
      expect(ofModel.message).toMatch(/^mondayLists: model: must be a ChurnModel/u);
      const unknown = await thrownBy(() => mondayLists(history, { measures: ["texts"] }));
      expect(unknown.message).toMatch(/must be measures of usage: minutes, data/u);
      const bands = await thrownBy(() => mondayLists(history, { valueBands: { by: "share", bands: [] } }));
      expect([bands.path.function, bands.path.argument]).toEqual(["mondayLists", "valueBands"]);
      expect((await thrownBy(() => mondayLists(history, { at: "2024-01" }))).path.argument).toBe("at");
    });
  });

  test("with a model lists those above its lowest tier, by probability times bill, with its reasons", async () => {
    const history = await openHistory("datasets/simulated");
    try {
      const at = { churn: disconnected(), observe: 3 };
      const table = await snapshots(history, { at: ["2025-04", "2025-06"], ...at });
      const model = await trainChurnModel(table, {
        classifier: "logistic",
        repeats: 1,
        replicates: 50,
        tiers: "call=20%,rest",
      });
      const { atRisk } = await mondayLists(history, { at: "2025-10", model, observe: 3, locale: "zh" });
      expect(atRisk).toMatchObject({ missing: null, by: "model" });
      expect(atRisk.rows.length).toBeGreaterThan(10);
      const scored = await snapshots(history, { at: "2025-10", observe: 3, churn: false });
      const ids = rowsOf(scored).map((row) => row.subscriber_id);
      const expected = model.predict(scored);
      for (const { subscriber, probability, tier, revenue, priority } of atRisk.rows) {
        const of = expected[ids.indexOf(subscriber)];
        expect([probability, tier]).toEqual([of.probability, "call"]);
        expect(revenue).toBeGreaterThanOrEqual(atRisk.highValueFrom ?? Number.NaN);
        expect(priority).toBe(of.probability * (revenue ?? 0));
      }
      const falling = atRisk.rows.map(({ priority }) => priority);
      expect(falling).toEqual([...falling].sort((a, b) => b - a));
      expect(atRisk.rows[0].reason).toMatch(/^流失概率 \d+\.\d%、/u);
    } finally {
      history.close();
    }
  });
});
