import { MessageChannel, parentPort, workerData } from "node:worker_threads";
import { type AnyClassifierJson, classifierFromJson } from "../../classifiers/from-json.js";
import { loadPlanes } from "../../trees/scoring/planes.js";
import type { Vectors } from "../../vectors/vectors.js";
import { buffersOf, type MarginAnswer, type MarginQuestion, type MarginWork } from "./margin-workers.js";
import { BinCounter } from "./tally.js";

/**
 * Gives the memory of vectors back at once: what is handed to a port whose other end is closed is gone. The collector, who
 * sees small objects only, would let hundreds of megabytes wait.
 */
function discard(vectors: Vectors): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(null, buffersOf(vectors));
  port1.close();
}

if (parentPort !== null) {
  const port = parentPort;
  const say = (answer: MarginAnswer, transfer: ArrayBuffer[] = []) => port.postMessage(answer, transfer);
  const work = workerData as MarginWork;
  const classifier = loadPlanes().then(() => classifierFromJson(work.classifier as AnyClassifierJson));
  const counter = new BinCounter(work.reference);
  port.on("message", async ({ vectors, stride }: MarginQuestion) => {
    try {
      const margins = (await classifier).margin(vectors);
      say({ margins, inputs: counter.countInputs(vectors.features, stride) }, [
        margins.buffer as ArrayBuffer,
      ]);
      discard(vectors);
    } catch (error) {
      say({ failed: error instanceof Error ? error.message : String(error) });
    }
  });
}
