import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import * as contract from "../../../src/scoring/service/api/contract.js";
import { createServer } from "../../../src/scoring/service/create-server.js";
import type { ServedModels } from "../../../src/scoring/service/models.js";
import { readTokens } from "../../../src/scoring/service/tokens.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";
import { ask, model, nameless, ROW, ROWS, services, TOKEN } from "./service-helpers.js";

const folder = temporaryFolder();
const { opened, serve } = services();

/** A stream of the lines that a service logs. */
function logLines(): Writable & { readonly lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(piece: Buffer, _, done) {
      for (const line of piece.toString("utf8").trimEnd().split("\n")) lines.push(JSON.parse(line));
      done();
    },
  });
  return Object.assign(stream, { lines });
}

describe("tokens", () => {
  const tokens = [{ name: "crm", token: TOKEN }];

  test("are required for all routes except those for health checks", async () => {
    const url = await serve({ tokens });
    const statusOf = async (path: string, authorization?: string) =>
      (await fetch(`${url}${path}`, { headers: authorization === undefined ? {} : { authorization } }))
        .status;
    expect(await Promise.all(["/healthz", "/readyz"].map((path) => statusOf(path)))).toEqual([200, 200]);
    for (const path of ["/v1/model", "/metrics", "/openapi.json", "/nowhere"])
      expect(await statusOf(path)).toBe(401);
    for (const wrong of ["Bearer wrong", `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN}x`, "Bearer "]) {
      expect(await statusOf("/v1/model", wrong)).toBe(401);
    }
    expect(await statusOf("/v1/model", `Bearer ${TOKEN}`)).toBe(200);
    expect((await ask(url, { row: ROW })).headers.get("www-authenticate")).toBe("Bearer");
    expect((await ask(url, { row: ROW }, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });

  test("have separate limits of requests", async () => {
    const url = await serve({ tokens: [...tokens, { name: "web", token: `${TOKEN}-2` }], rateLimit: 3 });
    const statusOf = async (token: string) =>
      (await ask(url, { row: ROW }, { authorization: `Bearer ${token}` })).status;
    const statuses = await Promise.all(Array.from({ length: 6 }, () => statusOf(TOKEN)));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(2);
    expect(await statusOf(`${TOKEN}-2`)).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test("are read from a file, which must hold valid ones", async () => {
    const path = folder.file("tokens.txt", `# of the CRM\ncrm:${TOKEN}\n\n${TOKEN}-2\n`);
    expect(await readTokens(path)).toEqual([
      { name: "crm", token: TOKEN },
      { name: "token 4", token: `${TOKEN}-2` },
    ]);
    const short = folder.file("short.txt", "crm:too-short\n");
    const error = await thrownBy(() => readTokens(short));
    expect(error.path.line).toBe(1);
    expect(error.message).not.toContain("too-short");
    expect((await thrownBy(() => readTokens(folder.file("empty.txt", "#\n")))).code).toBe("data.empty");
    expect((await thrownBy(() => readTokens(join(folder.path, "nowhere")))).code).toBe("data.unreadable");
  });

  test("or allowPublic are required to listen on addresses that other machines reach", async () => {
    const server = await createServer(model);
    opened.push(server);
    const error = await thrownBy(() => server.listen({ host: "0.0.0.0", port: 0 }));
    expect(error.path).toEqual({ function: "listen", argument: "host" });
    const meant = await createServer(model, { allowPublic: true });
    opened.push(meant);
    expect(await meant.listen({ host: "0.0.0.0", port: 0 })).toMatch(/^http/);
  });
});

describe("several models", () => {
  test("are selected by name, by default the first, and describe themselves", async () => {
    const url = await serve({}, { main: model, 备用: nameless });
    const { body } = await ask(url, { model: "备用", row: ROW });
    expect(contract.predictResponse.parse(body)).toMatchObject({ model: "备用", prediction: { id: null } });
    const models = contract.modelsResponse.parse(await (await fetch(`${url}/v1/model`)).json());
    expect(models.default).toBe("main");
    expect(models.models.map((each) => [each.model, each.isDefault, each.id, each.value])).toEqual([
      ["main", true, "subscriber", "charge"],
      ["备用", false, null, null],
    ]);
    expect(models.models[0].inputs.map(({ name }) => name)).toEqual(model.inputs.map(({ name }) => name));
    expect(models.models[0].card).toMatchObject({ rows: 400, classifier: "logistic" });
    const byName = await fetch(`${url}/v1/model/${encodeURIComponent("备用")}`);
    expect(contract.modelResponse.parse(await byName.json()).model).toBe("备用");
  });

  test("a shadow scores the same rows as the default, only for log and metrics", async () => {
    const log = logLines();
    const url = await serve({ shadow: "next", log }, { main: model, next: nameless });
    const { body } = await ask(url, { rows: ROWS, details: false });
    expect(contract.predictResponse.parse(body).predictions).toEqual(
      JSON.parse(JSON.stringify(model.predictMany(ROWS))),
    );
    await ask(url, { model: "next", row: ROW });
    await expect.poll(() => log.lines.filter(({ msg }) => msg === "shadow").length).toBe(1);
    const differences = ROWS.map(
      (row) => nameless.predictOne(row).probability - model.predictOne(row).probability,
    );
    const [line] = log.lines.filter(({ msg }) => msg === "shadow");
    expect(line).toMatchObject({ model: "main", shadow: "next", rows: ROWS.length });
    expect(Math.abs(Number(line.largestDifference))).toBe(Math.max(...differences.map(Math.abs)));
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain(`holdfast_shadow_difference_count{model="main",shadow="next"} ${ROWS.length}`);
  });
});

describe("an operator of a service", () => {
  test("gets latencies, scores by tier, rejects and versions in the format of Prometheus", async () => {
    const url = await serve();
    await ask(url, { rows: ROWS });
    await ask(url, { row: {} });
    const text = await (await fetch(`${url}/metrics`)).text();
    const counted = [...text.matchAll(/^holdfast_scores_total\{model="default",tier="(\w+)"\} (\d+)$/gm)].map(
      ([, tier, rows]) => [tier, Number(rows)],
    );
    const expected = new Map<string, number>();
    for (const { tier } of model.predictMany(ROWS)) expected.set(tier, (expected.get(tier) ?? 0) + 1);
    expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(expected));
    expect(text).toContain('holdfast_rejected_requests_total{model="default"} 1');
    expect(text).toMatch(/holdfast_request_duration_seconds_count\{route="\/v1\/predict",status="200"\} 1/);
    expect(text).toMatch(/holdfast_model_info\{model="default",version="[0-9a-f]{12}"\} 1/);
    expect(text).toContain("process_resident_memory_bytes");
  });

  test("finds no values of requests or answers in the log", async () => {
    const log = logLines();
    const url = await serve({ log, tokens: [{ name: "crm", token: TOKEN }] });
    const authorization = `Bearer ${TOKEN}`;
    const secret = { ...ROW, subscriber: "S-SECRET-1", 套餐: "SECRET-2" };
    await ask(url, { row: secret }, { authorization, "x-request-id": "call-7" });
    await ask(url, { row: { ...secret, tenure: "SECRET-3" } }, { authorization });
    await fetch(`${url}/v1/SECRET-4?x=SECRET-5`, { headers: { authorization } });
    await expect
      .poll(() => log.lines.filter(({ msg }) => msg === "request").length)
      .toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(log.lines)).not.toContain("SECRET");
    expect(JSON.stringify(log.lines)).not.toContain(TOKEN);
    const [first, second] = log.lines.filter(({ route }) => route === "/v1/predict");
    expect(first).toMatchObject({
      reqId: "call-7",
      method: "POST",
      status: 200,
      caller: "crm",
      model: "default",
      rows: 1,
    });
    expect(second).toMatchObject({ status: 400, code: "data.wrong-type", columns: ["tenure"] });
  });

  test("finds a request id in every answer, from callers only plain ones", async () => {
    const url = await serve();
    const idOf = async (given: string) =>
      (await ask(url, { row: ROW }, { "x-request-id": given })).headers.get("x-request-id");
    expect(await idOf("call-7")).toBe("call-7");
    expect(await idOf("a b\tc")).not.toContain("a b");
    const { error } = contract.errorResponse.parse((await ask(url, {}, { "x-request-id": "call-8" })).body);
    expect(error.requestId).toBe("call-8");
  });

  test("can drain: not ready at once, running requests are answered, then it stops", async () => {
    const server = await createServer(model, { drain: 300 });
    const url = await server.listen({ port: 0 });
    const closing = server.close();
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, ((await ready.json()) as { status: string }).status]).toEqual([503, "draining"]);
    expect((await ask(url, { row: ROW })).status).toBe(200);
    await closing;
    await expect(fetch(`${url}/readyz`)).rejects.toThrow();
  });
});

test.each([
  ["no model", {}, {}],
  ["an unknown default", { a: model }, { default: "b" }],
  ["a shadow that is the default", { a: model }, { shadow: "a" }],
  ["no token", { a: model }, { tokens: [] }],
  ["no rows", { a: model }, { maxRows: 0 }],
])("createServer refuses %s", async (_, models, options) => {
  expect((await thrownBy(() => createServer(models as ServedModels, options))).code).toBe("argument.invalid");
});
