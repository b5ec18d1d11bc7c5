import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SubscriberFacts } from "../../../src/history/fact-relations.js";
import { type History, openHistory } from "../../../src/history/history.js";
import { populationFigures } from "../../../src/history/population-figures.js";
import { numeric } from "../../../src/history/query/feature.js";
import { snapshots } from "../../../src/history/snapshots.js";
import { FACT_TABLE_NAMES, standardTable } from "../../../src/history/standard-tables.js";
import type { ChurnModel } from "../../../src/predict/churn-model.js";
import { createClient } from "../../../src/scoring/service/client/client.js";
import { createServer } from "../../../src/scoring/service/create-server.js";
import type { ScoringServer } from "../../../src/scoring/service/server-options.js";
import { formatDate } from "../../../src/table/dates.js";
import { rowsOf } from "../../../src/table/rows.js";
import { trainChurnModel } from "../../../src/training/train.js";

const SIMULATED = fileURLToPath(new URL("../../../datasets/simulated", import.meta.url));
const AT = "2025-10-01";

let history: History;
let model: ChurnModel;
let server: ScoringServer;
let url: string;

beforeAll(async () => {
  history = await openHistory(SIMULATED);
  const table = await snapshots(history, { at: ["2025-02", "2025-06"], observe: 3 });
  const options = {
    label: "churn",
    id: "subscriber_id",
    exclude: ["cutoff"],
    classifier: "logistic",
    repeats: 1,
    replicates: 1,
  } as const;
  model = await trainChurnModel(table, options);
  const population = JSON.parse(JSON.stringify(await populationFigures(history, AT, { observe: 3 })));
  server = await createServer(model, { history: { population, observe: 3 } });
  url = await server.listen({ port: 0 });
});

afterAll(async () => {
  history.close();
  await server.close();
});

/** All facts of one subscriber, as JSON. */
async function factsOf(subscriber: string): Promise<SubscriberFacts> {
  const facts: Record<string, Record<string, unknown>[]> = {};
  for (const name of FACT_TABLE_NAMES) {
    const columns = history.schema[name];
    // Prices are of no subscriber, and the population figures have them.
    if (columns === undefined || !columns.some((column) => column.name === "subscriber_id")) continue;
    const { relation } = standardTable(name);
    const found = await history.session.connection.runAndReadAll(
      `SELECT ${columns.map((column) => `"${column.name}"`).join(", ")} FROM ${relation} WHERE subscriber_id = '${subscriber}'`,
    );
    facts[name] = found.getRows().map((row) =>
      Object.fromEntries(
        columns.map(({ name: column, kind }, i) => {
          const cell = row[i];
          if (cell === null) return [column, null];
          if (kind === "day") return [column, formatDate(Number(cell))];
          if (kind === "month") return [column, monthText(Number(cell))];
          return [column, kind === "number" ? Number(cell) : String(cell)];
        }),
      ),
    );
  }
  return facts as SubscriberFacts;
}

