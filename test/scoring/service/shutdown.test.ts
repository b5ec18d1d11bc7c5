import { Agent, request } from "node:http";
import { describe, expect, test } from "vitest";
import { createServer } from "../../../src/scoring/service/create-server.js";
import { postText, rawRequest } from "./raw-request.js";
import { model, ROW } from "./service-helpers.js";

const TIMEOUT = 700;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("a service ends, whatever its clients do", () => {
  const whole = postText("/v1/predict", { row: ROW }, []);
  test.each([
    ["a client that sends nothing", ""],
    ["half a request line", "POST /v1/pre"],
    ["half of the headers", whole.slice(0, 60)],
    ["half of a body", whole.slice(0, -5)],
    ["a request that was answered, and half of the next", whole + whole.slice(0, 30)],
    [
      "a body that never ends",
      "POST /v1/predict HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
    ],
    ["no HTTP", "\u0000\u0001\u0002"],
  ])("%s", async (_, text) => {
    const server = await createServer(model, { requestTimeout: TIMEOUT });
    const url = await server.listen({ port: 0 });
    const { socket, answer } = rawRequest(url, text);
    await sleep(50);
    const begun = performance.now();
    await server.close();
    expect(performance.now() - begun).toBeLessThan(3 * TIMEOUT);
    await answer;
    expect(socket.destroyed).toBe(true);
  });
});

test("while it drains, every answer ends its connection, and none is reset", async () => {
  const server = await createServer(model, { requestTimeout: TIMEOUT, drain: 400 });
  const url = new URL(await server.listen({ port: 0 }));
  const agent = new Agent({ keepAlive: true, maxSockets: 5 });
  const json = JSON.stringify({ row: ROW });
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(json) };
  const failures: string[] = [];
  const saidClose: boolean[] = [];
  let isDraining = false;
  let isOver = false;
  const once = () =>
    new Promise<void>((resolve) => {
      const wasDraining = isDraining;
      const asked = request(
        { host: url.hostname, port: url.port, path: "/v1/predict", method: "POST", agent, headers },
        (response) => {
          if (wasDraining) saidClose.push(response.headers.connection === "close");
          response.resume().on("end", resolve);
        },
      );
      asked.on("error", ({ code = "" }: NodeJS.ErrnoException) => {
        // After the end no connection can be made.
        if (code !== "ECONNREFUSED") failures.push(code);
        setTimeout(resolve, 20);
      });
      asked.end(json);
    });
  const clients = Array.from({ length: 5 }, async () => {
    while (!isOver) await once();
  });
  await sleep(100);
  isDraining = true;
  await server.close();
  isOver = true;
  await Promise.all(clients);
  agent.destroy();
  expect(failures).toEqual([]);
  expect(saidClose.length).toBeGreaterThan(0);
  expect(saidClose).not.toContain(false);
});
