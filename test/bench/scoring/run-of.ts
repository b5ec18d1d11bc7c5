import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const PROCESS = fileURLToPath(new URL("./score-process.js", import.meta.url));

/** What one process took: seconds of CPU (user and system, all threads) and of the clock, and its peak memory. */
export interface Run {
  readonly cpu: number;
  readonly wall: number;
  readonly peakMib: number;
}

/** One copy or one scoring of a file in a separate process. @param output the name of what it writes. */
export async function runOf(
  contestant: string,
  input: string,
  folder: string,
  output?: string,
): Promise<Run> {
  const given = [PROCESS, contestant, input, folder, ...(output === undefined ? [] : [output])];
  const { stdout } = await promisify(execFile)(process.execPath, given);
  return JSON.parse(stdout) as Run;
}
