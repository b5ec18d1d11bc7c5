import { parentPort, workerData } from "node:worker_threads";
import {
  evaluateConfiguration,
  type FoldLosses,
  type Trial,
  type TuningProblem,
} from "./evaluate-configuration.js";

/** What a worker says of one trial: its losses, or why there are none. */
export type TrialNews = { readonly losses: FoldLosses } | { readonly failed: string };

const port = parentPort;
if (port !== null) {
  const problem = workerData as TuningProblem;
  port.on("message", async (trial: Trial) => {
    try {
      port.postMessage({ losses: await evaluateConfiguration(trial, problem) } satisfies TrialNews);
    } catch (error) {
      port.postMessage({
        failed: error instanceof Error ? error.message : String(error),
      } satisfies TrialNews);
    }
  });
}
