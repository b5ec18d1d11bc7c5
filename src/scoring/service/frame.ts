import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { describeProblem, type Problem } from "../../errors.js";
import { withLongIntegers } from "../../formats/json/parse-json.js";
import { ServiceError } from "./failures.js";
import { jsonFault } from "./json-fault.js";
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
  app.removeContentTypeParser(["application/json", "text/plain"]);
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    // As in files: an id of many digits keeps them all.
    parse(request, withLongIntegers(body as string), (error, value) => {
      done(error === null ? null : (malformed(body as string) ?? error), value);
    });
  });
  app.decorateRequest("caller", null);
  app.decorateRequest("noted", null);
  return app;
}

/** The error for a body that is not JSON, with the place in it; undefined for JSON, which was refused for something else. */
function malformed(body: string): ServiceError | undefined {
  const fault = jsonFault(body);
  if (fault === undefined) return undefined;
  const { line, character, expected } = fault;
  const problem: Problem = {
    code: "data.malformed",
    path: { argument: "body", line },
    expected: `must be JSON, expected ${expected} at character ${character} of line ${line}`,
    received: undefined,
    hint: 'such as {"row": {"tenure": 3}}, names and texts in double quotes',
  };
  return new ServiceError(400, "request.malformed", describeProblem(problem), [problem]);
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
