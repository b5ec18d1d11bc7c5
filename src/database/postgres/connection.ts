import { argumentProblem, type Problem } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";

/** How to reach a PostgreSQL server, as `pg` takes it. What is left out comes from `PGHOST` and the other variables. */
export interface PostgresConfig {
  readonly connectionString?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | (() => string | Promise<string>) | undefined;
  /** TLS: true, or options of `node:tls`. */
  readonly ssl?: boolean | object | undefined;
  readonly sslnegotiation?: "postgres" | "direct" | undefined;
  readonly enableChannelBinding?: boolean | undefined;
  /** Default `"holdfast"`. */
  readonly application_name?: string | undefined;
  readonly fallback_application_name?: string | undefined;
  readonly options?: string | undefined;
  readonly client_encoding?: string | undefined;
  readonly statement_timeout?: number | false | undefined;
  readonly lock_timeout?: number | undefined;
  readonly query_timeout?: number | undefined;
  readonly idle_in_transaction_session_timeout?: number | undefined;
  /** Default 30,000. */
  readonly connectionTimeoutMillis?: number | undefined;
  readonly keepAlive?: boolean | undefined;
  readonly keepAliveInitialDelayMillis?: number | undefined;
}

/** A connected `Client` of `pg`, or one that its pool gave. */
export interface PostgresClient {
  readonly query: (...given: never[]) => unknown;
  readonly on: (...given: never[]) => unknown;
  readonly off: (...given: never[]) => unknown;
}

/** A `Pool` of `pg`. */
export interface PostgresPool {
  readonly connect: (...given: never[]) => unknown;
  readonly query: (...given: never[]) => unknown;
  readonly totalCount: number;
}

/**
 * A PostgreSQL server: a URL such as `postgresql://user@host/database`, settings as `pg` takes them, a connected `Client` of
 * `pg`, or a `Pool`. A client or pool is left open, and its settings stay as they are; a client is not used for anything else
 * meanwhile. A client within a transaction is used in it, and the transaction is left open.
 */
export type PostgresConnection = string | PostgresConfig | PostgresClient | PostgresPool;

type Shape = "text" | "number" | "truth" | "function" | "object";

/** What the settings may be. Those of pools alone are taken and do nothing. */
const SETTINGS: Readonly<Record<keyof PostgresConfig, readonly Shape[]>> = {
  connectionString: ["text"],
  host: ["text"],
  port: ["number"],
  database: ["text"],
  user: ["text"],
  password: ["text", "function"],
  ssl: ["truth", "object"],
  sslnegotiation: ["text"],
  enableChannelBinding: ["truth"],
  application_name: ["text"],
  fallback_application_name: ["text"],
  options: ["text"],
  client_encoding: ["text"],
  statement_timeout: ["number", "truth"],
  lock_timeout: ["number"],
  query_timeout: ["number"],
  idle_in_transaction_session_timeout: ["number"],
  connectionTimeoutMillis: ["number"],
  keepAlive: ["truth"],
  keepAliveInitialDelayMillis: ["number"],
};
const OF_POOLS = ["max", "min", "idleTimeoutMillis", "allowExitOnIdle", "maxUses", "maxLifetimeSeconds"];

const EXPECTED =
  "must be a URL, settings such as { host, database }, a connected client of pg, or a pool of pg";

/** What is wrong with a connection, found without using it; passwords are never shown. */
export function connectionProblems(functionName: string, argument: string, connection: unknown): Problem[] {
  const fail = (expected: string, received?: unknown, hint?: string): Problem[] => [
    argumentProblem(functionName, argument, expected, received, hint),
  ];
  if (connection === undefined) return [];
  if (typeof connection === "string") return connection.trim() === "" ? fail(EXPECTED, connection) : [];
  if (typeof connection === "function") return fail(EXPECTED, "a function");
  if (typeof connection !== "object" || connection === null) return fail(EXPECTED, connection);
  if (connection instanceof Promise) return fail(EXPECTED, "a promise", "await it first");
  if (isPool(connection)) {
    const { ending, ended } = connection as { readonly ending?: boolean; readonly ended?: boolean };
    return ending === true || ended === true ? fail("must be a pool that has not ended") : [];
  }
  if (isClient(connection)) {
    const expected = faultOfClient(connection);
    return expected === undefined ? [] : fail(expected);
  }
  if (Array.isArray(connection) || !isPlain(connection)) return fail(EXPECTED, "an object of another kind");
  return settingProblems(functionName, argument, connection as Readonly<Record<string, unknown>>);
}

