import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The SHA-256 of every file of a folder, hidden ones too. */
export function digestsOf(folder: string): Record<string, string> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((file) => [
      file,
      createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex"),
    ]),
  );
}

export interface JobEnd {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly milliseconds: number;
  readonly stderr: string;
}

/**
 * Runs the built command line; where `killAfter` is given, kills it, without a chance to clean up, after that many
 * milliseconds.
 */
export async function runJob(args: readonly string[], killAfter?: number): Promise<JobEnd> {
  const start = performance.now();
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearTimeout(timer);
  return { code, milliseconds: performance.now() - start, stderr };
}

/** What a job needs to be run, killed and continued. */
export interface KilledJob {
  readonly model: string;
  readonly input: string;
  readonly out: string;
  readonly rejects: string;
  readonly options?: readonly string[];
}

/**
 * Starts a job, kills it after each of some times in milliseconds, continues it every time, and finally lets it end.
 * @returns the digests of all files that it wrote, and how often it was killed before it had ended by itself.
 */
export async function killAndGoOn(
  { model, input, out, rejects, options = [] }: KilledJob,
  kills: readonly number[],
): Promise<{ readonly digests: Record<string, string>; readonly killed: number; readonly end: JobEnd }> {
  rmSync(out, { recursive: true, force: true });
  rmSync(rejects, { force: true });
  const args = ["score", model, input, "--out", out, "--rejects", rejects, "--resume", ...options];
  let killed = 0;
  for (const after of kills) {
    const { code } = await runJob(args, after);
    if (code === null) killed++;
  }
  const end = await runJob(args);
  const rejected = createHash("sha256").update(readFileSync(rejects)).digest("hex");
  return { digests: { ...digestsOf(out), rejects: rejected }, killed, end };
}
