import { describe, expect, test } from "vitest";
import { postText, rawRequest } from "./raw-request.js";
import { ask, ROW, services, TOKEN } from "./service-helpers.js";

const { serve } = services();
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));

/** Addresses of `POST /v1/predict`, however they are written. */
const SPELLINGS = [
  "/v1/predict",
  "/%76%31/predict",
  "/v1/%70redict",
  "http://other/v1/predict",
  "/v1/predict?x=1",
  "/v1/predict;x=1",
  "/v1/predict#x",
  "/V1/predict",
  "//v1/predict",
];

describe("rules go by route, not by how its address is written", () => {
  test.each(SPELLINGS)("no spelling passes the rate limit: %s", async (path) => {
    const url = await serve({ rateLimit: 3 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => rawRequest(url, postText(path, { row: ROW })).answer),
    );
    expect(answers.filter((answer) => statusOf(answer) === 200).length).toBeLessThanOrEqual(3);
  });

  test.each(SPELLINGS)("nor the tokens: %s", async (path) => {
    const url = await serve({ tokens: [{ name: "crm", token: TOKEN }] });
    expect(statusOf(await rawRequest(url, postText(path, { row: ROW })).answer)).toBe(401);
  });

  test.each(SPELLINGS)("nor the limit of a body: %s", async (path) => {
    const url = await serve({ bodyLimit: 50 });
    const status = statusOf(await rawRequest(url, postText(path, { row: ROW, x: "x".repeat(100) })).answer);
    expect([404, 413]).toContain(status);
  });

  test("metrics are labelled by route", async () => {
    const url = await serve();
    await rawRequest(url, postText("/%76%31/predict", { row: ROW })).answer;
    await rawRequest(url, postText("/no/such/address", { row: ROW })).answer;
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('holdfast_request_duration_seconds_count{route="/v1/predict",status="200"} 1');
    expect(metrics).not.toContain("%76");
    expect(metrics).not.toContain("no/such");
  });

  test.each([
    ["GET", "/v1/predict", "POST"],
    ["DELETE", "/v1/model", "GET, HEAD"],
    ["PUT", "/v1/model/default", "GET, HEAD"],
    ["POST", "/healthz", "GET, HEAD"],
    ["PATCH", "/openapi.json", "GET, HEAD"],
  ])("another method is told which are allowed: %s %s", async (method, path, allowed) => {
    const url = await serve();
    const response = await fetch(url + path, { method });
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect([response.status, response.headers.get("allow"), error.code]).toEqual([
      405,
      allowed,
      "request.method",
    ]);
    expect(error.message).toContain(allowed);
  });
});

test.each([
  ["no HTTP", "hello\r\n\r\n", 400, "request.malformed"],
  [
    "headers that are too large",
    `GET / HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`,
    431,
    "request.too-large",
  ],
  [
    "two lengths",
    "POST /v1/predict HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n",
    400,
    "request.malformed",
  ],
  ["half a request", "POST /v1/predict HTTP/1.1\r\nhost:", 408, "request.timeout"],
  [
    "a broken address",
    "GET /v1/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    400,
    "request.malformed",
  ],
  [
    "a long address",
    `GET /v1/model/${"x".repeat(300)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
    414,
    "request.too-large",
  ],
] as const)(
  "what can't be read is answered in the shape of all errors: %s",
  async (_, text, status, code) => {
    const url = await serve({ requestTimeout: 300 });
    const answer = await rawRequest(url, text).answer;
    expect(statusOf(answer)).toBe(status);
    expect(bodyOf(answer).error).toMatchObject({ code, message: expect.any(String), problems: [] });
  },
);

describe("failed logins", () => {
  const tokens = [{ name: "crm", token: TOKEN }];
  const login = (url: string, token: string, from?: string) =>
    ask(
      url,
      { row: ROW },
      {
        authorization: `Bearer ${token}`,
        ...(from === undefined ? {} : { "x-forwarded-for": from }),
      },
    );

  test("are limited for an address, and a known token is let in all the same", async () => {
    const url = await serve({ tokens });
    const statuses: number[] = [];
    for (let i = 0; i < 25; i++) statuses.push((await login(url, `wrong-token-${i}`)).status);
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.slice(20)).toEqual(Array(5).fill(429));
    const refused = await login(url, "wrong-token-again");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await login(url, TOKEN)).status).toBe(200);
  });

  test("are told apart by x-forwarded-for only behind a trusted proxy", async () => {
    const behind = await serve({ tokens, trustProxy: true });
    for (let i = 0; i < 21; i++) await login(behind, "wrong-token", "10.0.0.1");
    expect((await login(behind, "wrong-token", "10.0.0.1")).status).toBe(429);
    expect((await login(behind, "wrong-token", "10.0.0.2")).status).toBe(401);
    const bare = await serve({ tokens });
    for (let i = 0; i < 21; i++) await login(bare, "wrong-token", `10.0.0.${i}`);
    expect((await login(bare, "wrong-token", "10.0.1.1")).status).toBe(429);
  });
});

test("tokens can be exchanged while the service runs", async () => {
  const { createServer } = await import("../../../src/scoring/service/create-server.js");
  const { model } = await import("./service-helpers.js");
  const server = await createServer(model, { tokens: [{ name: "crm", token: TOKEN }] });
  const url = await server.listen({ port: 0 });
  const status = async (token: string) =>
    (await ask(url, { row: ROW }, { authorization: `Bearer ${token}` })).status;
  try {
    expect(await status(TOKEN)).toBe(200);
    server.useTokens([{ name: "crm", token: "another-token-that-is-long" }]);
    expect([await status(TOKEN), await status("another-token-that-is-long")]).toEqual([401, 200]);
    expect(() => server.useTokens("tokens.txt" as never)).toThrow("read a file with await readTokens(path)");
  } finally {
    await server.close();
  }
});
