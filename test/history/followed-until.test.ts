import { describe, expect, test } from "vitest";
import { anyOf } from "../../src/history/churn/any-of.js";
import { disconnected } from "../../src/history/churn/disconnected.js";
import { inactive } from "../../src/history/churn/inactive.js";
import { noPurchase } from "../../src/history/churn/no-purchase.js";
import { partialChurn } from "../../src/history/churn/partial-churn.js";
import { snapshots } from "../../src/history/snapshots.js";
import { rowsOf } from "../../src/table/rows.js";
import { openPlainHistory } from "../support/history/open-plain-history.js";
import { NO_FACTS, type PlainHistory } from "../support/history/random-history.js";

/** Usage ends at the end of April, payments on 10 May. */
const HISTORY: PlainHistory = {
  ...NO_FACTS,
  subscribers: [{ subscriber_id: "A", activated_on: "2024-01-01" }],
  usage: ["2024-12", "2025-01", "2025-02", "2025-03", "2025-04"].map((month) => ({
    subscriber_id: "A",
    month: `${month}-01`,
    minutes: 100,
  })),
  payments: [{ subscriber_id: "A", paid_on: "2025-05-10", amount: 5 }],
};
const labelled = async (options: Omit<Parameters<typeof snapshots>[1], "features">, facts = HISTORY) => {
  const history = await openPlainHistory(facts);
  try {
    return rowsOf(await snapshots(history, { ...options, features: [] }));
  } finally {
    history.close();
  }
};
const minutes = partialChurn({ table: "usage", measure: "minutes" });

describe("the end of a history", () => {
  test("is the day after its last fact, and cutoffs whose windows end later are left out", async () => {
    // The window of 2025-03-11 is [2025-03-11, 2025-05-11), that of the day after ends a day too late.
    const at = ["2025-03-11", "2025-03-12"];
    const rows = await labelled({ at, gap: 0, horizon: 2, churn: disconnected() });
    expect(rows).toEqual([{ subscriber_id: "A", cutoff: "2025-03-11", churn: 0 }]);
  });

  test.each([
    ["partialChurn", minutes],
    ["inactive", inactive({ days: 40 })],
    ["anyOf", anyOf(disconnected(), minutes)],
  ])(
    "is for %s where usage ends: a month that is not recorded yet is not a month without use",
    async (_, churn) => {
      const asked = { at: ["2025-04-01", "2025-05-01"], gap: 0, horizon: 1, churn };
      expect((await labelled(asked)).map(({ cutoff, churn: label }) => [cutoff, label])).toEqual([
        ["2025-04-01", 0],
      ]);
      await expect(labelled({ ...asked, at: "2025-05-01" })).rejects.toThrow(
        "2025-05-01, where the history ends",
      );
    },
  );

  test("is the latest end of all tables for definitions that use no monthly table", async () => {
    const asked = {
      at: "2025-04-10",
      observe: { days: 300 },
      gap: 0,
      horizon: 1,
      churn: noPurchase(),
    } as const;
    const bought = [{ subscriber_id: "A", paid_on: "2025-01-01", amount: 5 }, ...HISTORY.payments];
    expect(await labelled(asked, { ...HISTORY, payments: bought })).toHaveLength(1);
  });

  test("kept rows have no label where it is not known, and 1 where the churn was seen", async () => {
    const facts = {
      ...HISTORY,
      subscribers: [
        ...HISTORY.subscribers,
        { subscriber_id: "B", activated_on: "2024-01-01", ended_on: "2025-05-05" },
      ],
    };
    const rows = await labelled({ at: "2025-05-01", gap: 0, horizon: 1, censored: "kept" }, facts);
    expect(rows.map(({ subscriber_id, churn }) => [subscriber_id, churn])).toEqual([
      ["A", null],
      ["B", 1],
    ]);
  });
});
