import type { ModelContent } from "../../model-file/churn/content.js";
import { Assembly, type Piece } from "../../model-file/pieces.js";
import { WorkerPool, workersFor } from "../../workers/worker-pool.js";
import { churnKind } from "../churn-kind.js";
import type { ChurnModel } from "../churn-model.js";
import type { ModelResult, ModelTask } from "./model-worker.js";

const WORKER = new URL("./model-worker.js", import.meta.url);

/** Whether there is a worker: not where a bundler has lost its file, or where the TypeScript sources run directly. */
export function canLoadInWorker(): boolean {
  return workersFor(WORKER, 2) > 0;
}

/**
 * As `loadCheckedModel`, while this thread goes on with other work: a worker reads, validates and checks the file, and its content
 * comes in small pieces. Whatever is in the file, only the worker can run out of time or memory.
 * @throws HoldfastError as `loadCheckedModel`, `aborted`, and `resource.worker` where the worker died.
 */
export async function loadInWorker(path: string, signal: AbortSignal): Promise<ChurnModel> {
  const pool = new WorkerPool<ModelTask, ModelResult>(WORKER, undefined, 1);
  try {
    const { contentHash } = (await pool.ask({ read: path }, { signal })) as { contentHash: string };
    const assembly = new Assembly();
    for (;;) {
      const piece = (await pool.ask("next piece", { signal })) as Piece | undefined;
      if (piece === undefined) break;
      assembly.add(piece);
    }
    return await churnKind.open(assembly.value as ModelContent, {}, contentHash);
  } finally {
    await pool.close();
  }
}
