import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const PYTHON = process.env.PYTHON ?? "python3";
const PEER = fileURLToPath(new URL("./lightgbm-peer.py", import.meta.url));
const PROCESS = fileURLToPath(new URL("./engine-process.ts", import.meta.url));

export interface Times {
  readonly cpu: number;
  readonly wall: number;
}

export const PHASES = ["binning", "training", "scoring"] as const;
export type Phase = (typeof PHASES)[number];

/** The report of one run of one contestant. */
export type EngineRun = Readonly<Record<Phase, Times>> & {
  /** Peak of binning and training above what the process held when its input was read. */
  readonly peakBytes: number;
};

/** A contestant: trains on a folder of column files and writes the margins of its test rows there. */
export interface Contestant {
  readonly name: string;
  run(folder: string, threads: number, rounds: number): Promise<EngineRun>;
}

export const HOLDFAST: Contestant = {
  name: "holdfast",
  run: (folder, threads, rounds) => runEngineProcess<EngineRun>("engine", folder, threads, rounds),
};

/** A job of engine-process.ts in a Node started as this one was. */
export async function runEngineProcess<Answer>(
  job: "engine" | "fit" | "crossFit" | "large",
  path: string,
  threads: number,
  rounds: number,
): Promise<Answer> {
  const args = [...process.execArgv, PROCESS, job, path, String(threads), String(rounds)];
  try {
    const { stdout } = await run(process.execPath, args);
    return JSON.parse(stdout) as Answer;
  } catch (error) {
    throw new Error(`${job} on ${threads} threads failed: ${(error as { stderr?: string }).stderr ?? error}`);
  }
}

/**
 * LightGBM row-wise and with quantised gradients; none, with the reason on standard error, where it can't be imported.
 */
export async function lightGbmPeers(): Promise<readonly Contestant[]> {
  try {
    const { stdout } = await run(PYTHON, [PEER, "--probe"]);
    const version = stdout.trim();
    return ["row-wise", "quantised"].map((mode) => ({
      name: `LightGBM ${version} ${mode}`,
      async run(folder, threads, rounds) {
        const { stdout } = await run(PYTHON, [PEER, folder, mode, String(threads), String(rounds)]);
        return JSON.parse(stdout) as EngineRun;
      },
    }));
  } catch (error) {
    const reason = (error as Error).message.trim().split("\n").at(-1);
    process.stderr.write(
      `engine: without LightGBM, because ${PYTHON} can't import it (${reason}); name another Python in $PYTHON\n`,
    );
    return [];
  }
}
