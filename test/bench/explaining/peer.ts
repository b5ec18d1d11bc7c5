import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Tree } from "../../../src/trees/tree.js";
import { type DumpedTree, treeOf } from "./lightgbm-trees.js";

const run = promisify(execFile);
const PYTHON = process.env.PYTHON ?? "python3";
const PEER = fileURLToPath(new URL("./lightgbm-contributions.py", import.meta.url));

/** LightGBM over the columns in a folder. */
export class LightGbmContributions {
  private constructor(
    readonly name: string,
    private readonly folder: string,
  ) {}

  /** Undefined, with the reason on standard error, where it can't be imported. */
  static async in(folder: string): Promise<LightGbmContributions | undefined> {
    try {
      const { stdout } = await run(PYTHON, [PEER, "--probe"]);
      return new LightGbmContributions(`LightGBM ${stdout.trim()} pred_contrib`, folder);
    } catch (error) {
      const reason = (error as Error).message.trim().split("\n").at(-1);
      process.stderr.write(
        `explain: without LightGBM, because ${PYTHON} can't import it (${reason}); name another Python in $PYTHON\n`,
      );
      return undefined;
    }
  }

  /** The trees that it trains. */
  async train(rounds: number): Promise<Tree[]> {
    await run(PYTHON, [PEER, this.folder, "train", String(rounds)]);
    const trees = JSON.parse(await readFile(join(this.folder, "trees.json"), "utf8")) as DumpedTree[];
    return trees.map(treeOf);
  }

  /** @returns contributions row by row, the expected value after those of each row. */
  async explain(): Promise<{ readonly cpu: number; readonly contributions: Float64Array }> {
    const { stdout } = await run(PYTHON, [PEER, this.folder, "explain"]);
    const bytes = await readFile(join(this.folder, "contributions.f64"));
    const contributions = new Float64Array(new Uint8Array(bytes).buffer);
    return { cpu: (JSON.parse(stdout) as { cpu: number }).cpu, contributions };
  }
}
