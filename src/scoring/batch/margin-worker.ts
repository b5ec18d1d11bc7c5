import { MessageChannel, parentPort, workerData } from "node:worker_threads";
import { classifierFromJson } from "../../classifiers/families.js";
import { loadPlanes } from "../../trees/scoring/planes.js";
import type { Vectors } from "../../vectors/vectors.js";
import { serveTasks } from "../../workers/protocol.js";
import { RowReasons } from "../reasons/row-reasons.js";
import {
  type BatchResult,
  buffersOf,
  countsOf,
  type MarginQuestion,
  type MarginWork,
  type ReasonQuestion,
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
  let reasons: Promise<RowReasons> | undefined;
  const textsOf = async ({ reasoned }: ReasonQuestion): Promise<string[][]> => {
    if (work.reasons === undefined) throw new Error("no reasons were asked for");
    const { content, options } = work.reasons;
    reasons ??= classifier.then((loaded) => RowReasons.load(content, loaded, options));
    return (await reasons).textsOf(reasoned);
  };
  const marginsOf = async ({ vectors, stride, keepsVectors }: MarginQuestion): Promise<BatchResult> => {
    const margins = (await classifier).margin(vectors);
    const counts = countsOf(vectors, counter, work.ranges, stride);
    return { margins, ...counts, ...(keepsVectors ? { vectors } : {}) };
  };
  serveTasks<MarginQuestion | ReasonQuestion, BatchResult | string[][]>(
    parentPort,
    (question) => ("reasoned" in question ? textsOf(question) : marginsOf(question)),
    {
      handOver: (result) =>
        "margins" in result
          ? [
              result.margins.buffer as ArrayBuffer,
              ...(result.vectors === undefined ? [] : buffersOf(result.vectors)),
            ]
          : [],
      afterwards: (question) => {
        if ("vectors" in question && !question.keepsVectors) discard(question.vectors);
      },
    },
  );
}
