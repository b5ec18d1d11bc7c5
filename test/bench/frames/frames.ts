import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { median } from "simple-statistics";
import { type Bench, type BenchResult, result } from "../result.js";
import type { Measured } from "./frames-process.js";

const ROWS = 1_000_000;
const PAIRS = 5;
const run = promisify(execFile);
const INTEROP = fileURLToPath(new URL("../../interop/node_modules/", import.meta.url));

/** Frames, and the package that each needs beside those of this repository. */
const FRAMES = [
  { name: "Arrow, numbers only", key: "arrow-numbers" },
  { name: "Arrow", key: "arrow" },
  { name: "Arrow IPC bytes", key: "arrow-bytes" },
  { name: "danfojs", key: "danfo", needs: "danfojs-node" },
  { name: "Polars", key: "polars", needs: "nodejs-polars" },
  { name: "arquero", key: "arquero", needs: "arquero" },
  { name: "columns as arrays", key: "arrays" },
  { name: "row objects", key: "rows" },
] as const;

/** `tableFrom` of a frame of 20 columns, each frame in a fresh process, paired with reading its values once. */
export const framesBench: Bench = {
  name: "frames",
  about:
    "tableFrom of 1,000,000 rows × 20 columns (16 of numbers), paired with reading the values of the frame once",
  async run({ rows = ROWS, pairs = PAIRS, only }) {
    const results: BenchResult[] = [];
    const chosen = only?.split(",");
    for (const frame of FRAMES) {
      if (chosen !== undefined && !chosen.includes(frame.key)) continue;
      if ("needs" in frame && !existsSync(`${INTEROP}${frame.needs}`)) {
        console.error(
          `frames: ${frame.name} left out, ${frame.needs} is not installed: node scripts/install-interop.js`,
        );
        continue;
      }
      results.push(...(await measured(frame.name, frame.key, rows, pairs)));
    }
    return results;
  },
};

async function measured(name: string, key: string, rows: number, pairs: number): Promise<BenchResult[]> {
  const script = fileURLToPath(new URL("frames-process.ts", import.meta.url));
  const given = [
    "--expose-gc",
    "--max-old-space-size=6000",
    "--import",
    "tsx",
    script,
    key,
    String(rows),
    String(pairs),
  ];
  const { stdout } = await run(process.execPath, given);
  const { conversions, readings, keepings, grownBytes, sharedColumns, numberColumns } = JSON.parse(
    stdout,
  ) as Measured;
  const of = (times: Measured["readings"], what: "cpu" | "wall") => median(times.map((time) => time[what]));
  const peer = (what: "cpu" | "wall") => ({ name: "reading its values once", value: of(readings, what) });
  const kept = (what: "cpu" | "wall") => ({ name: "reading and keeping them", value: of(keepings, what) });
  return [
    ...(keepings.length === 0
      ? []
      : (["cpu", "wall"] as const).map((what) =>
          result(
            "frames",
            `${name}, ${what === "cpu" ? "CPU of the thread" : what}`,
            of(conversions, what),
            "s",
            kept(what),
          ),
        )),
    result("frames", `${name}, CPU of the thread`, of(conversions, "cpu"), "s", peer("cpu")),
    result("frames", `${name}, wall`, of(conversions, "wall"), "s", peer("wall")),
    result("frames", `${name}, memory of the table`, grownBytes / 2 ** 20, "MB"),
    result("frames", `${name}, columns of ${numberColumns} numbers that are not copied`, sharedColumns, ""),
  ];
}
