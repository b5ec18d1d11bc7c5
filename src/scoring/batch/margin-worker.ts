import { parentPort, workerData } from "node:worker_threads";
import { loadPlanes } from "../../classifiers/boosting/planes.js";
import { type AnyClassifierJson, classifierFromJson } from "../../classifiers/from-json.js";
import type { MarginAnswer, MarginQuestion, MarginWork } from "./margin-workers.js";
import { BinCounter } from "./tally.js";

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
    } catch (error) {
      say({ failed: error instanceof Error ? error.message : String(error) });
    }
  });
}
