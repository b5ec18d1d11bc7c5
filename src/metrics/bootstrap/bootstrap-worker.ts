import { parentPort, workerData } from "node:worker_threads";
import type { MetricName } from "../metric-families.js";
import { type BootstrapSample, replicatesOf } from "./bootstrap-replicates.js";

/** What a worker is given: bootstrap samples [from, to) of a sample. */
export interface BootstrapWork {
  readonly sample: BootstrapSample;
  readonly metrics: readonly MetricName[];
  readonly from: number;
  readonly to: number;
}

/** What it says: how many more samples it has drawn, and at last all their values. */
export interface BootstrapNews {
  readonly drawn: number;
  readonly values?: Float64Array;
}

/** How many samples are drawn between two signs of life. */
const SAMPLES_PER_NEWS = 10;

if (parentPort !== null) {
  const { sample, metrics, from, to } = workerData as BootstrapWork;
  const { names, draw } = replicatesOf(sample, metrics);
  const values = new Float64Array((to - from) * names.length);
  let untold = 0;
  for (let replicate = from; replicate < to; replicate++) {
    draw(replicate, values, (replicate - from) * names.length);
    if (++untold < SAMPLES_PER_NEWS) continue;
    parentPort.postMessage({ drawn: untold } satisfies BootstrapNews);
    untold = 0;
  }
  parentPort.postMessage({ drawn: untold, values } satisfies BootstrapNews, [values.buffer as ArrayBuffer]);
}
