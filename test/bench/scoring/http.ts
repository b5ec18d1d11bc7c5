import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import autocannon from "autocannon";
import { median } from "simple-statistics";
import { gradientBoosting } from "../../../src/classifiers/boosting/boosting.js";
import { readTable, trainChurnModel } from "../../../src/index.js";
import { rowsOf } from "../../../src/table/rows.js";
import { takeRows } from "../../../src/table/table.js";
import { DATASETS, isThere } from "../../support/shared-data.js";
import { type Bench, type BenchResult, result } from "../result.js";
import type { PacedTurns, Waits } from "./paced-client.js";
import { checkBuilt } from "./scoring-data.js";

const TELCO = join(DATASETS, "telco.csv");
const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
const BARE = fileURLToPath(new URL("./bare-server.ts", import.meta.url));
const PACED = fileURLToPath(new URL("./paced-process.ts", import.meta.url));
const SECONDS = 600;
/** Seconds between two memory measurements. */
const EVERY = 5;
const CONNECTIONS = 10;
/** Seconds of a turn of the service, and of the bare route. */
const TURN = 5;
const PAIRS = 5;

/** A service on one core: beside a bare route, at four fifths of its load, and under ten minutes of full load. */
export const httpBench: Bench = {
  name: "http",
  about:
    "single predictions over HTTP, on one core: beside a bare fastify route in turns, latency, memory over 10 minutes (--rows: seconds)",
  isOnRequest: true,
  async run({ rows: seconds = SECONDS, pairs = PAIRS }) {
    if (!isThere(TELCO, "http")) return [];
    checkBuilt();
    const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
    const servers: ChildProcess[] = [];
    try {
      const table = await readTable(TELCO);
      const options = { label: "Churn", id: "customerID", replicates: 1 } as const;
      const trees = gradientBoosting({ rounds: 100, maxLeaves: 31 });
      await (await trainChurnModel(table, options)).save(join(folder, "default.json"));
      await (await trainChurnModel(table, { ...options, classifier: [trees], repeats: 1 })).save(
        join(folder, "trees.json"),
      );
      const first = takeRows(
        table,
        Array.from({ length: 500 }, (_, row) => row),
      );
      const bodies = rowsOf(first).map((row) => JSON.stringify({ row }));
      const serve = (model: string) =>
        started(servers, folder, [MAIN, "serve", join(folder, model), "--port", "0"]);
      const trained = await serve("default.json");
      const ofTrees = await serve("trees.json");
      const bare = await started(servers, folder, [
        "--import",
        "tsx",
        BARE,
        await answerOf(trained.url, bodies[0]),
      ]);
      if (canPin()) execFileSync("taskset", ["-apc", "1", String(process.pid)], { stdio: "ignore" });
      return [
        ...(await besideBare("at most 100 trees of 31 leaves", ofTrees, bare, bodies, pairs)),
        ...(await besideBare("default model", trained, bare, bodies, pairs)),
        ...(await underLoad(trained.url, bodies, seconds)),
      ];
    } finally {
      for (const server of servers) server.kill("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/**
 * Requests a second of CPU of a service and of the bare route in turns, since other programs take part of a second; then the waits
 * of both at four fifths of the service's rate, in turns too.
 */
async function besideBare(
  what: string,
  service: Server,
  bare: Server,
  bodies: readonly string[],
  pairs: number,
): Promise<BenchResult[]> {
  const own: Rate[] = [];
  const ratios: number[] = [];
  for (const server of [service, bare]) await rateOf(server, bodies);
  for (let pair = 0; pair < pairs; pair++) {
    const rate = await rateOf(service, bodies);
    const peer = await rateOf(bare, bodies);
    own.push(rate);
    ratios.push(rate.ofCpu / peer.ofCpu);
  }
  const rate = 0.8 * median(own.map(({ perSecond }) => perSecond));
  const turns = { rate, turns: pairs, seconds: TURN, connections: CONNECTIONS };
  const [waits, bareWaits] = await waitsOf(bodies, { ...turns, urls: [service.url, bare.url] });
  const over = (all: readonly Waits[], of: (waits: Waits) => number) => median(all.map(of));
  const named = (text: string) => `${what}: ${text}`;
  const atRate = (text: string, of: (waits: Waits) => number) =>
    result("http", named(`at 80%, ${text}`), over(waits, of), "ms", {
      name: "bare",
      value: over(bareWaits, of),
    });
  return [
    result("http", named("requests a second of CPU"), median(own.map(({ ofCpu }) => ofCpu)), "1/s", {
      name: "bar",
      value: 5000,
    }),
    result("http", named("requests a second of CPU, those of the bare route"), median(ratios), "", {
      name: "bar",
      value: 0.6,
    }),
    result("http", named("at 80% of its rate, 99th percentile for the median"), over(waits, tailOf), "", {
      name: "bar",
      value: 5,
    }),
    result("http", named("the same of the bare route at that rate"), over(bareWaits, tailOf), ""),
    atRate("median", ({ p50 }) => p50),
    atRate("99th percentile", ({ p99 }) => p99),
  ];
}

function tailOf({ p50, p99 }: Waits): number {
  return p99 / p50;
}

/** The waits of each server, turn by turn, as a client in a separate process measures them. */
async function waitsOf(bodies: readonly string[], turns: Omit<PacedTurns, "bodies">): Promise<Waits[][]> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  try {
    const path = join(folder, "bodies.json");
    writeFileSync(path, JSON.stringify(bodies));
    const told: PacedTurns = { ...turns, bodies: path };
    const args = ["--import", "tsx", PACED, JSON.stringify(told)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as Waits[][];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Rate {
  readonly perSecond: number;
  /** Requests for each second of the server's CPU. */
  readonly ofCpu: number;
}

async function rateOf(server: Server, bodies: readonly string[]): Promise<Rate> {
  const before = cpuSeconds(server.pid);
  const { requests } = await load(server.url, bodies, TURN);
  return { perSecond: requests.average, ofCpu: requests.total / (cpuSeconds(server.pid) - before) };
}

/** CPU time that a process has taken, in user mode and in the kernel. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  const ticksPerSecond = 100;
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

interface Server {
  readonly url: string;
  readonly pid: number;
}

async function underLoad(url: string, bodies: readonly string[], seconds: number): Promise<BenchResult[]> {
  const memory: number[] = [];
  const timer = setInterval(async () => memory.push(await residentMib(url)), EVERY * 1000);
  const { latency } = await load(url, bodies, seconds);
  clearInterval(timer);
  const third = Math.max(1, Math.floor(memory.length / 3));
  return [
    result("http", "latency, median", latency.p50, "ms"),
    result("http", "latency, 99th percentile", latency.p99, "ms", { name: "bar", value: 10 }),
    result("http", "memory, last third of the time", median(memory.slice(-third)), "MiB", {
      name: "first third",
      value: median(memory.slice(0, third)),
    }),
  ];
}

async function load(url: string, bodies: readonly string[], seconds: number) {
  const loaded = await autocannon({
    url: `${url}/v1/predict`,
    method: "POST",
    headers: { "content-type": "application/json" },
    requests: bodies.map((body) => ({ body })),
    connections: CONNECTIONS,
    duration: seconds,
  });
  if (loaded.non2xx > 0) throw new Error(`${loaded.non2xx} requests were not answered`);
  return loaded;
}

async function answerOf(url: string, body: string): Promise<string> {
  const headers = { "content-type": "application/json" };
  return (await fetch(`${url}/v1/predict`, { method: "POST", headers, body })).text();
}

function canPin(): boolean {
  return existsSync("/usr/bin/taskset");
}

/**
 * Starts a server on the first core; the client takes the second. Its log goes to a file in `folder`, since whoever read it would
 * take time from the client.
 */
async function started(servers: ChildProcess[], folder: string, args: readonly string[]): Promise<Server> {
  const command = [...(canPin() ? ["taskset", "-c", "0"] : []), process.execPath, ...args];
  const path = join(folder, `${servers.length}.log`);
  const log = openSync(path, "w");
  const server = spawn(command[0], command.slice(1), { stdio: ["ignore", log, "inherit"] });
  closeSync(log);
  servers.push(server);
  while (server.exitCode === null && server.signalCode === null) {
    const url = /"msg":"listening","url":"([^"]+)"/.exec(readFileSync(path, "utf8"))?.[1];
    if (url !== undefined) return { url, pid: server.pid as number };
    await pause(50);
  }
  throw new Error(`the service ended with ${server.exitCode ?? server.signalCode}`);
}

async function residentMib(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]) / 2 ** 20;
}
