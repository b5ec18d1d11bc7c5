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
import { type Bench, median, result } from "../result.js";
import { checkBuilt } from "./scoring-data.js";

const TELCO = join(DATASETS, "telco.csv");
const MAIN = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
const SECONDS = 600;
/** Seconds between two memory measurements. */
const EVERY = 5;
const CONNECTIONS = 10;

/** A service on one core under ten minutes of load. */
export const httpBench: Bench = {
  name: "http",
  about:
    "single predictions over HTTP by the default telco model, on one core: requests a second, latency, memory over 10 minutes (--rows: seconds)",
  isOnRequest: true,
  async run({ rows: seconds = SECONDS }) {
    if (!isThere(TELCO, "http")) return [];
    checkBuilt();
    const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
    let server: ChildProcess | undefined;
    try {
      const table = await readTable(TELCO);
      const model = await trainChurnModel(table, { label: "Churn", id: "customerID", replicates: 1 });
      await model.save(join(folder, "telco.json"));
      const command = [process.execPath, MAIN, "serve", join(folder, "telco.json"), "--port", "0"];
      // One core for the service, the others for the client.
      const pinned = existsSync("/usr/bin/taskset") ? ["taskset", "-c", "0", ...command] : command;
      server = spawn(pinned[0], pinned.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
      const url = await addressOf(server);
      if (pinned !== command) execFileSync("taskset", ["-pc", "1", String(process.pid)], { stdio: "ignore" });
      const bodies = rowsOf(
        takeRows(
          table,
          Array.from({ length: 500 }, (_, row) => row),
        ),
      ).map((row) => JSON.stringify({ row }));
      await load(url, bodies, 10);
      const memory: number[] = [];
      const timer = setInterval(async () => memory.push(await residentMib(url)), EVERY * 1000);
      const { requests, latency, non2xx } = await load(url, bodies, seconds);
      clearInterval(timer);
      if (non2xx > 0) throw new Error(`${non2xx} requests were not answered`);
      const third = Math.max(1, Math.floor(memory.length / 3));
      return [
        result("http", "requests a second, mean", requests.average, "1/s", { name: "bar", value: 5000 }),
        result("http", "latency, median", latency.p50, "ms"),
        result("http", "latency, 99th percentile", latency.p99, "ms", { name: "bar", value: 10 }),
        result("http", "memory, last third of the time", median(memory.slice(-third)), "MiB", {
          name: "first third",
          value: median(memory.slice(0, third)),
        }),
      ];
    } finally {
      server?.kill("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function load(url: string, bodies: readonly string[], seconds: number) {
  const requests = bodies.map((body) => ({ body }));
  const headers = { "content-type": "application/json" };
  return autocannon({
    url: `${url}/v1/predict`,
    method: "POST",
    headers,
    requests,
    connections: CONNECTIONS,
    duration: seconds,
  });
}

function addressOf(server: ChildProcess): Promise<string> {
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
