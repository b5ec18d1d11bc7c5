import { randomUUID } from "node:crypto";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply } from "fastify";
import { describeProblem, type Problem } from "../../../errors.js";
import { withLongIntegers } from "../../../formats/json/parse-json.js";
import { failureOf, ServiceError } from "../failures.js";
import { loadFastify } from "../load.js";
import type { CheckedServerOptions } from "../server-options.js";
import { jsonFault } from "./json-fault.js";
import { lateLogger, type RequestLog } from "./request-log.js";

declare module "fastify" {
  interface FastifyRequest {
    /** The name of the request's token; null without tokens. */
    caller: string | null;
    /** Further fields of the request's line in the log. */
    noted: Record<string, unknown> | null;
  }
}

/** The framework with its limits, before there are routes. */
export async function frame(
  { bodyLimit, requestTimeout, trustProxy = false }: CheckedServerOptions,
  log: RequestLog | undefined,
): Promise<FastifyInstance> {
  const { fastify, LogController } = await loadFastify();
  const app = fastify({
    bodyLimit,
    requestTimeout,
    trustProxy,
    clientErrorHandler: answerUnread,
    frameworkErrors: (error, request, reply) => {
      const { status, body } = failureOf(error, request.id);
      (reply as FastifyReply).code(status).send({ error: body });
    },
    // Connections that send headers or a body too slowly are closed; checked every second.
    http: { headersTimeout: requestTimeout, connectionsCheckingInterval: 1000 },
    routerOptions: { maxParamLength: 100 },
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
    genReqId: requestIds(),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
    return503OnClosing: false,
    ...(log === undefined
      ? { logger: false }
      : { logger: { level: "info", stream: log, base: null }, childLoggerFactory: lateLogger }),
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

/** The answers to what is not HTTP, or too slow or too large to be read, by Node's error codes. */
const UNREAD: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "request.timeout", "the request did not arrive in time"],
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "request.too-large",
    "the headers are too large",
  ],
};
const NOT_HTTP = ["400 Bad Request", "request.malformed", "the request is not valid HTTP"] as const;

/** Answers a request that Node could not read in the same shape as all others, and closes the connection. */
function answerUnread({ code = "" }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, name, message] = UNREAD[code] ?? NOT_HTTP;
  const body = JSON.stringify({ error: { code: name, message, requestId: "", problems: [] } });
  const headers = `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\nconnection: close\r\n\r\n${body}`, () => socket.destroy());
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
