import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { readTable, trainChurnModel } from "../../../src/index.js";
import { rowsOf } from "../../../src/table/rows.js";
import { takeRows } from "../../../src/table/table.js";
import { DATASETS, isThere } from "../../support/shared-data.js";
import { type Bench, type BenchResult, median, result } from "../result.js";
import { checkBuilt } from "./scoring-data.js";

const TELCO = join(DATASETS, "telco.csv");
const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
const BARE = fileURLToPath(new URL("./bare-server.ts", import.meta.url));
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
    "single predictions over HTTP by the default telco model, on one core: beside a bare fastify route in turns, latency, memory over 10 minutes (--rows: seconds)",
  isOnRequest: true,
  async run({ rows: seconds = SECONDS, pairs = PAIRS }) {
    if (!isThere(TELCO, "http")) return [];
    checkBuilt();
    const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
    const servers: ChildProcess[] = [];
    try {
      const table = await readTable(TELCO);
      const model = await trainChurnModel(table, { label: "Churn", id: "customerID", replicates: 1 });
      await model.save(join(folder, "telco.json"));
      const first = takeRows(
        table,
        Array.from({ length: 500 }, (_, row) => row),
      );
      const bodies = rowsOf(first).map((row) => JSON.stringify({ row }));
      const service = await started(servers, [MAIN, "serve", join(folder, "telco.json"), "--port", "0"]);
      const answer = await answerOf(service, bodies[0]);
      const bare = await started(servers, ["--import", "tsx", BARE, answer]);
      if (canPin()) execFileSync("taskset", ["-apc", "1", String(process.pid)], { stdio: "ignore" });
      for (const url of [service, bare]) await load(url, bodies, TURN);
      return [
        ...(await besideBare(service, bare, bodies, pairs)),
        ...(await underLoad(service, bodies, seconds)),
      ];
    } finally {
      for (const server of servers) server.kill("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Requests a second of the service and of the bare route in turns; then the service's latency at four fifths of its rate. */
async function besideBare(
  service: string,
  bare: string,
  bodies: readonly string[],
  pairs: number,
): Promise<BenchResult[]> {
  const rates: number[] = [];
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const own = (await load(service, bodies, TURN)).requests.average;
    const peer = (await load(bare, bodies, TURN)).requests.average;
    rates.push(own);
    ratios.push(own / peer);
  }
  const rate = median(rates);
  const { latency } = await load(service, bodies, 2 * TURN, 0.8 * rate);
  const { latency: ofBare } = await load(bare, bodies, 2 * TURN, 0.8 * rate);
  return [
    result("http", "requests a second", rate, "1/s", { name: "bar", value: 5000 }),
    result("http", "requests a second for those of the bare route", median(ratios), "", {
      name: "bar",
      value: 0.6,
    }),
    result(
      "http",
      "at 80% of that rate, 99th percentile of the latency for its median",
      latency.p99 / latency.p50,
      "",
      {
        name: "bar",
        value: 5,
      },
    ),
    result("http", "at 80%, median", latency.p50, "ms", { name: "bare", value: ofBare.p50 }),
    result("http", "at 80%, 99th percentile", latency.p99, "ms", { name: "bare", value: ofBare.p99 }),
  ];
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

async function load(url: string, bodies: readonly string[], seconds: number, rate?: number) {
  const loaded = await autocannon({
    url: `${url}/v1/predict`,
    method: "POST",
    headers: { "content-type": "application/json" },
    requests: bodies.map((body) => ({ body })),
    connections: CONNECTIONS,
    duration: seconds,
    ...(rate === undefined ? {} : { overallRate: Math.round(rate) }),
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

/** Starts a server on the first core; the client takes the second. @returns its address. */
function started(servers: ChildProcess[], args: readonly string[]): Promise<string> {
  const command = [...(canPin() ? ["taskset", "-c", "0"] : []), process.execPath, ...args];
  const server = spawn(command[0], command.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
  servers.push(server);
  return new Promise((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`the service ended with ${code}`)));
    server.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const url = /"msg":"listening","url":"([^"]+)"/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

async function residentMib(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1]) / 2 ** 20;
}
