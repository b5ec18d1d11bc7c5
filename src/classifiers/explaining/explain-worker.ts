import { parentPort, workerData } from "node:worker_threads";
import type { Vectors } from "../../vectors/vectors.js";
import { serveTasks } from "../../workers/protocol.js";
import type { ClassifierJson } from "../classifier.js";
import type { BackgroundRows } from "../explainer.js";
import { Explainers } from "../explainers.js";
import { classifierFromJson } from "../families.js";
import { type Explained, explainedOf, explainSteps } from "./explain-steps.js";

/** What all tasks share. */
export interface ExplainWork {
  readonly classifier: ClassifierJson;
  readonly vectors: Vectors;
  readonly background: BackgroundRows | undefined;
  readonly isSampled: boolean;
}

/** Rows `from … to − 1`. */
export interface ExplainTask {
  readonly from: number;
  readonly to: number;
}

if (parentPort !== null) {
  const { classifier, vectors, background, isSampled } = workerData as ExplainWork;
  const width = vectors.features.length;
  const explainer = Explainers.load().then((explainers) =>
    explainers.of(classifierFromJson(classifier), width, background),
  );
  serveTasks<ExplainTask, Explained>(
    parentPort,
    async ({ from, to }) => {
      const explained = explainedOf(to - from, width, isSampled);
      for (const _ of explainSteps(await explainer, vectors, from, to, explained));
      return explained;
    },
    {
      handOver: ({ values, variances }) =>
        [values, variances].flatMap((part) => (part === undefined ? [] : [part.buffer as ArrayBuffer])),
    },
  );
}
