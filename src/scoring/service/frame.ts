import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { loadFastify } from "./load.js";
import type { CheckedServerOptions } from "./server-options.js";

declare module "fastify" {
  interface FastifyRequest {
    /** The name of the request's token; null without tokens. */
    caller: string | null;
    /** Further fields of the request's line in the log. */
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
    // Connections that send headers or a body too slowly are closed; checked every second.
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

/** The id that the caller sent, if it is a plain one, else a new one. */
function requestIds(): (request: { readonly headers: Readonly<Record<string, unknown>> }) => string {
  const run = randomUUID().slice(0, 8);
  let last = 0;
  return ({ headers }) => {
    const given = headers["x-request-id"];
    return typeof given === "string" && /^[\w.:-]{1,100}$/.test(given) ? given : `${run}-${++last}`;
  };
}
