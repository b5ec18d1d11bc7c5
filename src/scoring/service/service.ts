import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HoldfastError, invalidArgument } from "../../errors.js";
import type { VectorFromFactsOptions } from "../../history/vector-from-facts.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import type { WatchedModel } from "../../predict/watching/watched-model.js";
import type { ModelsResponse, PredictResponse, VectorResponse } from "./api/contract.js";
import { docsPage } from "./api/docs-page.js";
import { openApi } from "./api/openapi.js";
import { isOpen, routesOf } from "./api/routes.js";
import { checkTokens, isModel } from "./check-server.js";
import { failureOf, ServiceError } from "./failures.js";
import { FailedLogins } from "./http/failed-logins.js";
import { frame } from "./http/frame.js";
import { limitOf } from "./http/limit-of.js";
import { RequestLog } from "./http/request-log.js";
import { Shutdown } from "./http/shutdown.js";
import { Turns } from "./http/turns.js";
import { WorkQueue } from "./http/work-queue.js";
import { loadPrometheus, loadRateLimit } from "./load.js";
import { ServiceMetrics } from "./metrics.js";
import { type Answered, ModelShelf, type ServedModels } from "./models.js";
import { predictionsOf, responseOf, shownPrediction } from "./predict.js";
import { ReasonTurns } from "./reason-turns.js";
import {
  type CheckedServerOptions,
  checkAddress,
  checkListen,
  checkServerOptions,
  type ListenOptions,
  type ScoringServer,
  type ServerOptions,
} from "./server-options.js";
import { scoreByShadow } from "./shadow.js";
import { type ServiceToken, TokenBook } from "./tokens.js";
import { vectorOfRequest } from "./vector.js";

/** The implementation of `createServer`. */
export async function startService(
  models: ChurnModel | WatchedModel | ServedModels,
  options: ServerOptions,
): Promise<ScoringServer> {
  const checked = checkServerOptions(options);
  const named = isModel(models) ? { default: models } : models;
  const shelf = new ModelShelf(named, options.default ?? Object.keys(named)[0], options.shadow);
  const metrics = new ServiceMetrics(await loadPrometheus(), shelf);
  const log = checked.log === undefined ? undefined : new RequestLog(checked.log);
  const fastify = await frame(checked, log);
  const service = new Service(fastify, shelf, metrics, checked, log);
  await service.build();
  return service;
}

/** Vectors that are computed at a time, and requests for more that wait; each computation uses several threads. */
const VECTORS_AT_ONCE = 2;
const VECTORS_WAITING = 30;

class Service implements ScoringServer {
  private tokens: TokenBook | undefined;
  private readonly failedLogins = new FailedLogins();
  private readonly shutdown: Shutdown;
  private readonly turns = new Turns();
  private readonly reasons = new ReasonTurns();
  private readonly vectors = new WorkQueue(VECTORS_AT_ONCE, VECTORS_WAITING);

  constructor(
    readonly fastify: FastifyInstance,
    private readonly shelf: ModelShelf,
    private readonly metrics: ServiceMetrics,
    private readonly options: CheckedServerOptions,
    private readonly log: RequestLog | undefined,
  ) {
    this.tokens = options.tokens === undefined ? undefined : new TokenBook(options.tokens);
    this.shutdown = new Shutdown(fastify, options);
  }

  async listen(options: ListenOptions = {}): Promise<string> {
    const { port, host } = checkListen(options);
    checkAddress(host, this.options);
    try {
      return await this.fastify.listen({ port, host });
    } catch (error) {
      throw new HoldfastError({
        code: "argument.invalid",
        path: { function: "listen", argument: "port" },
        expected: "must be free, and an address of this machine",
        received: `${host}:${port}`,
        hint: (error as Error).message,
      });
    }
  }

  useTokens(tokens: readonly ServiceToken[]): void {
    checkTokens("useTokens", tokens);
    if (this.tokens === undefined) {
      const expected = "must be given to createServer first, so that all requests need one";
      invalidArgument("useTokens", "tokens", expected, undefined);
    }
    this.tokens = new TokenBook(tokens);
  }

