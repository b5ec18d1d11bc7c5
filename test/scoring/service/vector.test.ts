import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SubscriberFacts } from "../../../src/history/fact-relations.js";
import { type History, openHistory } from "../../../src/history/history.js";
import { populationFigures } from "../../../src/history/population-figures.js";
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
}, 120_000);

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
});
