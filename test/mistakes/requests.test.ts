import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { featuresFrom, populationFigures, tenure } from "../../src/history/index.js";
import { openHistory } from "../../src/index.js";
import { scoreFile } from "../../src/scoring/index.js";
import { createServer } from "../../src/scoring/service/index.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberRows } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const files = temporaryFolder();
const model = await scoringModel();
const rows = subscriberRows(10);
const [row] = rows;
const history = await openHistory("datasets/simulated");
const population = await populationFigures(history, "2025-03", { features: [tenure()] });
history.close();
const server = await createServer(model, { history: { population, features: [tenure()] } });
afterAll(() => server.close());
const url = await server.listen({ port: 0 });

const JSON_TYPE = { "content-type": "application/json" };

/** What the service answers to a request with a body. */
async function answerTo(
  body: unknown,
  { path = "/v1/predict", headers = JSON_TYPE as Record<string, string>, method = "POST" } = {},
) {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const sent = text === undefined ? {} : { body: new TextEncoder().encode(text) };
  const response = await fetch(`${url}${path}`, { method, headers, ...sent });
  const { error } = (await response.json()) as {
    error: { code: string; message: string; problems: { path: object; hint?: string }[] };
  };
  return { status: response.status, ...error };
}

/** Functions of this package, which are no words of a request. */
const FUNCTIONS = /predictOne|predictMany|vectorFromFacts|createServer|openHistory/u;

describe("a wrong request", () => {
  const facts = { subscribers: [{ subscriber_id: "S1", activated_on: "2024-01-01" }] };
  const vector = { path: "/v1/vector" };
  test.each<[string, unknown, Parameters<typeof answerTo>[1], number, RegExp]>([
    [
      "as a form",
      "row=1",
      { headers: { "content-type": "application/x-www-form-urlencoded" } },
      415,
      /^content-type: must be application\/json, received "application\/x-www-form-urlencoded" \(send the header content-type: application\/json\)$/u,
    ],
    [
      "as plain text",
      "{}",
      { headers: { "content-type": "text/plain" } },
      415,
      /send the header content-type/u,
    ],
    [
      "without a content type",
      '{"row":{}}',
      { headers: {} },
      415,
      /send the header content-type: application\/json/u,
    ],
    ["without a body", undefined, { headers: {} }, 400, /must be an object with row or rows \(send \{"row"/u],
    ["with an empty body", "", undefined, 400, /body/iu],
    [
      "of JSON with a comma too many",
      '{\n  "row": {"a": 1,}\n}',
      undefined,
      400,
      /^body, line 2: must be JSON, expected a name in double quotes at character 18 of line 2/u,
    ],
    ["in single quotes", "{'row': {}}", undefined, 400, /names and texts in double quotes/u],
    ["of rows alone", rows, undefined, 400, /put the rows into \{"rows": \[…\]\}/u],
    [
      "of columns alone",
      row,
      undefined,
      400,
      /^body: must hold row or rows, and not columns themselves \(put them into \{"row"/u,
    ],
    ["of row and rows", { row, rows }, undefined, 400, /and not both/u],
    [
      "without a column",
      { row: { ...row, tenure: undefined } },
      undefined,
      400,
      /^column "tenure": must be there: the model/u,
    ],
    [
      "with a word for a number",
      { row: { ...row, tenure: "new" } },
      undefined,
      400,
      /^column "tenure": must be a finite number, received "new"/u,
    ],
    [
      "with a word in one of many rows",
      { rows: [row, { ...row, tenure: "new" }] },
      undefined,
      400,
      /^column "tenure", row 2: must be a finite number/u,
    ],
    [
      "with a list in the place of a row",
      { rows: [row, [1]] },
      undefined,
      400,
      /^rows\[1\]: must be an object/u,
    ],
    ["for an unknown model", { row, model: "man" }, undefined, 404, /there are default/u],
    [
      "to an unknown address",
      { row },
      { path: "/predict" },
      404,
      /there is no POST \/predict here; there are POST \/v1\/predict, POST \/v1\/vector/u,
    ],
    ["by GET", undefined, { method: "GET" }, 405, /GET is not allowed here; send POST/u],
    [
      "of facts of an unknown table",
      { facts: { subscriber: [] } },
      vector,
      400,
      /^facts.subscriber: must be one of the tables .*did you mean "subscribers"/u,
    ],
    [
      "of facts without a date",
      { facts: { subscribers: [{ subscriber_id: "S1" }] } },
      vector,
      400,
      /^facts.subscribers, column "activated_on", row 1/u,
    ],
    ["of facts at a word", { facts, at: "now" }, vector, 400, /^at: must be a day such as/u],
    ["without facts", { fact: {} }, vector, 400, /problems/u],
  ])("%s is answered in its own words", async (_, body, options, status, words) => {
    const answer = await answerTo(body, options);
    expect(answer.message).toMatch(words);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer)).not.toMatch(FUNCTIONS);
    expect(JSON.stringify(answer.problems.map(({ path }) => path))).not.toContain('"function"');
  });

  test("with a charset is no mistake", async () => {
    const headers = { "content-type": "application/json; charset=utf-8" };
    const response = await fetch(`${url}/v1/predict`, {
      method: "POST",
      headers,
      body: JSON.stringify({ row }),
    });
    expect(response.status).toBe(200);
  });

  test("of a service that was created with wrong SQL is no mistake of the request", async () => {
    const sql = { name: "x", sql: "sum(minuts)", description: "d", unit: "u" };
    const family = featuresFrom({ name: "own", table: "usage", features: [sql] });
    const wrong = await createServer(model, { history: { population, features: [family] } });
    try {
      const address = await wrong.listen({ port: 0 });
      const response = await fetch(`${address}/v1/vector`, {
        method: "POST",
        headers: JSON_TYPE,
        body: JSON.stringify({ facts }),
      });
      expect([response.status, await response.json()]).toMatchObject([500, { error: { code: "internal" } }]);
    } finally {
      await wrong.close();
    }
  });
});

test("the reasons in a file of rejects are in the words of the data", async () => {
  const columns = Object.keys(row);
  const lines = [
    columns.join(","),
    ...rows.map((each, i) =>
      columns
        .map((name) => (i === 3 && name === "tenure" ? "new" : (each as Record<string, unknown>)[name]))
        .join(","),
    ),
  ];
  const input = files.file("rows.csv", `${lines.join("\n")}\n`);
  const rejects = `${files.path}/rejects.ndjson`;
  await scoreFile(model, input, `${files.path}/scores.csv`, { rejects, threads: 1 });
  const [reject] = readFileSync(rejects, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(reject).toMatchObject({ row: 4, line: 5, column: "tenure" });
  expect(reject.reason).toMatch(/^must be .*received "new"/u);
  expect(reject.reason).not.toMatch(FUNCTIONS);
});
