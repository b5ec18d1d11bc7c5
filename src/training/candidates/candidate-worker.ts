import { parentPort, workerData } from "node:worker_threads";
import type { FoldMargins } from "../../calibration/spread.js";
import type { ClassifierJson, FitOptions } from "../../classifiers/classifier.js";
import { classifierFromRecipe } from "../../classifiers/families.js";
import type { ClassifierRecipe } from "../../classifiers/loaded-when-used.js";
import type { Vectors } from "../../vectors/vectors.js";
import { serveTasks } from "../../workers/protocol.js";
import type { CandidateRows } from "./candidates.js";
import { crossFitRepeatedly, type RepeatedCrossFit } from "./cross-fit-repeatedly.js";

/** The training data of all candidates. */
export interface CandidateWork {
  readonly vectors: Vectors;
  readonly rows: CandidateRows;
  readonly crossFit: RepeatedCrossFit;
  readonly options: Pick<FitOptions, "seed" | "rowsBelongTogether">;
}

export interface CandidateTask {
  readonly name: string;
  readonly recipe: ClassifierRecipe;
}

/** A cross-fit as plain data. */
export interface CandidateResult {
  readonly models: readonly ClassifierJson[];
  readonly margins: FoldMargins;
  readonly summary: string;
  readonly fitSeconds: number;
}

if (parentPort !== null) {
  serveTasks<CandidateTask, CandidateResult>(parentPort, async ({ name, recipe }, onProgress) => {
    const { vectors, rows, crossFit, options } = workerData as CandidateWork;
    const classifier = classifierFromRecipe(recipe);
    const given = { ...options, threads: 1, onProgress };
    const fitted = await crossFitRepeatedly(name, classifier, vectors, rows, crossFit, given);
    return { ...fitted, models: fitted.models.map((model) => model.toJSON()) };
  });
}