/**
 * What is wrong with reading from and writing to the same connection at once: one that is lent does one thing at a time.
 * @param argument that of the output.
 */
export function sharedProblems(
  functionName: string,
  argument: string,
  input: unknown,
  output: unknown,
): Problem[] {
  const [from, to] = [input, output].map(
    (end) => (end as { readonly connection?: unknown } | null)?.connection,
  );
  if (from !== to || typeof from !== "object" || from === null) return [];
  const { max } = (from as { readonly options?: { readonly max?: number } }).options ?? {};
  const isEnough = isPool(from) ? max !== 1 : !isClient(from);
  if (isEnough) return [];
  const expected = isPool(from)
    ? "must be a pool of 2 clients or more, as the input is read from one meanwhile"
    : "must be another client than that of the input, which is read meanwhile";
  return [argumentProblem(functionName, argument, expected, undefined)];
}

export function isPool(connection: object): connection is PostgresPool {
  return "totalCount" in connection && "connect" in connection && typeof connection.connect === "function";
}

export function isClient(connection: object): connection is PostgresClient {
  return "query" in connection && typeof connection.query === "function";
}

/** What `pg` keeps of the state of a client; versions may have none of it. */
interface ClientState {
  readonly _connected?: boolean;
  readonly _ending?: boolean;
  readonly _ended?: boolean;
  readonly _queryable?: boolean;
  readonly native?: unknown;
}

function faultOfClient(client: object): string | undefined {
  const { _connected, _ending, _ended, _queryable, native } = client as ClientState;
  if (native !== undefined) return "must be a client of JavaScript: those of pg.native have no cursors";
  if (!("on" in client) || !("off" in client) || !("connection" in client)) return EXPECTED;
  if (_ending === true || _ended === true) return "must be a client that has not ended";
  if (_connected === false) return "must be a client that is connected, call await client.connect() first";
  return _queryable === false ? "must be a client whose connection has not broken" : undefined;
}

function settingProblems(
  functionName: string,
  argument: string,
  given: Readonly<Record<string, unknown>>,
): Problem[] {
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  if (names.length === 0)
    return [argumentProblem(functionName, argument, `${EXPECTED}, not an empty object`, undefined)];
  return names.flatMap((name): Problem[] => {
    if (OF_POOLS.includes(name)) return [];
    const at = `${argument}.${name}`;
    if (!Object.hasOwn(SETTINGS, name)) {
      const hint = didYouMean(name, Object.keys(SETTINGS));
      return [argumentProblem(functionName, at, "must be a setting of pg", undefined, hint)];
    }
    const shapes = SETTINGS[name as keyof PostgresConfig];
    if (shapes.some((shape) => IS_SHAPE[shape](given[name]))) return [];
    const what = shapes.map((shape) => NAMES[shape]).join(" or ");
    const received = name === "password" || name === "connectionString" ? undefined : given[name];
    return [argumentProblem(functionName, at, `must be ${what}`, received)];
  });
}

const IS_SHAPE: Readonly<Record<Shape, (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string",
  number: (value) => Number.isFinite(value),
  truth: (value) => typeof value === "boolean",
  function: (value) => typeof value === "function",
  object: (value) => typeof value === "object" && value !== null,
};
const NAMES: Readonly<Record<Shape, string>> = {
  text: "text",
  number: "a number",
  truth: "true or false",
  function: "a function",
  object: "an object",
};

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
