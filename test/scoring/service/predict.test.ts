import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import * as contract from "../../../src/scoring/service/api/contract.js";
import { ask, model, ROW, ROWS, services } from "./service-helpers.js";

const { serve } = services();

describe("POST /v1/predict", () => {
  test("answers one row and many as predictOne and predictMany do, by the contract", async () => {
    const url = await serve();
    const one = await ask(url, { row: ROW });
    expect(contract.predictResponse.parse(one.body).prediction).toEqual(model.predictOne(ROW));
    const many = await ask(url, { rows: ROWS, intervals: true, details: false });
    const parsed = contract.predictResponse.parse(many.body);
    expect(parsed.predictions).toEqual(
      JSON.parse(JSON.stringify(model.predictMany(ROWS, { intervals: true }))),
    );
    expect(parsed).toMatchObject({ model: "default", version: expect.stringMatching(/^[0-9a-f]{12}$/) });
  });

  test("names what is unseen, missing and out of range, where there is any, and counts unseen values", async () => {
    const url = await serve();
    const rows = [{ ...ROW, 套餐: "Gold" }, { ...ROW, tenure: 999, charge: null }, ROW];
    const { body } = await ask(url, { rows });
    const { predictions = [] } = contract.predictResponse.parse(body);
    expect(predictions.map(({ details }) => details)).toEqual([
      { unseen: [{ column: "套餐", value: "Gold" }], missing: [], outOfRange: [] },
      {
        unseen: [],
        missing: ["charge"],
        outOfRange: [{ column: "tenure", value: 999, range: [0, 71] }],
      },
      undefined,
    ]);
    expect(predictions.map(({ details: _, ...rest }) => rest)).toEqual(model.predictMany(rows));
    const silent = await ask(url, { row: rows[0], details: false });
    const { prediction = {} } = contract.predictResponse.parse(silent.body);
    expect(prediction).not.toHaveProperty("details");
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'holdfast_unseen_values_total{model="default",column="套餐"} 2',
    );
  });

  test("names all problems of all rows", async () => {
    const url = await serve();
    const { 套餐: _, ...incomplete } = ROW;
    const { status, body } = await ask(url, {
      rows: [ROW, { ...ROW, tenure: "many", charge: [1] }, incomplete],
    });
    expect(status).toBe(400);
    const { error } = contract.errorResponse.parse(body);
    expect(error.problems.map(({ code, path, received }) => [code, path.row, path.column, received])).toEqual(
      [
        ["data.wrong-type", 2, "charge", "1"],
        ["data.wrong-type", 2, "tenure", '"many"'],
        ["data.missing-column", 3, "套餐", undefined],
      ],
    );
  });

  test.each([
    ["no row", {}, 400, "data.wrong-type"],
    ["row and rows", { row: {}, rows: [] }, 400, "data.wrong-type"],
    ["rows that are not objects", { rows: [1, null, []] }, 400, "data.wrong-type"],
    ["a row that is not an object", { row: "x" }, 400, "data.wrong-type"],
    ["unknown keys", { row: ROW, secret: 1 }, 400, "data.wrong-type"],
    ["intervals that are not boolean", { row: ROW, intervals: "yes" }, 400, "data.wrong-type"],
    ["details that are not boolean", { row: ROW, details: 1 }, 400, "data.wrong-type"],
    ["an array", [], 400, "data.wrong-type"],
    ["no JSON", "{", 400, "request.malformed"],
    ["nothing", "", 400, "request.malformed"],
    ["a prototype in disguise", '{"__proto__": {"row": 1}}', 400, "request.malformed"],
    ["a prototype in a row", '{"row": {"__proto__": {"tenure": 1}}}', 400, "request.malformed"],
    [
      "a constructor in disguise",
      '{"row": {"constructor": {"prototype": {"x": 1}}}}',
      400,
      "request.malformed",
    ],
    ["deep nesting", `{"row": ${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`, 400, "data.missing-column"],
    [
      "deep nesting in a cell",
      `{"row": {"tenure": ${"[".repeat(50_000)}${"]".repeat(50_000)}}}`,
      400,
      "data.wrong-type",
    ],
    ["an unknown model", { model: "unknown", row: ROW }, 404, "request.unknown"],
    ["a model by a path", { model: "../../etc/passwd", row: ROW }, 404, "request.unknown"],
    ["a model by a property of all objects", { model: "constructor", row: ROW }, 404, "request.unknown"],
    ["too many rows", { rows: Array.from({ length: 1001 }, () => ({})) }, 413, "request.too-large"],
    ["too many bytes", { row: { text: "x".repeat(1 << 20) } }, 413, "request.too-large"],
  ])("refuses %s", async (_, body, status, code) => {
    const url = await serve();
    const answer = await ask(url, body);
    expect(answer.status).toBe(status);
    const { error } = contract.errorResponse.parse(answer.body);
    expect(error.problems.map((problem) => problem.code).concat(error.code)).toContain(code);
    expect((await ask(url, { row: ROW })).status).toBe(200);
  });

  test("refuses another content type, another method, another address", async () => {
    const url = await serve();
    expect((await ask(url, { row: ROW }, { "content-type": "text/plain" })).status).toBe(415);
    const other = await fetch(`${url}/v1/predict`);
    expect([other.status, other.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await fetch(`${url}/v1/../../etc/passwd`)).status).toBe(404);
    expect((await fetch(`${url}/v1/model/%2e%2e%2fetc`)).status).toBe(404);
  });

  test("closes slow connections", async () => {
    const url = await serve({ requestTimeout: 300 });
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      answer += text;
    });
    socket.write(
      "POST /v1/predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
    );
    const drip = setInterval(() => socket.write(" "), 100);
    await new Promise((resolve) => socket.on("close", resolve));
    clearInterval(drip);
    expect(answer).toContain("408 Request Timeout");
  });
});
