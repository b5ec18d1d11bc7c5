import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { loadFastify } from "./load.js";
import type { CheckedServerOptions } from "./server-options.js";

declare module "fastify" {
  interface FastifyRequest {
    /** What the token of a request is called; null without tokens. */
    caller: string | null;
    /** What the log says of it beside the request. */
    noted: Record<string, unknown> | null;
  }
}

/** The framework with its limits, before there are routes. */
export async function frame({
  bodyLimit,
  requestTimeout,
  log,
}: CheckedServerOptions): Promise<FastifyInstance> {
  const { fastify, LogController } = await loadFastify();
  const app = fastify({
    bodyLimit,
    requestTimeout,
    // Who sends headers or a body slowly is cut off; looked at every second.
    http: { headersTimeout: requestTimeout, connectionsCheckingInterval: 1000 },
    routerOptions: { maxParamLength: 100 },
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
    genReqId: requestIds(),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
    ...(log === undefined ? { logger: false } : { logger: { level: "info", stream: log, base: null } }),
  });
  // Only JSON is read.
  app.removeContentTypeParser("text/plain");
  app.decorateRequest("caller", null);
  app.decorateRequest("noted", null);
  return app;
}

/** The caller's own id where it is a plain one, else a number of ours. */
function requestIds(): (request: { readonly headers: Readonly<Record<string, unknown>> }) => string {
  const run = randomUUID().slice(0, 8);
  let last = 0;
  return ({ headers }) => {
    const given = headers["x-request-id"];
    return typeof given === "string" && /^[\w.:-]{1,100}$/.test(given) ? given : `${run}-${++last}`;
  };
}
