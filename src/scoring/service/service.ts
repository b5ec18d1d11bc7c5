import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HoldfastError, Problems } from "../../errors.js";
import type { SubscriberFacts } from "../../history/fact-relations.js";
import { ChurnModel, type PredictOptions } from "../../model/churn-model.js";
import type { Row } from "../../model/row-reader.js";
import { WatchedModel } from "../../model/watched-model.js";
import { type ModelsResponse, type PredictResponse, type VectorResponse, vectorRequest } from "./contract.js";
import { failureOf, ServiceError } from "./failures.js";
import { loadFastify, loadPrometheus, loadRateLimit } from "./load.js";
import { ServiceMetrics } from "./metrics.js";
import { type Answered, ModelShelf, type ServedModel, type ServedModels } from "./models.js";
import { openApi } from "./openapi.js";
import { predictionsOf } from "./predict.js";
import {
  type CheckedServerOptions,
  checkAddress,
  checkServerOptions,
  type ListenOptions,
  type ScoringServer,
  type ServerOptions,
} from "./server-options.js";
import { TokenBook } from "./tokens.js";

declare module "fastify" {
  interface FastifyRequest {
    /** What the token of a request is called; null without tokens. */
    caller: string | null;
    /** What the log says of it beside the request. */
    noted: Record<string, unknown> | null;
  }
}

/** The work behind `createServer`. */
export async function startService(
  models: ChurnModel | WatchedModel | ServedModels,
  options: ServerOptions,
): Promise<ScoringServer> {
  const checked = checkServerOptions(options);
  const named = models instanceof ChurnModel || models instanceof WatchedModel ? { default: models } : models;
  const shelf = new ModelShelf(named, options.default ?? Object.keys(named)[0], options.shadow);
  const metrics = new ServiceMetrics(await loadPrometheus(), shelf);
  const fastify = await frame(checked);
  const service = new Service(fastify, shelf, metrics, checked);
  await service.build();
  return service;
}

