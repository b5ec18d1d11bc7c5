import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL server for one test file. */
export interface PostgresServer {
  /** URL of its database `postgres`, through a socket. */
  readonly connection: string;
  stop(): void;
}

/** Debian's places, newest version first, then the search path. */
function serverPrograms(): string | undefined {
  const versions = "/usr/lib/postgresql";
  const folders = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, "bin"))
    : [];
  return [...folders, ...(process.env.PATH ?? "").split(":")].find(
    (folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "pg_ctl")),
  );
}

/**
 * Starts a PostgreSQL server on a socket in a temporary folder, without network. Undefined, with a notice on standard
 * error, where no server is installed.
 */
export function startPostgres(): PostgresServer | undefined {
  const programs = serverPrograms();
  if (programs === undefined) {
    process.stderr.write("PostgreSQL tests skipped: no initdb is installed\n");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "holdfast-postgres-"));
  const data = join(folder, "data");
  // The server refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const run = (program: string, ...args: string[]) => {
    const command = [join(programs, program), ...args];
    const [file, ...rest] = isRoot
      ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", ...command]
      : command;
    execFileSync(file, rest, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  };
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    if (isRoot) {
      const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
      chownSync(folder, idOf("-u"), idOf("-g"));
    }
    run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
    const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off`;
    run("pg_ctl", "-D", data, "-l", join(folder, "log"), "-o", settings, "-w", "start");
  } catch (error) {
    remove();
    throw error;
  }
  return {
    connection: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: () => {
      try {
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
      } finally {
        remove();
      }
    },
  };
}
