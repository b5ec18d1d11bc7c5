import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const MAIN = fileURLToPath(new URL("../../../src/cli/main.ts", import.meta.url));

/** How many files the command line writes of an operator, and how many of them differ between one processor and all. */
export async function threadFigures(
  subscribers: number,
  seed: number,
): Promise<{ readonly files: number; readonly differing: number }> {
  const one = await hashes(subscribers, seed, ["taskset", "-c", "0"]);
  const all = await hashes(subscribers, seed, []);
  const names = new Set([...one.keys(), ...all.keys()]);
  const differing = [...names].filter((name) => one.get(name) !== all.get(name)).length;
  return { files: names.size, differing };
}

/** SHA-256 of each file. @param pinned what the command is run by. */
async function hashes(
  subscribers: number,
  seed: number,
  pinned: readonly string[],
): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "holdfast-bench-"));
  try {
    const options = ["--subscribers", `${subscribers}`, "--months", "24", "--seed", `${seed}`, "--daily"];
    const command = [process.execPath, "--import", "tsx", MAIN, "simulate", "--out", folder, ...options];
    const [file, ...given] = [...pinned, ...command];
    await promisify(execFile)(file, given);
    const found = new Map<string, string>();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const hash = createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
      found.set(path.slice(folder.length), hash);
    }
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
}