  async close(): Promise<void> {
    await this.shutdown.run();
  }

  async build(): Promise<void> {
    const { fastify, options } = this;
    fastify.setErrorHandler((error, request, reply) => this.fail(error, request, reply));
    fastify.setNotFoundHandler((request, reply) => {
      const routes = routesOf(options.history !== undefined).map(({ method, path }) => `${method} ${path}`);
      const message = `there is no ${request.method} ${request.url.slice(0, 100)} here; there are ${routes.join(", ")}`;
      this.fail(new ServiceError(404, "request.unknown", message), request, reply);
    });
    // Hooks that return nothing cost a request less than those that return a promise.
    fastify.addHook("onRequest", (request, reply, done) => {
      reply.header("x-request-id", request.id);
      done(this.refusalOf(request));
    });
    if (options.rateLimit !== undefined) {
      const rateLimit = await loadRateLimit();
      await fastify.register(rateLimit, {
        max: options.rateLimit,
        timeWindow: 1000,
        keyGenerator: ({ caller, ip }: FastifyRequest) => caller ?? ip,
        // Operators must always reach the other routes.
        allowList: ({ routeOptions }: FastifyRequest) => routeOptions.url?.startsWith("/v1/") !== true,
      });
    }
    fastify.addHook("onResponse", (request, reply, done) => {
      this.note(request, reply);
      done();
    });
    const routes = new Map<string, Set<string>>();
    fastify.addHook("onRoute", ({ method, url }) => {
      const methods = routes.get(url) ?? new Set();
      routes.set(url, methods);
      for (const each of [method].flat()) methods.add(each);
    });
    this.addScoringRoutes();
    this.addOperationRoutes();
    this.refuseOtherMethods(new Map(routes));
    await fastify.ready();
  }

  private addScoringRoutes(): void {
    const { fastify, options, shelf } = this;
    fastify.post("/v1/predict", (request, reply) => {
      this.turns.answer(reply, () => this.predict(request, reply));
    });
    if (options.history !== undefined) {
      const { history } = options;
      fastify.post(
        "/v1/vector",
        (request, reply): Promise<VectorResponse> => this.vector(request, reply, history),
      );
    }
    fastify.get("/v1/model", (_, reply) => {
      const models = shelf.all().map((served) => shelf.describe(served));
      reply.send({ default: shelf.defaultName, models } satisfies ModelsResponse);
    });
    fastify.get<{ Params: { name: string } }>("/v1/model/:name", (request, reply) => {
      reply.send(shelf.describe(shelf.findOrFail(request.params.name)));
    });
  }

