import { describe, expect, test } from "vitest";
import { abnormalActivation } from "../../../src/analytics/activation/abnormal-activation.js";
import { abnormalDealers } from "../../../src/analytics/activation/named-activations.js";
import { opened } from "../../support/history/facts-of.js";
import { thrownBy } from "../../support/thrown.js";
import { type CardsOf, operatorRows } from "./operator-rows.js";

const usual = (dealer: string, cards = 60, tariff = "basic"): CardsOf => ({
  dealer,
  cards,
  tariff,
  life: "usual",
});
const HONEST = ["A", "B", "C", "D", "E", "F"].map((dealer) => usual(dealer));
/** A third of its cards have no customer. */
const CHEATS: readonly CardsOf[] = [
  usual("天河营业厅", 40),
  { dealer: "天河营业厅", cards: 20, life: "bulk" },
];
const rows = operatorRows([
  ...HONEST,
  ...CHEATS,
  { dealer: "unhappy", cards: 60, life: "unhappy" },
  { dealer: "thrifty", cards: 60, life: "thrifty" },
]);

describe("abnormalActivation", () => {
  test("names the dealer whose cards are hardly used and end together, and no dealer whose customers are unhappy or thrifty", async () => {
    const result = await abnormalActivation(await opened(rows));
    expect(abnormalDealers(result).map(({ dealer }) => dealer)).toEqual(["天河营业厅"]);
    const [{ activations, silent, unused, q, evidence }] = result.dealers;
    expect(activations).toBe(60);
    // 20 cards without a customer, all of which end in the fifth month.
    expect([unused.cards, silent.cards]).toEqual([20, 20]);
    expect(silent.expected).toBeLessThan(2);
    expect(q).toBeLessThan(0.001);
    // Two cards a month, activated on the 13th.
    expect(evidence?.batch).toEqual({ cards: 2, day: "2024-01-13" });
    expect(evidence?.ends?.ended).toBe(20);
    expect(evidence?.ends?.days).toBeLessThanOrEqual(30);
    expect(evidence?.monthsOfLife).toEqual({ from: 5, to: 5 });
    // The two of October were not followed for 180 days.
    expect(evidence?.withoutSecondPayment).toEqual({ cards: 18, of: 18, peers: 0 });
    expect(evidence?.withoutEvents).toBeNull();
    expect(evidence?.cards).toHaveLength(20);
    const thrifty = result.dealers.find(({ dealer }) => dealer === "thrifty");
    expect(thrifty?.unused.cards).toBe(60);
    expect(thrifty?.silent.cards).toBeLessThan(15);
    const unhappy = result.dealers.find(({ dealer }) => dealer === "unhappy");
    expect(unhappy?.unused.cards).toBe(0);
  });

  test("covers the activations that were followed for three months, and those that are asked for", async () => {
    const history = await opened(rows);
    const all = await abnormalActivation(history);
    expect([all.from, all.to, all.followedTo]).toEqual(["2024-01", "2024-12", "2025-03"]);
    expect(all.activations).toBe(rows.subscribers.length);
    expect(all.measures).toEqual(["minutes"]);
    const some = await abnormalActivation(history, { from: "2024-03", to: "2024-05" });
    expect([some.from, some.to]).toEqual(["2024-03", "2024-05"]);
    const asked = rows.subscribers.filter(({ activated_on: day }) => day! >= "2024-03" && day! < "2024-06");
    expect(some.activations).toBe(asked.length);
  });

  test("expects of a dealer what the rate of its peers is, drawn towards that of wider peers", async () => {
    // Two dealers are alike and one has no unused card; one month, one tariff, one region: all levels of peers are the same.
    const small = ["A", "B", "C"].flatMap((dealer, i) =>
      Array.from({ length: 10 }, (_, card) => ({
        id: `${dealer}${card}`,
        dealer,
        minutes: i > 0 && card < 2 ? 5 : 100,
      })),
    );
    const result = await abnormalActivation(
      await opened({
        subscribers: small.map(({ id, dealer }) => ({
          subscriber_id: id,
          activated_on: "2025-01-01",
          dealer_id: dealer,
        })),
        usage: small.flatMap(({ id, minutes }) =>
          ["2025-01", "2025-02", "2025-03", "2025-04"].map((month) => ({
            subscriber_id: id,
            month,
            minutes,
          })),
        ),
      }),
    );
    // Of A: 4 of 20 cards of peers are unused. (4 + ½) / (20 + 1) of all; then three times (4 + 30 rate) / (20 + 30).
    let rate = 4.5 / 21;
    for (let level = 0; level < 3; level++) rate = (4 + 30 * rate) / 50;
    const first = result.dealers.find(({ dealer }) => dealer === "A");
    expect(first?.unused.expected).toBeCloseTo(10 * rate, 12);
    expect(result.dealers.map(({ isNamed }) => isNamed)).toEqual([false, false, false]);
    expect(result.missing).toEqual({ dealers: null, tariffs: "The history has no tariffs." });
  });

  test("names a tariff that many dealers sell cards of that are hardly used and end together", async () => {
    const dealers = ["A", "B", "C", "D", "E", "F"].flatMap((dealer) => [
      ...["basic", "plus", "smart"].map((tariff): CardsOf => usual(`${dealer} ${tariff}`, 20, tariff)),
      usual(`${dealer} promo`, 20, "promo"),
      { dealer: `${dealer} promo `, cards: 10, tariff: "promo", life: "bulk" as const },
    ]);
    const tables = operatorRows(dealers);
    const oneDealerEach = tables.subscribers.map((row) => ({
      ...row,
      dealer_id: `${row.dealer_id}`.slice(0, 1),
    }));
    const result = await abnormalActivation(await opened({ ...tables, subscribers: oneDealerEach }));
    expect(result.dealers.filter(({ isNamed }) => isNamed)).toEqual([]);
    expect(result.tariffs.filter(({ isNamed }) => isNamed).map(({ tariff }) => tariff)).toEqual(["promo"]);
    expect(result.tariffs[0].silent.cards).toBe(60);
    expect(result.tariffs[0].evidence?.ends).not.toBeNull();
  });

  test("does not name the tariff of a dealer who is named", async () => {
    const others = ["plus", "smart"].map((tariff) => usual(`A ${tariff}`, 60, tariff));
    const result = await abnormalActivation(await opened(operatorRows([...HONEST, ...others, ...CHEATS])));
    expect(abnormalDealers(result)).toHaveLength(1);
    expect(result.tariffs.filter(({ isNamed }) => isNamed)).toEqual([]);
    expect(result.tariffs.find(({ tariff }) => tariff === "basic")?.activations).toBe(360);
  });

  test("judges use by bills or payments where there is no usage", async () => {
    const { subscribers, usage, payments } = rows;
    const billing = usage.map(({ subscriber_id, month, minutes }) => ({
      subscriber_id,
      month,
      revenue: Number(minutes) / 10,
    }));
    const named = async (sources: object) =>
      abnormalDealers(await abnormalActivation(await opened({ subscribers, ...sources }))).map(
        ({ dealer }) => dealer,
      );
    expect(await named({ billing })).toEqual(["天河营业厅"]);
    expect(await named({ payments })).toEqual(["天河营业厅"]);
  });

  test("says what is missing", async () => {
    const { subscribers, tariffs, usage } = rows;
    const missing = async (sources: Parameters<typeof opened>[0]) =>
      (await abnormalActivation(await opened(sources))).missing;
    const unused =
      "The history has no usage, billing or payments by which the use of a card could be judged.";
    expect(await missing({ subscribers, tariffs })).toEqual({ dealers: unused, tariffs: unused });
    const withoutDealers = subscribers.map(({ dealer_id: _, ...rest }) => rest);
    expect((await missing({ subscribers: withoutDealers, usage })).dealers).toContain("`dealer_id`");
    const oneDealer = subscribers.map((row) => ({ ...row, dealer_id: "only" }));
    expect((await missing({ subscribers: oneDealer, usage })).dealers).toContain("Fewer than 3 dealers");
    const manyDealers = subscribers.map((row, i) => ({ ...row, dealer_id: `dealer ${i}` }));
    const result = await abnormalActivation(await opened({ subscribers: manyDealers, usage }));
    expect(result.missing.dealers).toContain("Fewer than 3 dealers");
    expect(result.tooFew.dealers).toBe(subscribers.length);
    const long = subscribers.map((row) => ({ ...row, activated_on: "2020-01-01" }));
    expect((await missing({ subscribers: long, usage })).dealers).toContain("No card was activated");
    expect(
      (await missing({ subscribers, usage: usage.filter(({ month }) => `${month}` < "2024-03") })).dealers,
    ).toContain("No card");
  });

  test("is plain data without NaN, and the same again", async () => {
    const history = await opened(rows);
    const result = await abnormalActivation(history);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(await abnormalActivation(history)).toEqual(result);
  });

  test("refuses options that are wrong, all at once", async () => {
    const history = await opened(rows);
    const wrong = { falseDiscoveryRate: 0, littleUse: 1.5 };
    const { problems } = await thrownBy(() => abnormalActivation(history, wrong));
    expect(problems.map(({ path }) => path)).toEqual([
      { function: "abnormalActivation", argument: "falseDiscoveryRate" },
      { function: "abnormalActivation", argument: "littleUse" },
    ]);
    const unknown = { fdr: 0.1 } as object;
    expect((await thrownBy(() => abnormalActivation(history, unknown))).path.argument).toBe("fdr");
    expect((await thrownBy(() => abnormalActivation(history, { to: "2023-01" }))).path.argument).toBe("to");
    history.close();
    expect((await thrownBy(() => abnormalActivation(history))).expected).toContain("must be open");
  });
});
