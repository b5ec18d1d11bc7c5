import type {
  ErrorResponse,
  ModelsResponse,
  PredictResponse,
  ServicePrediction,
  ServiceRow,
  VectorRequest,
  VectorResponse,
} from "./contract.js";

/** How a client asks. */
export interface ClientOptions {
  readonly token?: string | undefined;
  /** Milliseconds until it gives up. Default 10,000. */
  readonly timeout?: number | undefined;
  /** Default: the `fetch` of the platform. */
  readonly fetch?: typeof fetch | undefined;
}

/** What is said beside the rows. */
export interface AskOptions {
  /** Default: the service's default. */
  readonly model?: string | undefined;
  readonly intervals?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A service said no. */
export class ServiceRequestError extends Error {
  override readonly name = "ServiceRequestError";

  constructor(
    readonly status: number,
    /** All problems of the request. */
    readonly problems: ErrorResponse["error"]["problems"],
    readonly code: string,
    message: string,
    readonly requestId: string,
  ) {
    super(message);
  }
}

/** A service that `createServer` or `holdfast serve` runs, as functions. */
export interface ScoringClient {
  predictOne(row: ServiceRow, options?: AskOptions): Promise<ServicePrediction>;
  predictMany(rows: readonly ServiceRow[], options?: AskOptions): Promise<ServicePrediction[]>;
  /** From the facts of one subscriber; `prediction` is null where they are not active at the cutoff. */
  predictFromFacts(
    facts: VectorRequest["facts"],
    options?: AskOptions & { readonly at?: string },
  ): Promise<VectorResponse>;
  /** What the models read and what they are. */
  models(options?: Pick<AskOptions, "signal">): Promise<ModelsResponse>;
  isReady(): Promise<boolean>;
}

/**
 * A client of a scoring service; needs nothing but `fetch`.
 *
 * ```ts
 * const client = createClient("http://127.0.0.1:8080");
 * const { probability, tier } = await client.predictOne({ tenure: 3, plan: "basic" });
 * ```
 * @throws (its functions) {@link ServiceRequestError} with all problems of a request; what `fetch` throws when the
 * service can't be reached or `timeout` is over.
 */
export function createClient(url: string, options: ClientOptions = {}): ScoringClient {
  const { token, timeout = 10_000, fetch: send = fetch } = options;
  const base = url.replace(/\/+$/, "");
  const headers = {
    "content-type": "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const ask = async <Answer>(
    path: string,
    body: object | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Answer> => {
    const limit = AbortSignal.timeout(timeout);
    const response = await send(`${base}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw errorOf(response.status, answer);
    return answer as Answer;
  };
  return {
    async predictOne(row, { signal, ...rest } = {}) {
      const { prediction } = await ask<PredictResponse>("/v1/predict", { ...rest, row }, signal);
      return prediction as ServicePrediction;
    },
    async predictMany(rows, { signal, ...rest } = {}) {
      const { predictions } = await ask<PredictResponse>("/v1/predict", { ...rest, rows }, signal);
      return predictions as ServicePrediction[];
    },
    predictFromFacts: (facts, { signal, ...rest } = {}) => ask("/v1/vector", { ...rest, facts }, signal),
    models: ({ signal } = {}) => ask("/v1/model", undefined, signal),
    isReady: async () =>
      (await send(`${base}/readyz`, { signal: AbortSignal.timeout(timeout) }).catch(() => undefined))?.ok ===
      true,
  };
}

function errorOf(status: number, answer: unknown): ServiceRequestError {
  const error = (answer as Partial<ErrorResponse> | undefined)?.error;
  const { problems = [], code = "unknown", message = `status ${status}`, requestId = "" } = error ?? {};
  return new ServiceRequestError(status, problems, code, message, requestId);
}
