import { describe, expect, test } from "vitest";
import { ROUTES } from "../../../../src/scoring/service/api/routes.js";
import { ask, model, nameless, services, TOKEN } from "../service-helpers.js";

const { serve } = services();

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Record<string, { readonly example?: unknown }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly example?: unknown }> }>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, { readonly properties?: object; readonly required?: string[] }>;
  };
}

async function documentOf(url: string): Promise<Document> {
  return (await (await fetch(`${url}/openapi.json`)).json()) as Document;
}

const POPULATION = { population: { at: "2026-01-01", schema: {}, relations: {} } } as never;

describe("/openapi.json", () => {
  test("describes every route, by a name that is its alone, with its errors", async () => {
    const url = await serve({ history: POPULATION });
    const { openapi, paths } = await documentOf(url);
    expect(openapi).toBe("3.1.0");
    expect(Object.keys(paths)).toEqual(ROUTES.map(({ path }) => path));
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ROUTES.length);
    for (const { responses } of operations) expect(Object.keys(responses)).toContain("405");
    expect(Object.keys(paths["/v1/predict"].post.responses)).toEqual([
      "200",
      "400",
      "401",
      "404",
      "405",
      "408",
      "413",
      "415",
      "429",
      "431",
      "500",
      "503",
    ]);
    expect(Object.keys(paths["/v1/vector"].post.responses)).toContain("503");
  });

  test("names no route that is not there, and leaves none out", async () => {
    const url = await serve();
    const { paths } = await documentOf(url);
    expect(Object.keys(paths)).not.toContain("/v1/vector");
    for (const [path, methods] of Object.entries(paths)) {
      const [method] = Object.keys(methods);
      const response = await fetch(`${url}${path.replace("{name}", "default")}`, {
        method: method.toUpperCase(),
      });
      expect([path, response.status], path).toEqual([path, method === "post" ? 400 : 200]);
    }
    const missing = (await (await fetch(`${url}/nowhere`)).json()) as { error: { message: string } };
    for (const [path, methods] of Object.entries(paths))
      expect(missing.error.message).toContain(`${Object.keys(methods)[0].toUpperCase()} ${path}`);
  });

  test("has the row that each model reads, and every reference resolves", async () => {
    const url = await serve({}, { main: model, 备用: nameless });
    const document = await documentOf(url);
    const row = document.components.schemas.Row_of_main;
    const inputs = ["charge", "group", "tenure", "套餐", "客服 calls"];
    expect(Object.keys(row.properties ?? {})).toEqual(["subscriber", ...inputs]);
    expect(row.required).toEqual(inputs);
    const names = new Set(Object.keys(document.components.schemas));
    for (const [, name] of JSON.stringify(document).matchAll(/#\/components\/schemas\/([^"]+)/g))
      expect(names.has(name)).toBe(true);
  });

  test("has an example that is answered as it says", async () => {
    const url = await serve();
    const { requestBody, responses } = (await documentOf(url)).paths["/v1/predict"].post;
    const example = requestBody?.content["application/json"].example;
    const { status, body } = await ask(url, example);
    expect(status).toBe(200);
    expect(body).toEqual(responses["200"].content?.["application/json"].example);
  });
});

describe("/docs", () => {
  test("is a page with all routes and columns, which needs nothing else and runs nothing", async () => {
    const url = await serve({}, { main: model, "备用<b>": nameless });
    const response = await fetch(`${url}/docs`);
    const html = await response.text();
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    for (const { method, path } of ROUTES.filter((route) => route.path !== "/v1/vector"))
      expect(html).toContain(`${method} ${path}`);
    for (const text of ["套餐", "客服 calls", "A row of 备用&lt;b&gt;"]) expect(html).toContain(text);
    expect(html).not.toMatch(/<script|<link|<img|https?:|<b>/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("needs a token like the rest, unless it is told to be open; other routes stay closed", async () => {
    const tokens = [{ name: "crm", token: TOKEN }];
    const statuses = async (url: string) =>
      Promise.all(
        ["/docs", "/openapi.json", "/metrics", "/v1/model"].map(
          async (path) => (await fetch(url + path)).status,
        ),
      );
    expect(await statuses(await serve({ tokens }))).toEqual([401, 401, 401, 401]);
    expect(await statuses(await serve({ tokens, openDocs: true }))).toEqual([200, 200, 401, 401]);
    expect(await statuses(await serve({ tokens, openMetrics: true }))).toEqual([401, 401, 200, 401]);
  });
});
