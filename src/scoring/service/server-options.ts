import { isIPv4, isIPv6 } from "node:net";
import type { Writable } from "node:stream";
import { invalidArgument } from "../../errors.js";
import type { VectorFromFactsOptions } from "../../history/vector-from-facts.js";
import type { ServiceToken } from "./tokens.js";

/** How a service answers. */
export interface ServerOptions {
  /** The model of requests that name none. Default: the first. */
  readonly default?: string | undefined;
  /** A model that scores what the default does too; only the differences are told, in log and metrics. */
  readonly shadow?: string | undefined;
  /** What the vectors of `POST /v1/vector` are made of. Default: the route is not there. Needs DuckDB. */
  readonly history?: VectorFromFactsOptions | undefined;
  /** Who may ask; see `readTokens`. Default: anybody, and then only on an address of this machine. */
  readonly tokens?: readonly ServiceToken[] | undefined;
  /** Listens on other addresses than this machine's own also without tokens. Default false. */
  readonly allowPublic?: boolean | undefined;
  /** Whether `/metrics` needs no token. Default false. */
  readonly openMetrics?: boolean | undefined;
  /** Bytes of a request's body. Default 1 MiB. */
  readonly bodyLimit?: number | undefined;
  /** Rows of a request. Default 1,000. */
  readonly maxRows?: number | undefined;
  /** Milliseconds in which a request must have come in, and an answer be found. Default 10,000. */
  readonly requestTimeout?: number | undefined;
  /** Requests a second for each token, or address where there are none. Default: no limit. */
  readonly rateLimit?: number | undefined;
  /** Milliseconds for which `/readyz` says no before the service stops listening. Default 0. */
  readonly drain?: number | undefined;
  /** Where a line of JSON for each request goes, without anything that came with it. Default: nowhere. */
  readonly log?: Writable | undefined;
}

/** Where a service listens. */
export interface ListenOptions {
  /** Default 8080; 0 for any that is free. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
}

/** A service that scores over HTTP. */
export interface ScoringServer {
  /**
   * The instance of Fastify, for routes and plugins of one's own before it listens. Of no type here, so that who does
   * not serve needs none: `const app = server.fastify as FastifyInstance`.
   */
  readonly fastify: unknown;
  /**
   * @returns the URL. @throws HoldfastError for an address that others reach without a token, and `data.unreadable` for
   * one that can't be had.
   */
  listen(options?: ListenOptions): Promise<string>;
  /** Says not ready, lets requests under way finish, and stops. */
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

/**
 * Whether others than this machine reach an address.
 * @throws HoldfastError where they do, nobody is asked for a token, and nobody said that this is meant.
 */
export function checkAddress(host: string, { tokens, allowPublic }: ServerOptions): void {
  const isOwn =
    host === "localhost" || (isIPv4(host) && host.startsWith("127.")) || (isIPv6(host) && host === "::1");
  if (isOwn || tokens !== undefined || allowPublic === true) return;
  invalidArgument(
    "listen",
    "host",
    "must be an address of this machine, such as 127.0.0.1, where nobody is asked for a token",
    host,
    "give tokens (--tokens FILE), or allowPublic: true (--allow-public) where something else keeps strangers out",
  );
}
