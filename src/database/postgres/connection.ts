import { argumentProblem, type Problem } from "../../errors.js";

/** A connected `Client` of `pg`, by what it is recognised by: it is left connected, with its settings as they were. */
export interface PostgresClient {
  query(...query: never[]): unknown;
  escapeLiteral(text: string): string;
}

/** A `Pool` of `pg`, by what it is recognised by: a client is taken from it and given back. */
export interface PostgresPool {
  query(...query: never[]): unknown;
  readonly totalCount: number;
  readonly idleCount: number;
}

/** The usual part of the configuration of a `Client` of `pg`; its other members may be there too. */
export interface PostgresConfig {
  readonly connectionString?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | (() => string | Promise<string>) | undefined;
  readonly ssl?: boolean | object | undefined;
  readonly options?: string | undefined;
  readonly keepAlive?: boolean | undefined;
  readonly statement_timeout?: number | false | undefined;
  readonly query_timeout?: number | undefined;
  readonly lock_timeout?: number | undefined;
  readonly idle_in_transaction_session_timeout?: number | undefined;
  readonly connectionTimeoutMillis?: number | undefined;
  readonly application_name?: string | undefined;
  readonly client_encoding?: string | undefined;
  /** Of a pool; it has no meaning here. */
  readonly max?: number | undefined;
  /** Of a pool; it has no meaning here. */
  readonly idleTimeoutMillis?: number | undefined;
}

/** Which server is used: a URL, a configuration of `pg`, a connected `Client`, or a `Pool`. */
export type PostgresConnection = string | PostgresConfig | PostgresClient | PostgresPool;

const CONFIG = {
  connectionString: ["string"],
  host: ["string"],
  port: ["number"],
  database: ["string"],
  user: ["string"],
  password: ["string", "function"],
  ssl: ["boolean", "object"],
  options: ["string"],
  keepAlive: ["boolean"],
  statement_timeout: ["number", "boolean"],
  query_timeout: ["number"],
  lock_timeout: ["number"],
  idle_in_transaction_session_timeout: ["number"],
  connectionTimeoutMillis: ["number"],
  application_name: ["string"],
  client_encoding: ["string"],
  max: ["number"],
  idleTimeoutMillis: ["number"],
} as const satisfies Readonly<Record<keyof PostgresConfig, readonly string[]>>;

const EXPECTED = "must be a URL, a configuration of pg, a connected Client or a Pool";

export function isPool(connection: object): connection is PostgresPool {
  return has(connection, "connect", "query") && "totalCount" in connection;
}

export function isClient(connection: object): connection is PostgresClient {
  return has(connection, "query", "escapeLiteral") && !("totalCount" in connection);
}

function has(object: object, ...methods: readonly string[]): boolean {
  return methods.every((name) => typeof (object as Readonly<Record<string, unknown>>)[name] === "function");
}

/** What is wrong with a connection, before any is made. @param argument the path of the option. */
export function connectionProblems(functionName: string, argument: string, connection: unknown): Problem[] {
  const problem = (within: string, expected: string, received: unknown, hint?: string) =>
    argumentProblem(functionName, `${argument}${within}`, expected, received, hint);
  if (connection === undefined) return [];
  if (typeof connection === "string") {
    return connection.trim() === "" ? [problem("", "must be a URL that is not blank", connection)] : [];
  }
  if (typeof connection !== "object" || connection === null || Array.isArray(connection)) {
    const isClass = typeof connection === "function";
    const hint = isClass
      ? "make one: new Pool(config), or new Client(config) and await its connect()"
      : undefined;
    return [problem("", EXPECTED, isClass ? undefined : connection, hint)];
  }
  if (connection instanceof Promise)
    return [problem("", `${EXPECTED}, not a promise`, undefined, "await it first")];
  if (connection instanceof URL) return [problem("", EXPECTED, undefined, "write connection: url.href")];
  if (isPool(connection)) {
    const { ending } = connection as { readonly ending?: boolean };
    return ending === true ? [problem("", "must be a Pool that has not ended", undefined)] : [];
  }
  if (isClient(connection)) return clientProblems(connection, problem);
  const given = Object.entries(connection);
  if (given.length === 0) return [problem("", EXPECTED, connection)];
  return given.flatMap(([name, value]) => {
    if (!Object.hasOwn(CONFIG, name)) {
      const known = Object.keys(CONFIG).join(", ");
      return [problem(`.${name}`, `must be left out, a configuration has ${known}`, undefined)];
    }
    const types: readonly string[] = CONFIG[name as keyof PostgresConfig];
    // A password is never shown.
    const shown = name === "password" ? undefined : value;
    return value === undefined || types.includes(typeof value)
      ? []
      : [problem(`.${name}`, `must be a ${types.join(" or a ")}`, shown)];
  });
}

/** A query on a client that never connects, or has ended, would wait for ever. */
function clientProblems(
  client: PostgresClient,
  problem: (within: string, expected: string, received: unknown, hint?: string) => Problem,
): Problem[] {
  const { _connected, _connecting, _ending, _ended } = client as {
    readonly _connected?: boolean;
    readonly _connecting?: boolean;
    readonly _ending?: boolean;
    readonly _ended?: boolean;
  };
  if (_ending === true || _ended === true)
    return [problem("", "must be a Client that has not ended", undefined)];
  if (_connected === false && _connecting !== true) {
    return [problem("", "must be a Client that is connected", undefined, "await client.connect() first")];
  }
  return [];
}