  private addOperationRoutes(): void {
    const { fastify, options, shelf } = this;
    const description = () => openApi(shelf.all(), shelf.findOrFail(), options.history !== undefined);
    fastify.get("/openapi.json", (_, reply) => {
      reply.send(description());
    });
    fastify.get("/docs", (_, reply) => {
      reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
      reply.type("text/html; charset=utf-8").send(docsPage(description()));
    });
    fastify.get("/healthz", (_, reply) => {
      reply.send({ status: "ok" });
    });
    fastify.get("/readyz", (_, reply) => {
      const { isReady } = this.shutdown;
      reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "draining" });
    });
    fastify.get("/metrics", async (_, reply) => {
      const text = await this.metrics.text();
      return reply.type(this.metrics.contentType).send(text);
    });
  }

  /** The routes of this service answer 405 to methods that they do not have. */
  private refuseOtherMethods(routes: ReadonlyMap<string, ReadonlySet<string>>): void {
    const { fastify } = this;
    for (const [url, methods] of routes) {
      const allowed = [...methods].join(", ");
      const refuse = async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header("allow", allowed);
        throw new ServiceError(
          405,
          "request.method",
          `${request.method} is not allowed here; send ${allowed}`,
        );
      };
      const others = fastify.supportedMethods.filter((method) => !methods.has(method));
      fastify.route({ method: others, url, onRequest: refuse, handler: refuse });
    }
  }

  private predict(request: FastifyRequest, reply: FastifyReply): PredictResponse | Promise<PredictResponse> {
    const answered = this.scored(request, () =>
      predictionsOf(request.body, this.shelf, this.options.maxRows),
    );
    this.answered(request, answered);
    if (answered.reasonsLeft === undefined) return responseOf(answered);
    return this.reasons.withReasons(answered, limitOf(reply, this.options.requestTimeout)).then(responseOf);
  }

  private async vector(
    request: FastifyRequest,
    reply: FastifyReply,
    history: VectorFromFactsOptions,
  ): Promise<VectorResponse> {
    const signal = limitOf(reply, this.options.requestTimeout);
    const { served, vector, options, showsDetails } = await vectorOfRequest(
      request.body,
      this.shelf,
      history,
      this.vectors,
      signal,
    );
    const about = { model: served.name, version: served.version };
    if (vector === undefined) return { ...about, prediction: null, vector: null };
    const predictions = this.scored(request, () => [served.model.predictOne(vector, options)]);
    this.answered(request, { served, rows: [vector], predictions, options });
    const prediction = shownPrediction(predictions[0], showsDetails);
    return { ...about, prediction, vector } as VectorResponse;
  }

  /** Counts requests whose rows can't be scored. */
  private scored<Result>({ body }: FastifyRequest, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const asked = (body as { readonly model?: unknown } | null | undefined)?.model;
      const { defaultName, names } = this.shelf;
      const name = typeof asked === "string" && names.includes(asked) ? asked : defaultName;
      if (error instanceof HoldfastError) this.metrics.rejected(name);
      throw error;
    }
  }

  private answered(request: FastifyRequest, answered: Answered): void {
    this.metrics.answered(answered);
    const { served, rows } = answered;
    request.noted = { model: served.name, version: served.version, rows: rows.length };
    const shadow = this.shelf.shadowOf(served.name);
    // Later, so that the response is sent first.
    if (shadow !== undefined) setImmediate(() => scoreByShadow(answered, shadow, this.metrics, request.log));
  }

  /** The error of a request without a known token, where one is needed. */
  private refusalOf(request: FastifyRequest): ServiceError | undefined {
    if (this.tokens === undefined || isOpen(request.routeOptions.url, this.options)) return undefined;
    const caller = this.tokens.nameOf(request.headers.authorization);
    if (caller !== undefined) {
      request.caller = caller;
      return undefined;
    }
    const seconds = this.failedLogins.add(request.ip);
    if (seconds === 0) {
      const message = "the request must have a known token: Authorization: Bearer …";
      return new ServiceError(401, "request.unauthorized", message);
    }
    return new ServiceError(429, "request.too-many", "too many requests without a known token", [], seconds);
  }

  private fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, body, logged } = failureOf(error, request.id, request.headers["content-type"]);
    request.noted = { ...request.noted, ...logged };
    if (error instanceof ServiceError && error.retryAfter !== undefined) {
      reply.header("retry-after", error.retryAfter);
    }
    if (status === 401) reply.header("www-authenticate", "Bearer");
    reply.code(status).send({ error: body });
  }

  private note(request: FastifyRequest, reply: FastifyReply): void {
    const route = request.routeOptions.url ?? "unknown";
    const { statusCode, elapsedTime } = reply;
    this.metrics.responded(route, statusCode, elapsedTime / 1000);
    const isScoring = route.startsWith("/v1/");
    if (this.log === undefined || (!isScoring && statusCode < 500)) return;
    const ms = Number(elapsedTime.toFixed(3));
    const fields: Record<string, unknown> = { method: request.method, route, status: statusCode, ms };
    if (request.caller !== null) fields.caller = request.caller;
    Object.assign(fields, request.noted);
    this.log.request(statusCode >= 500 ? "error" : "info", request.id, fields);
  }
}
