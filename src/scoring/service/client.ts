import type {
  ErrorResponse,
  ModelsResponse,
  PredictResponse,
  ServicePrediction,
  ServiceRow,
  VectorRequest,
  VectorResponse,
} from "./contract.js";

/** Options of a client. */
export interface ClientOptions {
  /** The token that is sent with every request. Default: none. */
  readonly token?: string | undefined;
  /** Milliseconds until a request fails. Default 10,000. */
  readonly timeout?: number | undefined;
  /** Default: the `fetch` of the platform. */
  readonly fetch?: typeof fetch | undefined;
}

/** Options of a request. */
export interface AskOptions {
  /** Name of the model. Default: the service's default. */
  readonly model?: string | undefined;
  /** Whether predictions have `interval` and `uncertain`. Default false. */
  readonly intervals?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A service refused a request: its status was not 2xx. */
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

/** The functions of a service that `createServer` or `holdfast serve` runs. */
export interface ScoringClient {
  predictOne(row: ServiceRow, options?: AskOptions): Promise<ServicePrediction>;
  predictMany(rows: readonly ServiceRow[], options?: AskOptions): Promise<ServicePrediction[]>;
  /** Predicts from the facts of one subscriber; `prediction` is null if the subscriber is not active at the cutoff. */
  predictFromFacts(
    facts: VectorRequest["facts"],
    options?: AskOptions & { readonly at?: string },
  ): Promise<VectorResponse>;
  /** The inputs, tiers and model cards of the models. */
  models(options?: Pick<AskOptions, "signal">): Promise<ModelsResponse>;
  isReady(): Promise<boolean>;
}

/**
 * A client of a scoring service; it needs only `fetch`.
 *
 * ```ts
 * const client = createClient("http://127.0.0.1:8080");
 * const { probability, tier } = await client.predictOne({ tenure: 3, plan: "basic" });
 * ```
 * @throws (its functions) {@link ServiceRequestError} with all problems of a request; what `fetch` throws when the
 * service can't be reached or `timeout` has passed.
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
