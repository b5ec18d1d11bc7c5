import { describe, expect, test } from "vitest";
import { loadChurnModel } from "../../../src/predict/load.js";
import type { Prediction } from "../../../src/predict/prediction.js";
import * as contract from "../../../src/scoring/service/api/contract.js";
import { createClient } from "../../../src/scoring/service/client/client.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { CATEGORIES, FORMULA, hostileModel, hostileRows, MARKUP } from "../../support/hostile-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { ask, model, ROW, ROWS, services } from "./service-helpers.js";

const { serve } = services();
const GOLDEN = "test/golden/v1.model.json";
const plain = <Value>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

describe("POST /v1/predict with reasons", () => {
  test("answers those of predictOne and predictMany, by the contract, in both languages", async () => {
    const url = await serve();
    for (const locale of ["en", "zh"] as const) {
      const one = await ask(url, { row: ROW, reasons: 3, locale });
      const { prediction } = contract.predictResponse.parse(one.body);
      expect(prediction).toEqual(plain(model.predictOne(ROW, { reasons: 3, locale })));
      const many = await ask(url, { rows: ROWS, reasons: 2, locale, intervals: true, details: false });
      const { predictions } = contract.predictResponse.parse(many.body);
      const expected = model.predictMany(ROWS, { reasons: 2, locale, intervals: true });
      expect(predictions).toEqual(plain(expected));
      expect(predictions?.some(({ reasons }) => (reasons?.length ?? 0) > 0)).toBe(true);
    }
  });

  test("answers none where none are asked for, and an empty list where no input matters", async () => {
    const options = { label: "churned", id: "subscriber", replicates: 5, repeats: 1 } as const;
    const constant = await trainChurnModel(subscriberTable(200, 3, 0), options);
    const url = await serve({ default: "model" }, { model, constant });
    for (const body of [{ row: ROW }, { row: ROW, reasons: 0, locale: "zh" }, { row: ROW, locale: "zh" }]) {
      const { prediction } = contract.predictResponse.parse((await ask(url, body)).body);
      expect(prediction).toEqual(model.predictOne(ROW));
    }
    const { body } = await ask(url, { model: "constant", row: ROW, reasons: 3 });
    expect(contract.predictResponse.parse(body).prediction?.reasons).toEqual([]);
  });

  test("hostile names and categories stay text", async () => {
    const hostile = await hostileModel();
    const url = await serve({}, hostile);
    const rows = hostileRows(60, 3);
    const { body, headers } = await ask(url, { rows, reasons: 3 });
    expect(headers.get("content-type")).toContain("application/json");
    const { predictions } = contract.predictResponse.parse(body);
    expect(predictions).toEqual(plain(hostile.predictMany(rows, { reasons: 3, details: true })).map(shown));
    const texts = predictions?.flatMap(({ reasons = [] }) => reasons.map(({ text }) => text)) ?? [];
    for (const part of [FORMULA, MARKUP, CATEGORIES[0]])
      expect(texts.some((text) => text.includes(part))).toBe(true);
  });

  test.each([
    ["reasons that are no number", { reasons: "3" }, "reasons", "must be a whole number from 0 to 50"],
    ["reasons as a flag", { reasons: true }, "reasons", "must be a whole number from 0 to 50"],
    ["too many reasons", { reasons: 51 }, "reasons", "must be a whole number from 0 to 50"],
    ["fewer than none", { reasons: -1 }, "reasons", "must be a whole number from 0 to 50"],
    ["another language", { reasons: 1, locale: "de" }, "locale", "must be one of en, zh"],
    ["a language by a property of all objects", { locale: "toString" }, "locale", "must be one of en, zh"],
    [
      "sentences of the client",
      { reasons: 1, templates: { tenure: "x" } },
      "templates",
      "must be left out, a request has model, intervals, details, reasons, locale, row, rows",
    ],
  ])("refuses %s", async (_, asked, argument, expected) => {
    const { status, body } = await ask(await serve(), { row: ROW, ...asked });
    const { error } = contract.errorResponse.parse(body);
    expect([status, error.problems[0].path, error.problems[0].expected]).toEqual([
      400,
      { argument },
      expected,
    ]);
  });

  test("a model of an older version answers 400 with what to do, and predicts as before", async () => {
    const old = await loadChurnModel(GOLDEN);
    const url = await serve({}, old);
    const row = Object.fromEntries(Object.keys(old.columnKinds).map((name) => [name, null]));
    for (const body of [
      { row, reasons: 3 },
      { rows: [row], reasons: 3 },
    ]) {
      const answer = await ask(url, body);
      const { error } = contract.errorResponse.parse(answer.body);
      expect([answer.status, error.code, error.problems[0].hint]).toEqual([
        400,
        "model.unexplained",
        "train it again",
      ]);
    }
    expect((await ask(url, { row, reasons: 0 })).status).toBe(200);
  });

  test("a model whose reasons are sampled answers 400: others would wait", async () => {
    const options = { label: "churned", id: "subscriber", replicates: 2, repeats: 1 } as const;
    const neural = await trainChurnModel(subscriberTable(200), { ...options, classifier: "neural" });
    const url = await serve({}, neural);
    const { status, body } = await ask(url, { row: ROW, reasons: 1 });
    const [{ path, expected, hint }] = contract.errorResponse.parse(body).error.problems;
    expect([status, path]).toEqual([400, { argument: "reasons" }]);
    expect(expected).toContain("must be left out for this model: its reasons are sampled");
    expect(hint).toContain("scores of a batch");
    expect((await ask(url, { row: ROW })).status).toBe(200);
  });

  test("reasons of many rows that take too long end with 503, and others are answered meanwhile", async () => {
    const url = await serve({ requestTimeout: 60, maxRows: 20_000, bodyLimit: 1e8 });
    const rows = Array.from({ length: 20_000 }, () => ROW);
    const long = ask(url, { rows, reasons: 3 });
    const { status, body } = await long;
    expect(status).toBe(503);
    expect(contract.errorResponse.parse(body).error.code).toBe("request.timeout");
    expect((await ask(url, { row: ROW })).status).toBe(200);
  });
});

test("the client asks for reasons", async () => {
  const client = createClient(await serve());
  const options = { reasons: 2, locale: "zh" } as const;
  expect(await client.predictOne(ROW, { ...options, details: false })).toEqual(
    plain(model.predictOne(ROW, options)),
  );
});

/** Details are answered only where they name something. */
function shown({ details, ...prediction }: Prediction): unknown {
  const { unseen = [], missing = [], outOfRange = [] } = details ?? {};
  const namesAny = unseen.length + missing.length + outOfRange.length > 0;
  return namesAny ? { ...prediction, details } : prediction;
}
