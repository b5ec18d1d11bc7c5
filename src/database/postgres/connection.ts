import { argumentProblem, type Problem } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";

/** A configuration of `pg`: how to reach a server. What is left out comes from `PGHOST` and the other variables. */
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
 * A PostgreSQL server: a URL such as `postgresql://user@host/database`, a configuration of `pg`, a connected `Client`, or a
 * `Pool`. A client or pool is left open, and its settings stay as they are; a client is not used for anything else
 * meanwhile. A client within a transaction is used in it, and the transaction is left open.
 */
export type PostgresConnection = string | PostgresConfig | PostgresClient | PostgresPool;

type Shape = "text" | "number" | "truth" | "function" | "object";

/** What the settings may be. Those of pools alone have no meaning here. */
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

const EXPECTED = "must be a URL, a configuration of pg, a connected Client or a Pool";

/** What is wrong with a connection, found without using it; passwords are never shown. */
export function connectionProblems(functionName: string, argument: string, connection: unknown): Problem[] {
  const fail = (expected: string, received?: unknown, hint?: string): Problem[] => [
    argumentProblem(functionName, argument, expected, received, hint),
  ];
  if (connection === undefined) return [];
  if (typeof connection === "string") {
    return connection.trim() === "" ? fail("must be a URL that is not blank", connection) : [];
  }
  if (typeof connection === "function") {
    const hint = "make one: new Pool(config), or new Client(config) and await its connect()";
    return fail(EXPECTED, "a function", hint);
  }
  if (typeof connection !== "object" || connection === null) return fail(EXPECTED, connection);
  if (connection instanceof Promise) return fail(`${EXPECTED}, not a promise`, undefined, "await it first");
  if (connection instanceof URL) return fail(EXPECTED, undefined, "write connection: url.href");
  if (isPool(connection)) {
    const { ending, ended } = connection as { readonly ending?: boolean; readonly ended?: boolean };
    return ending === true || ended === true ? fail("must be a Pool that has not ended") : [];
  }
  if (isClient(connection)) {
    const fault = faultOfClient(connection);
    return fault === undefined ? [] : fail(fault.expected, undefined, fault.hint);
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
    ? "must be a Pool of 2 clients or more: the input is read from one meanwhile"
    : "must be another Client than that of the input, which is read meanwhile";
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
  readonly _connecting?: boolean;
  readonly _ending?: boolean;
  readonly _ended?: boolean;
  readonly _queryable?: boolean;
  readonly native?: unknown;
}

/** A query on a client that never connects, or has ended, would wait for ever. */
function faultOfClient(client: object): { readonly expected: string; readonly hint?: string } | undefined {
  const { _connected, _connecting, _ending, _ended, _queryable, native } = client as ClientState;
  if (native !== undefined) return { expected: "must be a Client of JavaScript: pg.native has no cursors" };
  if (!("on" in client) || !("off" in client) || !("connection" in client)) return { expected: EXPECTED };
  if (_ending === true || _ended === true) return { expected: "must be a Client that has not ended" };
  if (_connected === false && _connecting !== true) {
    return { expected: "must be a Client that is connected", hint: "await client.connect() first" };
  }
  return _queryable === false ? { expected: "must be a Client whose connection has not broken" } : undefined;
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
      return [
        argumentProblem(
          functionName,
          at,
          "must be left out, a configuration of pg has no such member",
          undefined,
          hint,
        ),
      ];
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
