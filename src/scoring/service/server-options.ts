import { isIPv4, isIPv6 } from "node:net";
import type { Writable } from "node:stream";
import { checkOptions, type OptionNames } from "../../arguments.js";
import { invalidArgument, optionText } from "../../errors.js";
import type { VectorFromFactsOptions } from "../../history/vector-from-facts.js";
import type { ServiceToken } from "./tokens.js";

/** Options of a service. */
export interface ServerOptions {
  /** The model for requests that name none. Default: the first. */
  readonly default?: string | undefined;
  /** A model that scores the same rows as the default, for comparison: only the differences are reported, in log and metrics. Default: none. */
  readonly shadow?: string | undefined;
  /** How `POST /v1/vector` computes vectors. Default: the route does not exist. Needs DuckDB. */
  readonly history?: VectorFromFactsOptions | undefined;
  /** The accepted tokens; see `readTokens`. Default: no token is required, and the service listens only on an address of this machine. */
  readonly tokens?: readonly ServiceToken[] | undefined;
  /** Allows addresses that other machines can reach even without tokens. Default false. */
  readonly allowPublic?: boolean | undefined;
  /** Whether `/metrics` needs no token. Default false. */
  readonly openMetrics?: boolean | undefined;
  /** Whether `/openapi.json` and `/docs`, which show columns and categories of the models, need no token. Default false. */
  readonly openDocs?: boolean | undefined;
  /** Most bytes of a request's body. Default 1 MiB. */
  readonly bodyLimit?: number | undefined;
  /** Most rows of a request. Default 1,000. */
  readonly maxRows?: number | undefined;
  /** Milliseconds within which a request must have arrived, and again for its answer. Default 10,000. */
  readonly requestTimeout?: number | undefined;
  /** Most requests per second for each token, or for each address without tokens. Default: no limit. */
  readonly rateLimit?: number | undefined;
  /** Whether the address of a client is the one that a proxy tells (`x-forwarded-for`), for limits. Default false: whoever sends the header could be anybody. */
  readonly trustProxy?: boolean | undefined;
  /** Milliseconds for which `/readyz` answers 503 before the service stops listening. Default 0. */
  readonly drain?: number | undefined;
  /** A stream for the log: a line of JSON per request, without any of its values. Default: no log. */
  readonly log?: Writable | undefined;
}

/** Where a service listens. */
export interface ListenOptions {
  /** Default 8080; 0 for any free port. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
}

/** A service that scores over HTTP. */
export interface ScoringServer {
  /**
   * The Fastify instance, for your own routes and plugins before it listens. Its type is `unknown` so that users without
   * Fastify do not need its types: `const app = server.fastify as FastifyInstance`.
   */
  readonly fastify: unknown;
  /**
   * Starts listening. @returns the URL.
   * @throws HoldfastError `argument.invalid` for an address that other machines can reach without a token, and for one
   * that is in use or not of this machine.
   */
  listen(options?: ListenOptions): Promise<string>;
  /**
   * From now on these tokens are accepted, and no others.
   * @throws HoldfastError for what is no list of tokens, and for a service that was created without any.
   */
  useTokens(tokens: readonly ServiceToken[]): void;
  /**
   * Answers `/readyz` with 503 for the time of `drain`, lets running requests finish, and stops. What is still open after
   * `requestTimeout` is closed.
   */
  close(): Promise<void>;
}

/** Options with their defaults. */
export type CheckedServerOptions = ServerOptions &
  Required<{ readonly [name in "bodyLimit" | "maxRows" | "requestTimeout" | "drain"]: number }>;

/** @throws HoldfastError `argument.invalid`. */
export function checkServerOptions(options: ServerOptions): CheckedServerOptions {
  const { bodyLimit = 1 << 20, maxRows = 1000, requestTimeout = 10_000, drain = 0, rateLimit } = options;
  const fail = (argument: string, expected: string, received: unknown) =>
    invalidArgument("createServer", argument, expected, received);
  for (const [name, value] of Object.entries({ bodyLimit, maxRows, requestTimeout })) {
    if (!Number.isInteger(value) || value < 1) fail(name, "must be a whole number ≥ 1", value);
  }
  if (!(drain >= 0)) fail("drain", "must be a number ≥ 0", drain);
  if (rateLimit !== undefined && !(rateLimit > 0)) fail("rateLimit", "must be a number > 0", rateLimit);
  if (options.tokens?.length === 0) fail("tokens", "must hold a token, or be left out", []);
  return { ...options, bodyLimit, maxRows, requestTimeout, drain };
}

const LISTEN: OptionNames<ListenOptions> = { port: "optional", host: "optional" };

/** The options of `listen` with their defaults. @throws HoldfastError `argument.invalid`. */
export function checkListen(options: ListenOptions): { readonly port: number; readonly host: string } {
  const hintFor = (instead: unknown) =>
    /^\d+$/.test(String(instead)) ? `write { port: ${instead} }` : undefined;
  checkOptions("listen", options, LISTEN, "options", hintFor);
  const { port = 8080, host = "127.0.0.1" } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const meant = typeof port === "string" && /^\d{1,5}$/.test(port) ? Number(port) : undefined;
    const hint = meant === undefined ? undefined : `write ${optionText("port", meant)}`;
    invalidArgument("listen", "port", "must be a whole number from 0 to 65535", port, hint);
  }
  if (typeof host !== "string" || host === "" || host.includes("/")) {
    const hint = "only the name or address, such as 127.0.0.1";
    invalidArgument("listen", "host", "must be the address to listen on", host, hint);
  }
  return { port, host };
}

/**
 * Checks that only this machine reaches an address.
 * @throws HoldfastError where other machines do, no token is required, and `allowPublic` is not set.
 */
export function checkAddress(host: string, { tokens, allowPublic }: ServerOptions): void {
  const isOwn =
    host === "localhost" || (isIPv4(host) && host.startsWith("127.")) || (isIPv6(host) && host === "::1");
  if (isOwn || tokens !== undefined || allowPublic === true) return;
  invalidArgument(
    "listen",
    "host",
    "must be an address of this machine, such as 127.0.0.1, when no token is required",
    host,
    `give \`tokens\`, or ${optionText("allowPublic", true)} if access is controlled in another way`,
  );
}