/** Months are counted from January 1970. */
function monthText(month: number): string {
  return `${1970 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

describe("POST /v1/vector", () => {
  test("computes the same vector as the batch from a subscriber's facts, and predicts with it", async () => {
    const batch = rowsOf(await snapshots(history, { at: AT, observe: 3, churn: false }));
    // Subscribers who never were in a group, so that the facts of others do not matter.
    const { relation } = standardTable("memberships");
    const found = await history.session.connection.runAndReadAll(
      `SELECT DISTINCT subscriber_id FROM ${relation}`,
    );
    const members = new Set(found.getRows().map(([id]) => String(id)));
    const alone = batch.filter(({ subscriber_id }) => !members.has(String(subscriber_id))).slice(0, 3);
    expect(alone.length).toBe(3);
    const client = createClient(url);
    for (const row of alone) {
      const answer = await client.predictFromFacts((await factsOf(String(row.subscriber_id))) as never);
      expect(answer.vector).toEqual({ ...row, cutoff: AT });
      expect(answer.prediction).toEqual(model.predictOne(row, { details: true }));
    }
  });

  test("answers null for a subscriber who is not active", async () => {
    const facts = {
      subscribers: [
        {
          subscriber_id: "gone",
          activated_on: "2020-01-01",
          ended_on: "2021-01-01",
          end_reason: "voluntary",
        },
      ],
    };
    expect(await createClient(url).predictFromFacts(facts)).toMatchObject({ prediction: null, vector: null });
  });

  test.each([
    ["facts that are not an object", { facts: 1 }],
    ["no facts", {}],
    [
      "facts that do not fit",
      { facts: { subscribers: [{ subscriber_id: "x", activated_on: "yesterday" }] } },
    ],
    ["facts without a subscriber", { facts: { subscribers: [] } }],
    [
      "an invalid cutoff",
      { facts: { subscribers: [{ subscriber_id: "x", activated_on: "2024-01-01" }] }, at: "soon" },
    ],
  ])("refuses %s", async (_, body) => {
    const response = await fetch(`${url}/v1/vector`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
  });

  test("what fails leaves no value of a request in the log, nor in an answer that is not about it", async () => {
    const lines: string[] = [];
    const log = new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const population = JSON.parse(JSON.stringify(await populationFigures(history, AT, { observe: 3 })));
    // A feature whose query fails: the error of the database quotes the id.
    const faulty = {
      name: "faulty",
      needs: [],
      plan: () => ({
        joins: [],
        features: [numeric("faulty", "number", "CAST(active.subscriber_id AS integer)", "what fails")],
      }),
    };
    const logged = await createServer(model, {
      history: { population, observe: 3 },
      log,
      requestTimeout: 4000,
    });
    const failing = await createServer(model, {
      history: { population, observe: 3, features: [faulty] },
      log,
    });
    const addresses = [await logged.listen({ port: 0 }), await failing.listen({ port: 0 })];
    const marked = (i: number) => `PERSONAL${i}VALUE`;
    const subscriber = {
      subscriber_id: marked(1),
      activated_on: "2024-03-05",
      region: marked(2),
      payment_kind: marked(3),
    };
    const bodies = [
      { facts: { subscribers: [subscriber] } },
      { facts: { subscribers: [{ ...subscriber, region: `${marked(4)}\u0000` }] } },
      { facts: { subscribers: [{ ...subscriber, region: `${marked(5)}'); DROP TABLE x; --` }] } },
      { facts: { subscribers: [{ ...subscriber, activated_on: marked(6) }] } },
      { facts: { subscribers: [{ ...subscriber, [marked(7)]: marked(8) }], [marked(9)]: [] } },
      {
        facts: {
          subscribers: [subscriber],
          payments: [{ subscriber_id: marked(1), paid_on: "2025-09-05", amount: 1e308 }],
        },
      },
      { facts: { subscribers: [subscriber] }, at: marked(10) },
      { facts: { subscribers: [subscriber] }, at: "9999-12" },
      { facts: { subscribers: [{ ...subscriber, subscriber_id: "\ud800" }] }, model: marked(11) },
    ];
    const statuses = new Set<number>();
    for (const address of addresses) {
      for (const body of bodies) {
        const response = await fetch(`${address}/v1/vector`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        });
        const text = await response.text();
        statuses.add(response.status);
        if (response.status >= 500) expect(text).not.toContain("PERSONAL");
      }
      await fetch(`${address}/v1/vector`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: `{"facts": ${marked(12)}`,
      });
    }
    await Promise.all([logged.close(), failing.close()]);
    expect(lines.length).toBeGreaterThanOrEqual(bodies.length);
    expect(statuses).toEqual(new Set([200, 400, 404, 500]));
    expect(lines.join("")).not.toContain("PERSONAL");
  });

  test("of many requests at once some are answered, and the others are refused with the time to come again", async () => {
    const facts = {
      subscribers: [
        { subscriber_id: "a", activated_on: "2024-03-05", region: "north", payment_kind: "prepaid" },
      ],
    };
    const asked = Array.from({ length: 40 }, async () => {
      const response = await fetch(`${url}/v1/vector`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ facts }),
      });
      await response.arrayBuffer();
      return { status: response.status, retryAfter: response.headers.get("retry-after") };
    });
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]));
    const refused = answers.filter(({ status }) => status === 503);
    expect(new Set(refused.map(({ retryAfter }) => retryAfter))).toEqual(new Set(["1"]));
  });
});
