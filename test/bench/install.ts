import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Bench, type BenchResult, result } from "./result.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What a user of neural networks in JavaScript installs. */
const PEER = "@tensorflow/tfjs";

/** What `npm install` of the packed package puts on a disk, with and without optional packages, and what it downloads. */
export const installBench: Bench = {
  name: "install",
  about: `packages, MB on disk and wall time of npm install of the packed package, against ${PEER}; needs a registry`,
  isOnRequest: true,
  async run(): Promise<BenchResult[]> {
    const folder = mkdtempSync(join(tmpdir(), "holdfast-install-"));
    try {
      const tarball = pack(folder);
      const plain = install(folder, "plain", tarball);
      const lean = install(folder, "lean", tarball, "--omit=optional");
      const peer = install(folder, "peer", PEER);
      return [
        result("install", "the tarball", statSync(tarball).size / 1e6, "MB"),
        ...figures("npm install", plain, peer),
        ...figures("npm install --omit=optional", lean, peer),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Installed {
  readonly packages: number;
  readonly megabytes: number;
  readonly seconds: number;
}

function figures(what: string, own: Installed, peer: Installed): BenchResult[] {
  const of = (name: keyof Installed, unit: string) =>
    result("install", `${what}, ${name}`, own[name], unit, { name: PEER, value: peer[name] });
  return [of("packages", ""), of("megabytes", "MB"), of("seconds", "s")];
}

function pack(folder: string): string {
  const args = ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder];
  return join(folder, execFileSync("npm", args, { cwd: ROOT, encoding: "utf8" }).trim());
}

/** Installs into an empty project, from an empty cache. */
function install(folder: string, name: string, what: string, ...options: readonly string[]): Installed {
  const cwd = mkdtempSync(join(folder, `${name}-`));
  writeFileSync(join(cwd, "package.json"), '{ "name": "user", "private": true }\n');
  const cache = join(folder, `cache-${name}`);
  const quiet = ["--silent", "--no-audit", "--no-fund", "--cache", cache];
  const started = performance.now();
  execFileSync("npm", ["install", what, ...quiet, ...options], { cwd, stdio: "inherit" });
  const seconds = (performance.now() - started) / 1e3;
  return { packages: packagesIn(cwd), megabytes: bytesIn(join(cwd, "node_modules")) / 1e6, seconds };
}

/** Packages that npm recorded in the folder: without the project itself, and without those that it left out. */
function packagesIn(folder: string): number {
  const lock = JSON.parse(readFileSync(join(folder, "node_modules", ".package-lock.json"), "utf8")) as {
    readonly packages: Record<string, unknown>;
  };
  return Object.keys(lock.packages).length;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
