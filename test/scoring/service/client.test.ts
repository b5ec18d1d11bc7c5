import { describe, expect, test } from "vitest";
import { createClient, ServiceRequestError } from "../../../src/scoring/service/client/client.js";
import { model, nameless, ROW, ROWS, services, TOKEN } from "./service-helpers.js";

const { serve } = services();

describe("createClient", () => {
  test("returns over HTTP what the model returns", async () => {
    const url = await serve({ tokens: [{ name: "crm", token: TOKEN }] }, { main: model, other: nameless });
    const client = createClient(`${url}/`, { token: TOKEN });
    expect(await client.isReady()).toBe(true);
    expect(await client.predictOne(ROW)).toEqual(model.predictOne(ROW));
    expect(await client.predictOne(ROW, { model: "other" })).toEqual(nameless.predictOne(ROW));
    expect(await client.predictMany(ROWS, { intervals: true, details: false })).toEqual(
      JSON.parse(JSON.stringify(model.predictMany(ROWS, { intervals: true }))),
    );
    expect((await client.models()).default).toBe("main");
  });

  test("sends every value as predictOne reads it: long integers, dates, undefined, infinite numbers", async () => {
    const client = createClient(await serve());
    const id = Object.keys(model.columnKinds).find((name) => name === model.id) as string;
    for (const value of [9007199254740993n, 12345678901234567890n, "9007199254740993"]) {
      expect((await client.predictOne({ ...ROW, [id]: value })).id).toBe(String(value));
    }
    const odd = { ...ROW, charge: undefined };
    expect(await client.predictOne(odd, { details: false })).toEqual(model.predictOne(odd));
    const infinite = { ...ROW, charge: Number.POSITIVE_INFINITY };
    await expect(client.predictOne(infinite)).rejects.toThrow(/charge/);
    expect(() => model.predictOne(infinite)).toThrow(/charge/);
  });

  test("keeps the digits of a long integer in a body that another client sends", async () => {
    const url = await serve();
    const row = JSON.stringify({ ...ROW, [model.id as string]: "?" }).replace('"?"', "9007199254740993");
    const body = `{"row": ${row}}`;
    const headers = { "content-type": "application/json" };
    const answer = await (await fetch(`${url}/v1/predict`, { method: "POST", headers, body })).json();
    expect(answer).toMatchObject({ prediction: { id: "9007199254740993" } });
  });

  test("throws all problems of a request, with its id", async () => {
    const client = createClient(await serve());
    const error = await client.predictOne({ tenure: "x" }).catch((caught: unknown) => caught);
    if (!(error instanceof ServiceRequestError)) throw error;
    expect([error.status, error.problems.length, error.requestId !== ""]).toEqual([400, 5, true]);
  });

  test("stops after its timeout, and when aborted", async () => {
    const slow = ((_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => {
        const stop = () => reject(signal?.reason);
        if (signal?.aborted) stop();
        else signal?.addEventListener("abort", stop);
      })) as typeof fetch;
    const keepAlive = setInterval(() => {}, 1000);
    await expect(createClient("http://x", { fetch: slow, timeout: 20 }).predictOne(ROW)).rejects.toThrow(
      /timeout/,
    );
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(createClient("http://x", { fetch: slow }).models({ signal })).rejects.toThrow("enough");
    clearInterval(keepAlive);
    expect(await createClient("http://127.0.0.1:1").isReady()).toBe(false);
  });
});
