import { parentPort, workerData } from "node:worker_threads";
import { serveTasks } from "../../workers/protocol.js";
import type { MetricName } from "../metrics.js";
import { replicatesOf } from "./bootstrap-replicates.js";
import type { BootstrapSample } from "./bootstrap-sample.js";

/** What all samples are drawn from and measured by. */
export interface BootstrapWork {
  readonly sample: BootstrapSample;
  readonly metrics: readonly MetricName[];
}

/** Bootstrap samples [from, to), whose values are asked for. */
export interface BootstrapRange {
  readonly from: number;
  readonly to: number;
}

/** How many samples are drawn between two progress messages. */
const SAMPLES_PER_NEWS = 10;

if (parentPort !== null) {
  const { sample, metrics } = workerData as BootstrapWork;
  const { names, draw } = replicatesOf(sample, metrics);
  serveTasks<BootstrapRange, Float64Array>(
    parentPort,
    ({ from, to }, onProgress) => {
      const values = new Float64Array((to - from) * names.length);
      for (let replicate = from; replicate < to; replicate++) {
        draw(replicate, values, (replicate - from) * names.length);
        const done = replicate + 1 - from;
        if (done % SAMPLES_PER_NEWS === 0 || replicate + 1 === to)
          onProgress({ phase: "bootstrap", done, total: to - from });
      }
      return values;
    },
    { handOver: (values) => [values.buffer as ArrayBuffer] },
  );
}
