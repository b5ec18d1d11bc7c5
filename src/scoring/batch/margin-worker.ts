import { MessageChannel, parentPort, workerData } from "node:worker_threads";
import { classifierFromJson } from "../../classifiers/families.js";
import { loadPlanes } from "../../trees/scoring/planes.js";
import type { Vectors } from "../../vectors/vectors.js";
import { serveTasks } from "../../workers/protocol.js";
import {
  type BatchResult,
  buffersOf,
  countsOf,
  type MarginQuestion,
  type MarginWork,
} from "./margin-workers.js";
import { BinCounter } from "./tally.js";

/**
 * Frees the memory of vectors at once: buffers transferred to a port whose other end is closed are dropped. The garbage
 * collector, which sees only small objects, would keep hundreds of megabytes for a while.
 */
function discard(vectors: Vectors): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(null, buffersOf(vectors));
  port1.close();
}

if (parentPort !== null) {
  const work = workerData as MarginWork;
  const classifier = loadPlanes().then(() => classifierFromJson(work.classifier));
  const counter = new BinCounter(work.reference);
  serveTasks<MarginQuestion, BatchResult>(
    parentPort,
    async ({ vectors, stride }) => {
      const margins = (await classifier).margin(vectors);
      return { margins, ...countsOf(vectors, counter, work.ranges, stride) };
    },
    {
      handOver: ({ margins }) => [margins.buffer as ArrayBuffer],
      afterwards: ({ vectors }) => discard(vectors),
    },
  );
}
