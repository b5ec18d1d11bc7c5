import { type MessagePort, parentPort } from "node:worker_threads";
import { loadWithContent } from "../../model-file/load.js";
import { type Piece, piecesOf } from "../../model-file/pieces.js";
import { serveTasks } from "../../workers/protocol.js";
import { churnKind } from "../churn-kind.js";

/** Reads and checks a file, or sends the next piece of what it has read; undefined when all are sent. */
export type ModelTask = { readonly read: string } | "next piece";
export type ModelResult = { readonly contentHash: string } | Piece | undefined;

let pieces: Generator<Piece> | undefined;

/** Reads, validates and checks a model for another thread. */
async function work(task: ModelTask): Promise<ModelResult> {
  if (task === "next piece") {
    const next = pieces?.next();
    return next?.done === false ? next.value : undefined;
  }
  const { model, content } = await loadWithContent(task.read, [churnKind], {}, { parity: true });
  pieces = piecesOf(content);
  return { contentHash: model.scorer.contentHash };
}

serveTasks(parentPort as MessagePort, work);
