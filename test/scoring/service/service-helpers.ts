import { afterEach } from "vitest";
import { createServer } from "../../../src/scoring/service/create-server.js";
import type { ServedModels } from "../../../src/scoring/service/models.js";
import type { ServerOptions } from "../../../src/scoring/service/server-options.js";
import { modelWithoutId, scoringModel } from "../../support/scoring-model.js";
import { subscriberRows } from "../../support/subscribers.js";

/** The model of the services in the tests. */
export const model = await scoringModel();
/** The same without ids and values. */
export const nameless = await modelWithoutId();
export const ROWS = subscriberRows(20, 5);
export const [ROW] = ROWS;
export const TOKEN = "a-token-that-is-long-enough";

/** Starts services for the tests of one file; all are closed after each test. */
export function services() {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((server) => server.close()));
  });

  async function serve(
    options: ServerOptions = {},
    models: ServedModels | typeof model = model,
  ): Promise<string> {
    const server = await createServer(models, options);
    opened.push(server);
    return server.listen({ port: 0 });
  }

  return { opened, serve };
}

/** A plain HTTP request. */
export async function ask(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/v1/predict`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as never, headers: response.headers };
}
