import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { parseChurnSpec } from "../../../src/cli/options/churn-spec.js";
import { Problems } from "../../../src/errors.js";
import { anyOf } from "../../../src/history/churn/any-of.js";
import type { ChurnDefinition } from "../../../src/history/churn/churn-definition.js";
import { CHURN_SPECS } from "../../../src/history/churn/definitions.js";
import { disconnected, involuntary } from "../../../src/history/churn/disconnected.js";
import { inactive } from "../../../src/history/churn/inactive.js";
import { noPurchase } from "../../../src/history/churn/no-purchase.js";
import { partialChurn } from "../../../src/history/churn/partial-churn.js";
import { serviceChurn } from "../../../src/history/churn/service-churn.js";
import { factRelations } from "../../../src/history/fact-relations.js";
import { snapshotQuery } from "../../../src/history/query/snapshot-query.js";
import { windowsOf } from "../../../src/history/windows/windows.js";
import { parseDay } from "../../../src/table/calendar.js";
import { FULL_SCHEMA } from "../../support/history/open-plain-history.js";
import { randomHistory } from "../../support/history/random-history.js";
import { startPostgres } from "../../support/postgres-server.js";
import { labels } from "./labelled-rows.js";

const DEFINITIONS: readonly (readonly [string, ChurnDefinition])[] = [
  ["disconnected", disconnected()],
  ["disconnected for reasons", disconnected({ reasons: ["voluntary", "携号转网"], otherReasons: "stayed" })],
  ["disconnected for other causes", disconnected({ causes: ["other"] })],
  ["involuntary", involuntary()],
  ["inactive", inactive({ days: 45, eventKinds: ["complaint"] })],
  ["partial churn", partialChurn({ table: "usage", measure: "流量", share: 0.6, minimumBaseline: 1 })],
  ["service churn", serviceChurn()],
  ["no purchase", noPurchase({ activeWithin: { months: 12 } })],
  ["no purchase event", noPurchase({ table: "events", eventKinds: ["complaint", "service_call"] })],
  [
    "any of all",
    anyOf(
      disconnected({ reasons: ["voluntary"] }),
      involuntary(),
      inactive(),
      partialChurn({ table: "billing", measure: "revenue", share: 0.5 }),
      serviceChurn({ service: ["电视"], graceDays: 5 }),
      noPurchase(),
    ),
  ],
  // All definitions with a name, by the example in their usage: a new one is tested like the others.
  ...CHURN_SPECS.map(({ usage }) => {
    const [asked] = usage.split(/[ ,]/);
    return [`--churn ${asked}`, parseChurnSpec(asked) as ChurnDefinition] as const;
  }),
];
const AT = ["2024-07-01", "2024-10-15", "2025-01-01", "2025-01-31"];
const ASKED = { observe: 6, gap: 1, horizon: 2, followedUntil: "2025-06-15" };
/** Ten histories as one; the ids of the subscribers begin with the number of their history. */
const FACTS = Object.fromEntries(
  Object.keys(FULL_SCHEMA).map((table) => [
    table,
    Array.from({ length: 10 }, (_, seed) =>
      randomHistory(seed + 1)[table as "usage"].map((fact) => ({
        ...fact,
        subscriber_id: `${seed + 1} ${fact.subscriber_id}`,
      })),
    ).flat(),
  ]),
);

describe.each(DEFINITIONS)("%s", (_, churn) => {
  test("labels a cutoff among others as it does by itself, and gives both labels", async () => {
    const together = await labels(FACTS, churn, { at: AT, ...ASKED });
    const apart = await Promise.all(AT.map((at) => labels(FACTS, churn, { at: [at], ...ASKED })));
    expect(together).toEqual(Object.assign({}, ...apart));
    expect(new Set(Object.values(together))).toEqual(new Set([0, 1]));
  });
});

test("anyOf of ends for different reasons labels as the ends for all these reasons do", async () => {
  const [voluntary, arrears] = ["voluntary", "arrears"].map((reason) => disconnected({ reasons: [reason] }));
  const both = disconnected({ reasons: ["voluntary", "arrears"] });
  const asked = { at: AT, ...ASKED };
  expect(await labels(FACTS, anyOf(voluntary, arrears), asked)).toEqual(await labels(FACTS, both, asked));
});

const server = startPostgres();

describe.skipIf(server === undefined)("on PostgreSQL", () => {
  afterAll(() => server?.stop());

  test("every definition gives the same labels as in process", async () => {
    const client = new pg.Client({ connectionString: server?.connection });
    await client.connect();
    try {
      for (const sql of factRelations("test", FULL_SCHEMA, FACTS, new Problems())) {
        await client.query(sql.replaceAll("DOUBLE", "double precision"));
      }
      const windows = windowsOf("test", { at: AT, ...ASKED });
      for (const [name, churn] of DEFINITIONS) {
        const plan = { windows, families: [], churn, followedUntil: parseDay(ASKED.followedUntil) };
        const { sql } = snapshotQuery(FULL_SCHEMA, plan);
        const { rows } = await client.query(
          `SELECT subscriber_id || ' ' || CAST(cutoff AS text) AS row, churn FROM (${sql}) labelled`,
        );
        const found = Object.fromEntries(rows.map(({ row, churn: label }) => [row, label]));
        expect([name, found]).toEqual([name, await labels(FACTS, churn, { at: AT, ...ASKED })]);
      }
    } finally {
      await client.end();
    }
  });
});
