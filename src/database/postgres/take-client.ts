import type { Client, CustomTypesConfig, Pool } from "pg";
import { isClient, isPool, type PostgresConfig, type PostgresConnection } from "./connection.js";

/** All values as the server writes them: `pg` would read dates in the machine's time zone. */
export const AS_TEXT: CustomTypesConfig = { getTypeParser: () => (text: unknown) => text };

/** How long to wait for a server that does not answer, in milliseconds. */
const CONNECT_WITHIN = 30_000;
/** Dates and times as text in ISO 8601 and UTC, whatever the server's or the role's settings. */
const SETTINGS = { TimeZone: "UTC", DateStyle: "ISO, YMD", IntervalStyle: "iso_8601" } as const;

/** A client that is used for a while. */
export interface TakenClient {
  readonly client: Client;
  /** Makes the server write dates and times in ISO 8601 and UTC. */
  begin(): Promise<void>;
  /** Ends a connection that was made here; gives another one back as it was. */
  end(): Promise<void>;
}

/** Connects, or takes the client of the caller. @param stop called when the connection breaks. */
export async function takeClient(
  pg: typeof import("pg")["default"],
  connection: PostgresConnection | undefined,
  lost: Promise<never>,
  stop: (error: Error) => void,
): Promise<TakenClient> {
  if (typeof connection === "object" && isPool(connection)) {
    const client = await Promise.race([(connection as Pool).connect(), lost]);
    return borrowed(client as unknown as Client, stop, (isBroken) => client.release(isBroken));
  }
  if (typeof connection === "object" && isClient(connection)) {
    return borrowed(connection as unknown as Client, stop, () => {});
  }
  const config = connectionConfig(connection);
  const client = new pg.Client({
    connectionTimeoutMillis: CONNECT_WITHIN,
    application_name: "holdfast",
    ...config,
  });
  client.on("error", stop);
  client.on("end", () => stop(new Error("the connection ended")));
  const end = async () => {
    // Not awaited: a server that is gone may never answer. While a query runs this breaks the connection.
    client.end().catch(() => {});
  };
  try {
    await Promise.race([client.connect(), lost]);
  } catch (error) {
    await end();
    throw error;
  }
  return { client, begin: () => setAll(client, SETTINGS), end };
}

function connectionConfig(connection: string | PostgresConfig | undefined): PostgresConfig {
  if (connection === undefined) return {};
  return typeof connection === "string" ? { connectionString: connection } : connection;
}

/** A client of the caller, which gets its settings back. */
function borrowed(
  client: Client,
  stop: (error: Error) => void,
  giveBack: (isBroken: boolean) => void,
): TakenClient {
  let isBroken = false;
  const broken = (error?: Error) => {
    isBroken = true;
    stop(error ?? new Error("the connection ended"));
  };
  const ended = () => broken();
  client.on("error", broken);
  client.on("end", ended);
  let before: Readonly<Record<string, string>> | undefined;
  return {
    client,
    async begin() {
      const shown = Object.keys(SETTINGS).map((name) => `current_setting('${name}') AS "${name}"`);
      const { rows } = await client.query({ text: `SELECT ${shown.join(", ")}`, types: AS_TEXT });
      before = rows[0] as Record<string, string>;
      await setAll(client, SETTINGS);
    },
    async end() {
      client.removeListener("error", broken);
      client.removeListener("end", ended);
      try {
        // In a transaction that failed nothing can be set; its end takes the settings back.
        if (!isBroken && before !== undefined) await setAll(client, before);
      } catch {
        isBroken = true;
      }
      giveBack(isBroken);
    },
  };
}

async function setAll(client: Client, settings: Readonly<Record<string, string>>): Promise<void> {
  const set = Object.entries(settings).map(([name, value]) => `SET ${name} = ${client.escapeLiteral(value)}`);
  await client.query(set.join("; "));
}
