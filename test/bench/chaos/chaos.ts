import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, quantileSorted } from "simple-statistics";
import { createRandom } from "../../../src/random.js";
import { trainChurnModel } from "../../../src/training/train.js";
import { runJob } from "../../support/killed-jobs.js";
import { subscriberRows, subscriberTable } from "../../support/subscribers.js";
import { type Bench, type BenchResult, result } from "../result.js";
import { checkBuilt } from "../scoring/scoring-data.js";
import { honestClient } from "./honest-clients.js";
import { hostileClient } from "./hostile-clients.js";
import { scoreOntoFullDisks } from "./jobs.js";
import { replaceModels } from "./replaced-models.js";
import { SupervisedService } from "./supervised-service.js";
import { Tally } from "./tally.js";

const SECONDS = 600;
const HONEST = 4;
const HOSTILE = 4;
const SIMULATED = fileURLToPath(new URL("../../../datasets/simulated", import.meta.url));
/** In ids of requests; no log may hold it. */
const MARK = "Grünwald-7431";

/** Everything at once for ten minutes, and what held. */
export const chaosBench: Bench = {
  name: "chaos",
  about:
    "clients that stall, lie, flood and disconnect, models that are replaced, SIGTERM, full disks and kills, all at once for 10 minutes (--rows: seconds)",
  isOnRequest: true,
  async run({ rows: seconds = SECONDS, seeds: seed = 1 }) {
    checkBuilt();
    const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
    try {
      return await chaos(folder, seconds, seed);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function chaos(folder: string, seconds: number, seed: number): Promise<BenchResult[]> {
  const at = (name: string) => join(folder, name);
  const controller = new AbortController();
  const random = createRandom(seed);
  const run = { tally: new Tally(), random: () => random.next(), end: controller.signal };
  const { tally } = run;
  const options = { label: "churned", id: "subscriber", replicates: 5, repeats: 1 } as const;
  const models = await Promise.all(
    (["logistic", "boosting"] as const).map((classifier, m) =>
      trainChurnModel(subscriberTable(400, m), { ...options, classifier }),
    ),
  );
  const files = models.map((_, m) => at(`${m}.json`));
  for (const [m, model] of models.entries()) await model.save(files[m]);
  await models[0].save(at("main.json"));
  const vector = await vectorModel(at);
  const tokens = ["one", "two", "three", "four", "flood"].map((name) => `${name}-${"x".repeat(20)}`);
  writeFileSync(at("tokens.txt"), tokens.map((token) => `${token}\n`).join(""));
  const rows = subscriberRows(200, 7).map((row, r) => ({ ...row, subscriber: `${MARK}-${r}` }));
  const service = new SupervisedService(
    run,
    [
      `main=${at("main.json")}`,
      `vectors=${vector.model}`,
      ...["--history", vector.history, "--tokens", at("tokens.txt"), "--rate-limit", "100"],
    ],
    [MARK, "north"],
  );
  await service.start();
  setTimeout(() => controller.abort(), seconds * 1000);
  const bodies = {
    token: tokens[HONEST],
    predict: JSON.stringify({ model: "main", row: rows[0] }),
    vector: JSON.stringify({ model: "vectors", facts: FACTS, at: "2026-02" }),
  };
  mkdirSync(at("jobs"));
  const parts = [
    service.supervise(45_000),
    service.measureMemory(),
    ...tokens.slice(0, HONEST).map((token) => honestClient(run, service, token, rows, models, 20)),
    ...Array.from({ length: HOSTILE }, () => hostileClient(run, service, bodies)),
    replaceModels(run, service, at("main.json"), files, 4000),
    scoreOntoFullDisks(run, at("jobs"), files[1]),
  ];
  // A part that fails ends the others, so that all is cleaned up.
  const ends = await Promise.allSettled(
    parts.map((part) =>
      part.catch((error: unknown) => {
        controller.abort();
        throw error;
      }),
    ),
  );
  await service.stop();
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return [
    ...summary(tally, service),
    ...tally.breaches.map(([what, times]) => counted(`BREACH ${what}`, times)),
  ];
}

const FACTS = {
  subscribers: [{ subscriber_id: "a", activated_on: "2024-03-05", region: "north", payment_kind: "prepaid" }],
  payments: [{ subscriber_id: "a", paid_on: "2026-01-05", amount: 10 }],
};

/** A model of snapshots, and the file by which the service makes vectors. */
async function vectorModel(at: (name: string) => string) {
  const files = { model: at("vectors.json"), history: at("history.json") };
  const table = at("snapshots.parquet");
  for (const args of [
    ["snapshots", SIMULATED, "--at", "2025-06", "--out", table, "--online", files.history],
    ["train", table, "--classifier", "logistic", "--repeats", "1", "--out", files.model],
  ]) {
    const { code, stderr } = await runJob(args);
    if (code !== 0) throw new Error(stderr);
  }
  return files;
}

function counted(what: string, times: number): BenchResult {
  return result("chaos", what, times, "");
}

function summary(tally: Tally, service: SupervisedService): BenchResult[] {
  const latencies = tally.latencies.toSorted((a, b) => a - b);
  const { memory } = service;
  const third = Math.max(1, Math.floor(memory.length / 3));
  const breaches = tally.breaches.reduce((sum, [, times]) => sum + times, 0);
  return [
    ...tally.entries.map(([what, times]) => counted(what, times)),
    ...([0.5, 0.99, 0.999] as const).map((share) =>
      result("chaos", `honest clients, latency at ${share * 100}%`, quantileSorted(latencies, share), "ms"),
    ),
    result("chaos", "SIGTERM to the end, longest", service.longestStop, "ms"),
    result("chaos", "memory of the service, last third of the time", median(memory.slice(-third)), "MiB", {
      name: "first third",
      value: median(memory.slice(0, third)),
    }),
    result("chaos", "memory of the service, most", Math.max(...memory), "MiB"),
    counted("promises broken", breaches),
  ];
}
