import { parentPort, workerData } from "node:worker_threads";
import { loadPlanes } from "../../classifiers/boosting/planes.js";
import { type AnyClassifierJson, classifierFromJson } from "../../classifiers/from-json.js";
import type { Vectors } from "../../vectors/vectors.js";
import type { MarginAnswer } from "./margin-workers.js";

if (parentPort !== null) {
  const port = parentPort;
  const say = (answer: MarginAnswer, transfer: ArrayBuffer[] = []) => port.postMessage(answer, transfer);
  const classifier = loadPlanes().then(() => classifierFromJson(workerData as AnyClassifierJson));
  port.on("message", async (vectors: Vectors) => {
    try {
      const margins = (await classifier).margin(vectors);
      say({ margins }, [margins.buffer as ArrayBuffer]);
    } catch (error) {
      say({ failed: error instanceof Error ? error.message : String(error) });
    }
  });
}
