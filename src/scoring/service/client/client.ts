import { checkOptions, type OptionNames } from "../../../arguments.js";
import type { LocaleName } from "../../../explain/reasons/locales.js";
import type {
  ErrorResponse,
  ModelsResponse,
  PredictResponse,
  ServicePrediction,
  VectorRequest,
  VectorResponse,
} from "../api/contract.js";
import {
  checkClientOptions,
  checkedAddress,
  checkedAsk,
  checkFacts,
  checkRow,
  checkRows,
  jsonOf,
  sentRow,
} from "./check-client.js";
import { noService, unreachable } from "./client-failures.js";

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
  /** Whether predictions have `details` where inputs are unseen, missing or out of range. Default true. */
  readonly details?: boolean | undefined;
  /** The most `reasons` of each prediction. Default 0: none. */
  readonly reasons?: number | undefined;
  /** The language of reasons. Default `"en"`. */
  readonly locale?: LocaleName | undefined;
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

/** A row as the client sends it: what `predictOne` of a model takes. Dates and long integers are sent as texts. */
export type ClientRow = Readonly<
  Record<string, string | number | boolean | bigint | Date | null | undefined>
>;

/** The functions of a service that `createServer` or `holdfast serve` runs. */
export interface ScoringClient {
  predictOne(row: ClientRow, options?: AskOptions): Promise<ServicePrediction>;
  predictMany(rows: readonly ClientRow[], options?: AskOptions): Promise<ServicePrediction[]>;
  /** Predicts from the facts of one subscriber; `prediction` is null if the subscriber is not active at the cutoff. */
  predictFromFacts(
    facts: VectorRequest["facts"],
    options?: AskOptions & { readonly at?: string },
  ): Promise<VectorResponse>;
  /** The inputs, tiers and model cards of the models. */
  models(options?: Pick<AskOptions, "signal">): Promise<ModelsResponse>;
  isReady(): Promise<boolean>;
}

const CLIENT_OPTIONS: OptionNames<ClientOptions> = {
  token: "optional",
  timeout: "optional",
  fetch: "optional",
};

const ASK_OPTIONS: OptionNames<AskOptions> = {
  model: "optional",
  intervals: "optional",
  details: "optional",
  reasons: "optional",
  locale: "optional",
  signal: "optional",
};

/**
 * A client of a scoring service; it needs only `fetch`.
 *
 * ```ts
 * const client = createClient("http://127.0.0.1:8080");
 * const { probability, tier } = await client.predictOne({ tenure: 3, plan: "basic" });
 * ```
 * @throws HoldfastError for what is no address, and for unknown options.
 * @throws (its functions) {@link ServiceRequestError} with all problems of a request; HoldfastError when the service can't
 * be reached, `timeout` has passed, or what answers is no scoring service; the reason of `signal` when it was aborted.
 */
export function createClient(url: string, options: ClientOptions = {}): ScoringClient {
  const base = checkedAddress(url);
  checkOptions("createClient", options, CLIENT_OPTIONS);
  const { token, timeout = 10_000, fetch: send = fetch } = options;
  checkClientOptions(token, timeout, send);
  const headers = {
    "content-type": "application/json",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  const ask = async <Answer>(
    { functionName, path, signal, ...asked }: Asked,
    holdsAnswer: (answer: object) => boolean,
  ): Promise<Answer> => {
    const address = `${base}${path}`;
    const limit = AbortSignal.timeout(timeout);
    const body = asked.body === undefined ? {} : { body: jsonOf(functionName, asked.body) };
    let response: Response;
    let answer: unknown;
    try {
      response = await send(address, {
        method: asked.body === undefined ? "GET" : "POST",
        headers,
        signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
        ...body,
      });
      answer = await response.json().catch(undefinedIfMalformed);
    } catch (error) {
      if (signal?.aborted) throw error;
      throw unreachable({ functionName, address: base, timeout }, error);
    }
    if (!response.ok) throw errorOf(response, answer, address);
    const isAnswer = typeof answer === "object" && answer !== null && holdsAnswer(answer);
    if (!isAnswer) throw noService(functionName, address, response.headers.get("content-type"));
    return answer as Answer;
  };
  return {
    async predictOne(row, given = {}) {
      checkRow(row);
      const { signal, ...rest } = checkedAsk("predictOne", given, ASK_OPTIONS);
      const asked = {
        functionName: "predictOne",
        path: "/v1/predict",
        body: { ...rest, row: sentRow(row) },
        signal,
      };
      const { prediction } = await ask<PredictResponse>(asked, (answer) => "prediction" in answer);
      return prediction as ServicePrediction;
    },
    async predictMany(rows, given = {}) {
      checkRows(rows);
      const { signal, ...rest } = checkedAsk("predictMany", given, ASK_OPTIONS);
      const asked = {
        functionName: "predictMany",
        path: "/v1/predict",
        body: { ...rest, rows: rows.map(sentRow) },
        signal,
      };
      const { predictions } = await ask<PredictResponse>(asked, (answer) => "predictions" in answer);
      return predictions as ServicePrediction[];
    },
    async predictFromFacts(facts, given = {}) {
      const names = { ...ASK_OPTIONS, at: "optional" } as const;
      const { signal, ...rest } = checkedAsk("predictFromFacts", given, names);
      checkFacts(facts);
      const asked = {
        functionName: "predictFromFacts",
        path: "/v1/vector",
        body: { ...rest, facts },
        signal,
      };
      return ask<VectorResponse>(asked, (answer) => "vector" in answer);
    },
    async models(given = {}) {
      const { signal } = checkedAsk("models", given, { signal: "optional" });
      const asked = { functionName: "models", path: "/v1/model", signal };
      return ask<ModelsResponse>(asked, (answer) => "models" in answer);
    },
    isReady: async () =>
      (await send(`${base}/readyz`, { signal: AbortSignal.timeout(timeout) }).catch(() => undefined))?.ok ===
      true,
  };
}

/** A request of one of the client's functions. */
interface Asked {
  readonly functionName: string;
  readonly path: string;
  readonly body?: object;
  readonly signal: AbortSignal | undefined;
}

/** What is not JSON; a connection that breaks while the answer is read is another error. */
function undefinedIfMalformed(error: unknown): undefined {
  if (!(error instanceof SyntaxError)) throw error;
}

function errorOf({ status, headers }: Response, answer: unknown, address: string): ServiceRequestError {
  const error = (answer as Partial<ErrorResponse> | null | undefined)?.error;
  if (typeof error !== "object" || error === null) {
    const from = `${headers.get("content-type") ?? "no content type"} from ${address}`;
    const message = `status ${status}, not by a scoring service: ${from} (is this the service's address?)`;
    return new ServiceRequestError(status, [], "unknown", message, "");
  }
  const { problems = [], code = "unknown", message = `status ${status}`, requestId = "" } = error;
  return new ServiceRequestError(status, problems, code, message, requestId);
}
