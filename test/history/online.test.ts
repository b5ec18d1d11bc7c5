import { describe, expect, test } from "vitest";
import type { SubscriberFacts } from "../../src/history/fact-relations.js";
import { arpu } from "../../src/history/families/arpu.js";
import { tenure } from "../../src/history/families/tenure.js";
import { populationFigures } from "../../src/history/population-figures.js";
import { snapshots } from "../../src/history/snapshots.js";
import { FACT_TABLE_NAMES } from "../../src/history/standard-tables.js";
import { vectorFromFacts } from "../../src/history/vector-from-facts.js";
import { vectorOf } from "../../src/history/vector-of.js";
import { rowsOf } from "../../src/table/rows.js";
import { openPlainHistory } from "../support/history/open-plain-history.js";
import { type PlainHistory, randomHistory } from "../support/history/random-history.js";

const AT = "2025-01-15";

/** The facts of a subscriber, who comes first, of all members, past or present, of their groups, and of the groups. */
function factsOf(history: PlainHistory, subscriber: string): SubscriberFacts {
  const groups = history.memberships
    .filter(({ subscriber_id }) => subscriber_id === subscriber)
    .map(({ group_id }) => group_id);
  const others = history.memberships
    .filter(({ group_id, subscriber_id }) => groups.includes(group_id) && subscriber_id !== subscriber)
    .map(({ subscriber_id }) => subscriber_id);
  const ids = [subscriber, ...others];
  return Object.fromEntries(
    FACT_TABLE_NAMES.map((name) => [
      name,
      history[name]
        .filter(
          ({ subscriber_id, group_id = null }) =>
            ids.includes(subscriber_id) || (subscriber_id === null && groups.includes(group_id)),
        )
        .sort((a, b) => Number(b.subscriber_id === subscriber) - Number(a.subscriber_id === subscriber)),
    ]),
  );
}

describe("one subscriber online", () => {
  test("vectorOf and vectorFromFacts give the same bits as the batch's vectors", async () => {
    let compared = 0;
    for (const seed of [1, 2]) {
      const facts = randomHistory(seed, 8);
      const history = await openPlainHistory(facts);
      const batch = rowsOf(await snapshots(history, { at: AT, churn: false }));
      // Through JSON, as a service would keep them.
      const population = JSON.parse(JSON.stringify(await populationFigures(history, AT)));
      for (const { cutoff, ...row } of batch) {
        const id = String(row.subscriber_id);
        const vector = { ...row, cutoff: AT };
        expect(await vectorOf(history, id, AT, { population })).toEqual(vector);
        expect(await vectorFromFacts(factsOf(facts, id), AT, { population })).toEqual(vector);
        compared++;
      }
      history.close();
    }
    expect(compared).toBeGreaterThan(8);
  });

  test("there is no vector for an unknown subscriber, or one who left before the cutoff", async () => {
    const history = await openPlainHistory(randomHistory(3));
    const active = rowsOf(await snapshots(history, { at: AT, churn: false })).map((row) => row.subscriber_id);
    const gone = randomHistory(3).subscribers.find(({ subscriber_id }) => !active.includes(subscriber_id));
    expect(await vectorOf(history, "unknown", AT)).toBeUndefined();
    expect(gone).toBeDefined();
    expect(await vectorOf(history, String(gone?.subscriber_id), AT)).toBeUndefined();
    history.close();
  });

  test("figures of all subscribers that were made for other features are refused, not computed from one", async () => {
    const history = await openPlainHistory(randomHistory(1));
    const population = await populationFigures(history, AT, { features: [tenure()] });
    await expect(
      vectorOf(history, "用户 1", AT, { population, features: [tenure(), arpu()] }),
    ).rejects.toThrow("vectorOf: population: must hold billing_months_known");
    await expect(
      vectorFromFacts({ subscribers: [{ subscriber_id: "A", activated_on: "2024-01-01" }] }, AT, {
        population,
        features: [tenure(), arpu()],
      }),
    ).rejects.toThrow("vectorFromFacts: population: must hold billing_months_known");
    history.close();
  });

  test("facts that do not fit the schema are reported together", async () => {
    const history = await openPlainHistory(randomHistory(1));
    const population = await populationFigures(history, AT);
    history.close();
    const facts = {
      subscribers: [{ subscriber_id: "A", activated_on: "yesterday", birth_year: "old" }],
      usage: [{ subscriber_id: "A", month: "2025-13", minutes: Number.NaN }],
    };
    await expect(vectorFromFacts(facts, AT, { population })).rejects.toMatchObject({
      code: "data.wrong-type",
      problemCount: 4,
    });
  });
});
