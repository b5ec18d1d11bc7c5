// @ts-check
// Starts the service on a free port, asks it over HTTP, and fails unless it answers as it should.
import assert from "node:assert/strict";
import { createApp } from "./app.js";

const app = await createApp("churn.model.json");
const address = await app.listen({ port: 0, host: "127.0.0.1" });

/** @param {unknown} body */
async function ask(body) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${address}/predict`, { method: "POST", headers, body: JSON.stringify(body) });
  /** @type {{ predictions: { id: string, probability: number }[], error: string, problems: { path: { column: string } }[] }} */
  const answer = JSON.parse(await response.text());
  return { status: response.status, answer };
}

const row = {
  subscriber_id: "S1",
  tenure_months: 3,
  tariff: "basic",
  arpu_mean: 20,
  payment_kind: "invoice",
};
try {
  const good = await ask({ rows: [row] });
  console.log(good.status, JSON.stringify(good.answer.predictions[0]));
  assert.equal(good.status, 200);
  assert.equal(good.answer.predictions[0].id, "S1");
  assert.ok(good.answer.predictions[0].probability > 0 && good.answer.predictions[0].probability < 1);

  const bad = await ask({ rows: [row, { ...row, tenure_months: "three" }] });
  console.log(bad.status, bad.answer.error);
  assert.equal(bad.status, 400);
  assert.equal(bad.answer.problems[0].path.column, "tenure_months");

  const empty = await ask({ rows: [] });
  console.log(empty.status, empty.answer.error);
  assert.equal(empty.status, 400);
  console.log("the service answers as it should");
} finally {
  await app.close();
}