/** The framework with its limits, before there are routes. */
async function frame({ bodyLimit, requestTimeout, log }: CheckedServerOptions): Promise<FastifyInstance> {
  const { fastify, LogController } = await loadFastify();
  const app = fastify({
    bodyLimit,
    requestTimeout,
    // Who sends headers or a body slowly is cut off; looked at every second.
    http: { headersTimeout: requestTimeout, connectionsCheckingInterval: 1000 },
    routerOptions: { maxParamLength: 100 },
    onProtoPoisoning: "error",
    onConstructorPoisoning: "error",
    genReqId: requestId,
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

let lastRequest = 0;
const PROCESS = Math.random().toString(36).slice(2, 8);

/** The caller's own id where it is a plain one, else a number of ours. */
function requestId({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): string {
  const given = headers["x-request-id"];
  if (typeof given === "string" && /^[\w.:-]{1,100}$/.test(given)) return given;
  return `${PROCESS}-${++lastRequest}`;
}

class Service implements ScoringServer {
  private isReady = true;
  private readonly tokens: TokenBook | undefined;

  constructor(
    readonly fastify: FastifyInstance,
    private readonly shelf: ModelShelf,
    private readonly metrics: ServiceMetrics,
    private readonly options: CheckedServerOptions,
  ) {
    this.tokens = options.tokens === undefined ? undefined : new TokenBook(options.tokens);
  }

  async listen({ port = 8080, host = "127.0.0.1" }: ListenOptions = {}): Promise<string> {
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

  async close(): Promise<void> {
    this.isReady = false;
    if (this.options.drain > 0) await new Promise((resolve) => setTimeout(resolve, this.options.drain));
    await this.fastify.close();
  }

  async build(): Promise<void> {
    const { fastify, options } = this;
    fastify.setErrorHandler((error, request, reply) => this.fail(error, request, reply));
    fastify.setNotFoundHandler((request, reply) => {
      this.fail(new ServiceError(404, "request.unknown", "there is no such address here"), request, reply);
    });
    fastify.addHook("onRequest", async (request, reply) => {
      reply.header("x-request-id", request.id);
      this.authorize(request);
    });
    if (options.rateLimit !== undefined) {
      const rateLimit = await loadRateLimit();
      await fastify.register(rateLimit, {
        max: options.rateLimit,
        timeWindow: 1000,
        keyGenerator: ({ caller, ip }: FastifyRequest) => caller ?? ip,
        // Whoever looks after the service must always reach it.
        allowList: ({ url }: FastifyRequest) => !url.startsWith("/v1/"),
      });
    }
    fastify.addHook("onResponse", async (request, reply) => this.note(request, reply));
    this.addScoringRoutes();
    this.addOperationRoutes();
    await fastify.ready();
  }

  private addScoringRoutes(): void {
    const { fastify, options, shelf } = this;
    fastify.post("/v1/predict", (request, reply) => {
      const answered = this.scored(() => predictionsOf(request.body, shelf, options.maxRows));
      const { served, predictions, isOne } = answered;
      const response: PredictResponse = {
        model: served.name,
        version: served.version,
        ...(isOne ? { prediction: predictions[0] } : { predictions }),
      } as PredictResponse;
      this.answered(request, answered);
      reply.send(response);
    });
    if (options.history !== undefined) {
      const { history } = options;
      fastify.post("/v1/vector", async (request): Promise<VectorResponse> => this.vector(request, history));
    }
    fastify.get("/v1/model", (_, reply) => {
      const models = shelf.names
        .flatMap((name) => shelf.find(name) ?? [])
        .map((served) => shelf.describe(served));
      reply.send({ default: shelf.defaultName, models } satisfies ModelsResponse);
    });
    fastify.get<{ Params: { name: string } }>("/v1/model/:name", (request, reply) => {
      reply.send(shelf.describe(shelf.findOrFail(request.params.name)));
    });
  }

  private addOperationRoutes(): void {
    const { fastify, options } = this;
    fastify.get("/openapi.json", (_, reply) => {
      reply.send(openApi(this.shelf, options.history !== undefined));
    });
    fastify.get("/healthz", (_, reply) => {
      reply.send({ status: "ok" });
    });
    fastify.get("/readyz", (_, reply) => {
      reply.code(this.isReady ? 200 : 503).send({ status: this.isReady ? "ready" : "draining" });
    });
    fastify.get("/metrics", async (_, reply) => {
      const text = await this.metrics.text();
      return reply.type(this.metrics.contentType).send(text);
    });
  }

  private async vector(
    request: FastifyRequest,
    history: NonNullable<ServerOptions["history"]>,
  ): Promise<VectorResponse> {
    const parsed = vectorRequest.safeParse(request.body);
    if (!parsed.success) {
      const problems = new Problems();
      for (const { path, message } of parsed.error.issues) {
        problems.add({
          code: "data.wrong-type",
          path: { argument: path.join(".") },
          expected: message,
          received: undefined,
        });
      }
      problems.throwIfAny();
    }
    const {
      model,
      intervals,
      facts,
      at = history.population.at,
    } = parsed.data as NonNullable<typeof parsed.data>;
    const served = this.shelf.findOrFail(model);
    const { vectorFromFacts } = await import("../../history/vector-from-facts.js");
    const work = vectorFromFacts(facts as SubscriberFacts, at, history);
    const vector = await within(work, this.options.requestTimeout);
    const about = { model: served.name, version: served.version };
    if (vector === undefined) return { ...about, prediction: null, vector: null };
    const answered = this.scored(() => one(served, vector, { intervals }));
    this.answered(request, answered);
    return { ...about, prediction: answered.predictions[0], vector } as VectorResponse;
  }

  /** Counts requests whose rows can't be scored. */
  private scored<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (error instanceof HoldfastError) this.metrics.rejected(this.shelf.defaultName);
      throw error;
    }
  }

  private answered(request: FastifyRequest, answered: Answered): void {
    this.metrics.answered(answered);
    const { served, rows } = answered;
    request.noted = { model: served.name, version: served.version, rows: rows.length };
    const shadow = this.shelf.shadowOf(served.name);
    // After the answer is on its way.
    if (shadow !== undefined) setImmediate(() => this.scoreByShadow(request, answered, shadow));
  }

  private scoreByShadow(
    request: FastifyRequest,
    { served, rows, predictions }: Answered,
    shadow: ServedModel,
  ): void {
    const about = { model: served.name, shadow: shadow.name, shadowVersion: shadow.version };
    try {
      let largest = 0;
      let tierChanges = 0;
      rows.forEach((row, r) => {
        const { probability, tier } = shadow.model.predictOne(row);
        const difference = probability - predictions[r].probability;
        if (Math.abs(difference) > Math.abs(largest)) largest = difference;
        const isOtherTier = tier !== predictions[r].tier;
        if (isOtherTier) tierChanges++;
        this.metrics.shadowed(served.name, shadow.name, difference, isOtherTier);
      });
      request.log.info({ ...about, rows: rows.length, largestDifference: largest, tierChanges }, "shadow");
    } catch (error) {
      // Its trouble is not the caller's.
      request.log.warn({ ...about, ...failureOf(error, request.id).logged }, "shadow failed");
    }
  }

  private authorize(request: FastifyRequest): void {
    if (this.tokens === undefined) return;
    const { url } = request.routeOptions;
    const isOpen =
      url === "/healthz" || url === "/readyz" || (url === "/metrics" && this.options.openMetrics === true);
    if (isOpen) return;
    const caller = this.tokens.nameOf(request.headers.authorization);
    if (caller === undefined) {
      throw new ServiceError(
        401,
        "request.unauthorized",
        "a known token must come with the request: Authorization: Bearer …",
      );
    }
    request.caller = caller;
  }

  private fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, body, logged } = failureOf(error, request.id);
    request.noted = { ...request.noted, ...logged };
    if (status === 401) reply.header("www-authenticate", "Bearer");
    reply.code(status).send({ error: body });
  }

  private note(request: FastifyRequest, reply: FastifyReply): void {
    const route = request.routeOptions.url ?? "unknown";
    const { statusCode, elapsedTime } = reply;
    this.metrics.responded(route, statusCode, elapsedTime / 1000);
    const about = { method: request.method, route, status: statusCode, ms: Number(elapsedTime.toFixed(3)) };
    const noted = {
      ...about,
      ...(request.caller === null ? {} : { caller: request.caller }),
      ...request.noted,
    };
    if (statusCode >= 500) request.log.error(noted, "request");
    else if (route.startsWith("/v1/")) request.log.info(noted, "request");
    else request.log.debug(noted, "request");
  }
}

function one(served: ServedModel, row: Row, options: PredictOptions): Answered {
  return { served, rows: [row], predictions: [served.model.predictOne(row, options)], options };
}

/** @throws ServiceError 503 when the work takes longer. */
async function within<Result>(work: Promise<Result>, milliseconds: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new ServiceError(503, "request.timeout", `no answer was found within ${milliseconds} ms`);
    timer = setTimeout(() => reject(error), milliseconds);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
